// A tenant's model estimated in a process of its own, on a copy of what was logged: everything else goes before it, and it
// cannot take memory from whoever answers.

import { fork } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { text } from 'node:stream/consumers';
import type pg from 'pg';
import type { Database } from '../../storage/database.ts';
import type { Estimated, EstimationTask } from './estimate-logged.ts';

const limits = {
  /** Of the process's heap. */
  heapMegabytes: 2_048,
  /** Characters of what it complained about. */
  complaint: 2_000,
} as const;

export interface ApartTask extends EstimationTask {
  connection: pg.ClientConfig;
}

/** Rejects with an Error for the operator, or when `signal` aborts. */
export async function estimateApart(
  { connection }: Pick<Database, 'connection'>,
  task: EstimationTask,
  signal: AbortSignal,
): Promise<Estimated> {
  const child = fork(new URL('./model-process.ts', import.meta.url), [], {
    execArgv: [...process.execArgv, `--max-old-space-size=${limits.heapMegabytes}`],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    signal,
    killSignal: 'SIGKILL',
  });
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
  let estimated: Estimated | undefined;
  child.on('message', (message) => {
    estimated = message as Estimated;
  });
  const failed = new Promise<never>((_, reject) => child.on('error', reject));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  child.send({ ...task, connection } satisfies ApartTask);
  const [said, code] = await Promise.race([Promise.all([text(child.stderr!), ended]), failed]);
  if (estimated !== undefined) return estimated;
  throw new Error(`the estimation of a model ended with ${code}: ${said.slice(-limits.complaint)}`);
}
