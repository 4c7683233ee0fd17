// The events of FHIRcast 3.0 and what they are about (2-3 Events, the event catalogue): a resource that is opened, closed,
// changed or looked at, or the session itself. Names are compared without case.

import { Problem } from '../base/problem.ts';
import { isObject, type JsonObject, type JsonValue } from '../fhir/json.ts';

/** By the type of what is opened: the key under which it stands in a context. */
export const anchorKeys: Readonly<Record<string, string>> = {
  Patient: 'patient',
  Encounter: 'encounter',
  ImagingStudy: 'study',
  DiagnosticReport: 'report',
};

export type Verb = 'open' | 'close' | 'update' | 'select';

const sessionEvents = ['Home-open', 'SyncError', 'UserLogout', 'UserHibernate', 'Heartbeat'];

/** As they are named by the hub's configuration. */
export const supportedEvents: readonly string[] = [
  ...Object.keys(anchorKeys).flatMap((type) => [`${type}-open`, `${type}-close`]),
  ...['ImagingStudy', 'DiagnosticReport'].flatMap((type) => [`${type}-update`, `${type}-select`]),
  ...sessionEvents,
];

const canonical = new Map(supportedEvents.map((name) => [name.toLowerCase(), name]));

export const isSupported = (name: string): boolean => canonical.has(name.toLowerCase());

export interface ContextEntry extends JsonObject {
  key: string;
}

export interface CastEvent {
  'hub.topic': string;
  /** As the catalogue writes it. */
  'hub.event': string;
  'context.versionId'?: string;
  'context.priorVersionId'?: string;
  context: readonly ContextEntry[];
}

/** A notification, or the request for one (2-5, 2-6). */
export interface CastMessage {
  timestamp: string;
  id: string;
  event: CastEvent;
}

export interface Anchor {
  type: string;
  id: string;
}

/** What an event does to the resource that it is about; undefined for one of the session itself. */
export function verbOf(event: CastEvent): { type: string; verb: Verb } | undefined {
  const [type = '', verb] = event['hub.event'].split('-');
  return Object.hasOwn(anchorKeys, type) ? { type, verb: verb as Verb } : undefined;
}

/** Throws Problem request/malformed with what is wrong. */
export function readMessage(body: JsonValue): CastMessage {
  if (!isObject(body) || !isObject(body.event)) throw malformed('the body has no event');
  const { timestamp, id, event } = body;
  if (typeof timestamp !== 'string' || Number.isNaN(Date.parse(timestamp))) throw malformed('timestamp is no instant');
  if (typeof id !== 'string' || id === '' || id.length > 255) throw malformed('id is missing');
  const name = canonical.get(String(event['hub.event']).toLowerCase());
  if (name === undefined) throw malformed('hub.event is none that is supported');
  const topic = event['hub.topic'];
  if (typeof topic !== 'string') throw malformed('hub.topic is missing');
  const context = event.context ?? [];
  if (!Array.isArray(context) || !context.every(isEntry)) throw malformed('context is a list of entries with a key');
  const versionId = event['context.versionId'];
  const read: CastEvent = {
    'hub.topic': topic,
    'hub.event': name,
    ...(typeof versionId === 'string' && { 'context.versionId': versionId }),
    context: context as ContextEntry[],
  };
  const verb = verbOf(read);
  if (verb !== undefined) anchorOf(read, verb.type);
  return { timestamp, id, event: read };
}

const isEntry = (entry: JsonValue): boolean => isObject(entry) && typeof entry.key === 'string';

/** The resource that an event is about, by value or by reference. Throws Problem request/malformed where it names none. */
export function anchorOf({ context }: CastEvent, type: string): Anchor {
  const key = anchorKeys[type]!;
  const entry = context.find((each) => each.key === key);
  const resource = entry?.resource;
  if (isObject(resource) && resource.resourceType === type && typeof resource.id === 'string') {
    return { type, id: resource.id };
  }
  const reference = isObject(entry?.reference) ? entry.reference.reference : undefined;
  const [, id] = new RegExp(`(?:^|/)${type}/([A-Za-z0-9.-]{1,64})$`).exec(String(reference ?? '')) ?? [];
  if (id === undefined) throw malformed(`the context names no ${type} under the key ${key}`);
  return { type, id };
}

export const malformed = (reason: string): Problem => new Problem('request/malformed', { reason });
