// The audit rows of a transaction: what was done in it is done when it is committed, and was not where it is taken back.

import type { AuditEntry } from '../../audit/entry.ts';
import type { Audit } from '../../audit/writer.ts';
import { asProblem } from '../../base/problem.ts';

export interface HeldAudit extends Audit {
  /** Records what was held once `work` has ended; as failed with it where it rejects. */
  around<T>(work: () => Promise<T>): Promise<T>;
}

export function heldAudit(audit: Audit): HeldAudit {
  const held: AuditEntry[] = [];
  return {
    ...audit,
    record: async (entry) => void held.push(entry),
    async around(work) {
      try {
        const done = await work();
        for (const entry of held) await audit.record(entry);
        return done;
      } catch (error) {
        const { code } = asProblem(error);
        for (const entry of held) {
          await audit.record({ ...entry, outcome: entry.outcome === 'success' ? code : entry.outcome });
        }
        throw error;
      }
    },
  };
}
