// What a Subscription asks for: R4 subscription.html, whose criteria is a search, or the profile backport-subscription. Everything that cannot be
// done is said when it is written, not when the first notification fails.

import type { Subscription } from '@medplum/fhirtypes';
import type { Problem } from '../../base/problem.ts';
import { resourceTypes } from '../definitions.ts';
import { InvalidResource, type Issue } from '../issue.ts';
import { isObject, type JsonObject, type JsonValue } from '../json.ts';
import { isOwn, type OwnCriterion } from '../search/meets.ts';
import { parseCriterion } from '../search/parse-criterion.ts';
import { extensions } from './profile.ts';
import { allTopics, type SubscriptionTopic, searchTopic, topicOf } from './topics.ts';

export type Content = 'empty' | 'id-only' | 'full-resource';

export const isContent = (said: unknown): said is Content =>
  said === 'empty' || said === 'id-only' || said === 'full-resource';

export interface SubscriptionRequest {
  /** Told as R4 tells of a search that it meets, or as the backport tells of a topic. */
  style: 'search' | 'topic';
  topic: SubscriptionTopic;
  /** By type: what has to be met, all of it. A type that is not there is not asked for. */
  filters: ReadonlyMap<string, readonly OwnCriterion[]>;
  channel: 'rest-hook' | 'websocket';
  /** Of a rest-hook. */
  endpoint?: string;
  headers: readonly (readonly [name: string, value: string])[];
  format: 'json' | 'xml';
  content: Content;
  /** Absent: none. */
  heartbeatSeconds?: number;
  timeoutSeconds: number;
  /** Events of one notification. */
  maxCount: number;
  end?: Date;
}

export const limits = {
  /** Of one subscription. */
  filters: 20,
  headers: 20,
  headerCharacters: 4_000,
  /** In seconds. */
  shortestHeartbeat: 5,
  longestTimeout: 120,
  usualTimeout: 30,
  mostCount: 100,
  usualCount: 20,
} as const;

/** `now`: in milliseconds since 1970. Throws InvalidResource with everything that is wrong. */
export function readSubscription(resource: Subscription, now: number): SubscriptionRequest {
  const issues: Issue[] = [];
  const wrong = (expression: string, diagnostics: string, code: Issue['code'] = 'value'): undefined => {
    issues.push({ severity: 'error', code, expression: `Subscription.${expression}`, diagnostics });
    return undefined;
  };
  const json = resource as unknown as JsonObject;
  const channel = isObject(json.channel) ? json.channel : {};
  const style = isSearch(resource.criteria) ? 'search' : 'topic';
  const topic = style === 'search' ? searchTopic : topicOf(resource.criteria);
  if (topic === undefined) wrong('criteria', `no such topic is offered: there are ${offered}`, 'not-supported');
  const said = style === 'search' ? [resource.criteria] : valuesOf(json._criteria, extensions.filter);
  const filters = topic && filtersOf(topic, said, now, wrong);
  const number = (url: string): number | undefined => numberOf(valuesOf(channel, url)[0]);
  const kind = channelOf(channel, wrong);
  const content =
    style === 'search'
      ? searchContentOf(resource.channel.payload)
      : contentOf(valuesOf(channel._payload, extensions.content)[0], wrong);
  const heartbeat = number(extensions.heartbeatPeriod);
  if (heartbeat !== undefined && heartbeat > 0 && heartbeat < limits.shortestHeartbeat) {
    wrong('channel', `a heartbeat comes every ${limits.shortestHeartbeat} seconds at most`);
  }
  const read = {
    headers: kind === 'rest-hook' ? headersOf(resource.channel.header ?? [], wrong) : [],
    format: formatOf(resource.channel.payload, wrong),
    timeoutSeconds: Math.min(number(extensions.timeout) || limits.usualTimeout, limits.longestTimeout),
    // A resource is one request.
    maxCount: style === 'search' ? 1 : Math.min(number(extensions.maxCount) || limits.usualCount, limits.mostCount),
    ...(heartbeat && style === 'topic' && { heartbeatSeconds: heartbeat }),
    ...(resource.end !== undefined && { end: new Date(resource.end) }),
  };
  const endpoint = kind === 'rest-hook' ? endpointOf(resource.channel.endpoint, wrong) : undefined;
  if (
    topic === undefined ||
    filters === undefined ||
    kind === undefined ||
    content === undefined ||
    issues.length > 0
  ) {
    throw new InvalidResource(issues);
  }
  return { style, topic, filters, channel: kind, content, ...(endpoint !== undefined && { endpoint }), ...read };
}

type Wrong = (expression: string, diagnostics: string, code?: Issue['code']) => undefined;

/** R4 subscription.html: `Observation?code=http://loinc.org|1975-2`. */
const isSearch = (criteria: string): boolean => /^[A-Z]\w+(\?|$)/.test(criteria);

const offered = allTopics.map(({ url }) => url).join(', ');

/** R4 subscription-definitions.html#Subscription.channel.payload: without one nothing is sent but that something happened. */
const searchContentOf = (payload: string | undefined): Content => (payload ? 'full-resource' : 'empty');

function filtersOf(
  { types }: SubscriptionTopic,
  texts: readonly JsonValue[],
  now: number,
  wrong: Wrong,
): ReadonlyMap<string, readonly OwnCriterion[]> | undefined {
  if (texts.length > limits.filters) return wrong('criteria', `at most ${limits.filters} filters are taken`);
  const all = texts.map((text) => filterOf(String(text)));
  const named = new Set(all.flatMap(({ type }) => type ?? []));
  const filters = new Map<string, readonly OwnCriterion[]>();
  for (const type of named) {
    if (!types.includes(type))
      return wrong('criteria', `${resourceTypes.has(type) ? type : 'a type'} is not of this topic`);
  }
  try {
    for (const type of named.size === 0 ? types : named) {
      const asked = all.filter((filter) => filter.type === undefined || filter.type === type);
      filters.set(
        type,
        asked.flatMap(({ query }) => criteriaOf(type, query, now)),
      );
    }
  } catch (thrown) {
    return wrong('criteria', (thrown as Problem).message);
  }
  return filters;
}

/** `Observation?code=…&status=final`, or without the type. */
function filterOf(text: string): { type?: string; query: string } {
  const [, type, query] = /^(?:([A-Z]\w*)(?:\?|$))?(.*)$/s.exec(text)!;
  return { ...(type !== undefined && { type }), query: query! };
}

function criteriaOf(type: string, query: string, now: number): OwnCriterion[] {
  return [...new URLSearchParams(query)].map(([name, value]) => {
    const criterion = parseCriterion([type], { name, value }, { now });
    if (criterion === undefined) throw new Error(`${type} has no search parameter of that name`);
    if (!isOwn(criterion)) throw new Error('a filter asks of the resource itself, and follows no reference');
    return criterion;
  });
}

function channelOf(channel: JsonObject, wrong: Wrong): SubscriptionRequest['channel'] | undefined {
  if (valuesOf(channel._type, extensions.channelType).length > 0) {
    return wrong('channel.type', 'no other channels are offered than rest-hook and websocket', 'not-supported');
  }
  const { type } = channel;
  if (type === 'rest-hook' || type === 'websocket') return type;
  return wrong('channel.type', 'no other channels are offered than rest-hook and websocket', 'not-supported');
}

function contentOf(said: JsonValue | undefined, wrong: Wrong): Content | undefined {
  if (isContent(said)) return said;
  return wrong(
    'channel.payload',
    'the extension backport-payload-content says empty, id-only or full-resource',
    said === undefined ? 'required' : 'value',
  );
}

function formatOf(payload: string | undefined, wrong: Wrong): 'json' | 'xml' {
  const [type = ''] = (payload ?? 'application/fhir+json').split(';');
  if (/^application\/(fhir\+)?json$/.test(type.trim())) return 'json';
  if (/^application\/(fhir\+)?xml$/.test(type.trim())) return 'xml';
  wrong('channel.payload', 'a payload is application/fhir+json or application/fhir+xml', 'not-supported');
  return 'json';
}

function endpointOf(endpoint: string | undefined, wrong: Wrong): string | undefined {
  if (endpoint === undefined) return wrong('channel.endpoint', 'a rest-hook needs the URL it goes to', 'required');
  const url = URL.parse(endpoint);
  if (url === null || !/^https?:$/.test(url.protocol)) return wrong('channel.endpoint', 'no URL of http or https');
  if (url.username !== '' || url.password !== '') {
    return wrong('channel.endpoint', 'credentials go into channel.header, not into the URL');
  }
  return endpoint;
}

/** RFC 9110 5.1 and 5.5; what frames the message or names its host is not for a subscriber to say. */
function headersOf(lines: readonly string[], wrong: Wrong): [string, string][] {
  if (lines.length > limits.headers) wrong('channel.header', `at most ${limits.headers} headers are sent`);
  return lines.flatMap((line, at): [string, string][] => {
    const [, name, value] =
      /^([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*:[ \t]*([\t\x20-\x7e\x80-\xff]*?)[ \t]*$/.exec(line) ?? [];
    const isFit = name !== undefined && line.length <= limits.headerCharacters && !ours.test(name);
    if (!isFit) wrong(`channel.header[${at}]`, 'no header that a subscriber may set: Name: value');
    return isFit ? [[name, value!]] : [];
  });
}

const ours = /^(host|content-.*|transfer-encoding|connection|keep-alive|upgrade|te|trailer|expect|proxy-.*)$/i;

/** Values of the extensions of this URL. */
function valuesOf(element: JsonValue | undefined, url: string): JsonValue[] {
  const all = element !== undefined && isObject(element) && Array.isArray(element.extension) ? element.extension : [];
  return all.flatMap((each) => {
    if (!isObject(each) || each.url !== url) return [];
    const name = Object.keys(each).find((key) => key.startsWith('value'));
    return name === undefined ? [] : [each[name]!];
  });
}

const numberOf = (value: JsonValue | undefined): number | undefined =>
  value === undefined ? undefined : Number(String(value));
