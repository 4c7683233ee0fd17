// A modality that was not told of the order, or mistyped its number: what its images say of the order is served as the order has
// it, with what came beside it; and where no number fits, a person says which order it was. IHE RAD SWF, PIR.

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { readDicom } from '../../src/dicom/reader.ts';
import { call } from '../support/delivery.ts';
import { getJson, retrieve, value } from '../support/dicomweb.ts';
import { codesOf, send } from '../support/hl7-door.ts';
import { makeInstance } from '../support/instances.ts';
import { type NodeProcess, openDoors, startNodeProcess } from '../support/node-process.ts';
import { storeAll } from '../support/peer.ts';

const STUDY_UID = '2.25.4711';
const [PATIENT, ACCESSION, REFERRER, REQUESTED, ORIGINAL] = [
  '00100020',
  '00080050',
  '00080090',
  '00321060',
  '04000561',
];

const placed = (number: string, patient: string, studyUid?: string): Uint8Array =>
  new TextEncoder().encode(
    [
      `MSH|^~\\&|RIS|RAD|PACS|HOSP|20261123||ORM^O01|${number}|P|2.5.1`,
      `PID|1||${patient}^^^HOSP^MR||Order^Olga||19800102|F`,
      'PV1|1|O||||||9^Family^Fiona',
      `ORC|NW|P${number}|F${number}||||^^^20261124090000`,
      `OBR|1|P${number}|F${number}|CTH^CT Head^L||||||||||||||A${number}|RP${number}|S${number}||||CT`,
      ...(studyUid === undefined ? [] : [`ZDS|${studyUid}^RIS^Application^DICOM`]),
    ].join('\r'),
  );

const start = (t: TestContext, orderAttributes: string): Promise<NodeProcess> =>
  startNodeProcess((cleanUp) => t.after(cleanUp), {
    environment: { ...openDoors, FASCIA_ORDER_ATTRIBUTES: orderAttributes },
  });

const typed = (StudyInstanceUID: string, AccessionNumber: string, PatientID = '7') =>
  makeInstance({ attributes: { StudyInstanceUID, AccessionNumber, PatientID, IssuerOfPatientID: 'HOSP' } });

async function place(node: NodeProcess, ...message: Parameters<typeof placed>): Promise<void> {
  assert.deepEqual(codesOf(await send(node.mllpPort, placed(...message))), ['AA']);
}

async function fileOf(node: NodeProcess) {
  const [file] = await retrieve(node.url, `/studies/${STUDY_UID}`);
  return readDicom(file!).dataset;
}

interface Unscheduled {
  studyInstanceUid: string;
  isOthersAccession: boolean;
  candidates: { order: string; accessionNumber: string }[];
}

const unscheduled = async (node: NodeProcess): Promise<Unscheduled[]> =>
  (await (await call(node, 'GET', '/orders/unscheduled')).json()) as Unscheduled[];

test('what a modality mistyped of an order is served as the order has it, with what came beside it, where its source is reconciled', async (t) => {
  const node = await start(t, '*=reconciled');
  await place(node, '1', '7', STUDY_UID);
  const image = typed(STUDY_UID, 'TYPO');
  await storeAll(node.dicomPort, [image]);
  const [study] = await getJson(node.url, '/studies?AccessionNumber=A1');
  assert.deepEqual([value(study!, ACCESSION!), value(study!, PATIENT!)], ['A1', '7']);
  assert.equal(study![REQUESTED!], undefined, 'what nobody asked for is not told');
  assert.equal((await getJson(node.url, '/studies?AccessionNumber=TYPO')).length, 1, 'what was received finds it too');
  const [metadata] = await getJson(node.url, `/studies/${STUDY_UID}/metadata`);
  assert.deepEqual(
    [ACCESSION, REQUESTED].map((tag) => value(metadata!, tag!)),
    ['A1', 'CT Head'],
  );
  assert.ok(REFERRER! in metadata!);
  const file = await fileOf(node);
  const [original] = file.items('OriginalAttributesSequence');
  assert.equal(file.text('AccessionNumber'), 'A1');
  assert.equal(file.text('ReferringPhysicianName'), 'Family^Fiona');
  assert.equal(original!.items('ModifiedAttributesSequence')[0]!.text('AccessionNumber'), 'TYPO');
  assert.equal(original!.text('ReasonForTheAttributeModification'), 'COERCE');
});

test('images of other sources are served as they came', async (t) => {
  const node = await start(t, 'CT9=reconciled');
  await place(node, '1', '7', STUDY_UID);
  const image = typed(STUDY_UID, 'TYPO');
  await storeAll(node.dicomPort, [image]);
  assert.deepEqual(await getJson(node.url, '/studies?AccessionNumber=A1'), []);
  const file = await fileOf(node);
  assert.deepEqual([file.text('AccessionNumber'), file.has(0x0400_0561)], ['TYPO', false]);
  assert.equal(Number.parseInt(ORIGINAL!, 16), 0x0400_0561);
});

test('a study that nobody ordered is told with the orders of its patient, and has the one that a person assigns, until that is taken back', async (t) => {
  const node = await start(t, 'reconciled');
  await place(node, '1', '7');
  await place(node, '2', '8');
  const image = typed(STUDY_UID, 'A2');
  await storeAll(node.dicomPort, [image]);
  const [listed, ...others] = await unscheduled(node);
  assert.equal(others.length, 0);
  assert.deepEqual([listed!.studyInstanceUid, listed!.isOthersAccession], [STUDY_UID, true]);
  assert.deepEqual(
    listed!.candidates.map(({ accessionNumber }) => accessionNumber),
    ['A1'],
  );
  const orders = (await (await call(node, 'GET', '/orders')).json()) as { id: string; accessionNumber: string }[];
  const assign = (order: string | undefined, study = STUDY_UID) =>
    call(node, 'PUT', `/orders/assigned/${study}`, { order });
  const others8 = orders.find(({ accessionNumber }) => accessionNumber === 'A2')!;
  assert.equal((await assign(others8.id)).status, 400, 'it is for another patient');
  assert.equal((await assign('999999')).status, 404);
  assert.equal((await assign(listed!.candidates[0]!.order)).status, 204);
  assert.deepEqual(await unscheduled(node), []);
  assert.equal((await fileOf(node)).text('AccessionNumber'), 'A1');
  assert.equal((await getJson(node.url, '/studies?AccessionNumber=A1')).length, 1);
  assert.equal((await call(node, 'DELETE', `/orders/assigned/${STUDY_UID}`)).status, 204);
  assert.equal((await unscheduled(node)).length, 1);
  assert.equal((await fileOf(node)).text('AccessionNumber'), 'A2');
  assert.equal((await call(node, 'DELETE', `/orders/assigned/${STUDY_UID}`)).status, 404);
});
