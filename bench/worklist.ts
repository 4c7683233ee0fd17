// An order by HL7 v2 until it is on the modality worklist, with 50,000 orders there already: its acknowledgement, and then a
// C-FIND of its station by day and modality, and by accession number. `npm run bench worklist [ORDERS] [ROUNDS]`.

import { once } from 'node:events';
import { connect } from 'node:net';
import { performance } from 'node:perf_hooks';
import { silentLog } from '../src/base/log.ts';
import { DataSet } from '../src/dicom/dataset.ts';
import { openAssociation } from '../src/dimse/requested-association.ts';
import { find } from '../src/dimse/scu.ts';
import { MODALITY_WORKLIST_FIND } from '../src/dimse/services.ts';
import { frame } from '../src/hl7v2/mllp/frame.ts';
import { keepOrders } from '../src/orders/order-store.ts';
import { openDatabase } from '../src/storage/database.ts';
import { openDoors, startNodeProcess } from '../test/support/node-process.ts';
import { percentiles } from './support/percentiles.ts';

const orders = Number(process.argv[2] ?? 50_000);
const rounds = Number(process.argv[3] ?? 200);
/** A hospital's worklist reaches from last month to next month, of four modalities. */
const DAYS = 60;
const modalities = ['CT', 'MR', 'US', 'DX'];

const day = (n: number): string => new Date(Date.UTC(2026, 10, 1 + n)).toISOString().slice(0, 10).replaceAll('-', '');

const order = (n: number) => ({
  placer: { number: `P${n}`, issuer: 'RIS' },
  accession: { number: `A${n}`, issuer: '' },
  requestedProcedureId: `RP${n}`,
  procedureDescription: 'Examination',
  status: 'SCHEDULED' as const,
  patient: {
    issuer: 'RIS',
    patientId: String(n % 20_000),
    name: `Family${n % 997}^Given${n % 83}`,
    birthDate: '19700101',
  },
  steps: [{ id: `S${n}`, modality: modalities[n % 4]!, startDate: day(n % DAYS), startTime: '090000' }],
});

const message = (n: number): Uint8Array =>
  new TextEncoder().encode(
    [
      `MSH|^~\\&|RIS|RAD|||20261123||ORM^O01|${n}|P|2.5.1`,
      `PID|1||N${n}^^^RIS||New^Patient`,
      `ORC|NW|N${n}|F${n}||SC||^^^${day(22)}100000`,
      `OBR|1|N${n}|F${n}|CTH^CT Head^L||||||||||||||N${n}|RPN${n}|S1||||CT`,
    ].join('\r'),
  );

const cleanUps: (() => Promise<void>)[] = [];
const node = await startNodeProcess((cleanUp) => cleanUps.push(cleanUp), { environment: openDoors });
try {
  const began = performance.now();
  const database = await openDatabase({ url: process.env.FASCIA_DATABASE_URL, dataDir: node.data, log: silentLog });
  for (let at = 0; at < orders; at += 200) {
    const some = Array.from({ length: Math.min(200, orders - at) }, (_, n) => order(at + n));
    await keepOrders(database, { tenant: 1, source: 'RIS' }, some);
  }
  await database.query('analyze');
  console.log(`${orders} orders placed in ${((performance.now() - began) / 1000).toFixed(1)} s`);

  const association = await openAssociation({
    host: '127.0.0.1',
    port: node.dicomPort,
    calledAeTitle: 'FASCIA',
    callingAeTitle: 'CT1',
    contexts: [{ abstractSyntax: MODALITY_WORKLIST_FIND, transferSyntaxes: ['1.2.840.10008.1.2.1'] }],
  });
  const step = (keys: Record<string, string | null>): DataSet => {
    const item = new DataSet().set('ScheduledProcedureStepID', null);
    for (const [keyword, value] of Object.entries(keys)) item.set(keyword, value);
    return item;
  };
  const ask = async (identifier: DataSet): Promise<number> => {
    let answers = 0;
    for await (const _ of find(association, MODALITY_WORKLIST_FIND, identifier)) answers += 1;
    return answers;
  };
  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    const start = performance.now();
    await work();
    return performance.now() - start;
  };
  const byAccession = (accession: string): DataSet =>
    new DataSet()
      .set('AccessionNumber', accession)
      .set('PatientName', null)
      .set('ScheduledProcedureStepSequence', [step({ Modality: 'CT' })]);
  const byDay = new DataSet()
    .set('AccessionNumber', null)
    .set('PatientName', null)
    .set('PatientID', null)
    .set('StudyInstanceUID', null)
    .set('ScheduledProcedureStepSequence', [step({ Modality: 'CT', ScheduledProcedureStepStartDate: day(20) })]);

  const ris = connect({ host: '127.0.0.1', port: node.mllpPort });
  await once(ris, 'connect');
  const shown: number[] = [];
  const days: number[] = [];
  let answers = 0;
  for (let n = 0; n < rounds; n++) {
    shown.push(
      await timed(async () => {
        ris.write(frame(message(n)));
        await once(ris, 'data');
        if ((await ask(byAccession(`N${n}`))) !== 1) throw new Error(`order ${n} is not on the worklist`);
      }),
    );
    days.push(await timed(async () => (answers = await ask(byDay))));
  }
  ris.end();
  await association.release();
  await database.close();
  console.log(`order by HL7 until it is found on the worklist: ${percentiles(shown)}`);
  console.log(`one day of one modality, ${answers} answers: ${percentiles(days)}`);
} finally {
  for (const cleanUp of cleanUps) await cleanUp();
}
