// A database cluster takes two seconds of processor time to make and half a one to copy: one is made for all test processes,
// and the nodes they start begin with a copy of it, as a node begins its second start.

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { silentLog } from '../../src/base/log.ts';
import { startEmbeddedServer } from '../../src/storage/postgres/supervisor.ts';

const PREFIX = 'fascia-template-';
const root = path.join(import.meta.dirname, '../..');
const run = promisify(execFile);

let made: Promise<string> | undefined;

/** Lays a cluster without a catalogue below `data`, a data folder in which no node has started yet. */
export async function layCluster(data: string): Promise<void> {
  made ??= template();
  const home = path.join(data, 'postgres');
  await mkdir(home, { mode: 0o700 });
  // With its owner and modes, which PostgreSQL insists on.
  await run('cp', ['-a', path.join(await made, 'cluster'), home]);
}

async function template(): Promise<string> {
  const folder = path.join(tmpdir(), `${PREFIX}${await fingerprint()}`);
  const isThere = await access(path.join(folder, 'cluster')).then(
    () => true,
    () => false,
  );
  if (isThere) return folder;
  const unfinished = await mkdtemp(path.join(tmpdir(), `${PREFIX}new-`));
  const server = await startEmbeddedServer({ folder: unfinished, log: silentLog });
  await server.stop();
  // Another test process may have been first; its template is as good.
  await rename(unfinished, folder).catch(() => rm(unfinished, { recursive: true, force: true }));
  return folder;
}

/** Of all that decides what is in it, and of whose files they are. */
async function fingerprint(): Promise<string> {
  const hash = createHash('sha256').update(String(process.geteuid?.()));
  for (const file of ['src/storage/postgres/cluster.ts', 'src/storage/postgres/settings.ts', 'package-lock.json']) {
    hash.update(await readFile(path.join(root, file)));
  }
  return hash.digest('hex').slice(0, 16);
}
