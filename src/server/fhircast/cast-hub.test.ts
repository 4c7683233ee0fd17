import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type TestContext, test } from 'node:test';
import { fastify } from 'fastify';
import { WebSocket } from 'ws';
import { testDatabase } from '../../../test/support/database.ts';
import { openAudit } from '../../audit/writer.ts';
import { localPrincipal, type Principal } from '../../auth/principal.ts';
import { createToken, revokeToken } from '../../auth/tokens.ts';
import { systemClock } from '../../base/clock.ts';
import { silentLog } from '../../base/log.ts';
import { asProblem, Problem } from '../../base/problem.ts';
import { registerFhircast } from '../../fhircast/hub.ts';
import type { Core } from '../core.ts';
import { CastHub } from './cast-hub.ts';

interface Message {
  id: string;
  event: {
    'hub.event': string;
    'context.versionId': string;
    'context.priorVersionId': string;
    context: { key: string; resource?: { id?: string; issue?: { details: { coding: { code: string }[] } }[] } }[];
  };
  'hub.mode'?: string;
  'hub.events'?: string;
  'hub.reason'?: string;
}

const patient = { key: 'patient', resource: { resourceType: 'Patient', id: 'p1' } };
const study = {
  key: 'study',
  resource: { resourceType: 'ImagingStudy', id: 's1', subject: { reference: 'Patient/p1' } },
};
const report = { key: 'report', resource: { resourceType: 'DiagnosticReport', id: 'r1', status: 'unknown' } };
const observation = (id: string, text: string) => ({
  resourceType: 'Observation',
  id,
  status: 'preliminary',
  code: { text },
});

/** A desk: a hub, and whoever asks it. */
async function desk(t: TestContext, principals: Readonly<Record<string, Principal>> = {}) {
  const closing = new AsyncDisposableStack();
  t.after(() => closing.disposeAsync());
  const database = await testDatabase(t);
  const audit = openAudit(database, { clock: systemClock, log: silentLog });
  closing.defer(() => audit.close());
  const core = { database, audit, log: silentLog, metrics: { answered: () => undefined } } as unknown as Core;
  const hub = await CastHub.open(core, {
    async authenticate({ authorization }: { authorization?: string }) {
      const principal = authorization === undefined ? localPrincipal : principals[authorization];
      if (principal === undefined) throw new Problem('auth/unauthenticated', { reason: 'unknown' });
      return principal;
    },
    close: () => undefined,
  });
  closing.defer(() => hub.close());
  const app = fastify({ forceCloseConnections: true });
  app.setErrorHandler((error, _request, reply) => reply.code(asProblem(error).answers.http).send());
  registerFhircast(app, { handlers: hub, log: silentLog });
  const url = `${await app.listen({ host: '127.0.0.1', port: 0 })}/fhircast`;
  closing.defer(() => app.close());
  const headers = (who?: string): Record<string, string> => (who === undefined ? {} : { Authorization: who });
  const started = await fetch(`${url}/session`, { method: 'POST' });
  const { 'hub.topic': topic } = (await started.json()) as { 'hub.topic': string };
  const form = (fields: Record<string, string>, who?: string) =>
    fetch(url, {
      method: 'POST',
      headers: headers(who),
      body: new URLSearchParams({ 'hub.channel.type': 'websocket', 'hub.topic': topic, ...fields }),
    });
  const ask = (event: string, context: object[], more: object = {}, who?: string) =>
    fetch(`${url}/${topic}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers(who) },
      body: JSON.stringify({
        timestamp: '2026-11-23T10:00:00Z',
        id: `of ${event}`,
        event: { 'hub.topic': topic, 'hub.event': event, context, ...more },
      }),
    });
  const current = async () =>
    (await fetch(`${url}/${topic}`)).json() as Promise<
      Record<string, unknown> & { context: { key: string; resource: { entry?: unknown[] } }[] }
    >;
  /** One that follows and answers with `status`; nothing where it is undefined. */
  const join = async (events: string, name: string, status: string | undefined = '200') => {
    const answer = await form({ 'hub.mode': 'subscribe', 'hub.events': events, 'subscriber.name': name });
    assert.equal(answer.status, 202);
    const { 'hub.channel.endpoint': endpoint } = (await answer.json()) as { 'hub.channel.endpoint': string };
    const socket = new WebSocket(endpoint);
    const heard: Message[] = [];
    socket.on('message', (data) => {
      const message = JSON.parse(String(data)) as Message;
      heard.push(message);
      if (message.event !== undefined && status !== undefined) socket.send(JSON.stringify({ id: message.id, status }));
    });
    const next = async (): Promise<Message> => {
      while (heard.length === 0) await once(socket, 'message');
      return heard.shift()!;
    };
    const confirmed = await next();
    assert.deepEqual([confirmed['hub.mode'], confirmed['hub.events']], ['subscribe', events.toLowerCase()]);
    return { socket, next, endpoint };
  };
  return { database, url, topic, form, ask, current, join };
}

test('the hub says what it can do, and which topic the session of a user has', async (t) => {
  const { url, topic } = await desk(t);
  const configuration = (await (await fetch(`${url}/.well-known/fhircast-configuration`)).json()) as Record<
    string,
    unknown
  >;
  assert.ok((configuration.eventsSupported as string[]).includes('DiagnosticReport-update'));
  assert.deepEqual([configuration.websocketSupport, configuration.getCurrentSupport], [true, true]);
  const again = (await (await fetch(`${url}/session`, { method: 'POST' })).json()) as Record<string, string>;
  assert.deepEqual([again['hub.topic'], again['hub.url']], [topic, url]);
});

test('what one opens all follow, each as far as it subscribed; who joins later is told what is open', async (t) => {
  const { ask, join, current } = await desk(t);
  const viewer = await join('ImagingStudy-open,ImagingStudy-close', 'viewer');
  const chart = await join('patient-open', 'chart');
  assert.equal((await ask('ImagingStudy-open', [study, patient])).status, 202);
  const opened = await viewer.next();
  assert.deepEqual([opened.id, opened.event['hub.event']], ['of ImagingStudy-open', 'ImagingStudy-open']);
  const implied = await chart.next();
  assert.deepEqual([implied.event['hub.event'], implied.event.context], ['Patient-open', [patient]]);
  const shown = await current();
  assert.deepEqual(
    [shown['context.type'], shown['context.versionId']],
    ['ImagingStudy', opened.event['context.versionId']],
  );
  const late = await join('ImagingStudy-open', 'late');
  assert.equal((await late.next()).event.context[0]!.resource!.id, 's1');
  assert.equal((await ask('ImagingStudy-close', [study, patient])).status, 202);
  assert.equal((await viewer.next()).event['hub.event'], 'ImagingStudy-close');
  assert.equal((await current())['context.type'], '');
});

test('content is shared by version: a change of another than the current one is refused whole', async (t) => {
  const { ask, join, current } = await desk(t);
  const dictation = await join('DiagnosticReport-open,DiagnosticReport-update,DiagnosticReport-select', 'dictation');
  await ask('DiagnosticReport-open', [report, patient, study]);
  const first = (await dictation.next()).event['context.versionId'];
  const update = (versionId: string, entry: object[]) =>
    ask(
      'DiagnosticReport-update',
      [
        { key: 'report', reference: { reference: 'DiagnosticReport/r1' } },
        { key: 'updates', resource: { resourceType: 'Bundle', id: 'b', type: 'transaction', entry } },
      ],
      { 'context.versionId': versionId },
    );
  const put = (resource: object) => ({ request: { method: 'PUT' }, resource });
  const added = [
    put(observation('o1', 'nodule')),
    put(observation('o2', 'cyst')),
    put({ ...report.resource, status: 'preliminary' }),
  ];
  assert.equal((await update(first, added)).status, 202);
  const { event } = await dictation.next();
  assert.equal(event['context.priorVersionId'], first);
  assert.equal((await update(first, [put(observation('o3', 'late'))])).status, 409);
  const twice = [put(observation('o3', 'one')), put(observation('o3', 'two'))];
  assert.equal((await update(event['context.versionId'], twice)).status, 400);
  const gone = { request: { method: 'DELETE' }, fullUrl: 'Observation/o1' };
  assert.equal((await update(event['context.versionId'], [gone])).status, 202);
  const shown = await current();
  const content = shown.context.find(({ key }) => key === 'content')!.resource;
  assert.deepEqual(content.entry, [{ resource: observation('o2', 'cyst') }]);
  assert.deepEqual(shown.context.find(({ key }) => key === 'report')!.resource, {
    ...report.resource,
    status: 'preliminary',
  });
  await dictation.next();
  const selected = [
    { key: 'report', reference: { reference: 'DiagnosticReport/r1' } },
    { key: 'select', reference: [] },
  ];
  assert.equal((await ask('DiagnosticReport-select', selected)).status, 202);
  assert.equal((await dictation.next()).event['context.versionId'], shown['context.versionId']);
  const other = [{ key: 'report', reference: { reference: 'DiagnosticReport/r2' } }];
  assert.equal((await ask('DiagnosticReport-select', other)).status, 409);
});

test('who refuses to follow, or breaks off, has the others told by a SyncError', async (t) => {
  const { ask, join } = await desk(t);
  const watch = await join('SyncError', 'watch');
  await join('Patient-open', 'stubborn', '409');
  await ask('Patient-open', [patient]);
  const coded = async (): Promise<string[]> => {
    const [outcome] = (await watch.next()).event.context;
    return outcome!.resource!.issue![0]!.details.coding.map(({ code }) => code);
  };
  assert.deepEqual(await coded(), ['of Patient-open', 'Patient-open', 'stubborn']);
  const silent = await join('Patient-close', 'silent', undefined);
  silent.socket.terminate();
  assert.equal((await coded())[2], 'silent');
});

test('an unsubscribed application is told so and its URL is good for nothing; a lease ends by itself', async (t) => {
  const { form, join, url } = await desk(t);
  const viewer = await join('Patient-open', 'viewer');
  // It may be closed before the answer is here.
  const closed = once(viewer.socket, 'close');
  const ended = await form({ 'hub.mode': 'unsubscribe', 'hub.channel.endpoint': viewer.endpoint });
  assert.equal(ended.status, 202);
  assert.deepEqual((await viewer.next())['hub.mode'], 'denied');
  assert.equal((await closed)[0], 1000);
  const again = new WebSocket(viewer.endpoint);
  const [told] = (await once(again, 'message')) as [Buffer];
  assert.equal((JSON.parse(String(told)) as Message)['hub.mode'], 'denied');
  const answer = await form({ 'hub.mode': 'subscribe', 'hub.events': 'Patient-open', 'hub.lease_seconds': '1' });
  const { 'hub.channel.endpoint': endpoint } = (await answer.json()) as Record<string, string>;
  const short = new WebSocket(endpoint!);
  const reasons: (string | undefined)[] = [];
  short.on('message', (data) => reasons.push((JSON.parse(String(data)) as Message)['hub.reason']));
  await once(short, 'close');
  assert.deepEqual(reasons, [undefined, 'the lease is over']);
  for (const wrong of [
    { 'hub.mode': 'subscribe', 'hub.events': 'Colour-open' },
    { 'hub.mode': 'subscribe', 'hub.events': 'Patient-open', 'hub.lease_seconds': '-1' },
    { 'hub.mode': 'follow' },
    { 'hub.mode': 'unsubscribe', 'hub.channel.endpoint': `${url.replace('http', 'ws')}/elsewhere` },
  ]) {
    assert.equal((await form(wrong as unknown as Record<string, string>)).status, 400, JSON.stringify(wrong));
  }
});

test('a session is of one tenant; who may only read follows it and does not change it', async (t) => {
  const other = { id: 'local', kind: 'local', tenant: 2, scopes: ['read', 'write'] } as const;
  const reader = { id: 'local', kind: 'local', tenant: 1, scopes: ['read'] } as const;
  const { ask, form, url, topic } = await desk(t, { other, reader });
  const wish = { 'hub.mode': 'subscribe', 'hub.events': 'Patient-open' };
  assert.equal((await form(wish, 'other')).status, 404);
  assert.equal((await ask('Patient-open', [patient], {}, 'other')).status, 404);
  assert.equal((await fetch(`${url}/${topic}`, { headers: { Authorization: 'other' } })).status, 404);
  assert.equal((await form(wish, 'reader')).status, 202);
  assert.equal((await ask('Patient-open', [patient], {}, 'reader')).status, 403);
  assert.equal((await form(wish, 'nobody')).status, 401);
});

test('a session ends with the credential of its user, and so does following it', async (t) => {
  const principals: Record<string, Principal> = {};
  const { database, url } = await desk(t, principals);
  const expiresAt = new Date(Date.now() + 60_000);
  const { id } = await createToken(
    database,
    { tenant: 1, name: 'user', scopes: ['read', 'write'], expiresAt },
    systemClock,
  );
  principals.user = { id: `token:${id}`, kind: 'token', tenant: 1, scopes: ['read', 'write'] };
  const headers = { Authorization: 'user' };
  const started = (await (await fetch(`${url}/session`, { method: 'POST', headers })).json()) as Record<string, string>;
  const topic = started['hub.topic']!;
  const form = {
    'hub.channel.type': 'websocket',
    'hub.mode': 'subscribe',
    'hub.topic': topic,
    'hub.events': 'Patient-open',
  };
  const accepted = await fetch(url, { method: 'POST', body: new URLSearchParams(form) });
  const socket = new WebSocket(((await accepted.json()) as Record<string, string>)['hub.channel.endpoint']!);
  await once(socket, 'message');
  const denied = once(socket, 'message') as Promise<[Buffer]>;
  await revokeToken(database, 1, id);
  assert.equal((JSON.parse(String((await denied)[0])) as Message)['hub.reason'], 'the session has ended');
  assert.equal((await fetch(`${url}/${topic}`)).status, 404);
});
