// The SOAP door: one endpoint for each transaction, a table of actions, and a fault for everything that is none. Like the
// other web doors it takes a request before its body is looked at, so that nothing is read of who is not let in.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { asksFirst, endAfterwards, isGone, originOf } from '../base/http/connection.ts';
import { baseUrl } from '../base/http/forwarded.ts';
import { type Gate, gate } from '../base/http/gate.ts';
import { problemHeaders } from '../base/http/problem-headers.ts';
import { discardBody, letDoorAsk, requestBody } from '../base/http/request-body.ts';
import { signalOf, type WebRequest } from '../base/http/web-request.ts';
import type { Log } from '../base/log.ts';
import { asProblem, Problem } from '../base/problem.ts';
import type { Answer } from '../dicomweb/exchange.ts';
import { send } from '../dicomweb/send.ts';
import { envelope, readMessage } from './envelope.ts';
import { faultOf, SOAP_TYPE } from './fault.ts';
import type { XdsHandlers } from './handlers.ts';
import { limits } from './limits.ts';
import { mtomBody, readMtom } from './mtom.ts';
import { actions } from './namespaces.ts';
import { type Done, retrieveImaging } from './retrieve-imaging.ts';
import type { NamedElement } from './xml-names.ts';

export const RAD69_PATH = '/xds/rad69';

export interface XdsOptions {
  handlers: XdsHandlers;
  log: Log;
  /** Our DICOMweb root, where it cannot be told from the request. */
  publicRoot?: string | undefined;
}

type Act = (handlers: XdsHandlers, request: WebRequest, body: NamedElement) => Promise<Done>;

const actsOf: ReadonlyMap<string, Act> = new Map([[actions.retrieveImaging, retrieveImaging]]);

/** Mounts the door on a fastify instance. */
export function registerXds(fastify: FastifyInstance, options: XdsOptions): void {
  const requests = gate(limits, 'requestsAtOnce');
  letDoorAsk(fastify.server, '/xds');
  fastify.register(async (scope) => {
    scope.addHook('onRequest', async (request, reply) => {
      reply.hijack();
      await serve({ ...options, requests, requestId: request.id, incoming: request.raw, outgoing: reply.raw });
    });
    // Not reached: the hook has answered.
    scope.all(RAD69_PATH, async () => {});
  });
}

interface Call extends XdsOptions {
  requests: Gate;
  requestId: string;
  incoming: IncomingMessage;
  outgoing: ServerResponse;
  /** Of the message, once it is read. */
  messageId?: string | undefined;
}

async function serve(call: Call): Promise<void> {
  const { requestId, requests, incoming, outgoing } = call;
  outgoing.setHeader('X-Request-Id', requestId);
  outgoing.setHeader('X-Content-Type-Options', 'nosniff');
  outgoing.setHeader('Cache-Control', 'no-store');
  if (asksFirst(incoming)) endAfterwards(outgoing);
  let leave = (): void => {};
  try {
    leave = requests.enter();
    await send(outgoing, await answerOf(call), false);
  } catch (thrown) {
    const problem = asProblem(thrown, { requestId });
    report(call, problem);
    if (!outgoing.headersSent && !isGone(outgoing)) await send(outgoing, faultAnswer(call, problem), false);
  } finally {
    leave();
  }
  discardBody(incoming);
}

async function answerOf(call: Call): Promise<Answer> {
  const { handlers, incoming, outgoing, requestId, publicRoot } = call;
  const { method, headers, socket } = incoming;
  if (method !== 'POST') {
    outgoing.setHeader('Allow', 'POST');
    throw new Problem('request/method-not-allowed', { method });
  }
  const { authorization, cookie } = headers;
  const remoteAddress = socket.remoteAddress ?? '';
  const principal = await handlers.authenticate({ authorization, cookie, remoteAddress, requestId });
  const message = readMessage(await sourceOf(incoming, outgoing));
  call.messageId = message.messageId;
  const act = actsOf.get(message.action);
  if (act === undefined) throw new Problem('soap/action-unknown');
  const root = baseUrl(originOf(incoming), '/dicomweb', publicRoot);
  const request = { principal, requestId, remoteAddress, baseUrl: root, rawQuery: '', signal: signalOf(outgoing) };
  const { action, body, documents } = await act(handlers, request, message.body);
  const { contentType, ...written } = mtomBody(envelope({ action, relatesTo: message.messageId }, body), documents);
  return { status: 200, headers: { 'Content-Type': contentType }, body: written };
}

/** What stands beside the envelope is of no matter to what is asked here. */
async function sourceOf(incoming: IncomingMessage, outgoing: ServerResponse): Promise<string> {
  const tooLarge = () => new Problem('request/too-large', { what: 'the body', limit: limits.requestBytes });
  if (Number(incoming.headers['content-length'] ?? 0) > limits.requestBytes) throw tooLarge();
  let source: string | undefined;
  let besideBytes = 0;
  const body = requestBody(incoming, outgoing);
  for await (const token of readMtom(incoming.headers['content-type'], body, limits.requestBytes)) {
    if (token.kind === 'envelope') source = token.source;
    else if (token.kind === 'data') besideBytes += token.bytes.length;
    if (besideBytes > limits.requestBytes) throw tooLarge();
  }
  return source!;
}

/** `Sender` where the row says that the client is wrong; the status of the row. SOAP 1.2 Part 2 Table 20. */
function faultAnswer({ requestId, messageId }: Call, problem: Problem): Answer {
  const { http: status } = problem.answers;
  return {
    status,
    headers: { 'Content-Type': SOAP_TYPE, ...problemHeaders(status, problem) },
    body: faultOf(problem, requestId, messageId),
  };
}

function report({ log, requestId, outgoing }: Call, problem: Problem): void {
  const { code, answers } = problem;
  const fields = { door: 'xds', requestId, code, status: answers.http };
  const isOurs = answers.http >= 500 && !code.startsWith('soap/');
  if (!isOurs) log.info(fields, 'request refused');
  else {
    const said = outgoing.headersSent ? 'answer broken off' : 'request failed';
    log.error({ ...fields, error: problem.cause ?? problem }, said);
  }
}
