// Ten times the peak of a nation, live: cases arrive, readers of two nodes ask for them, every claim is durable before it is
// answered, and one node is killed in the middle. `npm run bench dispatch [PER_SECOND] [SECONDS]`.

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { systemClock } from '../src/base/clock.ts';
import { silentLog } from '../src/base/log.ts';
import { CaseLog } from '../src/reading/store/case-log.ts';
import { openDatabase } from '../src/storage/database.ts';
import { benchTerm, readyCase } from './support/dispatch-cases.ts';
import { percentiles } from './support/percentiles.ts';

const perSecond = Number(process.argv[2] ?? 29);
const seconds = Number(process.argv[3] ?? 40);
/** On two nodes, enough for what arrives and half as much again. */
const READ_MS = 3_000;
const READERS = Math.ceil((1.5 * perSecond * READ_MS) / 1000);

const folder = await mkdtemp(join(tmpdir(), 'fascia-dispatch-'));
const database = await openDatabase({ dataDir: folder, log: silentLog });
const cases = new CaseLog({ database, clock: systemClock, term: async () => benchTerm });
const claims: { id: string; ms: number }[] = [];
const signed = new Set<string>();
const nodes: ChildProcess[] = [];

try {
  const readers = Array.from({ length: READERS }, (_, n) => `R${n}`);
  const [first, second] = [readers.filter((_, n) => n % 2 === 0), readers.filter((_, n) => n % 2 === 1)];
  await startNode(first);
  await startNode(second);
  const total = perSecond * seconds;
  const began = performance.now();
  const arriving: Promise<string>[] = [];
  for (let n = 0; n < total; n++) {
    await delay(Math.max(0, began + (n * 1000) / perSecond - performance.now()));
    if (n === Math.floor(total / 2)) nodes[0]!.kill('SIGKILL');
    if (n === Math.floor((total * 5) / 8)) void startNode(first);
    arriving.push(arrive(n));
  }
  const ids = await Promise.all(arriving);
  const rate = (total / ((performance.now() - began) / 1000)).toFixed(1);
  console.log(`${total} cases at ${rate} a second; ${claims.length} claims acknowledged until the last came`);
  // What the killed node held comes back when its leases have run out: here at once.
  await database.query(
    `update reading_case set lease_until = now() where claimed_by = any($1) and lease_until is not null`,
    [first],
  );
  await until(async () => (await unsigned()) === 0, 120_000);
  await check(ids);
  console.log(`asked until claimed, durably: ${percentiles(claims.map(({ ms }) => ms))}`);
} finally {
  for (const node of nodes) node.kill('SIGKILL');
  await cases.close();
  await database.close();
  await rm(folder, { recursive: true, force: true });
}

async function arrive(n: number): Promise<string> {
  return (await cases.create({ client: 1 }, { kind: 'desk', id: 'bench' }, readyCase(n)))!.id;
}

function startNode(names: readonly string[]): Promise<void> {
  const node = spawn(process.execPath, [join(import.meta.dirname, 'support/dispatch-node.ts')], {
    env: {
      ...process.env,
      DISPATCH_NODE: JSON.stringify({ connection: database.connection, names, readMs: READ_MS }),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  nodes.push(node);
  return new Promise((resolve) => {
    createInterface(node.stdout!).on('line', (line) => {
      const [what, id, , ms] = line.split(' ');
      if (what === 'open') resolve();
      if (what === 'claimed') claims.push({ id: id!, ms: Number(ms) });
      if (what === 'signed') signed.add(id!);
    });
  });
}

async function unsigned(): Promise<number> {
  const [row] = await database.query<{ count: number }>(
    `select count(*)::integer as count from reading_case where state <> 'final'`,
  );
  return row!.count;
}

/** Every case that came is read once; every claim that was acknowledged is in a log; nobody had one that another held. */
async function check(ids: readonly string[]): Promise<void> {
  const [row] = await database.query<{ lost: number; twice: number; requeued: number }>(
    `select
       (select count(*) from unnest($1::text[]) as id where not exists
         (select from reading_event e where e.reading_case = id and e.kind = 'final-signed'))::integer as lost,
       (select count(*) from (
         select kind, lag(kind) over (partition by reading_case order by sequence) as before from reading_event
         where kind in ('claimed', 'requeued', 'final-signed')) as steps
         where kind = 'claimed' and before in ('claimed', 'final-signed'))::integer as twice,
       (select count(*) from reading_event where kind = 'requeued')::integer as requeued`,
    [ids],
  );
  const claimed = await database.query<{ id: string; count: number }>(
    `select reading_case as id, count(*)::integer as count from reading_event where kind = 'claimed' group by 1`,
  );
  const counts = new Map(claimed.map(({ id, count }) => [id, count]));
  const said = new Map<string, number>();
  for (const { id } of claims) said.set(id, (said.get(id) ?? 0) + 1);
  const forgotten = [...said].filter(([id, count]) => (counts.get(id) ?? 0) < count).length;
  const { lost, twice, requeued } = row!;
  console.log(
    `${lost} lost, ${twice} claimed while held, ${forgotten} claims forgotten, ${requeued} taken back from the node that was killed`,
  );
  if (lost + twice + forgotten > 0) process.exitCode = 1;
}

async function until(isSo: () => Promise<boolean>, mostMs: number): Promise<void> {
  const last = performance.now() + mostMs;
  while (!(await isSo())) {
    if (performance.now() > last) throw new Error('cases wait that nobody reads');
    await delay(250);
  }
}
