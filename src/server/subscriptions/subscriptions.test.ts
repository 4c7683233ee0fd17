import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type TestContext, test } from 'node:test';
import type {
  Basic,
  Bundle,
  CapabilityStatement,
  ImagingStudy,
  Parameters,
  Patient,
  Resource,
  Subscription,
} from '@medplum/fhirtypes';
import { WebSocket } from 'ws';
import { image, insertImages } from '../../../test/support/catalogue-rows.ts';
import { type FhirServer, fhirServer } from '../../../test/support/fhir-server.ts';
import { type HttpReceiver, httpReceiver } from '../../../test/support/http-receiver.ts';
import { createToken, revokeToken } from '../../auth/tokens.ts';
import { systemClock } from '../../base/clock.ts';
import { extensions } from '../../fhir/subscriptions/profile.ts';
import { topics } from '../../fhir/subscriptions/topics.ts';

interface Wish {
  topic?: string;
  filters?: readonly string[];
  content?: string;
  headers?: readonly string[];
  maxCount?: number;
  heartbeat?: number;
}

function subscription(
  endpoint: string | undefined,
  { topic = topics.resourceChanged.url, filters = [], content = 'id-only', headers, maxCount, heartbeat }: Wish = {},
): Subscription {
  return {
    resourceType: 'Subscription',
    status: 'requested',
    reason: 'told of what happens',
    criteria: topic,
    _criteria: { extension: filters.map((valueString) => ({ url: extensions.filter, valueString })) },
    channel: {
      type: endpoint === undefined ? 'websocket' : 'rest-hook',
      ...(endpoint !== undefined && { endpoint }),
      ...(headers && { header: headers }),
      extension: [
        ...(maxCount === undefined ? [] : [{ url: extensions.maxCount, valuePositiveInt: maxCount }]),
        ...(heartbeat === undefined ? [] : [{ url: extensions.heartbeatPeriod, valueUnsignedInt: heartbeat }]),
      ],
      payload: 'application/fhir+json',
      _payload: { extension: [{ url: extensions.content, valueCode: content }] },
    },
  } as unknown as Subscription;
}

/** An empty list is no list of R4. */
const pruned = (resource: Subscription): Subscription =>
  JSON.parse(
    JSON.stringify(resource, (_, value) =>
      Array.isArray(value?.extension) && value.extension.length === 0 ? omit(value) : value,
    ),
  );
const omit = ({ extension: _, ...rest }: { extension: unknown }): object | undefined =>
  Object.keys(rest).length === 0 ? undefined : rest;

const subscribe = async (server: FhirServer, wanted: Subscription): Promise<string> => {
  const { status, resource, text } = await server.send<Subscription>('POST', '/Subscription', pruned(wanted));
  assert.equal(status, 201, text);
  return resource.id!;
};

const task = (code: string, status = 'requested', more: object = {}): Resource =>
  ({
    resourceType: 'Task',
    status,
    intent: 'order',
    code: { coding: [{ system: 'urn:codes', code }] },
    ...more,
  }) as Resource;

const saidOf = (bundle: Bundle, name: string): unknown => {
  const { parameter = [] } = bundle.entry![0]!.resource as Parameters;
  const found = parameter.find((each) => each.name === name)!;
  return found.valueCode ?? found.valueString ?? found.valueCanonical;
};
const bundlesOf = (hook: HttpReceiver): Bundle[] => hook.requests.map(({ body }) => JSON.parse(body.toString()));
const typesOf = (hook: HttpReceiver): unknown[] => bundlesOf(hook).map((bundle) => saidOf(bundle, 'type'));
const focusesOf = (bundle: Bundle): string[] =>
  bundle.entry!.slice(1).map(({ fullUrl }) => fullUrl!.replace(/.*R4\//, ''));

/** Once so many events were told, in one notification or in several. */
async function eventsTold(hook: HttpReceiver, count: number): Promise<void> {
  const isTold = (bundle: Bundle): boolean => Number(saidOf(bundle, 'events-since-subscription-start')) >= count;
  for (let asked = hook.requests.length; !bundlesOf(hook).some(isTold); asked++) await hook.answered(asked + 1);
}

/** The Subscription once it has this status. */
async function until(server: FhirServer, id: string, status: string): Promise<Subscription> {
  let hear = (): void => undefined;
  const stop = await server.database.notices.on('subscription', () => hear());
  try {
    for (;;) {
      const heard = new Promise<void>((resolve) => (hear = resolve));
      const { resource } = await server.send<Subscription>('GET', `/Subscription/${id}`);
      if (resource.status === status) return resource;
      await heard;
    }
  } finally {
    stop();
  }
}

const ready = async (t: TestContext, wish?: Wish) => {
  const server = await fhirServer(t, {}, { restSeconds: 0.2 });
  const hook = await httpReceiver(t, () => ({ status: 200 }));
  const id = await subscribe(server, subscription(`${hook.url}/told`, wish));
  await until(server, id, 'active');
  return { server, hook, id };
};

test('the topics are named by the CapabilityStatement and described by Basics', async (t) => {
  const server = await fhirServer(t);
  const { resource } = await server.send<CapabilityStatement>('GET', '/metadata');
  const ours = resource.rest![0]!.resource!.find(({ type }) => type === 'Subscription')!;
  const urls = ours.extension!.map(({ valueCanonical }) => valueCanonical);
  assert.ok(urls.includes(topics.studyAvailable.url) && urls.includes(topics.patientMerged.url));
  assert.deepEqual(ours.operation!.map(({ name }) => name).sort(), [
    'events',
    'get-ws-binding-token',
    'status',
    'validate',
  ]);
  const found = await server.send<Bundle<Basic>>('GET', '/Basic?code=SubscriptionTopic');
  const described = found.resource.entry!.map((entry) => entry.resource!);
  assert.deepEqual(
    described.map(({ extension }) => extension![0]!.valueUri),
    urls,
  );
  const { resource: one } = await server.send<Basic>('GET', `/Basic/${described[0]!.id}`);
  assert.deepEqual(one, described[0]);
});

test('a rest-hook is shaken hands with, becomes active, and is told of what its filters want, with its headers', async (t) => {
  const wish = {
    filters: ['Task?code=urn:codes|read&status=requested,accepted'],
    headers: ['Authorization: Bearer theirs'],
  };
  const { server, hook, id } = await ready(t, wish);
  assert.deepEqual(typesOf(hook), ['handshake']);
  assert.equal(hook.requests[0]!.headers.authorization, 'Bearer theirs');
  assert.equal(hook.requests[0]!.headers['content-type'], 'application/fhir+json');
  await server.send('POST', '/Task', task('other'));
  await server.send('POST', '/Observation', { resourceType: 'Observation', status: 'final', code: { text: 'x' } });
  const { resource } = await server.send<Resource>('POST', '/Task', task('read'));
  await hook.answered(2);
  const [, told] = bundlesOf(hook) as [Bundle, Bundle];
  assert.equal(told.type, 'history');
  assert.deepEqual(
    ['type', 'status', 'topic', 'events-since-subscription-start'].map((name) => saidOf(told, name)),
    ['event-notification', 'active', topics.resourceChanged.url, '1'],
  );
  assert.deepEqual(focusesOf(told), [`Task/${resource.id}`]);
  assert.deepEqual(told.entry![1]!.request, { method: 'POST', url: 'Task' });
  assert.equal(told.entry![1]!.resource, undefined);
  // What it does not want any more is not told; its deletion is told to who had it.
  await server.send('PUT', `/Task/${resource.id}`, { ...task('read', 'completed'), id: resource.id });
  await server.send('PUT', `/Task/${resource.id}`, { ...task('read', 'accepted'), id: resource.id });
  await server.send('DELETE', `/Task/${resource.id}`);
  await eventsTold(hook, 3);
  const events = await server.send<Bundle>('GET', `/Subscription/${id}/$events`);
  const methods = events.resource.entry!.slice(1).map(({ request }) => request!.method);
  assert.deepEqual(methods, ['POST', 'PUT', 'DELETE']);
});

test('the payload is empty, ids only or whole resources, as they were at the event', async (t) => {
  const server = await fhirServer(t, {}, {});
  const hook = await httpReceiver(t, () => ({ status: 204 }));
  for (const content of ['empty', 'full-resource']) {
    await until(
      server,
      await subscribe(server, subscription(`${hook.url}/${content}`, { content, filters: ['Task?'] })),
      'active',
    );
  }
  await server.send('POST', '/Task', task('read'));
  await hook.answered(4);
  const told = (content: string): Bundle =>
    JSON.parse(hook.requests.filter(({ path }) => path === `/${content}`)[1]!.body.toString());
  assert.equal(told('empty').entry!.length, 1);
  assert.doesNotMatch(JSON.stringify(told('empty')), /Task|urn:fascia:topic/);
  assert.equal((told('full-resource').entry![1]!.resource as Resource).meta!.versionId, '1');
  // What is sent is what R4 says it is: the door reads its own answer.
  const [{ resource }] = told('full-resource').entry!.slice(1) as [{ resource: Resource }];
  assert.equal((resource as { code?: { coding: { code: string }[] } }).code!.coding[0]!.code, 'read');
});

test('events are told in their order, bundled up to what the subscriber takes, and none is lost over failures', async (t) => {
  let failures = 3;
  const answer = () => ({ status: failures-- > 0 ? 503 : 200 });
  const server = await fhirServer(t, {}, { pauseMs: () => 10, offAfter: 10 });
  const hook = await httpReceiver(t, () => (hook.requests.length === 0 ? { status: 200 } : answer()));
  const id = await subscribe(server, subscription(hook.url, { filters: ['Task?'], maxCount: 4 }));
  await until(server, id, 'active');
  const made: string[] = [];
  for (let n = 0; n < 10; n++)
    made.push(`Task/${(await server.send<Resource>('POST', '/Task', task('n'))).resource.id}`);
  const taken = async (): Promise<string[]> => {
    const { resource } = await server.send<Bundle>('GET', `/Subscription/${id}/$status`);
    assert.equal(resource.type, 'searchset');
    return bundlesOf(hook).slice(4).flatMap(focusesOf);
  };
  for (let count = 5; (await taken()).length < 10; count++) await hook.answered(count);
  assert.deepEqual(await taken(), made);
  for (const bundle of bundlesOf(hook)) assert.ok(bundle.entry!.length <= 5);
  await until(server, id, 'active');
});

test('a hook that always fails is in error, then off, and can be asked for again', async (t) => {
  const server = await fhirServer(t, {}, { pauseMs: () => 10, offAfter: 4 });
  let status = 500;
  const hook = await httpReceiver(t, () => ({ status }));
  const id = await subscribe(server, subscription(hook.url));
  assert.equal((await until(server, id, 'off')).error, 'delivery/not-now');
  assert.equal(hook.requests.length, 4);
  const history = await server.send<Bundle<Subscription>>('GET', `/Subscription/${id}/_history`);
  assert.deepEqual(
    history.resource.entry!.map(({ resource }) => resource!.status),
    ['off', 'error', 'requested'],
  );
  status = 200;
  await server.send('PUT', `/Subscription/${id}`, { ...pruned(subscription(hook.url)), id });
  assert.equal((await until(server, id, 'active')).error, undefined);
});

test('who may no longer read is told nothing more, and its Subscription is off', async (t) => {
  const principals: Record<string, never> = {};
  const server = await fhirServer(t, principals, {});
  const expiresAt = new Date(Date.now() + 60_000);
  const token = await createToken(
    server.database,
    { tenant: 1, name: 'hook', scopes: ['read', 'write'], expiresAt },
    systemClock,
  );
  Object.assign(principals, { them: { id: `token:${token.id}`, kind: 'token', tenant: 1, scopes: ['read', 'write'] } });
  const hook = await httpReceiver(t, () => ({ status: 200 }));
  const wanted = pruned(subscription(hook.url, { filters: ['Task?'] }));
  const { resource } = await server.send<Subscription>('POST', '/Subscription', wanted, { Authorization: 'them' });
  await until(server, resource.id!, 'active');
  await revokeToken(server.database, 1, token.id);
  await server.send('POST', '/Task', task('read'));
  assert.equal((await until(server, resource.id!, 'off')).error, 'auth/forbidden');
  assert.deepEqual(typesOf(hook), ['handshake']);
});

test('nobody is told of another tenant', async (t) => {
  const other = { id: 'local', kind: 'local', tenant: 2, scopes: ['read', 'write'] } as const;
  const server = await fhirServer(t, { other }, {});
  await server.database.query(`insert into tenant (id, name) overriding system value values (2, 'other')`);
  const hook = await httpReceiver(t, () => ({ status: 200 }));
  const wanted = pruned(subscription(hook.url, { filters: ['Task?'] }));
  await until(server, await subscribe(server, wanted), 'active');
  await server.send('POST', '/Task', task('theirs'), { Authorization: 'other' });
  const { resource } = await server.send<Resource>('POST', '/Task', task('ours'));
  await hook.answered(2);
  assert.deepEqual(focusesOf(bundlesOf(hook)[1]!), [`Task/${resource.id}`]);
  const asked = await server.send<Bundle>('GET', '/Subscription/$status', undefined, { Authorization: 'other' });
  assert.equal(asked.resource.total, 0);
});

test('what cannot be told is refused when it is written, with what is wrong', async (t) => {
  const server = await fhirServer(t);
  const refused = async (wanted: Subscription): Promise<string> =>
    (await server.send('POST', '/Subscription', pruned(wanted))).issue;
  assert.match(
    await refused(subscription('https://hook.example', { topic: 'urn:other' })),
    /not-supported no such topic/,
  );
  assert.match(
    await refused(subscription('https://hook.example', { filters: ['Task?colour=red'] })),
    /no search parameter/,
  );
  assert.match(
    await refused(subscription('https://hook.example', { filters: ['Task?patient.name=x'] })),
    /follows no reference/,
  );
  assert.match(await refused(subscription('https://hook.example', { content: 'much' })), /backport-payload-content/);
  assert.match(await refused(subscription('https://hook.example', { headers: ['Host: other'] })), /no header/);
  assert.match(await refused(subscription('https://hook.example', { headers: ['A: b\r\nC: d'] })), /no header/);
  assert.match(await refused(subscription('ftp://hook.example')), /no URL of http/);
  for (const inside of [
    'http://169.254.169.254/latest',
    'http://10.1.2.3',
    'http://[fe80::1]/',
    'http://[::ffff:10.0.0.1]',
    'http://0x0a000001/',
  ]) {
    assert.match(await refused(subscription(inside)), /business-rule notifications may not go/, inside);
  }
});

test('a web socket shows its token, hears the handshake and then what happens; a token is good once', async (t) => {
  const server = await fhirServer(t, {}, {});
  const id = await subscribe(server, subscription(undefined, { filters: ['Task?'], content: 'full-resource' }));
  const { resource } = await server.send<Parameters>('GET', `/Subscription/${id}/$get-ws-binding-token`);
  const said = Object.fromEntries(resource.parameter!.map((each) => [each.name, each.valueString ?? each.valueUrl]));
  assert.equal(said.subscription, id);
  const socket = new WebSocket(said['websocket-url']!);
  const heard: Bundle[] = [];
  const next = async (): Promise<Bundle> => {
    while (heard.length === 0) await once(socket, 'message');
    return heard.shift()!;
  };
  socket.on('message', (data) => heard.push(JSON.parse(String(data))));
  await once(socket, 'open');
  socket.send(`bind-with-token: ${said.token}`);
  assert.equal(saidOf(await next(), 'type'), 'handshake');
  const made = await server.send<Resource>('POST', '/Task', task('read'));
  const told = await next();
  assert.equal(saidOf(told, 'type'), 'event-notification');
  assert.deepEqual(told.entry![1]!.resource, made.resource);
  const again = new WebSocket(said['websocket-url']!);
  await once(again, 'open');
  again.send(`bind-with-token: ${said.token}`);
  assert.equal((await once(again, 'close'))[0], 1008);
  // It may be closed before the answer is here.
  const closed = once(socket, 'close');
  await server.send('DELETE', `/Subscription/${id}`);
  assert.equal((await closed)[0], 1008);
});

test('a patient filter means the person: what is of a record that is merged into theirs is told too', async (t) => {
  const server = await fhirServer(t, {}, {});
  const person = (value: string): Patient => ({
    resourceType: 'Patient',
    identifier: [{ system: 'urn:oid:1.2.36.1', value }],
    name: [{ family: 'Quimbley', given: ['Hermione'] }],
    birthDate: '1961-03-07',
    gender: 'female',
  });
  const [one, two] = [
    (await server.send<Patient>('POST', '/Patient', person('1'))).resource,
    (await server.send<Patient>('POST', '/Patient', person('2'))).resource,
  ];
  const hook = await httpReceiver(t, () => ({ status: 200 }));
  await until(
    server,
    await subscribe(server, subscription(`${hook.url}/tasks`, { filters: [`Task?patient=Patient/${one.id}`] })),
    'active',
  );
  await until(
    server,
    await subscribe(server, subscription(`${hook.url}/merges`, { topic: topics.patientMerged.url })),
    'active',
  );
  const merged: Patient = {
    ...person('2'),
    active: false,
    link: [{ type: 'replaced-by', other: { identifier: { system: 'urn:oid:1.2.36.1', value: '1' } } }],
  };
  const { status, text } = await server.send('PUT', '/Patient?identifier=urn:oid:1.2.36.1|2', merged);
  assert.equal(status, 200, text);
  await hook.answered(3);
  const told = bundlesOf(hook)[2]!;
  assert.equal(hook.requests[2]!.path, '/merges');
  assert.deepEqual(focusesOf(told), [`Patient/${one.id}`, `Patient/${two.id}`]);
  await server.send('POST', '/Task', task('read', 'requested', { for: { reference: `Patient/${two.id}` } }));
  await hook.answered(4);
  assert.equal(hook.requests[3]!.path, '/tasks');
});

test('a study is told when no more images come: the first time as having arrived, later as having changed', async (t) => {
  const filters = ['ImagingStudy?modality=CT'];
  const { server, hook } = await ready(t, { topic: topics.studyAvailable.url, filters });
  const id = await subscribe(server, subscription(`${hook.url}/changed`, { topic: topics.studyChanged.url, filters }));
  await until(server, id, 'active');
  const attributes = {
    StudyInstanceUID: '2.25.77.1',
    SeriesInstanceUID: '2.25.77.2',
    PatientID: 'A1',
    PatientName: 'Mohr^Alice',
  };
  const keep = async (...uids: string[]): Promise<void> => {
    const images = uids.map((SOPInstanceUID) => image({ ...attributes, SOPInstanceUID }));
    await insertImages(server.database, images);
    await server.database.query(
      `insert into event (tenant, kind, study, instances, at)
       select 1, 'instances-kept', s.id, array_agg(i.id), max(s.created_at) from study s join instance i on i.study = s.id group by s.id`,
    );
    await server.database.query(`select pg_notify('event', '')`);
  };
  await keep('2.25.77.3', '2.25.77.4');
  await hook.answered(4);
  const told = (path: string): Bundle[] =>
    bundlesOf({ ...hook, requests: hook.requests.filter((each) => each.path === path) });
  const [, arrived] = told('/told') as [Bundle, Bundle];
  const name = focusesOf(arrived)[0]!;
  const { resource } = await server.send<ImagingStudy>('GET', `/${name}`);
  assert.deepEqual([resource.numberOfInstances, arrived.entry![1]!.request!.method], [2, 'POST']);
  await server.database.query(`update study set created_at = created_at - interval '1 hour'`);
  await keep('2.25.77.5');
  await hook.answered(5);
  assert.deepEqual(told('/changed').flatMap(focusesOf), [name, name]);
  assert.equal(told('/changed').at(-1)!.entry![1]!.request!.method, 'PUT');
});

test('what happened while no node ran is told by the next one, once, in its order', async (t) => {
  const server = await fhirServer(t);
  const hook = await httpReceiver(t, () => ({ status: 200 }));
  const first = await server.subscribing();
  const id = await subscribe(server, subscription(hook.url, { filters: ['Task?'] }));
  await until(server, id, 'active');
  await first.close();
  const made: string[] = [];
  for (let n = 0; n < 5; n++)
    made.push(`Task/${(await server.send<Resource>('POST', '/Task', task('n'))).resource.id}`);
  const next = await server.subscribing();
  const told = (): string[] => bundlesOf(hook).flatMap(focusesOf);
  for (let count = 2; told().length < 5; count++) await hook.answered(count);
  await next.close();
  const after = await server.subscribing();
  made.push(`Task/${(await server.send<Resource>('POST', '/Task', task('n'))).resource.id}`);
  for (let count = hook.requests.length + 1; told().length < 6; count++) await hook.answered(count);
  await after.close();
  assert.deepEqual(told(), made);
});
