import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { associated, plain } from '../../../test/support/dimse-door.ts';
import { openOrdersDoor } from '../../../test/support/orders-door.ts';
import { DataSet } from '../../dicom/dataset.ts';
import { createInstance, getInstance, setInstance } from '../../dimse/managed-scu.ts';
import type { RequestedAssociation } from '../../dimse/requested-association.ts';
import { INSTANCE_AVAILABILITY, PERFORMED_STEP, PERFORMED_STEP_RETRIEVE } from '../../dimse/services.ts';
import { keepOrders } from '../../orders/order-store.ts';
import { announcedOf } from '../../storage/announced.ts';
import { StepForwarder } from './step-forwarder.ts';

const STEP = '2.25.77';
const target = { sopClassUid: PERFORMED_STEP, sopInstanceUid: STEP };

const begun = () =>
  new DataSet()
    .set('SpecificCharacterSet', 'ISO_IR 100')
    .set('PatientName', 'Müller^Jörg')
    .set('PerformedProcedureStepID', 'PPS1')
    .set('PerformedProcedureStepStatus', 'IN PROGRESS')
    .set('ScheduledStepAttributesSequence', [
      new DataSet().set('StudyInstanceUID', '1.2.3').set('AccessionNumber', 'A1').set('ScheduledProcedureStepID', 'S1'),
    ]);
const ended = (status: string) =>
  new DataSet()
    .set('PerformedProcedureStepStatus', status)
    .set('PerformedSeriesSequence', [
      new DataSet()
        .set('SeriesInstanceUID', '1.2.3.1')
        .set('ReferencedImageSequence', [new DataSet().set('ReferencedSOPInstanceUID', '1.2.3.1.1')]),
    ]);
const status = async (answer: Promise<{ command: { status?: number } }>) => (await answer).command.status;

async function door(t: TestContext, options = {}) {
  const opened = await openOrdersDoor(t, options);
  const contexts = [PERFORMED_STEP, PERFORMED_STEP_RETRIEVE, INSTANCE_AVAILABILITY].map(plain);
  return { ...opened, modality: await associated(t, opened.port, contexts, { callingAeTitle: 'CT1' }) };
}

const states = async (modality: RequestedAssociation): Promise<(number | undefined)[]> => [
  await status(createInstance(modality, target, begun())),
  await status(setInstance(modality, target, ended('COMPLETED'))),
];

test('PS3.4 F.7.2: a step is IN PROGRESS until it is over, and then never changed again (0110H)', async (t) => {
  const { modality } = await door(t);
  assert.deepEqual(await states(modality), [0, 0]);
  const answer = await setInstance(modality, target, ended('DISCONTINUED'));
  assert.deepEqual([answer.command.status, answer.command.errorId], [0x0110, 0xa710]);
});

test('PS3.7 C: duplicate 0111H, missing 0120H, wrong 0106H, unknown 0112H', async (t) => {
  const { modality } = await door(t);
  const other = { ...target, sopInstanceUid: '2.25.78' };
  assert.equal(await status(createInstance(modality, other, new DataSet())), 0x0120);
  assert.equal(await status(createInstance(modality, other, ended('COMPLETED'))), 0x0106);
  assert.equal(await status(setInstance(modality, other, ended('COMPLETED'))), 0x0112);
  assert.equal(await status(createInstance(modality, target, begun())), 0);
  assert.equal(await status(createInstance(modality, target, begun())), 0x0111);
  assert.equal(await status(setInstance(modality, target, ended('DONE'))), 0x0106);
});

test('F.8: a step is read as it stands, all of it or some attributes', async (t) => {
  const { modality } = await door(t);
  await states(modality);
  const read = { ...target, sopClassUid: PERFORMED_STEP_RETRIEVE };
  const { dataset } = await getInstance(modality, read);
  assert.equal(dataset?.text('PatientName'), 'Müller^Jörg');
  assert.equal(dataset?.items('PerformedSeriesSequence')[0]?.text('SeriesInstanceUID'), '1.2.3.1');
  const some = (await getInstance(modality, read, [0x0040_0252])).dataset;
  assert.equal(some?.text('PerformedProcedureStepStatus'), 'COMPLETED');
  assert.equal(some?.has('PatientName'), false);
});

test('what was scheduled is STARTED and COMPLETED as its modality says, and what it made is awaited', async (t) => {
  const { modality, database } = await door(t);
  await keepOrders(database, { tenant: 1, source: 'RIS' }, [
    {
      placer: { number: '1', issuer: '' },
      studyInstanceUid: '1.2.3',
      patient: { issuer: '', patientId: '7', name: 'Doe^Jane' },
      steps: [{ id: 'S1' }, { id: 'S2' }],
    },
  ]);
  const steps = () => database.query('select step_id, status, is_open from scheduled_step order by step_id');
  assert.equal(await status(createInstance(modality, target, begun())), 0);
  assert.deepEqual(await steps(), [
    { step_id: 'S1', status: 'IN PROGRESS', is_open: true },
    { step_id: 'S2', status: 'SCHEDULED', is_open: true },
  ]);
  assert.equal(await status(setInstance(modality, target, ended('COMPLETED'))), 0);
  assert.deepEqual((await steps())[0], { step_id: 'S1', status: 'COMPLETED', is_open: false });
  const [said] = await announcedOf(database, 1, '1.2.3');
  assert.deepEqual(said, {
    kind: 'step',
    at: said!.at,
    stepUid: STEP,
    status: 'COMPLETED',
    performed: [{ seriesInstanceUid: '1.2.3.1', sopInstanceUids: ['1.2.3.1.1'] }],
  });
});

test('PS3.4 R: instances that somebody has are awaited', async (t) => {
  const { modality, database } = await door(t);
  const instance = (uid: string, availability: string) =>
    new DataSet().set('ReferencedSOPInstanceUID', uid).set('InstanceAvailability', availability);
  const notification = new DataSet()
    .set('StudyInstanceUID', '1.2.3')
    .set('ReferencedSeriesSequence', [
      new DataSet()
        .set('SeriesInstanceUID', '1.2.3.1')
        .set('ReferencedSOPSequence', [instance('1.2.3.1.1', 'ONLINE'), instance('1.2.3.1.2', 'UNAVAILABLE')]),
    ]);
  const note = { sopClassUid: INSTANCE_AVAILABILITY, sopInstanceUid: '2.25.80' };
  assert.equal(await status(createInstance(modality, note, notification)), 0);
  const [said] = await announcedOf(database, 1, '1.2.3');
  assert.deepEqual(said?.kind === 'available' && said.instances, [
    { seriesInstanceUid: '1.2.3.1', sopInstanceUids: ['1.2.3.1.1'] },
  ]);
});

test('a step is passed on as it came, in order, also to a peer that was down', async (t) => {
  const receiver = await openOrdersDoor(t);
  const peers: Record<string, number> = { FASCIA: 1 };
  const { modality, core, database } = await door(t, { mppsForward: ['FASCIA', 'CT1'], peers });
  const forwarder = await StepForwarder.open(core);
  t.after(() => forwarder.close());
  await states(modality);
  // Nobody listens there; the first attempt has failed.
  while ((await database.query('select from step_message where attempts > 0')).length === 0) await pause(20);
  peers.FASCIA = receiver.port;
  while ((await database.query('select from step_message')).length > 0) await pause(20);
  const [step] = await receiver.database.query('select status, source from performed_step');
  assert.deepEqual(step, { status: 'COMPLETED', source: 'FASCIA' });
});

test('what was announced is told in the feed where something of it is here', async (t) => {
  const { modality, database } = await door(t);
  await database.query(`insert into study (tenant, study_uid, patient_key, attributes, answer_head, answer_middle, answer_tail)
    values (1, '1.2.3', '', '{}', '', '', '')`);
  await states(modality);
  const events = await database.query(`select detail from event where kind = 'study-announced'`);
  assert.deepEqual(events, [{ detail: { by: 'step' } }, { detail: { by: 'step' } }]);
});
