// A database for a test: one embedded server for each test process, one freshly migrated database for each test.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, type TestContext } from 'node:test';
import { connectDatabase, createDatabase, type Database } from '../../src/storage/database.ts';
import { type EmbeddedServer, startEmbeddedServer } from '../../src/storage/postgres/supervisor.ts';

const silent = { info: () => undefined, warn: () => undefined };
/** What survives a power cut is not what these tests are about, and syncing takes most of their time. */
const fast = { fsync: 'off', full_page_writes: 'off', shared_buffers: '32MB', max_connections: 100 };

let server: Promise<EmbeddedServer> | undefined;
let folder: Promise<string>;
let count = 0;

after(async () => {
  if (server === undefined) return;
  await (await server).stop();
  await rm(await folder, { recursive: true, force: true });
});

/** An empty catalogue, closed when the test ends. */
export async function testDatabase(test: TestContext): Promise<Database> {
  server ??= startServer();
  const running = await server;
  count += 1;
  const name = `test_${count}`;
  await createDatabase(running.connection('postgres'), name, 'empty_catalogue');
  const database = await connectDatabase(running.connection(name), silent);
  test.after(() => database.close());
  return database;
}

async function startServer(): Promise<EmbeddedServer> {
  folder = mkdtemp(path.join(tmpdir(), 'fascia-test-'));
  const started = await startEmbeddedServer({ folder: await folder, log: silent, settings: fast });
  await createDatabase(started.connection('postgres'), 'empty_catalogue');
  const template = await connectDatabase(started.connection('empty_catalogue'), silent);
  await template.close();
  return started;
}
