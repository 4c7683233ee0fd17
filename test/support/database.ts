// A database for a test: one embedded server for each test process, one freshly migrated database for each test.

import { mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, type TestContext } from 'node:test';
import pg from 'pg';
import { silentLog } from '../../src/base/log.ts';
import { connectDatabase, createDatabase, type Database } from '../../src/storage/database.ts';
import { readPidFile, stopPostmaster } from '../../src/storage/postgres/postmaster.ts';
import { type EmbeddedServer, startEmbeddedServer } from '../../src/storage/postgres/supervisor.ts';
import { CATALOGUE, layCluster } from './cluster-template.ts';

/** What survives a power cut is not what these tests are about, and syncing takes most of their time. */
const fast = { fsync: 'off', full_page_writes: 'off', shared_buffers: '32MB', max_connections: 100 };

const PREFIX = 'fascia-test-';

let server: Promise<EmbeddedServer> | undefined;
let folder: Promise<string>;
let count = 0;
const ended: string[] = [];

after(async () => {
  if (server === undefined) return;
  await (await server).stop();
  await rm(await folder, { recursive: true, force: true });
});

/** An empty catalogue, closed when the test ends. */
export async function testDatabase(test: TestContext): Promise<Database> {
  server ??= startServer();
  const running = await server;
  await dropEnded(running);
  count += 1;
  const name = `test_${count}`;
  await createDatabase(running.connection('postgres'), name, `template ${CATALOGUE} strategy file_copy`);
  const database = await connectDatabase(running.connection(name), silentLog);
  test.after(async () => {
    await database.close();
    ended.push(name);
  });
  return database;
}

/** Those of tests that are over, whatever of theirs still held them: hundreds would fill gigabytes. */
async function dropEnded(running: EmbeddedServer): Promise<void> {
  const names = ended.splice(0);
  if (names.length === 0) return;
  const client = new pg.Client(running.connection('postgres'));
  await client.connect();
  for (const name of names) await client.query(`drop database ${name} with (force)`);
  await client.end();
}

async function startServer(): Promise<EmbeddedServer> {
  await clearAbandoned();
  folder = mkdtemp(path.join(tmpdir(), `${PREFIX}${process.pid}-`));
  const data = await folder;
  await layCluster(data);
  return startEmbeddedServer({ folder: path.join(data, 'postgres'), log: silentLog, settings: fast });
}

/** The servers of test processes that were killed: theirs outlive them, as a node's does. */
async function clearAbandoned(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = name.startsWith(PREFIX) ? Number.parseInt(name.slice(PREFIX.length), 10) : Number.NaN;
    if (Number.isNaN(owner) || isRunning(owner)) continue;
    const home = path.join(await realpath(tmpdir()), name);
    const cluster = path.join(home, 'postgres/cluster');
    const found = await readPidFile(cluster);
    if (found?.alive) await stopPostmaster(cluster, found.pid);
    await rm(home, { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
}
