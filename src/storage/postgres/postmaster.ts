// The process that a cluster's postmaster.pid names: whether it is that cluster's postmaster, and how to end it.
// PostgreSQL's documentation, "Database File Layout": line 1 is the process id.

import { execFile } from 'node:child_process';
import { readFile, readlink, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { limits } from './limits.ts';

export interface PidFile {
  pid: number;
  /** The postmaster of this cluster lives; else the file was left by one that died. */
  alive: boolean;
}

/** `cluster` is a resolved path, without symbolic links. */
export async function readPidFile(cluster: string): Promise<PidFile | undefined> {
  const text = await readFile(path.join(cluster, 'postmaster.pid'), 'utf8').catch(() => undefined);
  const pid = Number.parseInt(text ?? '', 10);
  if (!(pid > 1)) return undefined;
  return { pid, alive: await isPostmasterOf(cluster, pid) };
}

/** What a power cut leaves of a pid file that was not synced yet. PostgreSQL would refuse it for ever. */
export async function removeEmptyPidFile(cluster: string): Promise<void> {
  const file = path.join(cluster, 'postmaster.pid');
  const found = await stat(file).catch(() => undefined);
  if (found?.size === 0 && Date.now() - found.mtimeMs > limits.emptyPidFileMs) await rm(file, { force: true });
}

/** The number may meanwhile belong to a zombie or to another program: a postmaster works in its cluster's folder. */
async function isPostmasterOf(cluster: string, pid: number): Promise<boolean> {
  if (process.platform !== 'linux') return (await commandOf(pid)).includes('postgres');
  return (await readlink(`/proc/${pid}/cwd`).catch(() => undefined)) === cluster;
}

function commandOf(pid: number): Promise<string> {
  return new Promise((resolve) => {
    execFile('ps', ['-o', 'comm=', '-p', String(pid)], (error, output) => resolve(error === null ? output : ''));
  });
}

/** The program file a process was started from; undefined where the system does not tell. */
export async function programOf(pid: number): Promise<string | undefined> {
  return readlink(`/proc/${pid}/exe`).catch(() => undefined);
}

/**
 * Ends the postmaster `pid` of `cluster`: a fast shutdown, which writes a checkpoint; where that takes too long an
 * immediate one, after which the next start recovers from the WAL. Nothing that was committed is lost in any case.
 */
export async function stopPostmaster(cluster: string, pid: number): Promise<void> {
  const steps = [
    ['SIGINT', limits.fastShutdownMs],
    ['SIGQUIT', limits.immediateShutdownMs],
    ['SIGKILL', limits.immediateShutdownMs],
  ] as const;
  for (const [signal, patienceMs] of steps) {
    if (!(await isPostmasterOf(cluster, pid)) || !sendSignal(pid, signal)) return;
    if (await hasEnded(pid, patienceMs)) return;
  }
  throw new Error(`PostgreSQL (process ${pid}) does not end`);
}

function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw thrown;
  }
}

/** An adopted postmaster is no child of ours: nobody tells us of its end. */
async function hasEnded(pid: number, patienceMs: number): Promise<boolean> {
  const deadline = performance.now() + patienceMs;
  while (await isRunning(pid)) {
    if (performance.now() > deadline) return false;
    await delay(limits.endedRetryMs);
  }
  return true;
}

/** A zombie has closed its files and waits only to be noticed. */
async function isRunning(pid: number): Promise<boolean> {
  if (process.platform !== 'linux') return (await commandOf(pid)) !== '';
  const status = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => undefined);
  return status !== undefined && !/\) [ZX] /.test(status);
}
