// Somebody has received a critical result: it is told nobody any more, and its case may be closed.

import { Problem } from '../../base/problem.ts';
import type { Actor } from '../../reading/case/case-event.ts';
import type { CaseLog } from '../../reading/store/case-log.ts';
import { endLoop, loopOf } from '../../reading/store/critical-loops.ts';
import type { Database } from '../../storage/database.ts';

export interface Acknowledgement {
  /** The role that received it. */
  recipient: string;
  /** Whether the finding was said back. */
  readBack: boolean;
  /** How: `link`, `api`, `console`, `phone`. */
  method: string;
}

export interface Receiving {
  /** Of the client, or of the room. */
  tenant: number;
  loop: string;
  actor: Actor;
  said: Acknowledgement;
}

/**
 * Throws catalogue/not-found for what the tenant has nothing to do with, reading/not-read-back where the policy asks for it, and
 * reading/out-of-step where somebody has received it before.
 */
export async function acknowledge(
  { database, cases }: { database: Database; cases: CaseLog },
  { tenant, loop, actor, said: { recipient, readBack, method } }: Receiving,
): Promise<void> {
  const known = await loopOf(database, tenant, loop);
  if (known === undefined) throw new Problem('catalogue/not-found', { what: 'critical result' });
  if (known.ladder.readBack && !readBack) throw new Problem('reading/not-read-back');
  const after = await cases.change(known.case, actor, () => [
    { kind: 'critical-acknowledged', loop, recipient, readBack, method },
  ]);
  // The log has it; where this is lost, whoever follows the log does the same.
  await endLoop(database, loop, after.critical.find(({ id }) => id === loop)!.acknowledgedAt!);
}
