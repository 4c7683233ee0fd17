// What was delivered under a patient who turns out to be another is corrected where it was delivered: the receiver is told to
// reject it (IHE RAD-66) and gets it again as the right patient's; and the ledger says so until that is acknowledged.

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { rejectionNote } from '../../src/routing/rejection.ts';
import { FaultyArchive } from '../support/campaign/faulty-archive.ts';
import { call, type LedgerRow, ledgerOnce, putRules } from '../support/delivery.ts';
import { getJson, value } from '../support/dicomweb.ts';
import { emptyFolder } from '../support/folder.ts';
import { httpReceiver } from '../support/http-receiver.ts';
import { type MadeInstance, makeInstance, makeStudy } from '../support/instances.ts';
import { addPeer, type NodeProcess, openDoors, startNodeProcess } from '../support/node-process.ts';
import { storeAll } from '../support/peer.ts';
import { s3Store } from '../support/s3-store.ts';

interface Correction {
  id: string;
  destination: string;
  state: string;
  code: string;
  noteSopInstanceUid: string;
  studyInstanceUid: string;
  instances: number;
}

const node = (t: TestContext, environment: Record<string, string> = {}, data?: string) =>
  startNodeProcess((cleanUp) => t.after(cleanUp), {
    ...(data && { data }),
    environment: { ...openDoors, ...environment },
  });

/** A patient of the hospital HOSP. */
const patient = (id: string) => ({
  PatientID: id,
  IssuerOfPatientID: 'HOSP',
  PatientName: 'Correction^Cora',
  PatientBirthDate: '19600203',
  PatientSex: 'F',
});
const studyOf = (patientId: string, instances = 2): MadeInstance[] =>
  makeStudy(1, instances, { attributes: patient(patientId) });

const decide = async (fascia: NodeProcess, body: object): Promise<string> => {
  const answer = await call(fascia, 'POST', '/identity/decisions', body);
  assert.ok(answer.ok, await answer.clone().text());
  return ((await answer.json()) as { entry: string }).entry;
};
const merge = (survivor: string, prior: string) => ({
  type: 'same',
  of: [survivor, prior].map((id) => ({ issuer: 'HOSP', id })),
});

async function corrections(fascia: NodeProcess, open = true): Promise<Correction[]> {
  return (await (await call(fascia, 'GET', `/deliveries/corrections?open=${open}`)).json()) as Correction[];
}

async function correctionsOnce(fascia: NodeProcess, holds: (rows: Correction[]) => boolean): Promise<Correction[]> {
  for (;;) {
    const rows = await corrections(fascia, false);
    if (holds(rows)) return rows;
    // The ledger announces nothing outside the node.
    await pause(50);
  }
}

const areAll = (state: string, count: number) => (rows: LedgerRow[]) =>
  rows.length === count && rows.every((row) => row.state === state);

/** PatientID by SOP Instance UID of what an archive shows of any study. */
async function shown(archive: NodeProcess): Promise<Map<string, string>> {
  const found = await getJson(archive.url, '/instances?includefield=00100020&limit=1000');
  return new Map(found.map((one) => [String(value(one, '00080018')), String(value(one, '00100020'))]));
}

test('a merge has delivered copies rejected and sent again under the number that survived, and its undoing turns that back', async (t) => {
  const [fascia, archive] = await Promise.all([node(t), node(t, { FASCIA_AET: 'ARCHIVE' })]);
  await addPeer(fascia, 'ARCHIVE', archive.dicomPort);
  await call(fascia, 'PUT', '/destinations/ARCHIVE', {
    kind: 'dimse',
    settings: { verify: true, verifyAfter: '0.1s' },
  });
  await call(fascia, 'PUT', '/destinations/CLOUD', {
    kind: 'dicomweb',
    settings: { url: `${archive.url}/dicomweb`, verify: true, verifyAfter: '0.1s', rejectAs: '113038' },
  });
  await putRules(fascia, [
    { name: 'to-archive', when: 'person.patientId != "CLOUD-1"', after: 'instance', do: { send: 'ARCHIVE' } },
    {
      name: 'to-cloud',
      when: 'person.patientId == "CLOUD-1"',
      after: 'instance',
      do: { transform: [{ remapUids: {} }], send: 'CLOUD' },
    },
  ]);
  const [prior, other, remapped] = [studyOf('OLD-1'), studyOf('NEW-1'), studyOf('CLOUD-1')];
  await storeAll(fascia.dicomPort, [...prior, ...other, ...remapped]);
  await ledgerOnce(fascia, areAll('verified', 6));
  const before = await shown(archive);
  assert.equal(before.size, 6);

  const merges = [await decide(fascia, merge('NEW-1', 'OLD-1')), await decide(fascia, merge('NEW-1', 'CLOUD-1'))];
  const made = await correctionsOnce(
    fascia,
    (rows) => rows.length === 2 && rows.every(({ state }) => state === 'corrected'),
  );
  assert.deepEqual(made.map(({ code, instances }) => [code, instances]).sort(), [
    ['113037', 2],
    ['113038', 2],
  ]);
  assert.deepEqual(await corrections(fascia), [], 'acknowledged by its receiver');
  const rows = await ledgerOnce(fascia, (all) =>
    all.every(({ state }) => state === 'verified' || state === 'corrected'),
  );
  assert.equal(rows.filter(({ state }) => state === 'corrected').length, 4);
  const after = await shown(archive);
  assert.deepEqual(new Set(after.values()), new Set(['NEW-1']), 'under the number that survived');
  assert.equal(after.size, 6);
  const untouched = other.map(({ sopInstanceUid }) => sopInstanceUid);
  assert.deepEqual([...after.keys()].filter((uid) => before.has(uid)).sort(), untouched.sort(), 'only what was wrong');
  // What comes late goes where the rest went.
  const { studyInstanceUid, seriesInstanceUid } = prior[0]!;
  const late = makeInstance({ studyInstanceUid, seriesInstanceUid, attributes: patient('OLD-1') });
  await storeAll(fascia.dicomPort, [late]);
  await ledgerOnce(fascia, (all) =>
    all.some(({ sopInstanceUid, state }) => sopInstanceUid === late.sopInstanceUid && state === 'verified'),
  );
  const studies = await getJson(archive.url, '/studies?PatientID=NEW-1&includefield=00201208');
  assert.deepEqual(studies.map((study) => value(study, '00201208')).sort(), [2, 2, 3]);

  for (const entry of merges) await decide(fascia, { type: 'retract', entry });
  await correctionsOnce(fascia, (all) => all.length === 4 && all.every(({ state }) => state === 'corrected'));
  const back = await shown(archive);
  assert.deepEqual([...back.values()].sort(), ['CLOUD-1', 'CLOUD-1', 'NEW-1', 'NEW-1', 'OLD-1', 'OLD-1', 'OLD-1']);
  const explained = await (await call(fascia, 'GET', `/explain/${studyInstanceUid}`)).json();
  const [told] = (explained as { studies: { routing: { corrections: Correction[] } }[] }).studies;
  assert.deepEqual(
    told!.routing.corrections.map(({ state }) => state),
    ['corrected', 'corrected'],
  );
});

test('a receiver that takes no rejection notes is told of until a person has seen to it; then it gets what is right', async (t) => {
  const fascia = await node(t);
  const receiver = await FaultyArchive.open('NEXT', () => {});
  t.after(() => receiver.close());
  await addPeer(fascia, 'NEXT', receiver.port);
  await putRules(fascia, [{ name: 'all', after: 'instance', do: { send: 'NEXT' } }]);
  const [prior] = studyOf('OLD-1', 1);
  await storeAll(fascia.dicomPort, [prior!, ...studyOf('NEW-1', 1)]);
  await ledgerOnce(fascia, areAll('accepted', 2));
  receiver.answers.push(0x0122);
  await decide(fascia, merge('NEW-1', 'OLD-1'));
  const [failed] = await correctionsOnce(fascia, (rows) => rows.some(({ state }) => state === 'failed'));
  assert.equal((await corrections(fascia)).length, 1);
  assert.equal(receiver.instances.size, 2, 'nothing takes the place of what was not rejected');
  const answer = await call(fascia, 'POST', `/deliveries/corrections/${failed!.id}/acknowledge`);
  assert.ok(answer.ok);
  await ledgerOnce(fascia, (rows) => rows.length === 3 && rows.every(({ state }) => state !== 'queued'));
  assert.deepEqual(await corrections(fascia), []);
  const numbers = [...receiver.instances.values()].map(({ dataset }) => dataset.text('PatientID')).sort();
  assert.deepEqual(numbers, ['NEW-1', 'NEW-1', 'OLD-1']);
});

test('what was committed and what lies in a bucket is corrected; who was told of a study is left to a person', async (t) => {
  const [fascia, archive] = await Promise.all([node(t), node(t, { FASCIA_AET: 'ARCHIVE' })]);
  const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
  const store = await s3Store(t, { bucket: 'images', ...keys });
  const hook = await httpReceiver(t, () => ({ status: 204 }));
  await addPeer(fascia, 'ARCHIVE', archive.dicomPort);
  const destinations = {
    ARCHIVE: { kind: 'dimse', settings: { proof: 'committed', verifyAfter: '0.1s' } },
    BUCKET: {
      kind: 's3',
      settings: { bucket: 'images', endpoint: store.url, pathStyle: true, key: '{instance}', ...keys },
    },
    HOOK: { kind: 'webhook', settings: { url: hook.url, secret: `whsec_${Buffer.alloc(24, 7).toString('base64')}` } },
  };
  for (const [name, body] of Object.entries(destinations))
    assert.ok((await call(fascia, 'PUT', `/destinations/${name}`, body)).ok);
  await putRules(fascia, [
    { name: 'all', after: 'instance', do: { send: ['ARCHIVE', 'BUCKET', 'HOOK'].map((to) => ({ to })) } },
  ]);
  const prior = studyOf('OLD-1', 1);
  await storeAll(fascia.dicomPort, [...prior, ...studyOf('NEW-1', 1)]);
  const states = (rows: LedgerRow[]) => rows.map(({ destination, state }) => `${destination} ${state}`).sort();
  const taken = ['ARCHIVE committed', 'BUCKET accepted', 'HOOK accepted'];
  await ledgerOnce(fascia, (rows) => states(rows).join() === taken.flatMap((each) => [each, each]).join());
  const [before] = prior;
  await decide(fascia, merge('NEW-1', 'OLD-1'));
  const three = await correctionsOnce(
    fascia,
    (rows) => rows.length === 3 && rows.every(({ state }) => state === 'corrected' || state === 'told'),
  );
  assert.deepEqual(three.map((row) => `${row.destination} ${row.state}`).sort(), [
    'ARCHIVE corrected',
    'BUCKET corrected',
    'HOOK told',
  ]);
  await ledgerOnce(fascia, (rows) => rows.filter(({ state }) => state === 'committed').length === 2);
  const numbers = [...(await shown(archive))];
  assert.deepEqual(
    numbers.map(([, number]) => number),
    ['NEW-1', 'NEW-1'],
  );
  assert.ok(numbers.every(([uid]) => uid !== before!.sopInstanceUid));
  const { noteSopInstanceUid } = three.find(({ destination }) => destination === 'BUCKET')!;
  const note = store.objects.get(`images/${noteSopInstanceUid}`)!.bytes;
  assert.ok(note.includes(before!.sopInstanceUid), 'the note names what is rejected');
  assert.equal(store.objects.size, 4);
  assert.equal(hook.requests.length, 2, 'nobody is told twice');
});

test('a node that is killed in the middle of a correction ends it when it is there again, and tells nobody twice', async (t) => {
  const data = emptyFolder((cleanUp) => t.after(cleanUp));
  const first = await node(t, {}, data);
  const noted = Promise.withResolvers<void>();
  const study = studyOf('OLD-1', 20);
  const receiver = await FaultyArchive.open('NEXT', () => {
    // The note, and the first of what takes the place of the copies.
    if (receiver.instances.size > study.length + 4) noted.resolve();
  });
  t.after(() => receiver.close());
  await addPeer(first, 'NEXT', receiver.port);
  await putRules(first, [{ name: 'all', after: 'instance', do: { send: 'NEXT' } }]);
  await storeAll(first.dicomPort, [...study, ...studyOf('NEW-1', 2)]);
  await ledgerOnce(first, areAll('accepted', 22));
  await decide(first, merge('NEW-1', 'OLD-1'));
  await noted.promise;
  first.process.kill('SIGKILL');
  await first.ended;
  const second = await node(t, {}, data);
  await correctionsOnce(second, (rows) => rows.length === 1 && rows[0]!.state === 'corrected');
  const held = [...receiver.instances.values()].map(({ dataset }) => dataset);
  const [note, ...others] = held.filter((one) => rejectionNote(one) !== undefined);
  assert.equal(others.length, 0, 'one note');
  const uids = (instances: readonly { sopInstanceUid: string }[]) => instances.map((one) => one.sopInstanceUid).sort();
  assert.deepEqual(uids(rejectionNote(note!)!.instances), uids(study), 'by the UIDs that the receiver knows');
  assert.deepEqual(
    [note!.text('StudyInstanceUID'), note!.text('PatientID')],
    [study[0]!.studyInstanceUid, 'OLD-1'],
    'in their study, under whom they were',
  );
  const right = held.filter((one) => one.text('PatientID') === 'NEW-1');
  assert.equal(right.length, study.length + 2);
});

test('where the golden record is served, copies go under the person’s id, and follow when two persons become one', async (t) => {
  const fascia = await node(t, { FASCIA_DEMOGRAPHICS: 'reconciled' });
  const receiver = await FaultyArchive.open('NEXT', () => {});
  t.after(() => receiver.close());
  await addPeer(fascia, 'NEXT', receiver.port);
  await call(fascia, 'PUT', '/destinations/TOLD', {
    kind: 'dimse',
    settings: { aeTitle: 'NEXT', corrections: 'tell' },
  });
  await putRules(fascia, [
    { name: 'all', after: 'instance', do: { send: 'NEXT' } },
    { name: 'told', after: 'instance', do: { transform: [{ remapUids: {} }], send: 'TOLD' } },
  ]);
  const elsewhere = makeStudy(1, 1, {
    attributes: {
      PatientID: 'X-9',
      IssuerOfPatientID: 'CLINIC',
      PatientName: 'Other^Olga',
      PatientBirthDate: '19330405',
    },
  });
  await storeAll(fascia.dicomPort, [...studyOf('OLD-1', 1), ...elsewhere]);
  await ledgerOnce(fascia, (rows) => rows.length === 4 && rows.every(({ state }) => state === 'accepted'));
  const numbers = () => new Set([...receiver.instances.values()].map(({ dataset }) => dataset.text('PatientID')));
  assert.equal(numbers().size, 2);
  assert.ok(!numbers().has('OLD-1') && !numbers().has('X-9'));
  await decide(fascia, {
    type: 'same',
    of: [
      { issuer: 'HOSP', id: 'OLD-1' },
      { issuer: 'CLINIC', id: 'X-9' },
    ],
  });
  const made = await correctionsOnce(
    fascia,
    (rows) => rows.length === 2 && rows.every(({ state }) => state === 'corrected' || state === 'told'),
  );
  assert.deepEqual(made.map(({ state }) => state).sort(), ['corrected', 'told']);
  const [told] = await corrections(fascia);
  assert.equal(told!.state, 'told', 'a person has to see to it');
  await call(fascia, 'POST', `/deliveries/corrections/${told!.id}/acknowledge`);
  assert.deepEqual(await corrections(fascia), []);
});
