// The operations of subscriptions by topic (R4 Subscriptions Backport 1.1), and the topics there are, as Basics.

import type { Bundle, Parameters } from '@medplum/fhirtypes';
import { onlyValueOf, type QueryParameter, valuesOf } from '../../base/http/query-string.ts';
import { Problem } from '../../base/problem.ts';
import { statusOf } from '../subscriptions/notification.ts';
import { isContent } from '../subscriptions/read-subscription.ts';
import { allTopics, basicOf, type SubscriptionTopic, TOPIC_CODE } from '../subscriptions/topics.ts';
import type { Answer, Exchange } from './exchange.ts';
import { askedOf } from './operation-input.ts';
import { nameOf } from './resources/read.ts';
import { searchBundle } from './search-bundle.ts';
import { searchResources } from './search-resources.ts';
import type { SubscriptionHandlers } from './subscription-handlers.ts';

/** Below the root of the door: where the web sockets are. */
export const SOCKETS_PATH = '/$subscription-sockets';

/** `$status`, of one or of those that are asked for. */
export async function subscriptionStatus(exchange: Exchange): Promise<Answer> {
  const { request, path } = exchange;
  const query = await askedOf(exchange);
  const ids = path.id === undefined ? namedIn(query) : [nameOf(exchange).id];
  const statuses = path.id === undefined ? valuesOf(query, 'status').flatMap((each) => each.split(',')) : [];
  const states = await subscriptionsOf(exchange).states(request, ids);
  if (path.id !== undefined && states.length === 0) throw new Problem('catalogue/not-found', { what: 'Subscription' });
  const { baseUrl } = request;
  const entry = states
    .filter(({ status }) => statuses.length === 0 || statuses.includes(status))
    .map((state) => ({
      fullUrl: `${baseUrl}/Subscription/${state.id}/$status`,
      resource: statusOf(state, [], { baseUrl, type: 'query-status', content: 'id-only', at: new Date() }),
      search: { mode: 'match' as const },
    }));
  const bundle: Bundle = {
    resourceType: 'Bundle',
    type: 'searchset',
    total: entry.length,
    link: [{ relation: 'self', url: `${baseUrl}/Subscription/${path.id === undefined ? '' : `${path.id}/`}$status` }],
    ...(entry.length > 0 && { entry }),
  };
  return { status: 200, resource: bundle };
}

/** `$events`: those that there were, by their numbers. */
export async function subscriptionEvents(exchange: Exchange): Promise<Answer> {
  const query = await askedOf(exchange);
  const [since, until] = [numberOf(query, 'eventsSinceNumber'), numberOf(query, 'eventsUntilNumber')];
  const content = onlyValueOf(query, 'content');
  if (content !== undefined && !isContent(content)) {
    throw new Problem('request/malformed', { reason: 'content is empty, id-only or full-resource' });
  }
  const asked = { ...(since && { since }), ...(until !== undefined && { until }), ...(content && { content }) };
  const resource = await subscriptionsOf(exchange).events(exchange.request, nameOf(exchange).id, asked);
  return { status: 200, resource };
}

/** `$get-ws-binding-token`, of one or of those that are asked for. */
export async function bindingToken(exchange: Exchange): Promise<Answer> {
  const { request, path } = exchange;
  const ids = path.id === undefined ? namedIn(await askedOf(exchange)) : [nameOf(exchange).id];
  const { token, expiresAt, subscriptions } = await subscriptionsOf(exchange).bindingToken(request, ids);
  const resource: Parameters = {
    resourceType: 'Parameters',
    parameter: [
      { name: 'token', valueString: token },
      { name: 'expiration', valueDateTime: expiresAt.toISOString() },
      ...subscriptions.map((id) => ({ name: 'subscription', valueString: id })),
      { name: 'websocket-url', valueUrl: socketsUrl(request.baseUrl) },
    ],
  };
  return { status: 200, resource };
}

export const socketsUrl = (baseUrl: string): string => `${baseUrl.replace(/^http/, 'ws')}${SOCKETS_PATH}`;

export const readTopic = (topic: SubscriptionTopic) => async (): Promise<Answer> => ({
  status: 200,
  resource: basicOf(topic),
});

/** What is asked by the code SubscriptionTopic are the topics; every other search is of what is kept. */
export async function searchBasics(exchange: Exchange): Promise<Answer> {
  const { query, request } = exchange;
  const codes = valuesOf(query, 'code');
  const isOfTopics = codes.length === 1 && topicCodes.has(codes[0]!);
  if (!isOfTopics) return searchResources(exchange);
  const { baseUrl } = request;
  const matches = allTopics.map(basicOf);
  const understood = query.filter(({ name }) => name === 'code');
  const ignored = query.filter(({ name }) => name !== 'code').map(({ name }) => name);
  const page = { baseUrl, type: 'Basic', understood, ignored, matches, total: matches.length };
  return { status: 200, resource: searchBundle(page) };
}

const topicCodes: ReadonlySet<string> = new Set([TOPIC_CODE.code, `${TOPIC_CODE.system}|${TOPIC_CODE.code}`]);

function subscriptionsOf({ handlers }: Exchange): SubscriptionHandlers {
  if (handlers.subscriptions !== undefined) return handlers.subscriptions;
  throw new Problem('request/not-built', { what: 'Subscription operations' });
}

const namedIn = (query: readonly QueryParameter[]): string[] | undefined => {
  const ids = valuesOf(query, 'id').flatMap((each) => each.split(',').map((id) => id.replace(/^Subscription\//, '')));
  return ids.length === 0 ? undefined : ids;
};

function numberOf(query: readonly QueryParameter[], name: string): number | undefined {
  const text = onlyValueOf(query, name);
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text)) throw new Problem('request/malformed', { reason: `${name} is no number of an event` });
  return Number(text);
}
