// The folder of the embedded server: `cluster` is PostgreSQL's own, made by initdb at the first start; beside it the
// server's log and, where its path is short enough, the folder of its socket.

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, lstat, mkdir, open, readdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Account, handOver, openForPassage } from './account.ts';
import type { Binaries } from './binaries.ts';
import { limits } from './limits.ts';
import { configurationFile, hostBasedAuthentication, type Settings } from './settings.ts';

/** The cluster's superuser; the socket's folder, closed to other accounts, is its password. */
export const SUPERUSER = 'fascia';
/** The major version of the programs, which is that of the files they read. */
const MAJOR_VERSION = '18';

export interface Cluster {
  home: string;
  /** PostgreSQL's data directory. */
  folder: string;
  logFile: string;
  socketFolder: string;
}

/** Makes what is missing below `home`, and hands it to `account`. */
export async function prepareCluster(home: string, binaries: Binaries, account: Account): Promise<Cluster> {
  await mkdir(home, { recursive: true, mode: 0o700 });
  const folder = path.join(await realpath(home), 'cluster');
  await openForPassage(path.dirname(path.dirname(folder)), account);
  await handOver(path.dirname(folder), account);
  const version = await readFile(path.join(folder, 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (version === undefined) await initialise(folder, binaries, account);
  else if (version.trim() !== MAJOR_VERSION) {
    throw new Error(`${folder} was written by PostgreSQL ${version.trim()}; this release brings ${MAJOR_VERSION}`);
  }
  return { home, folder, logFile: path.join(home, 'server.log'), socketFolder: await socketFolder(folder, account) };
}

/** Writes the server's settings; resolves to whether they changed. */
export async function configure(cluster: Cluster, settings: Settings): Promise<boolean> {
  const file = path.join(cluster.folder, 'postgresql.conf');
  const wanted = configurationFile({ ...settings, unix_socket_directories: cluster.socketFolder });
  if ((await readFile(file, 'utf8').catch(() => '')) === wanted) return false;
  await writeFile(file, wanted);
  await writeFile(path.join(cluster.folder, 'pg_hba.conf'), hostBasedAuthentication);
  return true;
}

/** In a folder of its own that gets its name at the end, so that an initdb that was killed leaves no half cluster. */
async function initialise(folder: string, binaries: Binaries, account: Account): Promise<void> {
  await removeUnfinished(folder);
  const unfinished = `${folder}.new-${process.pid}`;
  await mkdir(unfinished, { mode: 0o700 });
  await handOver(unfinished, account);
  // Nothing is synced while it is made, and everything once it is.
  const options = ['--no-sync', '--no-instructions', '--data-checksums', '--encoding=UTF8', '--auth=trust'];
  const locale = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  await run(binaries, account, ['-D', unfinished, '-U', SUPERUSER, ...options, ...locale]);
  await run(binaries, account, ['-D', unfinished, '--sync-only']);
  await rename(unfinished, folder).catch(async (thrown: NodeJS.ErrnoException) => {
    await rm(unfinished, { recursive: true, force: true });
    // Another process of ours was first; its cluster is as good.
    if (thrown.code !== 'ENOTEMPTY' && thrown.code !== 'EEXIST') throw thrown;
  });
  const parent = await open(path.dirname(folder));
  await parent.sync();
  await parent.close();
}

async function removeUnfinished(folder: string): Promise<void> {
  const prefix = `${path.basename(folder)}.new-`;
  for (const name of await readdir(path.dirname(folder))) {
    if (!name.startsWith(prefix) || isRunning(Number(name.slice(prefix.length)))) continue;
    await rm(path.join(path.dirname(folder), name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function run(binaries: Binaries, account: Account, args: string[]): Promise<void> {
  const [command, ...words] = [...account.prefix, binaries.initdb, ...args];
  return new Promise((resolve, reject) => {
    const child = spawn(command!, words, {
      cwd: '/',
      env: { PATH: process.env.PATH, LC_ALL: 'C', ...binaries.environment },
      stdio: ['ignore', 'ignore', 'pipe'],
      ...(account.assume ? { uid: account.uid, gid: account.gid } : {}),
    });
    let said = '';
    child.stderr.on('data', (text) => (said += text));
    child.on('error', (cause) => reject(cannotRun(binaries.initdb, cause.message, cause)));
    child.on('close', (code) => (code === 0 ? resolve() : reject(cannotRun(binaries.initdb, said.trim()))));
  });
}

function cannotRun(program: string, reason: string, cause?: Error): Error {
  return new Error(
    `${program} failed: ${reason}\n(FASCIA_DATABASE_URL names a PostgreSQL that runs elsewhere instead)`,
    { cause },
  );
}

/** Beside the cluster; where that path is too long for a socket, a folder of a name derived from it, found again later. */
async function socketFolder(cluster: string, account: Account): Promise<string> {
  const beside = path.join(path.dirname(cluster), 'run');
  const name = createHash('sha256').update(cluster).digest('hex').slice(0, 16);
  const short = Buffer.byteLength(`${beside}/.s.PGSQL.5432`) <= limits.socketPathBytes;
  const folder = short ? beside : path.join(tmpdir(), `fascia-${name}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await handOver(folder, account);
  const found = await lstat(folder);
  if (!found.isDirectory() || (found.uid !== account.uid && account.uid >= 0)) {
    throw new Error(`${folder} is not ours: another account made it`);
  }
  await chmod(folder, 0o700);
  return folder;
}
