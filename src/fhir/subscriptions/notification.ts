// What a subscriber is told: a Bundle of the profile backport-subscription-notification-r4, and in front of it the status of
// the subscription as Parameters (backport-subscription-status-r4), for R4 has no SubscriptionStatus.

import type { Bundle, BundleEntry, Parameters, ParametersParameter, Resource, Subscription } from '@medplum/fhirtypes';
import { profiles } from './profile.ts';
import type { Content } from './read-subscription.ts';
import type { Interaction } from './topics.ts';

export type NotificationType = 'handshake' | 'heartbeat' | 'event-notification' | 'query-status' | 'query-event';

export interface SubscriptionState {
  id: string;
  topic: string;
  status: NonNullable<Subscription['status']>;
  /** Events since it started, whether they were told or not. */
  events: number;
  /** Why the last notification could not be delivered: the code of a Problem. */
  error?: string;
}

export interface NotifiedEvent {
  number: number;
  at: Date;
  /** `Type/id`. */
  focus: string;
  interaction: Interaction;
  /** Other resources that it is about, `Type/id`. */
  context: readonly string[];
  /** The focus and its context as far as the subscriber gets them: with full-resource. */
  resources?: readonly Resource[];
}

/** `baseUrl`: under which resources are had: `https://host/fhir/R4`. */
export interface Told {
  baseUrl: string;
  type: NotificationType;
  content: Content;
  /** Of the Bundle. */
  at: Date;
}

export function notification(
  state: SubscriptionState,
  events: readonly NotifiedEvent[],
  { baseUrl, type, content, at }: Told,
  uuid: string,
): Bundle {
  const status = statusOf(state, events, { baseUrl, type, content, at });
  const first: BundleEntry = {
    fullUrl: `urn:uuid:${uuid}`,
    resource: { ...status, id: uuid },
    request: { method: 'GET', url: `${baseUrl}/Subscription/${state.id}/$status` },
    response: { status: '200' },
  };
  return {
    resourceType: 'Bundle',
    meta: { profile: [profiles.notification] },
    type: 'history',
    timestamp: at.toISOString(),
    entry: [first, ...(content === 'empty' ? [] : events.flatMap((event) => entriesOf(event, baseUrl, content)))],
  };
}

export function statusOf(
  { id, topic, status, events: count, error }: SubscriptionState,
  events: readonly NotifiedEvent[],
  { baseUrl, type, content }: Told,
): Parameters {
  const parameter: ParametersParameter[] = [
    { name: 'subscription', valueReference: { reference: `${baseUrl}/Subscription/${id}` } },
    // An empty notification says nothing of what it is about.
    ...(content === 'empty' && type === 'event-notification' ? [] : [{ name: 'topic', valueCanonical: topic }]),
    { name: 'status', valueCode: status },
    { name: 'type', valueCode: type },
    { name: 'events-since-subscription-start', valueString: String(count) },
    ...events.map((event) => ({ name: 'notification-event', part: partsOf(event, baseUrl, content) })),
    ...(error === undefined ? [] : [{ name: 'error', valueCodeableConcept: { text: error } }]),
  ];
  return { resourceType: 'Parameters', meta: { profile: [profiles.status] }, parameter };
}

function partsOf(
  { number, at, focus, context }: NotifiedEvent,
  baseUrl: string,
  content: Content,
): ParametersParameter[] {
  const referred = (name: string, to: string): ParametersParameter => ({
    name,
    valueReference: { reference: `${baseUrl}/${to}` },
  });
  return [
    { name: 'event-number', valueString: String(number) },
    { name: 'timestamp', valueInstant: at.toISOString() },
    ...(content === 'empty'
      ? []
      : [referred('focus', focus), ...context.map((to) => referred('additional-context', to))]),
  ];
}

const done: Record<Interaction, { method: 'POST' | 'PUT' | 'DELETE'; status: string }> = {
  create: { method: 'POST', status: '201' },
  update: { method: 'PUT', status: '200' },
  delete: { method: 'DELETE', status: '204' },
};

function entriesOf({ focus, interaction, context, resources = [] }: NotifiedEvent, baseUrl: string, content: Content) {
  return [focus, ...context].map((name, at): BundleEntry => {
    const [type] = name.split('/') as [string];
    // What stands around the focus did not change.
    const { method, status } = at === 0 ? done[interaction] : { method: 'GET' as const, status: '200' };
    const resource = content === 'full-resource' ? resources.find((each) => nameOf(each) === name) : undefined;
    return {
      fullUrl: `${baseUrl}/${name}`,
      ...(resource && { resource }),
      request: { method, url: method === 'POST' ? type : name },
      response: { status },
    };
  });
}

const nameOf = ({ resourceType, id }: Resource): string => `${resourceType}/${id}`;
