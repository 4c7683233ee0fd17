import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { testDatabase } from '../../test/support/database.ts';
import { DataSet } from '../dicom/dataset.ts';
import { tagOf, vrOf } from '../dicom/dictionary.ts';
import { answerForm } from '../dicom/find-answer.ts';
import type { MatchKey, WorklistQuery } from '../dicom/query.ts';
import { readDicom } from '../dicom/reader.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN } from '../dicom/transfer-syntax.ts';
import type { Database } from '../storage/database.ts';
import type { Order } from '../translate/order.ts';
import { patientMerged, patientUpdated } from './order-patients.ts';
import { keepOrders } from './order-store.ts';
import { worklistAnswers } from './worklist.ts';

const RIS = { tenant: 1, source: 'RIS@RAD' };

const order = (number: string, more: Partial<Order> = {}, step: Partial<Order['steps'][number]> = {}): Order => ({
  placer: { number, issuer: '' },
  accession: { number: `A${number}`, issuer: '' },
  requestedProcedureId: `RP${number}`,
  status: 'SCHEDULED',
  patient: { issuer: 'RIS', patientId: '7', name: 'Müller^Jörg', birthDate: '19800102', sex: 'M' },
  steps: [{ id: `S${number}`, modality: 'CT', startDate: '20261124', startTime: '090000', ...step }],
  ...more,
});

const key = (path: string, ...values: string[]): MatchKey => {
  const tags = path.split('.').map((keyword) => tagOf(keyword)!);
  return { path: tags, vr: vrOf(tags.at(-1)!), values };
};
const step = (keyword: string, ...values: string[]) => key(`ScheduledProcedureStepSequence.${keyword}`, ...values);

async function found(database: Database, keys: MatchKey[], more: Partial<WorklistQuery> & { tenant?: number } = {}) {
  const identifier = new DataSet()
    .set('SpecificCharacterSet', 'ISO_IR 100')
    .set('AccessionNumber', null)
    .set('PatientName', null)
    .set('PatientWeight', null)
    .set('ScheduledProcedureStepSequence', [
      new DataSet().set('ScheduledStationAETitle', null).set('ScheduledProcedureStepID', null),
    ]);
  const form = answerForm(identifier, new DataSet(), EXPLICIT_VR_LITTLE_ENDIAN);
  const { tenant = 1, ...options } = more;
  const answers: DataSet[] = [];
  for await (const some of worklistAnswers(database, tenant, { keys, fuzzy: false, ...options }, form)) {
    for (const bytes of some) {
      answers.push(readDicom(bytes, { form: 'dataset', transferSyntaxUid: EXPLICIT_VR_LITTLE_ENDIAN }).dataset);
    }
  }
  return answers;
}
const accessions = (answers: DataSet[]) => answers.map((answer) => answer.text('AccessionNumber')).sort();

async function worklist(t: TestContext, ...orders: Order[]): Promise<Database> {
  const database = await testDatabase(t);
  await keepOrders(database, RIS, orders);
  return database;
}

test('PS3.4 K.6.1.2.2: dates, times, modalities, stations and names match as keys say', async (t) => {
  const database = await worklist(
    t,
    order('1'),
    order('2', {}, { modality: 'MR', startDate: '20261125', startTime: '140000', stationAeTitles: ['MR1', 'MR2'] }),
    order('3', { patient: { issuer: 'RIS', patientId: '8', name: 'Smith^Ann' } }, { startTime: '1830' }),
  );
  const matching = async (...keys: MatchKey[]) => accessions(await found(database, keys));
  assert.deepEqual(await matching(), ['A1', 'A2', 'A3']);
  assert.deepEqual(await matching(step('Modality', 'MR')), ['A2']);
  assert.deepEqual(await matching(step('Modality', 'MR', 'CT')), ['A1', 'A2', 'A3']);
  assert.deepEqual(await matching(step('ScheduledProcedureStepStartDate', '20261124')), ['A1', 'A3']);
  assert.deepEqual(await matching(step('ScheduledProcedureStepStartDate', '20261125-')), ['A2']);
  assert.deepEqual(await matching(step('ScheduledProcedureStepStartTime', '0800-1000')), ['A1']);
  assert.deepEqual(await matching(key('PatientName', 'müller*')), ['A1', 'A2']);
  assert.deepEqual(await matching(key('PatientID', '8')), ['A3']);
  assert.deepEqual(await matching(key('PatientSex', 'M')), ['A1', 'A2'], 'a key without a column');
  assert.deepEqual(await matching(key('PatientWeight', '""')), ['A1', 'A2', 'A3']);
  assert.deepEqual(
    await matching(step('ScheduledStationAETitle', 'MR2')),
    ['A1', 'A2', 'A3'],
    'assigned, or to nobody',
  );
  assert.deepEqual(await matching(step('ScheduledStationAETitle', 'CT9')), ['A1', 'A3']);
});

test('Table K.6-1: a range of dates with a range of times goes from the first moment to the last', async (t) => {
  const database = await worklist(
    t,
    order('1', {}, { startTime: '080000' }),
    order('2', {}, { startTime: '180000' }),
    order('3', {}, { startDate: '20261125', startTime: '070000' }),
  );
  const keys = [
    step('ScheduledProcedureStepStartDate', '20261124-20261125'),
    step('ScheduledProcedureStepStartTime', '1000-0900'),
  ];
  assert.deepEqual(accessions(await found(database, keys)), ['A2', 'A3']);
});

test('K.6.1.3: what was asked for and is not known comes empty, in the character set of the asker', async (t) => {
  const database = await worklist(t, order('1'));
  const [answer] = await found(database, [step('ScheduledStationAETitle', 'CT9')]);
  assert.equal(answer?.text('PatientName'), 'Müller^Jörg');
  assert.deepEqual(answer?.texts('SpecificCharacterSet'), ['ISO_IR 100']);
  assert.equal(answer?.has('PatientWeight') && answer.text('PatientWeight') === undefined, true);
  const [own] = answer?.items('ScheduledProcedureStepSequence') ?? [];
  assert.equal(own?.text('ScheduledStationAETitle'), 'CT9', 'whoever asks for its own work is told it is its own');
});

test('a step that is over is on no worklist, unless it is asked for by its status', async (t) => {
  const database = await worklist(t, order('1'), order('2'));
  await keepOrders(database, RIS, [{ ...order('1'), status: 'CANCELED', steps: [] }]);
  assert.deepEqual(accessions(await found(database, [])), ['A2']);
  assert.deepEqual(accessions(await found(database, [step('ScheduledProcedureStepStatus', 'CANCELED')])), ['A1']);
});

test('a number is one order, of one sender and one patient', async (t) => {
  const database = await worklist(t, order('1'));
  await keepOrders(database, RIS, [order('1', {}, { startTime: '100000' })]);
  assert.equal((await found(database, [])).length, 1, 'the same sender once more');
  const other = { tenant: 1, source: 'OTHER@RAD' };
  await keepOrders(database, other, [order('1', { patient: { issuer: 'O', patientId: '9', name: 'Else^Who' } })]);
  assert.equal((await found(database, [])).length, 2, 'a number of another sender, for another patient');
  const twice = await Promise.all([1, 2, 3, 4].map(() => keepOrders(database, RIS, [order('5')])));
  assert.equal(new Set(twice.map(([kept]) => kept!.id)).size, 1, 'four messages at once');
});

test('RAD-12: orders follow what is said of their patient, and who survives a merge', async (t) => {
  const database = await worklist(t, order('1'), order('2'));
  const named = async () => (await found(database, [])).map((answer) => answer.text('PatientName'));
  await patientUpdated(database, 1, { issuer: 'RIS', patientId: '7', name: 'Meier^Jörg' });
  assert.deepEqual(await named(), ['Meier^Jörg', 'Meier^Jörg']);
  const surviving = { issuer: 'RIS', patientId: '70', name: 'Maier^Jörg' };
  await patientMerged(database, 1, { issuer: 'RIS', id: '7' }, surviving);
  assert.deepEqual(accessions(await found(database, [key('PatientID', '70')])), ['A1', 'A2']);
  assert.deepEqual(await found(database, [key('PatientID', '7')]), []);
});

test('nothing of another tenant is on the worklist', async (t) => {
  const database = await worklist(t, order('1'));
  await database.query(`insert into tenant (name) values ('other')`);
  assert.deepEqual(await found(database, [], { tenant: 2 }), []);
});
