import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { image, insertImages } from '../../../test/support/catalogue-rows.ts';
import { testDatabase } from '../../../test/support/database.ts';
import { Problem } from '../../base/problem.ts';
import { keepOrders } from '../../orders/order-store.ts';
import type { Order } from '../../translate/order.ts';
import { isAccessionNumber, whoseFile } from './whose-file.ts';

const order = (number: string, patientId: string, more: Partial<Order> = {}): Order => ({
  placer: { number, issuer: '' },
  accession: { number: 'A1', issuer: '' },
  studyInstanceUid: `1.2.${number}`,
  procedureDescription: 'CT Chest',
  referringPhysician: 'Refer^Rita',
  visit: { admissionId: { number: 'V1', issuer: '' } },
  patient: { issuer: 'RIS', patientId, name: 'Doe^Jane', birthDate: '19700203', sex: 'F' },
  steps: [{ id: 'S1' }],
  ...more,
});

async function around(t: TestContext, ...orders: Order[]) {
  const database = await testDatabase(t);
  await keepOrders(database, { tenant: 1, source: 'RIS' }, orders);
  return { database, identity: () => assert.fail('nobody is asked who is known') };
}

test('an accession number of an order names its patient and the study that it will be, before any image is here', async (t) => {
  const node = await around(t, order('1', '7'));
  assert.equal(await isAccessionNumber(node, 1, 'A1'), true);
  const { patient, study } = await whoseFile(node, 1, { accessionNumber: 'A1' });
  assert.deepEqual(patient, { id: '7', issuerOfId: 'RIS', name: 'Doe^Jane', birthDate: '19700203', sex: 'F' });
  assert.equal(study.studyInstanceUid, '1.2.1');
  assert.deepEqual(
    [study.accessionNumber, study.description, study.referringPhysicianName, study.admissionId],
    ['A1', 'CT Chest', 'Refer^Rita', 'V1'],
  );
  await assert.rejects(whoseFile(node, 1, { accessionNumber: 'A1', patientId: '8' }), isProblem('request/malformed'));
});

test('a study that is here goes before the order; an order that was cancelled names nobody', async (t) => {
  const node = await around(
    t,
    order('1', '7'),
    order('2', '7', { accession: { number: 'A2', issuer: '' }, status: 'CANCELED' }),
  );
  const StudyInstanceUID = '1.9';
  const uids = { StudyInstanceUID, SeriesInstanceUID: '1.9.1', SOPInstanceUID: '1.9.1.1' };
  await insertImages(node.database, [image({ ...uids, AccessionNumber: 'A1', PatientID: '7' })]);
  const { study } = await whoseFile(node, 1, { accessionNumber: 'A1' });
  assert.equal(study.studyInstanceUid, StudyInstanceUID);
  assert.equal(await isAccessionNumber(node, 1, 'A2'), false);
  await assert.rejects(whoseFile(node, 1, { accessionNumber: 'A2' }), isProblem('catalogue/not-found'));
});

test('orders of several patients under one number refuse the file', async (t) => {
  const node = await around(t, order('1', '7'), order('2', '8'));
  await assert.rejects(whoseFile(node, 1, { accessionNumber: 'A1' }), isProblem('request/malformed'));
});

const isProblem = (code: string) => (thrown: unknown) => thrown instanceof Problem && thrown.code === code;
