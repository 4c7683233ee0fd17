// What a million deliveries that wait for a paused destination cost those who send to us: C-STORE of 0.5 MB CT over four
// associations, with nothing waiting and no rules, and with a million rows waiting and every new study routed to them too.
// `npm run bench delivery-backlog`, or: node bench/delivery-backlog.ts [ROWS [INSTANCES [ROUNDS]]]

import path from 'node:path';
import { silentLog } from '../src/base/log.ts';
import { readDicom } from '../src/dicom/reader.ts';
import { connectDatabase } from '../src/storage/database.ts';
import { startEmbeddedServer } from '../src/storage/postgres/supervisor.ts';
import { call, putRules } from '../test/support/delivery.ts';
import { addPeer, type NodeProcess, openDoors, startNodeProcess } from '../test/support/node-process.ts';
import { type Sendable, storeAll } from '../test/support/peer.ts';
import { ctSeries } from './support/ct-node.ts';

const [rows = 1_000_000, instances = 400, rounds = 5] = process.argv.slice(2).map(Number);
const ASSOCIATIONS = 4;
const OBJECTS_OF_A_STUDY = 500;

const cleanUps: (() => Promise<void>)[] = [];
try {
  const node = await startNodeProcess((cleanUp) => cleanUps.unshift(cleanUp), { environment: openDoors });
  await addPeer(node, 'AWAY', 1);
  await call(node, 'POST', '/destinations/AWAY/pause', { paused: true });
  await rate(node);
  const alone = await rates(node);
  await queue(node.data);
  await putRules(node, [{ name: 'all', after: 'instance', do: { send: 'AWAY' } }]);
  const behind = await rates(node);
  print('nothing waits', alone);
  print(`${rows} wait`, behind);
  console.log(`ratio of medians ${(median(behind) / median(alone)).toFixed(3)}`);
} finally {
  for (const cleanUp of cleanUps) await cleanUp();
}

async function rates(node: NodeProcess): Promise<number[]> {
  const measured: number[] = [];
  for (let round = 0; round < rounds; round++) measured.push(await rate(node));
  return measured;
}

/** Instances a second. */
async function rate({ dicomPort }: NodeProcess): Promise<number> {
  const share = Math.ceil(instances / ASSOCIATIONS);
  const series = Array.from({ length: ASSOCIATIONS }, () => [...ctSeries(share)].map(({ file }) => sendableOf(file)));
  const start = performance.now();
  const answers = await Promise.all(series.map((each) => storeAll(dicomPort, each)));
  const seconds = (performance.now() - start) / 1000;
  if (answers.some((each) => [...each.values()].some((status) => status !== 0))) throw new Error('one was not stored');
  return (share * ASSOCIATIONS) / seconds;
}

function sendableOf(file: Uint8Array): Sendable {
  const { dataset, transferSyntax, datasetOffset } = readDicom(file);
  return {
    sopClassUid: dataset.text('SOPClassUID')!,
    sopInstanceUid: dataset.text('SOPInstanceUID')!,
    transferSyntaxUid: transferSyntax.uid,
    bytes: file.subarray(datasetOffset),
  };
}

async function queue(data: string): Promise<void> {
  const server = await startEmbeddedServer({ folder: path.join(data, 'postgres'), log: silentLog });
  const database = await connectDatabase(server.connection('fascia'), silentLog);
  await database.query(
    `with opened as (
       insert into consignment (tenant, study, destination, form, rule_set, rules, series, priority)
       select 1, -n, (select id from destination where name = 'AWAY'), '', 0, '{}', '{}', 2
       from generate_series(1, $1::integer) n returning id)
     insert into delivery (consignment, instance) select id, -m from opened, generate_series(1, $2::integer) m`,
    [Math.ceil(rows! / OBJECTS_OF_A_STUDY), OBJECTS_OF_A_STUDY],
  );
  await database.query('analyze consignment, delivery');
  await database.close();
  await server.stop();
}

function print(name: string, measured: readonly number[]): void {
  const sorted = measured.toSorted((a, b) => a - b).map((each) => each.toFixed(0));
  console.log(`${name.padEnd(16)} ${sorted.join(' ')} instances/s, median ${median(measured).toFixed(0)}`);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
