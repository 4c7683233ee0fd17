import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, suite, type TestContext, test } from 'node:test';
import pg from 'pg';
import { layCluster } from '../../../test/support/cluster-template.ts';
import { listeningLog } from '../../../test/support/listening-log.ts';
import { type Log, silentLog } from '../../base/log.ts';
import { readPidFile } from './postmaster.ts';
import { type EmbeddedServer, startEmbeddedServer } from './supervisor.ts';

// One cluster for all: each test leaves it stopped, as the one before it found it.
suite('the embedded PostgreSQL', { concurrency: false }, () => {
  let folder: string;
  const cluster = () => path.join(folder, 'cluster');

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'fascia-supervisor-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function start(t: TestContext, log: Log = silentLog): Promise<EmbeddedServer> {
    const server = await startEmbeddedServer({ folder, log });
    t.after(() => server.stop());
    return server;
  }

  test('is made at the first start, closed to other accounts, and ends when it is told to', async (t) => {
    await mkdir(`${cluster()}.new-99999999`);
    const server = await start(t);
    await ask(server, 'create table kept (id integer)');
    assert.equal((await stat(cluster())).mode & 0o077, 0);
    assert.equal((await stat(path.join(folder, 'run'))).mode & 0o077, 0);
    assert.deepEqual(
      (await readdir(folder)).filter((name) => name.startsWith('cluster')),
      ['cluster'],
      'what a killed initdb left is gone',
    );
    await server.stop();
    assert.equal(await readPidFile(cluster()), undefined);
  });

  test('listens on no port', async (t) => {
    const server = await start(t);
    assert.deepEqual(await ask(server, "select setting from pg_settings where name = 'listen_addresses'"), [
      { setting: '' },
    ]);
  });

  test('comes up again by itself after its postmaster was killed', async (t) => {
    const { log, heard } = listeningLog();
    const server = await start(t, log);
    const killed = server.postmasterPid;
    await ask(server, 'insert into kept values (1)');
    const again = heard('database ready');
    process.kill(killed, 'SIGKILL');
    await again;
    assert.notEqual(server.postmasterPid, killed);
    assert.deepEqual(await ask(server, 'select id from kept'), [{ id: 1 }]);
  });

  test('outlives a node that was killed, and the next one adopts it with every commit', async (t) => {
    const node = await startInAnotherProcess(folder);
    const orphan = await readPidFile(cluster());
    node.kill('SIGKILL');
    await once(node, 'exit');
    const server = await start(t);
    assert.equal(server.postmasterPid, orphan?.pid);
    assert.deepEqual(await ask(server, 'select id from kept order by id'), [{ id: 1 }, { id: 2 }]);
  });

  test('recovers where node and postmaster were killed together', async (t) => {
    const node = await startInAnotherProcess(folder);
    const orphan = await readPidFile(cluster());
    node.kill('SIGKILL');
    process.kill(orphan!.pid, 'SIGKILL');
    const server = await start(t);
    assert.notEqual(server.postmasterPid, orphan?.pid);
    assert.deepEqual(await ask(server, 'select count(*)::int as kept from kept'), [{ kept: 3 }]);
  });

  test('starts over a pid file whose number another program has got', async (t) => {
    const before = await startEmbeddedServer({ folder, log: silentLog });
    const pidFile = await readFile(path.join(cluster(), 'postmaster.pid'), 'utf8');
    await before.stop();
    await writeFile(path.join(cluster(), 'postmaster.pid'), pidFile.replace(/^\d+/, String(process.pid)));
    const server = await start(t);
    assert.notEqual(server.postmasterPid, process.pid);
  });

  test('starts over the empty pid file that a power cut left', async (t) => {
    const pidFile = path.join(cluster(), 'postmaster.pid');
    await writeFile(pidFile, '');
    await utimes(pidFile, new Date(0), new Date(0));
    assert((await start(t)).postmasterPid > 1);
  });

  test('is shared by a node and a command on one folder; the last one out stops it', async () => {
    const node = await startEmbeddedServer({ folder, log: silentLog });
    const command = await startEmbeddedServer({ folder, log: silentLog });
    assert.equal(command.postmasterPid, node.postmasterPid);
    await node.stop();
    assert.equal((await ask(command, 'select 1 as one')).length, 1);
    await command.stop();
    assert.equal(await readPidFile(cluster()), undefined);
  });

  test('is there for each of several commands that come and go at once', async () => {
    const command = async () => {
      const server = await startEmbeddedServer({ folder, log: silentLog });
      await server.stop();
    };
    for (let round = 0; round < 2; round += 1) await Promise.all(Array.from({ length: 6 }, command));
    assert.equal(await readPidFile(cluster()), undefined);
  });

  test('is restarted where a running one has other settings', async () => {
    const node = await startInAnotherProcess(folder);
    const orphan = await readPidFile(cluster());
    node.kill('SIGKILL');
    const server = await startEmbeddedServer({ folder, log: silentLog, settings: { max_connections: 30 } });
    assert.notEqual(server.postmasterPid, orphan?.pid);
    assert.deepEqual(await ask(server, 'show max_connections'), [{ max_connections: '30' }]);
    await server.stop();
  });

  test('says what PostgreSQL said when it does not start', async () => {
    const refused = startEmbeddedServer({ folder, log: silentLog, settings: { shared_buffers: 'a lot' } });
    await assert.rejects(
      refused,
      /PostgreSQL did not start: [\s\S]*invalid value for parameter "shared_buffers": "a lot"/,
    );
  });

  test('refuses the cluster of another major version by its name', async () => {
    const file = path.join(cluster(), 'PG_VERSION');
    await writeFile(file, '14\n');
    await assert.rejects(startEmbeddedServer({ folder, log: silentLog }), /written by PostgreSQL 14/);
    await writeFile(file, '18\n');
  });

  test('cuts a log that grew too long at its next start', async (t) => {
    const file = path.join(folder, 'server.log');
    await truncate(file, 5_000_000);
    await start(t);
    const { size } = await stat(file);
    assert(size > 2_000_000 && size < 2_100_000, String(size));
  });
});

test('a data folder with a long path has its socket elsewhere, and the server is found again there', async (t) => {
  const top = await mkdtemp(path.join(tmpdir(), 'fascia-long-'));
  t.after(() => rm(top, { recursive: true, force: true }));
  const data = path.join(top, 'a'.repeat(120));
  await layCluster(data);
  const folder = path.join(data, 'postgres');
  const server = await startEmbeddedServer({ folder, log: silentLog });
  const again = await startEmbeddedServer({ folder, log: silentLog });
  assert.equal(again.postmasterPid, server.postmasterPid);
  const { host } = server.connection('postgres');
  assert.equal(again.connection('postgres').host, host);
  await server.stop();
  await again.stop();
  await rm(host!, { recursive: true });
});

async function ask(server: EmbeddedServer, text: string): Promise<object[]> {
  const client = new pg.Client(server.connection('postgres'));
  await client.connect();
  const { rows } = await client.query(text);
  await client.end();
  return rows;
}

/** A node of its own that commits one row, and waits to be killed. */
async function startInAnotherProcess(folder: string): Promise<ChildProcess> {
  const program = `
    const { startEmbeddedServer } = await import(${JSON.stringify(new URL('./supervisor.ts', import.meta.url).href)});
    const { default: pg } = await import(${JSON.stringify(import.meta.resolve('pg'))});
    const { silentLog: log } = await import(${JSON.stringify(new URL('../../base/log.ts', import.meta.url).href)});
    const server = await startEmbeddedServer({ folder: ${JSON.stringify(folder)}, log });
    const client = new pg.Client(server.connection('postgres'));
    await client.connect();
    await client.query('insert into kept select count(*) + 1 from kept');
    process.stdout.write('committed');
    client.on('error', () => {});`;
  const stdio = ['ignore', 'pipe', 'inherit'] as const;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: [...stdio] });
  await once(child.stdout!, 'data');
  return child;
}
