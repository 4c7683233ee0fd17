import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { image, insertImages } from '../../test/support/catalogue-rows.ts';
import { testDatabase } from '../../test/support/database.ts';
import { orderFacts } from '../delivery/order-facts.ts';
import { listOrders, ordersOfStudies, unscheduledStudies } from '../storage/orders-of-studies.ts';
import type { Order } from '../translate/order.ts';
import { keepOrders } from './order-store.ts';

const order = (number: string, patientId: string, more: Partial<Order> = {}): Order => ({
  placer: { number, issuer: '' },
  accession: { number: `A${number}`, issuer: '' },
  studyInstanceUid: `1.2.${number}`,
  status: 'SCHEDULED',
  patient: { issuer: 'RIS', patientId, name: 'Doe^Jane' },
  steps: [{ id: 'S1', startDate: '20261124', startTime: '090000' }],
  ...more,
});

/** Studies by UID, accession number and patient. */
async function opened(t: TestContext, ...studies: [uid: string, accession: string, patient: string][]) {
  const database = await testDatabase(t);
  await keepOrders(database, { tenant: 1, source: 'RIS' }, [order('1', '7'), order('2', '8', { priority: 'STAT' })]);
  await insertImages(
    database,
    studies.map(([StudyInstanceUID, AccessionNumber, PatientID]) =>
      image({
        StudyInstanceUID,
        SeriesInstanceUID: `${StudyInstanceUID}.1`,
        SOPInstanceUID: `${StudyInstanceUID}.1.1`,
        AccessionNumber,
        PatientID,
      }),
    ),
  );
  const rows = await database.query<{ id: string; study_uid: string }>('select id, study_uid from study');
  const uidOf = new Map(rows.map(({ id, study_uid }) => [id, study_uid]));
  const matched = await ordersOfStudies(database, [...uidOf.keys()]);
  const by = new Map(matched.map(({ study, because }) => [uidOf.get(study), because]));
  return { database, matched, by };
}

test('IHE RAD: a study is of the order that gave it its UID, else of that with its accession number and patient', async (t) => {
  const { by } = await opened(t, ['1.2.1', '', '7'], ['1.9.2', 'A2', '8'], ['1.9.3', 'A9', '7']);
  assert.deepEqual(
    [...by],
    [
      ['1.2.1', 'study'],
      ['1.9.2', 'accession'],
    ],
  );
});

test('HD: an authority that an order calls by its universal id and a modality by its local name is one, once it is known as one', async (t) => {
  const database = await testDatabase(t);
  const patient = { issuer: '2.999.1&ISO', patientId: '7', name: 'Doe^Jane' };
  await keepOrders(database, { tenant: 1, source: 'RIS' }, [order('1', '7', { patient })]);
  const names = { SeriesInstanceUID: '1.9.1.1', SOPInstanceUID: '1.9.1.1.1', IssuerOfPatientID: 'NORTH' };
  await insertImages(database, [image({ StudyInstanceUID: '1.9.1', AccessionNumber: 'A1', PatientID: '7', ...names })]);
  const [study] = await database.query<{ id: string }>('select id from study');
  const matched = async () => (await ordersOfStudies(database, [study!.id])).map(({ because }) => because);
  assert.deepEqual(await matched(), []);
  await database.query(`insert into authority (tenant, name, universal_id) values (1, 'NORTH', '2.999.1')`);
  assert.deepEqual(await matched(), ['accession']);
});

test('an accession number of somebody else’s order is no match, and is told with the studies that nobody ordered', async (t) => {
  const { database, by } = await opened(t, ['1.9.1', 'A1', '999'], ['1.9.2', '', '7'], ['1.2.2', '', '8']);
  assert.deepEqual([...by.keys()], ['1.2.2']);
  const unscheduled = await unscheduledStudies(database, 1, { limit: 10 });
  assert.deepEqual(
    unscheduled.map(({ studyInstanceUid, isOthersAccession }) => [studyInstanceUid, isOthersAccession]),
    [
      ['1.9.2', false],
      ['1.9.1', true],
    ],
  );
  assert.deepEqual(
    (await listOrders(database, 1, { limit: 10 })).map(({ accessionNumber, isHere }) => [accessionNumber, isHere]),
    [
      ['A2', true],
      ['A1', false],
    ],
  );
  assert.deepEqual(await listOrders(database, 2, { limit: 10 }), []);
});

test('rules ask about the order of a study', async (t) => {
  const { matched } = await opened(t, ['1.2.2', '', '8']);
  const facts = orderFacts(matched[0]!);
  assert.deepEqual(
    [facts?.known, facts?.placerNumber, facts?.priority, facts?.status, facts?.scheduledAt?.getFullYear()],
    [true, '2', 'STAT', 'SCHEDULED', 2026],
  );
});
