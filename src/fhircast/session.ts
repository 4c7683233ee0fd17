// What is open in a session of FHIRcast 3.0, and what each event makes of it (2-9 current context, 2-10 content sharing): the
// hub gives every context a version, and takes a change only of the version that it has.

import { Problem } from '../base/problem.ts';
import { isObject, type JsonObject } from '../fhir/json.ts';
import { anchorKeys, anchorOf, type CastEvent, type ContextEntry, malformed, verbOf } from './events.ts';

export const limits = {
  /** Resources that are open at once; the one that was opened first is forgotten. */
  open: 20,
  /** Resources of content that are shared while one is open. */
  content: 500,
} as const;

export interface OpenContext {
  type: string;
  id: string;
  versionId: string;
  /** When it was opened. */
  timestamp: string;
  context: readonly ContextEntry[];
  /** Resources that applications share about it. */
  content: readonly JsonObject[];
}

export interface Session {
  /** In the order in which they were opened: the last is current. */
  open: readonly OpenContext[];
}

export interface Taken {
  session: Session;
  /** As it is told. */
  event: CastEvent;
}

/**
 * `versionId`: of what comes of it. Throws Problem fhircast/not-open for what is about a resource that is not open,
 * fhircast/other-version for a change of another version than the current one, request/malformed.
 */
export function take(session: Session, event: CastEvent, timestamp: string, versionId: string): Taken {
  const about = verbOf(event);
  if (about === undefined) {
    // Home: whoever follows shows nothing any more.
    return { session: event['hub.event'] === 'Home-open' ? { open: [] } : session, event };
  }
  const anchor = anchorOf(event, about.type);
  const known = session.open.find(({ type, id }) => type === anchor.type && id === anchor.id);
  const others = session.open.filter((each) => each !== known);
  if (about.verb === 'open') {
    const opened = { ...anchor, versionId, timestamp, context: event.context, content: known?.content ?? [] };
    return {
      session: { open: [...others, opened].slice(-limits.open) },
      event: { ...event, 'context.versionId': versionId },
    };
  }
  if (about.verb === 'close') {
    return { session: { open: others }, event: { ...event, ...(known && { 'context.versionId': known.versionId }) } };
  }
  if (known === undefined) throw new Problem('fhircast/not-open', { type: anchor.type });
  if (about.verb === 'select') return { session, event: { ...event, 'context.versionId': known.versionId } };
  if (event['context.versionId'] !== known.versionId) throw new Problem('fhircast/other-version');
  const changed = { ...updated(known, event), versionId };
  return {
    session: { open: session.open.map((each) => (each === known ? changed : each)) },
    event: { ...event, 'context.versionId': versionId, 'context.priorVersionId': known.versionId },
  };
}

/** All entries of the Bundle or none. */
function updated(known: OpenContext, { context }: CastEvent): OpenContext {
  const bundle = context.find(({ key }) => key === 'updates')?.resource;
  if (!isObject(bundle) || bundle.resourceType !== 'Bundle') throw malformed('the context has no Bundle of updates');
  const entries = Array.isArray(bundle.entry) ? bundle.entry.filter(isObject) : [];
  const seen = new Set<string>();
  const content = new Map(known.content.map((resource) => [nameOf(resource), resource]));
  let own = known.context;
  for (const entry of entries) {
    const method = isObject(entry.request) ? entry.request.method : undefined;
    const name = isObject(entry.resource) ? nameOf(entry.resource) : urlOf(entry);
    if (name === undefined) throw malformed('an update names no resource');
    if (seen.has(name)) throw malformed('a resource is updated twice');
    seen.add(name);
    if (method === 'DELETE') content.delete(name);
    else if (method !== 'PUT' || !isObject(entry.resource))
      throw malformed('an update is PUT with a resource, or DELETE');
    else if (own.some((each) => isOf(each, name))) {
      own = own.map((each) => (isOf(each, name) ? { ...each, resource: entry.resource as JsonObject } : each));
    } else content.set(name, entry.resource);
  }
  if (content.size > limits.content) {
    throw new Problem('request/too-large', { what: 'what is shared', limit: limits.content });
  }
  return { ...known, context: own, content: [...content.values()] };
}

const isOf = ({ resource }: ContextEntry, name: string): boolean => isObject(resource) && nameOf(resource) === name;

function nameOf({ resourceType, id }: JsonObject): string {
  if (typeof resourceType !== 'string' || typeof id !== 'string') throw malformed('a resource has no id');
  return `${resourceType}/${id}`;
}

/** Of a deletion, which need not bring the resource. */
function urlOf({ fullUrl, request }: JsonObject): string | undefined {
  const urls = [isObject(request) ? request.url : undefined, fullUrl];
  return urls
    .map((url) => /([A-Z]\w+\/[A-Za-z0-9.-]{1,64})$/.exec(String(url ?? ''))?.[1])
    .find((name) => name !== undefined);
}

/** 2-9: what is current, with what is shared about it; nothing open: an empty type. */
export function currentContext({ open }: Session): JsonObject {
  const current = open.at(-1);
  if (current === undefined) return { 'context.type': '', 'context.versionId': '', context: [] };
  const { type, versionId, context, content } = current;
  const bundle = {
    resourceType: 'Bundle',
    type: 'collection',
    ...(content.length > 0 && { entry: content.map((resource) => ({ resource })) }),
  };
  return {
    'context.type': type,
    'context.versionId': versionId,
    context: [...context, { key: 'content', resource: bundle }],
  };
}

export interface Opened {
  timestamp: string;
  event: CastEvent;
}

/** 2-4: what whoever joins is told, of each type the last that is open and that it follows. */
export function stillOpen({ open }: Session, topic: string, follows: (event: string) => boolean): Opened[] {
  const last = new Map(open.map((each) => [each.type, each]));
  return [...last.values()]
    .filter(({ type }) => follows(`${type}-open`))
    .map(({ type, versionId, timestamp, context }) => ({
      timestamp,
      event: { 'hub.topic': topic, 'hub.event': `${type}-open`, 'context.versionId': versionId, context },
    }));
}

/** 2-5: whoever follows patients, but not the reports that are opened, is told of the patient of the report. */
export function impliedOpens(event: CastEvent, follows: (event: string) => boolean): CastEvent[] {
  const about = verbOf(event);
  if (about?.verb !== 'open' || follows(event['hub.event'])) return [];
  return Object.entries(anchorKeys).flatMap(([type, key]) => {
    const entry = event.context.find((each) => each.key === key);
    if (type === about.type || entry === undefined || !follows(`${type}-open`)) return [];
    const around =
      type === 'Patient' ? [entry] : event.context.filter((each) => each.key === key || each.key === 'patient');
    return [{ ...event, 'hub.event': `${type}-open`, context: around }];
  });
}

/** 3-2-1 SyncError: what went wrong with which event, and with whom. */
export function syncError(topic: string, of: { id: string; name: string }, subscriber: string, why: string): CastEvent {
  const coded = (what: string, code: string) => ({ system: `https://fhircast.hl7.org/events/syncerror/${what}`, code });
  const issue = {
    severity: 'warning',
    code: 'processing',
    diagnostics: why,
    details: { coding: [coded('eventid', of.id), coded('eventname', of.name), coded('subscriber', subscriber)] },
  };
  return {
    'hub.topic': topic,
    'hub.event': 'SyncError',
    context: [{ key: 'operationoutcome', resource: { resourceType: 'OperationOutcome', issue: [issue] } }],
  };
}
