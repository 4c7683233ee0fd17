// A tenant's model estimated in a process of its own, on a copy of what was logged.

import type pg from 'pg';
import type { Database } from '../../storage/database.ts';
import { runApart } from '../run-apart.ts';
import type { Estimated, EstimationTask } from './estimate-logged.ts';

export interface ApartTask extends EstimationTask {
  connection: pg.ClientConfig;
}

/** Rejects with an Error for the operator, or when `signal` aborts. */
export function estimateApart(
  { connection }: Pick<Database, 'connection'>,
  task: EstimationTask,
  signal: AbortSignal,
): Promise<Estimated> {
  const apart: ApartTask = { ...task, connection };
  return runApart<Estimated>(new URL('./model-process.ts', import.meta.url), { ...apart }, signal);
}
