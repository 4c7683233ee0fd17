// A whole node between a RIS and its modalities: orders come by HL7 v2, are on the worklist at once and stay there after a
// crash; what ADT says of their patients is there too.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { DataSet } from '../../src/dicom/dataset.ts';
import { readDicom } from '../../src/dicom/reader.ts';
import { find } from '../../src/dimse/scu.ts';
import { MODALITY_WORKLIST_FIND } from '../../src/dimse/services.ts';
import { call, ledgerOnce, putRules } from '../support/delivery.ts';
import { associated, plain } from '../support/dimse-door.ts';
import { emptyFolder } from '../support/folder.ts';
import { codesOf, send } from '../support/hl7-door.ts';
import { makeStudy } from '../support/instances.ts';
import { type NodeProcess, openDoors, sharedNode, startNodeProcess } from '../support/node-process.ts';
import { storeAll } from '../support/peer.ts';

const bytes = (...segments: string[]) => new TextEncoder().encode(segments.join('\r'));
const msh = (type: string, id: string, more = '') =>
  `MSH|^~\\&|RIS|RAD|PACS|HOSP|20261123||${type}|${id}|P|2.5.1${more}`;
const pid = (id: string, name: string) => `PID|1||${id}^^^RIS^MR||${name}||19800102|F`;
const order = (control: string, number: string, more = '') => [
  `ORC|${control}|P${number}|F${number}||||^^^20261124090000${more}`,
  `OBR|1|P${number}|F${number}|CTH^CT Head^L||||||||||||||A${number}|RP${number}|S${number}||||CT`,
];

const start = (t: TestContext, data: string): Promise<NodeProcess> =>
  startNodeProcess((cleanUp) => t.after(cleanUp), { environment: openDoors, data });

/** For tests of which each has patients and orders of its own. */
const shared = sharedNode({ environment: openDoors });

/** Patient ID, name and start of each step of the CTs. */
async function worklist(t: TestContext, { dicomPort }: NodeProcess, keys: Record<string, string> = {}) {
  const modality = await associated(t, dicomPort, [plain(MODALITY_WORKLIST_FIND)]);
  const identifier = new DataSet().set('PatientID', null).set('PatientName', null).set('AccessionNumber', null);
  for (const [keyword, value] of Object.entries(keys)) identifier.set(keyword, value);
  identifier.set('ScheduledProcedureStepSequence', [
    new DataSet().set('Modality', 'CT').set('ScheduledProcedureStepStartTime', null),
  ]);
  const found: (string | undefined)[][] = [];
  for await (const match of find(modality, MODALITY_WORKLIST_FIND, identifier)) {
    const [step] = match.items('ScheduledProcedureStepSequence');
    found.push([
      match.text('AccessionNumber'),
      match.text('PatientID'),
      match.text('PatientName'),
      step?.text('ScheduledProcedureStepStartTime'),
    ]);
  }
  await modality.release();
  return found.sort();
}

test('an order is on the worklist when it is acknowledged, moves, and goes when it is cancelled', async (t) => {
  const node = await shared();
  const tell = async (...segments: string[]) => codesOf(await send(node.mllpPort, bytes(...segments)));
  assert.deepEqual(await tell(msh('ORM^O01', '1'), pid('7', 'Doe^Jane'), ...order('NW', '1')), ['AA']);
  assert.deepEqual(await worklist(t, node, { PatientID: '7' }), [['A1', '7', 'Doe^Jane', '090000']]);
  const moved = order('XO', '1').map((segment) => segment.replace('090000', '113000'));
  assert.deepEqual(await tell(msh('ORM^O01', '2'), pid('7', 'Doe^Jane'), ...moved), ['AA']);
  assert.deepEqual(await worklist(t, node, { PatientID: '7' }), [['A1', '7', 'Doe^Jane', '113000']]);
  const appointment = ['SCH|AP1|||||||||||||||||||||||||P1|F1', pid('7', 'Doe^Jane'), 'RGS|1'];
  const ais = 'AIS|1|U|CTH^CT Head^L|20261124150000';
  assert.deepEqual(await tell(msh('SIU^S13', '3'), ...appointment, ais), ['AA']);
  assert.deepEqual(await worklist(t, node, { PatientID: '7' }), [['A1', '7', 'Doe^Jane', '150000']]);
  assert.deepEqual(await tell(msh('ORM^O01', '4'), pid('7', 'Doe^Jane'), 'ORC|CA|P1|F1'), ['AA']);
  assert.deepEqual(await worklist(t, node, { PatientID: '7' }), []);
});

test('RAD-12: what ADT says of a patient, and who survives a merge, is on the worklist', async (t) => {
  const node = await shared();
  const tell = async (...segments: string[]) => codesOf(await send(node.mllpPort, bytes(...segments)));
  await tell(msh('ORM^O01', '21'), pid('8', 'Doe^Jane'), ...order('NW', '2'));
  assert.deepEqual(await tell(msh('ADT^A08', '22'), 'EVN|A08', pid('8', 'Miller^Jane')), ['AA']);
  assert.deepEqual(await worklist(t, node, { PatientID: '8' }), [['A2', '8', 'Miller^Jane', '090000']]);
  assert.deepEqual(await tell(msh('ADT^A40', '23'), 'EVN|A40', pid('80', 'Miller^Jane'), 'MRG|8^^^RIS^MR'), ['AA']);
  assert.deepEqual(await worklist(t, node, { PatientID: '80' }), [['A2', '80', 'Miller^Jane', '090000']]);
  assert.deepEqual(await worklist(t, node, { PatientID: '8' }), []);
});

test('an order that cannot be one is AE, and none of the worklist', async (t) => {
  const node = await shared();
  assert.deepEqual(codesOf(await send(node.mllpPort, bytes(msh('ORM^O01', '31'), ...order('NW', '3')))), ['AE']);
  const laboratory = ['ORC|NW|L1', 'OBR|1|L1||GLU^Glucose^L||||||||||||||||||||CH'];
  assert.deepEqual(
    codesOf(await send(node.mllpPort, bytes(msh('ORM^O01', '32'), pid('9', 'Doe^Jane'), ...laboratory))),
    ['AA'],
  );
  assert.deepEqual(await worklist(t, node, { PatientID: '9' }), []);
  assert.deepEqual(await worklist(t, node, { AccessionNumber: 'A3' }), []);
});

test('HL7 v2 2.9.3: who asks for an application acknowledgement gets the response of its message', async () => {
  const node = await shared();
  const [answer] = await send(
    node.mllpPort,
    bytes(msh('ORM^O01^ORM_O01', '41', '|||NE|AL'), pid('10', 'Doe^Jane'), ...order('NW', '4')),
  );
  const header = answer?.segment('MSH');
  assert.deepEqual([header?.text(9), header?.text(9, 2), header?.text(9, 3)], ['ORR', 'O02', 'ORR_O02']);
  assert.deepEqual(codesOf([answer!]), ['AA']);
  const orc = answer?.segment('ORC');
  assert.deepEqual([orc?.text(1), orc?.text(2), orc?.text(3)], ['OK', 'P4', 'F4']);
});

test('orders that were acknowledged are on the worklist after the node is killed, each once', async (t) => {
  const data = emptyFolder((cleanUp) => t.after(cleanUp));
  const node = await start(t, data);
  const sent = Array.from({ length: 30 }, (_, n) =>
    bytes(msh('ORM^O01', `K${n}`), pid(String(n), `Doe^Jane${n}`), ...order('NW', String(n))),
  );
  const acknowledged = new Set<string>();
  const sending = sent.map(async (message, n) => {
    const answers = await send(node.mllpPort, message).catch(() => []);
    if (codesOf(answers)[0] === 'AA') acknowledged.add(`A${n}`);
    if (acknowledged.size === 10) node.process.kill('SIGKILL');
  });
  await Promise.all([...sending, once(node.process, 'close')]);
  const again = await start(t, data);
  const found = new Set((await worklist(t, again)).map(([accession]) => accession));
  for (const accession of acknowledged) assert.ok(found.has(accession), accession);
  for (const message of sent) assert.deepEqual(codesOf(await send(again.mllpPort, message)), ['AA']);
  assert.equal((await worklist(t, again)).length, sent.length);
});

test('a rule gives what it sends the values of the order; what nobody ordered is not sent by it', async (t) => {
  const node = await shared();
  const tell = async (...segments: string[]) => codesOf(await send(node.mllpPort, bytes(...segments)));
  await tell(msh('ORM^O01', '61'), pid('11', 'Doe^Jane'), 'PV1|1|I|||||||||||||||||V1', ...order('NW', '6'));
  const folder = emptyFolder((cleanUp) => t.after(cleanUp));
  await call(node, 'PUT', '/destinations/disk', { kind: 'folder', settings: { path: folder } });
  const attributes = ['RequestedProcedureID', 'RequestedProcedureDescription', 'AdmissionID'];
  await putRules(node, [
    { name: 'all', after: 'instance', do: { transform: [{ coerce: { from: 'order', attributes } }], send: 'disk' } },
  ]);
  const study = (patientId: string) => makeStudy(1, 1, { attributes: { PatientID: patientId, AccessionNumber: 'A6' } });
  await storeAll(node.dicomPort, [...study('11'), ...study('999')]);
  const rows = await ledgerOnce(node, (all) => all.length === 2 && all.every(({ state }) => state !== 'queued'));
  assert.deepEqual(rows.map(({ problem }) => problem ?? 'none').sort(), ['delivery/not-transformed', 'none']);
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const [file, ...others] = files.filter((entry) => entry.isFile());
  assert.equal(others.length, 0);
  const { dataset } = readDicom(await readFile(join(file!.parentPath, file!.name)));
  assert.deepEqual([...attributes.map((name) => dataset.text(name))], ['RP6', 'CT Head', 'V1']);
});
