// Orders with other people's programs: DCMTK asks for the worklist, dcmjs-dimse reports what its modality does.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import dcmjsDimse from 'dcmjs-dimse';
import { readDicom } from '../../src/dicom/reader.ts';
import { invoke } from '../support/dcmjs-peer.ts';
import { emptyFolder } from '../support/folder.ts';
import { codesOf, send } from '../support/hl7-door.ts';
import { without } from '../support/needs.ts';
import { type NodeProcess, openDoors, startNodeProcess } from '../support/node-process.ts';
import { succeed } from '../support/program.ts';

const { NCreateRequest, NSetRequest } = dcmjsDimse.requests;
const { Dataset } = dcmjsDimse;
const PERFORMED_STEP = '1.2.840.10008.3.1.2.3.3';

let node: NodeProcess;
const cleanUps: (() => Promise<void>)[] = [];
before(async () => {
  node = await startNodeProcess((cleanUp) => cleanUps.push(cleanUp), { environment: openDoors });
  const order = [
    'MSH|^~\\&|RIS|RAD|||20261123||ORM^O01|1|P|2.5.1||||||8859/1',
    'PID|1||7^^^RIS||Müller^Jörg||19800102|M',
    'ORC|NW|P1|F1||||^^^20261124090000',
    'OBR|1|P1|F1|CTH^CT Head^L||||||||||||||A1|RP1|S1||||CT',
    'ZDS|1.2.3^RIS^Application^DICOM',
  ].join('\r');
  assert.deepEqual(codesOf(await send(node.mllpPort, Buffer.from(order, 'latin1'))), ['AA']);
});
test.after(async () => {
  for (const cleanUp of cleanUps) await cleanUp();
});

/** The answers that findscu was given. */
async function findscu(t: { after(cleanUp: () => void): void }, ...keys: string[]) {
  const folder = emptyFolder((cleanUp) => t.after(cleanUp));
  const asked = [
    ...keys,
    'PatientName',
    'RequestedProcedureID',
    'ScheduledProcedureStepSequence[0].ScheduledStationName',
  ];
  const args = asked.flatMap((key) => ['-k', key]);
  await succeed('findscu', ['-W', '-X', '-od', folder, '-aec', 'FASCIA', ...args, '127.0.0.1', String(node.dicomPort)]);
  return readdirSync(folder).map((name) => readDicom(readFileSync(join(folder, name))).dataset);
}

test('findscu -W finds the order by day, modality and name, and none of another day', {
  skip: without('findscu', 'dcmtk'),
}, async (t) => {
  const sps = 'ScheduledProcedureStepSequence[0].';
  const keys = [`${sps}Modality=CT`, `${sps}ScheduledProcedureStepID`, 'SpecificCharacterSet=ISO_IR 100'];
  const [found, ...others] = await findscu(t, ...keys, `${sps}ScheduledProcedureStepStartDate=20261124-`);
  assert.deepEqual(others, []);
  assert.deepEqual([found?.text('PatientName'), found?.text('RequestedProcedureID')], ['Müller^Jörg', 'RP1']);
  assert.equal(found?.items('ScheduledProcedureStepSequence')[0]?.text('ScheduledProcedureStepID'), 'S1');
  assert.equal((await findscu(t, ...keys, 'PatientID=8')).length, 0);
  assert.equal((await findscu(t, ...keys, `${sps}ScheduledProcedureStepStartDate=-20261123`)).length, 0);
});

test('dcmjs-dimse reports a step, and is told 0110H when it reports one that is over', async () => {
  const begun = new NCreateRequest(PERFORMED_STEP, '2.25.5');
  begun.setDataset(
    new Dataset({
      PatientName: 'Müller^Jörg',
      PerformedProcedureStepID: 'PPS1',
      PerformedProcedureStepStatus: 'IN PROGRESS',
      ScheduledStepAttributesSequence: [{ StudyInstanceUID: '1.2.3', ScheduledProcedureStepID: 'S1' }],
    }),
  );
  const set = () => {
    const request = new NSetRequest(PERFORMED_STEP, '2.25.5');
    request.setDataset(new Dataset({ PerformedProcedureStepStatus: 'COMPLETED', PerformedSeriesSequence: [] }));
    return request;
  };
  const statuses: (number | undefined)[] = [];
  for (const request of [begun, set(), set()]) {
    const [responses] = await invoke(node.dicomPort, [request]);
    statuses.push(responses![0]!.getStatus());
  }
  assert.deepEqual(statuses, [0, 0, 0x0110]);
  const orders = (await (await fetch(`${node.url}/api/v1/orders`)).json()) as { status: string }[];
  assert.deepEqual(
    orders.map(({ status }) => status),
    ['COMPLETED'],
  );
});
