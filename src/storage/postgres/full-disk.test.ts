import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { access, mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { listeningLog } from '../../../test/support/listening-log.ts';
import type { Problem } from '../../base/problem.ts';
import { type Database, openDatabase } from '../database.ts';

test('a disk too full for the WAL: the database gives up its reserve, answers again, and takes rows once there is room', async (t) => {
  const disk = await mountSmallDisk('320m');
  if (disk === undefined) return t.skip('mounting a small disk needs root');
  const { folder } = disk;
  const { log, heard } = listeningLog();
  const database = await openDatabase({ dataDir: folder, log });
  t.after(async () => {
    await database.close();
    await disk.unmount();
  });
  const reserve = path.join(folder, 'postgres', 'reserve');
  await access(reserve);
  await database.query('create table kept (id integer); insert into kept values (1)');

  const { bavail, bsize } = await statfs(folder);
  await writeFile(path.join(folder, 'filler'), Buffer.alloc(bavail * bsize - 4096, 1)).catch(() => undefined);
  const ready = heard('disk full: reserve given up for the database').then(() => heard('database ready'));
  const failures = await writeWalUntil(ready, database);
  assert(failures.size > 0);
  for (const failure of failures) assert.match(failure, /^storage\/(full|unavailable)/);

  await assert.rejects(access(reserve));
  assert.deepEqual(await database.query('select id from kept'), [{ id: 1 }]);
  await rm(path.join(folder, 'filler'));
  await database.query('insert into kept values (2)');
});

/** Writes WAL and nothing else, until `end`; resolves to the Problems met. */
async function writeWalUntil(end: Promise<void>, database: Database): Promise<Set<string>> {
  const failures = new Set<string>();
  let ended = false;
  end.then(() => {
    ended = true;
  });
  while (!ended) {
    const written = database.query("select pg_logical_emit_message(true, '', repeat('x', 4000000))");
    await written.catch((thrown: Problem) => failures.add(`${thrown.code}: ${thrown.cause}`));
  }
  return failures;
}

/** A file system of `size` in memory; undefined where we may not mount one. */
async function mountSmallDisk(size: string) {
  const folder = await mkdtemp(path.join(tmpdir(), 'fascia-small-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=700`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    await rm(folder, { recursive: true });
    return undefined;
  }
  const unmount = async () => {
    // Lazily: the kernel may still be closing the files of the server that just ended.
    execFileSync('umount', ['--lazy', folder]);
    await rm(folder, { recursive: true });
  };
  return { folder, unmount };
}
