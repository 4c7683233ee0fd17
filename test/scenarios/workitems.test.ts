// A whole node with its workitems: an application that reads them by UPS-RS, one that is told by web socket, a performer by
// DIMSE, and all of them at once.

import assert from 'node:assert/strict';
import { on, once } from 'node:events';
import { before, test } from 'node:test';
import { DataSet } from '../../src/dicom/dataset.ts';
import { actOn, createInstance, getInstance, setInstance } from '../../src/dimse/managed-scu.ts';
import { find } from '../../src/dimse/scu.ts';
import { UPS_PULL, UPS_PUSH, UPS_QUERY, UPS_WATCH } from '../../src/dimse/services.ts';
import { associated, plain } from '../support/dimse-door.ts';
import { type NodeProcess, openDoors, startNodeProcess } from '../support/node-process.ts';

let node: NodeProcess;
const cleanUps: (() => Promise<void>)[] = [];
before(async () => {
  node = await startNodeProcess((cleanUp) => cleanUps.push(cleanUp), { environment: openDoors });
});
test.after(async () => {
  for (const cleanUp of cleanUps) await cleanUp();
});

const ATTRIBUTES = {
  '00741000': { vr: 'CS', Value: ['SCHEDULED'] },
  '00741200': { vr: 'CS', Value: ['HIGH'] },
  '00741204': { vr: 'LO', Value: ['Read chest'] },
  '00741202': { vr: 'LO', Value: ['CHEST'] },
  '00404005': { vr: 'DT', Value: ['20261124100000'] },
  '00404041': { vr: 'CS', Value: ['READY'] },
  '00100010': { vr: 'PN', Value: [{ Alphabetic: 'Müller^Jörg' }] },
};
const state = (wanted: string, transactionUid?: string) => ({
  '00741000': { vr: 'CS', Value: [wanted] },
  ...(transactionUid && { '00081195': { vr: 'UI', Value: [transactionUid] } }),
});
const performed = {
  '00741216': {
    vr: 'SQ',
    Value: [
      {
        '00404028': { vr: 'SQ', Value: [{ '00080100': { vr: 'SH', Value: ['READER1'] } }] },
        '00404050': { vr: 'DT', Value: ['20261124100000'] },
        '00404051': { vr: 'DT', Value: ['20261124101000'] },
        '00404019': { vr: 'SQ', Value: [{ '00080100': { vr: 'SH', Value: ['110005'] } }] },
      },
    ],
  },
};

const ask = (method: string, path: string, body?: object) =>
  fetch(`${node.url}/dicomweb${path}`, {
    method,
    ...(body && { headers: { 'Content-Type': 'application/dicom+json' }, body: JSON.stringify(body) }),
  });
const statusOf = async (method: string, path: string, body?: object) => (await ask(method, path, body)).status;

async function created(): Promise<string> {
  const answer = await ask('POST', '/workitems', [ATTRIBUTES]);
  assert.equal(answer.status, 201);
  return answer.headers.get('Location')!.split('/').at(-1)!;
}

test('PS3.18 11: a workitem is created, claimed, changed, completed, and then left alone', async () => {
  const uid = await created();
  assert.equal(await statusOf('POST', `/workitems?${uid}`, ATTRIBUTES), 409, 'the same UID again');
  const [found] = (await (await ask('GET', `/workitems/${uid}`)).json()) as Record<string, { Value: unknown[] }>[];
  assert.deepEqual(found!['00741000']?.Value, ['SCHEDULED']);
  assert.deepEqual(found!['00100010']?.Value, [{ Alphabetic: 'Müller^Jörg' }]);

  assert.equal(await statusOf('PUT', `/workitems/${uid}/state`, state('IN PROGRESS')), 400, 'without a key');
  assert.equal(await statusOf('PUT', `/workitems/${uid}/state`, state('COMPLETED', '2.25.1')), 409, 'not claimed');
  assert.equal(await statusOf('PUT', `/workitems/${uid}/state`, state('IN PROGRESS', '2.25.1')), 200);
  const second = await ask('PUT', `/workitems/${uid}/state`, state('IN PROGRESS', '2.25.2'));
  assert.equal(second.status, 409);
  assert.match(second.headers.get('Warning') ?? '', /inconsistent with the current state/);

  assert.equal(await statusOf('POST', `/workitems/${uid}`, performed), 400, 'without the key');
  assert.equal(
    await statusOf('PUT', `/workitems/${uid}/state`, state('COMPLETED', '2.25.1')),
    409,
    'nothing performed',
  );
  assert.equal(await statusOf('POST', `/workitems/${uid}?transaction-uid=2.25.1`, performed), 200);
  assert.equal(await statusOf('PUT', `/workitems/${uid}/state`, state('COMPLETED', '2.25.1')), 200);
  assert.equal(await statusOf('POST', `/workitems/${uid}?transaction-uid=2.25.1`, performed), 409, 'it is over');
  assert.equal(await statusOf('POST', `/workitems/${uid}/cancelrequest`), 409);
  assert.equal(await statusOf('GET', '/workitems/2.25.999'), 404);
  assert.equal(await statusOf('POST', '/workitems', { '00741000': { vr: 'CS', Value: ['IN PROGRESS'] } }), 400);
});

test('PS3.18 11.9: a search answers what matches, and nothing is 200 with an empty array', async () => {
  const uid = await created();
  const found = async (query: string) =>
    ((await (await ask('GET', `/workitems?${query}`)).json()) as Record<string, { Value: string[] }>[]).map(
      (each) => each['00080018']!.Value[0],
    );
  assert.ok((await found('ProcedureStepState=SCHEDULED&WorklistLabel=CHEST&PatientName=müller*')).includes(uid));
  assert.deepEqual(await found('WorklistLabel=NOWHERE'), []);
  assert.equal((await found(`SOPInstanceUID=${uid}&limit=1`)).length, 1);
});

test('a thousand applications claim one workitem: one has it, the others are told 409', async () => {
  const uid = await created();
  const claims = Array.from({ length: 1000 }, (_, at) =>
    statusOf('PUT', `/workitems/${uid}/state`, state('IN PROGRESS', `2.25.${at + 1}`)),
  );
  const statuses = Map.groupBy(await Promise.all(claims), (status) => status);
  assert.deepEqual([statuses.get(200)?.length, statuses.get(409)?.length], [1, 999]);
});

test('PS3.18 8.10: who subscribed is told by web socket what becomes of it', async () => {
  const uid = await created();
  const answer = await ask('POST', `/workitems/${uid}/subscribers/WATCHER`);
  assert.equal(answer.status, 201);
  const address = answer.headers.get('Content-Location')!;
  assert.match(address, /^ws:.*\/dicomweb\/subscribers\/WATCHER$/);
  const socket = new WebSocket(address);
  await once(socket, 'open');
  const events = eventsOf(socket);
  assert.equal(await statusOf('PUT', `/workitems/${uid}/state`, state('IN PROGRESS', '2.25.1')), 200);
  // How it stood when the subscription was made is told too, before or after the socket is open (PS3.4 CC.2.3.3).
  let event = await events.next();
  if (saidOf(event, '00741000') === 'SCHEDULED') event = await events.next();
  assert.deepEqual(
    ['00000002', '00001000', '00001002', '00741000', '00404041'].map((tag) => saidOf(event, tag)),
    ['1.2.840.10008.5.1.4.34.6.4', uid, 1, 'IN PROGRESS', 'READY'],
  );
  assert.equal(await statusOf('POST', `/workitems/${uid}/cancelrequest`), 202);
  assert.equal(saidOf(await events.next(), '00001002'), 2);
  assert.equal(await statusOf('DELETE', `/workitems/${uid}/subscribers/WATCHER`), 200);
  socket.close();
  await once(socket, 'close');
});

type Event = Record<string, { Value: unknown[] }>;
const saidOf = (event: Event, tag: string): unknown => event[tag]?.Value[0];

/** What a web socket hears, in order, also while nobody asks. */
function eventsOf(socket: WebSocket): { next(): Promise<Event> } {
  const heard = on(socket as unknown as EventTarget, 'message');
  return { next: async () => JSON.parse(((await heard.next()).value as [{ data: string }])[0].data) };
}

test('PS3.4 CC: what a performer pulls by DIMSE is what UPS-RS shows', async (t) => {
  const performer = await associated(t, node.dicomPort, [UPS_PUSH, UPS_PULL, UPS_WATCH, UPS_QUERY].map(plain));
  const uid = '2.25.4711';
  const target = { sopClassUid: UPS_PUSH, sopInstanceUid: uid };
  const pulled = { ...target, abstractSyntax: UPS_PULL };
  const said = new DataSet()
    .set('ProcedureStepState', 'SCHEDULED')
    .set('ProcedureStepLabel', 'Segment')
    .set('WorklistLabel', 'AI')
    .set('ScheduledProcedureStepPriority', 'LOW')
    .set('InputReadinessState', 'READY')
    .set('ScheduledProcedureStepStartDateTime', '20261124100000');
  const change = (wanted: string, key: string) =>
    actOn(performer, pulled, 1, new DataSet().set('ProcedureStepState', wanted).set('TransactionUID', key));
  assert.equal((await createInstance(performer, target, said)).command.status, 0);
  assert.equal((await createInstance(performer, target, said)).command.status, 0x0111);
  const matches: (string | undefined)[] = [];
  const keys = new DataSet().set('WorklistLabel', 'AI').set('SOPInstanceUID', null);
  for await (const match of find(performer, UPS_QUERY, keys)) matches.push(match.text('SOPInstanceUID'));
  assert.deepEqual(matches, [uid]);
  assert.equal((await change('IN PROGRESS', '2.25.1')).command.status, 0);
  assert.equal((await change('IN PROGRESS', '2.25.2')).command.status, 0xc302);
  const progress = new DataSet()
    .set('TransactionUID', '2.25.1')
    .set('ProcedureStepProgressInformationSequence', [new DataSet().set('ProcedureStepProgress', '50')]);
  assert.equal((await setInstance(performer, pulled, progress)).command.status, 0);
  const { dataset } = await getInstance(
    performer,
    { ...target, abstractSyntax: UPS_WATCH },
    [0x0074_1000, 0x0074_1002],
  );
  assert.equal(dataset?.text('ProcedureStepState'), 'IN PROGRESS');
  assert.equal(dataset?.items('ProcedureStepProgressInformationSequence')[0]?.text('ProcedureStepProgress'), '50');
  const [shown] = (await (await ask('GET', `/workitems/${uid}`)).json()) as Record<string, { Value: unknown[] }>[];
  assert.deepEqual(shown!['00741000']?.Value, ['IN PROGRESS']);
  assert.equal(shown!['00081195'], undefined, 'the key is told to nobody');
  const nobody = new DataSet().set('ReceivingAE', 'NOBODY').set('DeletionLock', 'FALSE');
  assert.equal((await actOn(performer, { ...target, abstractSyntax: UPS_WATCH }, 3, nobody)).command.status, 0xc308);
});
