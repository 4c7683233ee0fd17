// Whether keeping stays as cheap as it began: small MR slices by C-STORE on four associations into a whole node, in ten
// parts. Prints for each part the instances per second and the processor milliseconds per instance of node and database,
// then what the last part costs of the first. Takes 35 KB of disk for each instance.
//
//   npm run bench flat [instances, 200000 unless given]

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { EXPLICIT_VR_LITTLE_ENDIAN } from '../src/dicom/transfer-syntax.ts';
import { sendInstance } from '../src/dimse/store-scu.ts';
import { CT_IMAGE_STORAGE, ctSlice } from '../test/support/ct-slice.ts';
import { openDoors, startNodeProcess } from '../test/support/node-process.ts';
import { associate, sendable } from '../test/support/peer.ts';
import { processorMs } from '../test/support/process-usage.ts';

const PARTS = 10;
const ASSOCIATIONS = 4;
const STUDY = 200;
const SERIES = 50;
const WARM_UP = 5_000;
const instances = Number(process.argv[2] ?? 200_000);

let study = 0;
const cleanUps: (() => Promise<void>)[] = [];
const node = await startNodeProcess((cleanUp) => cleanUps.push(cleanUp), { environment: openDoors });
try {
  // What starting and compiling cost is not what keeping costs.
  await send(WARM_UP);
  const costs: number[] = [];
  for (let part = 1; part <= PARTS; part++) {
    const [nodeBefore, databaseBefore, started] = [processorMs(node.process.pid!), databaseMs(), performance.now()];
    const count = instances / PARTS;
    await send(count);
    const seconds = (performance.now() - started) / 1000;
    const ofNode = (processorMs(node.process.pid!) - nodeBefore) / count;
    const ofDatabase = (databaseMs() - databaseBefore) / count;
    costs.push(ofNode + ofDatabase);
    console.log(
      `part ${String(part).padStart(2)}: ${(count / seconds).toFixed(0)} instances/s, ` +
        `node ${ofNode.toFixed(3)} ms, database ${ofDatabase.toFixed(3)} ms of processor each`,
    );
  }
  console.log(`last part against the first: ${(costs.at(-1)! / costs[0]!).toFixed(3)}`);
} finally {
  for (const cleanUp of cleanUps) await cleanUp();
}

async function send(count: number): Promise<void> {
  let left = count;
  const sender = async (): Promise<void> => {
    const association = await associate(node.dicomPort, [
      { abstractSyntax: CT_IMAGE_STORAGE, transferSyntaxes: [EXPLICIT_VR_LITTLE_ENDIAN] },
    ]);
    while (left > 0) {
      study += 1;
      const studyUid = `1.2.826.0.1.3680043.10.1.${study}`;
      const ofStudy = Math.min(STUDY, left);
      left -= ofStudy;
      for (let n = 0; n < ofStudy; n++) {
        const place = { studyUid, series: Math.floor(n / SERIES) + 1, instance: n + 1, rows: 128, columns: 128 };
        const slice = ctSlice({ ...place, patientId: `P${study}` });
        const instance = sendable({ ...slice, bytes: slice.dataset });
        const { status } = await sendInstance(association.messages, association.contexts.values(), instance);
        if (status !== 0) throw new Error(`C-STORE answered ${status?.toString(16)}`);
      }
    }
    await association.release();
  };
  await Promise.all(Array.from({ length: ASSOCIATIONS }, sender));
}

/** All processes of the embedded database; those that have ended count with the one that started them. */
function databaseMs(): number {
  const [postmaster] = readFileSync(path.join(node.data, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n');
  let ticks = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
      // proc(5): after the name, the 2nd field is the parent; the 12th to 15th are own time and that of ended children.
      const own = pid === postmaster ? 4 : fields[1] === postmaster ? 2 : 0;
      for (const field of fields.slice(11, 11 + own)) ticks += Number(field);
    } catch {
      // It ended while we looked.
    }
  }
  return ticks * 10;
}
