import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import type { Bundle, OperationOutcome, Resource, Subscription } from '@medplum/fhirtypes';
import { WebSocket } from 'ws';
import { image, insertImages } from '../../../test/support/catalogue-rows.ts';
import { type FhirServer, fhirServer } from '../../../test/support/fhir-server.ts';
import { httpReceiver } from '../../../test/support/http-receiver.ts';
import { localPrincipal } from '../../auth/principal.ts';

const criteria = (search: string, channel: Partial<Subscription['channel']>): Subscription => ({
  resourceType: 'Subscription',
  status: 'requested',
  reason: 'told of what happens',
  criteria: search,
  channel: { type: 'rest-hook', ...channel } as Subscription['channel'],
});

const subscribe = async (server: FhirServer, wanted: Subscription): Promise<Subscription> => {
  const { status, resource, text } = await server.send<Subscription>('POST', '/Subscription', wanted);
  assert.equal(status, 201, text);
  return resource;
};

const task = (status: string) => ({ resourceType: 'Task', status, intent: 'order', code: { text: 'read' } });

test('R4 subscription.html: with a payload what a search finds is updated below the endpoint, each version in turn', async (t) => {
  const server = await fhirServer(t, {}, {});
  const hook = await httpReceiver(t, () => ({ status: 200 }));
  const payload = 'application/fhir+json';
  const { status } = await subscribe(
    server,
    criteria('Task?status=requested,accepted', { endpoint: `${hook.url}/fhir/?key=1`, payload }),
  );
  assert.equal(status, 'active', 'there is no handshake');
  await server.send('POST', '/Task', task('draft'));
  const { resource } = await server.send<Resource>('POST', '/Task', task('requested'));
  await server.send('PUT', `/Task/${resource.id}`, { ...task('completed'), id: resource.id });
  await server.send('PUT', `/Task/${resource.id}`, { ...task('accepted'), id: resource.id });
  await server.send('DELETE', `/Task/${resource.id}`);
  const { resource: last } = await server.send<Resource>('POST', '/Task', task('accepted'));
  await hook.answered(3);
  assert.deepEqual(
    hook.requests.map(({ method, path }) => `${method} ${path}`),
    [resource, resource, last].map(({ id }) => `PUT /fhir/Task/${id}?key=1`),
  );
  const told = hook.requests.map(({ body }) => JSON.parse(body.toString()) as Resource & { status: string });
  assert.deepEqual(
    told.map(({ meta, status: said }) => `${meta!.versionId} ${said}`),
    ['1 requested', '3 accepted', '1 accepted'],
  );
  assert.equal(hook.requests[0]!.headers['content-type'], payload);
});

// What a look was answered is old as soon as it was answered: somebody subscribes just then, and something happens.
for (const { others, asked } of [
  { others: 0, asked: `s.status in ('active', 'error')` },
  { others: 1, asked: 'sum(change)' },
]) {
  test(`who subscribes just as ${others} others are looked up is told of what happens next`, async (t) => {
    const server = await fhirServer(t);
    const { database } = server;
    const wanted = (url: string) => criteria('Task', { endpoint: url, payload: 'application/fhir+json' });
    if (others > 0) await subscribe(server, wanted((await httpReceiver(t, () => ({ status: 200 }))).url));
    const hook = await httpReceiver(t, () => ({ status: 200 }));
    const { query } = database;
    t.mock.method(database, 'query', async (...asking: Parameters<typeof query>) => {
      const answer = await query.apply(database, asking);
      if (!asking[0].includes(asked)) return answer;
      t.mock.restoreAll();
      await subscribe(server, wanted(hook.url));
      await server.send('POST', '/Task', task('requested'));
      return answer;
    });
    await server.subscribing();
    await hook.answered(1);
    assert.match(hook.requests[0]!.path, /^\/Task\//);
  });
}

test('R4 subscription.html: without a payload nothing is sent but that something happened', async (t) => {
  const server = await fhirServer(t, {}, { restSeconds: 0.2 });
  const hook = await httpReceiver(t, () => ({ status: 204 }));
  await subscribe(server, criteria('ImagingStudy?modality=CT', { endpoint: `${hook.url}/ct` }));
  await insertImages(server.database, [image({ StudyInstanceUID: '1.2.1', Modality: 'MR' })]);
  await insertImages(server.database, [image({ StudyInstanceUID: '1.2.2', Modality: 'CT' })]);
  await server.database.query(
    `insert into event (tenant, kind, study, instances, at)
     select 1, 'instances-kept', s.id, array_agg(i.id), max(s.created_at) from study s join instance i on i.study = s.id group by s.id`,
  );
  await server.database.query(`select pg_notify('event', '')`);
  await hook.answered(1);
  const [{ method, path, body }] = hook.requests as [(typeof hook.requests)[number]];
  assert.deepEqual([method, path, body.length], ['POST', '/ct', 0]);
});

test('R4 subscription.html: a web socket says bind, hears bound, and a ping when something happens', async (t) => {
  const server = await fhirServer(t, { other: { ...localPrincipal, tenant: 2 } }, {});
  const { id } = await subscribe(server, criteria('Task?status=requested', { type: 'websocket' }));
  const url = `${server.root.replace(/^http/, 'ws')}/$subscription-sockets`;
  const socket = new WebSocket(url);
  const heard: string[] = [];
  socket.on('message', (data) => heard.push(String(data)));
  await once(socket, 'open');
  socket.send(`bind ${id}`);
  while (heard.length < 1) await once(socket, 'message');
  await server.send('POST', '/Task', task('requested'));
  while (heard.length < 2) await once(socket, 'message');
  assert.deepEqual(heard, [`bound ${id}`, `ping ${id}`]);
  // Another tenant's is not there, and who is nobody hears nothing.
  for (const Authorization of ['other', 'nobody']) {
    const stranger = new WebSocket(url, { headers: { Authorization } });
    await once(stranger, 'open');
    stranger.send(`bind ${id}`);
    assert.equal((await once(stranger, 'close'))[0], 1008, Authorization);
  }
  socket.close();
});

test('a search that follows references, or that is none, is refused when it is written', async (t) => {
  const server = await fhirServer(t, {}, {});
  for (const search of ['Task?patient.name=x', 'Task?colour=red', 'Subscription?status=active', 'Nothing?x=y']) {
    const { status, resource } = await server.send<OperationOutcome>(
      'POST',
      '/Subscription',
      criteria(search, { endpoint: 'https://viewer.example.org/' }),
    );
    assert.deepEqual([status, resource.issue![0]!.expression], [400, ['Subscription.criteria']], search);
  }
});

test('headers of a channel are sent to its endpoint and told to nobody again, in no version, search, history or export', async (t) => {
  const server = await fhirServer(t, {}, {});
  const hook = await httpReceiver(t, () => ({ status: 200 }));
  const header = ['Authorization: Bearer theirs', 'X-Key: 7'];
  const wanted = criteria('Task', { endpoint: `${hook.url}/a`, payload: 'application/fhir+json', header });
  const made = await subscribe(server, wanted);
  assert.deepEqual(made.channel.header, ['Authorization: ***', 'X-Key: ***']);
  // What was read is given back: the values stay.
  const moved = { ...made, reason: 'another', channel: { ...made.channel, endpoint: `${hook.url}/b` } };
  assert.equal((await server.send('PUT', `/Subscription/${made.id}`, moved)).status, 200);
  await server.send('POST', '/Task', task('requested'));
  await hook.answered(1);
  const [{ headers, path }] = hook.requests as [(typeof hook.requests)[number]];
  assert.deepEqual([headers.authorization, headers['x-key'], path.slice(0, 7)], ['Bearer theirs', '7', '/b/Task']);
  const said = await Promise.all(
    ['', '?url=x', `/${made.id}`, `/${made.id}/_history`, `/${made.id}/_history/1`, '/_history'].map((more) =>
      server.send<Bundle>('GET', `/Subscription${more}`),
    ),
  );
  for (const { text } of said) assert.doesNotMatch(text, /theirs|X-Key: 7/);
  const [row] = await server.database.query<{ text: string }>(
    `select string_agg(resource::text, ' ') as text from fhir_version where type = 'Subscription'`,
  );
  assert.doesNotMatch(row!.text, /theirs/);
  // Nobody leads them to another place.
  const elsewhere = { ...made, channel: { ...made.channel, endpoint: 'https://elsewhere.example.org/a' } };
  assert.equal((await server.send('PUT', `/Subscription/${made.id}`, elsewhere)).status, 400);
});
