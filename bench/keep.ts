// What keeping costs, without network: CT slices of 0.5 MB and small MR slices, by one and by four senders. Prints instances
// per second, processor milliseconds per instance of this process and of PostgreSQL, and whether updates stayed heap-only.
//
//   node bench/keep.ts [instances]

import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { silentLog } from '../src/base/log.ts';
import { createReceive } from '../src/ingest/ingest.ts';
import { Keeper } from '../src/storage/catalogue-keep.ts';
import { openDatabase } from '../src/storage/database.ts';
import { openObjectFolder } from '../src/storage/objects/object-folder.ts';
import { ctSlice } from '../test/support/ct-slice.ts';

const instances = Number(process.argv[2] ?? 400);
const folder = await mkdtemp(path.join(process.env.FASCIA_BENCH_DIR ?? tmpdir(), 'fascia-bench-'));
const database = await openDatabase({ dataDir: folder, log: silentLog });
const store = await openObjectFolder({ folder: path.join(folder, 'objects') });
const keeper = new Keeper(database);
const receive = createReceive({ database, store, keeper, log: silentLog });
const CHUNK_BYTES = 64 * 1024;
let study = 0;

type Instance = { head: Buffer; sopClassUid: string; sopInstanceUid: string; transferSyntaxUid: string };

/** A study of series of 50, made before the clock starts; the pixels are the same for all. */
function makeStudy(size: number, count: number): { instances: Instance[]; pixels: Buffer } {
  study += 1;
  const studyUid = `2.25.${process.pid}.${study}`;
  const pixelBytes = size * size * 2;
  let pixels: Buffer = Buffer.alloc(0);
  const made = Array.from({ length: count }, (_, n): Instance => {
    const slice = ctSlice({ studyUid, series: Math.floor(n / 50) + 1, instance: n + 1, rows: size, columns: size });
    const headBytes = slice.dataset.length - pixelBytes;
    pixels = slice.dataset.subarray(headBytes);
    const { sopClassUid, sopInstanceUid, transferSyntaxUid } = slice;
    return { head: Buffer.from(slice.dataset.subarray(0, headBytes)), sopClassUid, sopInstanceUid, transferSyntaxUid };
  });
  return { instances: made, pixels };
}

/** One association. */
async function send({ instances: all, pixels }: ReturnType<typeof makeStudy>): Promise<void> {
  for (const { head, sopClassUid, sopInstanceUid, transferSyntaxUid } of all) {
    const expected = { sopClassUid, sopInstanceUid };
    const receiving = receive({
      door: 'dimse',
      tenant: 1,
      source: 'CT1',
      principal: 'peer:CT1',
      transferSyntaxUid,
      expected,
    });
    await receiving.write(head);
    for (let at = 0; at < pixels.length; at += CHUNK_BYTES)
      await receiving.write(pixels.subarray(at, at + CHUNK_BYTES));
    await receiving.finish();
  }
}

const hertz = 100;
async function databaseCpuMs(): Promise<number> {
  const postmaster = (await readFile(path.join(folder, 'postgres/cluster/postmaster.pid'), 'utf8')).split('\n')[0];
  let ticks = 0;
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (pid === postmaster || fields[1] === postmaster) ticks += Number(fields[11]) + Number(fields[12]);
  }
  return (ticks * 1000) / hertz;
}

for (const [name, pixels] of [
  ['CT 512x512', 512],
  ['MR 128x128', 128],
] as const) {
  for (const senders of [1, 4]) {
    await send(makeStudy(pixels, 20));
    const studies = Array.from({ length: senders }, () => makeStudy(pixels, instances / senders));
    const cpu = process.cpuUsage();
    const databaseBefore = await databaseCpuMs();
    const start = performance.now();
    await Promise.all(studies.map(send));
    const seconds = (performance.now() - start) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    const ms = (value: number) => (value / instances).toFixed(2);
    console.log(
      `${name}, ${senders} sender(s): ${(instances / seconds).toFixed(0)} instances/s, ` +
        `node ${ms((user + system) / 1000)} ms, PostgreSQL ${ms((await databaseCpuMs()) - databaseBefore)} ms each`,
    );
  }
}
const updates = await database.query(
  `select relname, n_tup_upd as updates, n_tup_hot_upd as heap_only from pg_stat_user_tables where relname in ('study', 'series')`,
);
console.log(`${Math.round(process.memoryUsage().rss / 2 ** 20)} MiB resident;`, JSON.stringify(updates));
await keeper.close();
await store.close();
await database.close();
await rm(folder, { recursive: true });
