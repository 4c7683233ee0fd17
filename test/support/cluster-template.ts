// A database cluster with an empty catalogue takes three seconds of processor time to make and half a one to copy: one is
// made for all test processes, and the nodes they start begin with a copy of it, as a node begins its second start.

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { globSync } from 'node:fs';
import { access, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { silentLog } from '../../src/base/log.ts';
import { openDatabase } from '../../src/storage/database.ts';

/** The name of the catalogue in it, which is that of a node's. */
export const CATALOGUE = 'fascia';

const limits = {
  /** Templates of former sources that nobody used for so long are removed. */
  unusedMs: 24 * 3_600_000,
};

const PREFIX = 'fascia-template-';
const root = path.join(import.meta.dirname, '../..');
const run = promisify(execFile);

let made: Promise<string> | undefined;

/** Lays a cluster with an empty catalogue below `data`, a data folder in which no node has started yet. */
export async function layCluster(data: string): Promise<void> {
  made ??= template();
  const home = path.join(data, 'postgres');
  await mkdir(home, { recursive: true, mode: 0o700 });
  // With its owner and modes, which PostgreSQL insists on.
  await run('cp', ['-a', path.join(await made, 'postgres/cluster'), home]);
}

async function template(): Promise<string> {
  const folder = path.join(tmpdir(), `${PREFIX}${await fingerprint()}`);
  const isThere = await access(path.join(folder, 'postgres/cluster')).then(
    () => true,
    () => false,
  );
  if (isThere) {
    await utimes(folder, new Date(), new Date());
    return folder;
  }
  await removeUnused();
  const unfinished = await mkdtemp(path.join(tmpdir(), `${PREFIX}new-`));
  const database = await openDatabase({ dataDir: unfinished, log: silentLog });
  await database.close();
  await rm(path.join(unfinished, 'postgres/reserve'), { force: true });
  // Another test process may have been first; its template is as good.
  await rename(unfinished, folder).catch(() => rm(unfinished, { recursive: true, force: true }));
  return folder;
}

/** Of all that decides what is in it, and of whose files they are. */
async function fingerprint(): Promise<string> {
  const hash = createHash('sha256').update(String(process.geteuid?.()));
  const sources = globSync(['src/storage/postgres/{cluster,settings}.ts', 'src/storage/migrations/*.sql'], {
    cwd: root,
  });
  for (const file of ['package-lock.json', ...sources.sort()]) {
    // By name too: a catalogue knows its migrations by theirs.
    hash.update(file).update(await readFile(path.join(root, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

async function removeUnused(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue;
    const folder = path.join(tmpdir(), name);
    const age = await stat(folder).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > limits.unusedMs) await rm(folder, { recursive: true, force: true });
  }
}
