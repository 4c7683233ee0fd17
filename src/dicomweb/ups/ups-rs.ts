// UPS-RS: the Worklist Service of PS3.18 11. The state machine is behind `handlers.workitems`; this is what a URL and a body
// mean, and what the client reads.

import { onlyValueOf, type QueryParameter } from '../../base/http/query-string.ts';
import { Problem } from '../../base/problem.ts';
import type { DataSet } from '../../dicom/dataset.ts';
import { jsonText } from '../../dicom/json.ts';
import type { Action, Answer, Exchange } from '../exchange.ts';
import { limits } from '../limits.ts';
import { searchQuery } from '../qido/qido-parameters.ts';
import { dataSetsAnswer, negotiateDataSets } from '../representation.ts';
import { dataSetOfBody } from './body.ts';
import { filterOf } from './subscription-filter.ts';
import type { WorkitemDone, WorkitemHandlers } from './workitem-handlers.ts';

/** PS3.18 11.4: 201 with where it is. The UID may stand in the URL, by its name or alone. */
export const createWorkitem: Action = async (exchange) => {
  const attributes = await dataSetOfBody(exchange);
  const named = onlyValueOf(exchange.query, 'AffectedSOPInstanceUID') ?? onlyValueOf(exchange.query, 'workitem');
  const uid = requireUid(named ?? bareUid(exchange.query));
  const created = await behind(exchange).create(exchange.request, uid, attributes);
  const location = `${exchange.request.baseUrl}/workitems/${created.uid}`;
  return { status: 201, headers: { Location: location, 'Content-Location': location, ...warning(exchange, created) } };
};

/** PS3.18 11.5. */
export const retrieveWorkitem: Action = async (exchange) => {
  const offer = negotiateDataSets(exchange);
  const found = await behind(exchange).retrieve(exchange.request, workitemOf(exchange));
  return { status: 200, ...answerOf(offer, [found]) };
};

/** PS3.18 11.6: what is claimed is changed with the Transaction UID that it was claimed with. */
export const updateWorkitem: Action = async (exchange) => {
  const modifications = await dataSetOfBody(exchange);
  const { query } = exchange;
  const key = onlyValueOf(query, 'transaction-uid') ?? onlyValueOf(query, 'transaction') ?? bareUid(query);
  const transactionUid = requireUid(key) ?? modifications.text('TransactionUID');
  const workitem = workitemOf(exchange);
  return done(exchange, await behind(exchange).update(exchange.request, workitem, modifications, transactionUid));
};

/** PS3.18 11.7. */
export const changeWorkitemState: Action = async (exchange) => {
  const information = await dataSetOfBody(exchange);
  const wanted = {
    state: information.text('ProcedureStepState'),
    transactionUid: information.text('TransactionUID'),
  };
  return done(exchange, await behind(exchange).changeState(exchange.request, workitemOf(exchange), wanted));
};

/** PS3.18 11.8: 202, whatever comes of it later. */
export const requestCancellation: Action = async (exchange) => {
  const reasons = await dataSetOfBody(exchange, { mayBeAbsent: true });
  const { request, path } = exchange;
  const made = await behind(exchange).requestCancel(request, workitemOf(exchange), reasons, path.requester);
  return { ...done(exchange, made), status: 202 };
};

/** PS3.18 11.9. */
export const searchWorkitems: Action = async (exchange) => {
  const offer = negotiateDataSets(exchange);
  const { keys, fuzzy, limit = limits.workitems, offset = 0 } = searchQuery('STUDY', {}, exchange.query);
  const asked = { keys, fuzzy, limit: Math.min(limit, limits.workitems), offset };
  const { found, more } = await behind(exchange).search(exchange.request, asked);
  const isCut = more && limit > asked.limit;
  const text = 'There are additional results that can be requested';
  const warned: Record<string, string> = isCut ? { Warning: `299 ${exchange.request.baseUrl}: ${text}` } : {};
  const answer = answerOf(offer, found);
  return { status: 200, body: answer.body, headers: { ...answer.headers, ...warned } };
};

/** PS3.18 11.10: 201 with the address of the subscriber's web socket. */
export const subscribeWorkitem: Action = async (exchange) => {
  const { request, path, query } = exchange;
  const subscriber = subscriberOf(path);
  const deletionLock = onlyValueOf(query, 'deletionlock')?.toLowerCase() === 'true';
  const options = { deletionLock, filter: filterOf(query) };
  await behind(exchange).subscribe(request, workitemOf(exchange), subscriber, options);
  const socket = `${request.baseUrl.replace(/^http/, 'ws')}/subscribers/${encodeURIComponent(subscriber)}`;
  return { status: 201, headers: { 'Content-Location': socket } };
};

/** PS3.18 11.11. */
export const unsubscribeWorkitem: Action = async (exchange) => {
  const { request, path } = exchange;
  await behind(exchange).unsubscribe(request, workitemOf(exchange), subscriberOf(path));
  return { status: 200 };
};

/** PS3.18 11.12. */
export const suspendSubscription: Action = async (exchange) => {
  const { request, path } = exchange;
  await behind(exchange).suspend(request, workitemOf(exchange), subscriberOf(path));
  return { status: 200 };
};

/** PS3.18 8.10: a request that is no web socket is told that it should be one. */
export const subscriberSocket: Action = async () => ({
  status: 426,
  headers: { Upgrade: 'websocket', Connection: 'Upgrade' },
});

function behind({ handlers }: Exchange): WorkitemHandlers {
  if (handlers.workitems === undefined) throw new Problem('request/not-built', { what: 'UPS-RS' });
  return handlers.workitems;
}

function answerOf(
  offer: Parameters<typeof dataSetsAnswer>[0],
  found: readonly DataSet[],
): Pick<Answer, 'headers' | 'body'> {
  const body = Buffer.from(`[${found.map((each) => jsonText(each)).join(',')}]`);
  const answer = dataSetsAnswer(offer, body);
  return { body: answer.body!, headers: { ...answer.headers, 'Cache-Control': 'no-store' } };
}

const done = (exchange: Exchange, made: WorkitemDone): Answer => ({ status: 200, headers: warning(exchange, made) });

/** Table 11.4.3-1 and its like: what was done, but not as it was asked. */
function warning({ request }: Exchange, { status }: WorkitemDone): Record<string, string> {
  const text = status === undefined ? undefined : warningTexts[status];
  return text === undefined ? {} : { Warning: `299 ${request.baseUrl}: ${text}` };
}

const warningTexts: Readonly<Record<number, string>> = {
  45824: 'The UPS was created with modifications.',
  45828: 'The UPS is already in the requested state of CANCELED.',
  45830: 'The UPS is already in the requested state of COMPLETED.',
};

function workitemOf({ path }: Exchange): string {
  return requireUid(path.workitem)!;
}

function requireUid(text: string | undefined): string | undefined {
  if (text !== undefined && !isUid(text)) throw new Problem('dicom/invalid-uid', { attribute: 'SOPInstanceUID' });
  return text;
}

const isUid = (text: string): boolean => /^(?=.{1,64}$)\d+(\.\d+)*$/.test(text);

/** PS3.18 6.9 of earlier editions: `?1.2.3`, a parameter without a name. */
const bareUid = (query: readonly QueryParameter[]): string | undefined =>
  query.find(({ name, value }) => value === '' && isUid(name))?.name;

/** PS3.5 6.2: an AE title. */
function subscriberOf({ subscriber = '' }: Exchange['path']): string {
  if (!/^(?! *$)[\x20-\x5b\x5d-\x7e]{1,16}$/.test(subscriber)) {
    throw new Problem('request/malformed', { reason: 'the subscriber is not an AE title' });
  }
  return subscriber;
}
