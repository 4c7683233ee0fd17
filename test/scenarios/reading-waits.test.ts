// What a case waits for, and how it goes on: a merge that joins two who cannot be one person, told by HL7 v2, until somebody has
// said whose the study is; and late images that may not leave, until they may, or a desk lets the case go on without them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outboundOf } from '../../src/reading/store/egress.ts';
import { apiIdentity } from '../../src/server/identity/api-identity.ts';
import { writeVersion } from '../../src/storage/fhir-resources.ts';
import { transact } from '../../src/storage/transaction.ts';
import { type Shown, someOrder, type TestExchange, testExchange } from '../support/exchange.ts';
import { freshUid, makeInstance } from '../support/instances.ts';

const today = new Date().toISOString().slice(0, 10).replaceAll('-', '');

interface Patient {
  id: string;
  name: string;
  born: string;
  sex: string;
}

/** Names that people have: of `Doe^Jane` everybody knows that nobody is meant. */
const woman = { id: 'MRN-501', name: 'Vestergaard^Ingeborg', born: '19800102', sex: 'F' };
const man = { id: 'MRN-902', name: 'Okonkwo^Chidi', born: '19881224', sex: 'M' };

const ct = ({ id, name, born, sex }: Patient, accession: string, studyInstanceUid = freshUid()) =>
  makeInstance({
    studyInstanceUid,
    attributes: {
      ...{ PatientID: id, IssuerOfPatientID: 'RIS', PatientName: name, PatientBirthDate: born, PatientSex: sex },
      ...{ AccessionNumber: accession, StudyDate: today, StudyDescription: 'CT Head' },
    },
  });

const pid = ({ id, name, born, sex }: Patient) => `PID|1||${id}^^^RIS^MR||${name}||${born}|${sex}`;

const orderFor = ({ id, name, born, sex }: Patient, accession: string) =>
  someOrder(accession, { priority: 'ROUTINE', patient: { issuer: 'RIS', patientId: id, name, birthDate: born, sex } });

/** The order of a study, and once that is there its case. */
async function caseOf(exchange: TestExchange, patient: Patient, accession: string, state = 'ready') {
  await exchange.order(orderFor(patient, accession));
  const image = ct(patient, accession);
  await exchange.acquire([image]);
  const { id } = await exchange.caseOnce({ accession }, (shown) => shown.state === state);
  return {
    id,
    accession,
    studyUid: image.studyInstanceUid,
    once: (holds: (shown: Shown) => boolean) => exchange.caseOnce({ accession }, holds),
  };
}

const held = ({ state, held: holds }: Shown) => [
  state,
  ...holds.map(({ reason, cause }: Shown) => `${reason} by ${cause}`),
];

/** A40: the man's number stays, the woman's is no more. */
const merge = ({ register }: TestExchange, from = woman, into = man) =>
  register('A40', pid(into), `MRG|${from.id}^^^RIS^MR`);

async function reviewsOf({ core, desk }: TestExchange) {
  return (await (await apiIdentity(core, desk)).reviews(100)) as { reason: string }[];
}

test('A40 that joins a woman and a man holds a case nobody has begun, and leaves a review open, until somebody decides', async (t) => {
  const exchange = await testExchange(t);
  const { register, core, desk, call, readerNamed } = exchange;
  assert.equal(await register('A04', pid(man)), 'AA');
  const ready = await caseOf(exchange, woman, 'H1');
  assert.deepEqual(await reviewsOf(exchange), []);
  assert.equal(await merge(exchange), 'AA');
  const waiting = await ready.once(({ state }) => state === 'hold');
  assert.deepEqual(held(waiting), ['hold', 'identity-unclear by client']);
  assert.deepEqual(
    (await reviewsOf(exchange)).map(({ reason }) => reason),
    ['joined'],
  );
  assert.notEqual((await call(readerNamed('ada'), 'POST', `/cases/${ready.id}/claim`)).status, 200);

  // What comes for either meanwhile is held before it is released at all.
  const second = await caseOf(exchange, man, 'H2', 'hold');
  assert.deepEqual(held(await second.once(() => true)), ['hold', 'identity-unclear by client']);

  const of = [woman, man].map(({ id }) => ({ issuer: 'RIS', id })) as [
    { issuer: string; id: string },
    { issuer: string; id: string },
  ];
  await (await apiIdentity(core, desk)).decide({ type: 'different', of });
  for (const each of [ready, second]) await each.once(({ state }) => state === 'ready');
  assert.deepEqual(await reviewsOf(exchange), []);
  const { pauses } = await core.cases.read(ready.id);
  assert.deepEqual(
    pauses.map(({ reason, to }) => [reason, to !== undefined]),
    [['identity-unclear', true]],
  );
  assert.equal((await call(readerNamed('ada'), 'POST', `/cases/${ready.id}/claim`)).status, 200);
});

test('A40 that joins a woman and a man is told to whoever reads the study, who does not lose it', async (t) => {
  const exchange = await testExchange(t);
  const { register, call, readerNamed } = exchange;
  assert.equal(await register('A04', pid(man)), 'AA');
  const { id, once } = await caseOf(exchange, woman, 'H3');
  for (const step of ['claim', 'open'])
    assert.equal((await call(readerNamed('ada'), 'POST', `/cases/${id}/${step}`)).status, 200);
  assert.equal(await merge(exchange), 'AA');
  const told = await once(({ unseen }) => unseen.length > 0);
  assert.deepEqual([told.state, told.unseen, told.claimedBy], ['reading', ['identity-changed'], 'ada']);
});

test('late images that a consent keeps back follow when it is gone; a desk lets the case go on without those that cannot', async (t) => {
  const exchange = await testExchange(t);
  const { core, clinic, call, desk, readerNamed } = exchange;
  const { id, accession, studyUid, once } = await caseOf(exchange, woman, 'H4');
  const ada = (step: string) => call(readerNamed('ada'), 'POST', `/cases/${id}/${step}`);
  for (const step of ['claim', 'open']) assert.equal((await ada(step)).status, 200);
  const consents = async (status: 'active' | 'inactive') => {
    const key = { tenant: clinic, type: 'Consent', id: 'denial', by: 'test' };
    const { people } = await core.identity();
    const patient = people.of(clinic).personOf({ issuer: 'RIS', id: woman.id });
    await transact(core.database, (transaction) =>
      writeVersion(transaction, key, 'PUT', () => ({
        ...{ resourceType: 'Consent', status, scope: { text: 'privacy' }, category: [{ text: 'privacy' }] },
        ...{ patient: { reference: `Patient/${patient}` }, provision: { type: 'deny' } },
      })),
    );
  };
  const comes = () => exchange.acquire([ct(woman, accession, studyUid)], false);
  const outbound = async () => (await outboundOf(core.database, id))!;

  await consents('active');
  await comes();
  assert.deepEqual((await once(({ unseen }) => unseen.length > 0)).unseen, ['images-withheld']);
  assert.deepEqual((await ada('seen')).body.unseen, []);
  await consents('inactive');
  assert.equal((await call(desk, 'POST', `/egress/${id}/again`)).status, 204);
  const followed = await once(({ unseen }) => unseen.length > 0);
  assert.deepEqual([followed.unseen, followed.images], [['late-images'], 2]);
  assert.deepEqual((await ada('seen')).body.unseen, []);
  while ((await outbound()).state !== 'whole');

  await consents('active');
  await comes();
  await once(({ unseen }) => unseen.length > 0);
  assert.deepEqual((await ada('seen')).body.unseen, []);
  while ((await outbound()).state !== 'held');
  const without = (as: typeof desk) => call(as, 'POST', `/egress/${id}/without`, { reason: 'scout only' });
  assert.equal((await without({ ...desk, tenant: exchange.room })).status, 409, 'the client alone says so');
  assert.equal((await without(desk)).status, 204);
  while ((await outbound()).state !== 'whole');
  await consents('inactive');
  await comes();
  assert.deepEqual(
    (await once(({ unseen }) => unseen.length > 0)).images,
    3,
    'what comes later follows, what was left out does not',
  );
  assert.equal((await without(desk)).status, 409, 'nothing is held any more');
});
