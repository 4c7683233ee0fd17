// Another reading of a study that has been read, as a case of its own beside the first: for a review, for research. It goes by the
// same machine, is never given to who has read the study before, and says of whose case it is a part.

import type { Actor } from '../../reading/case/case-event.ts';
import type { CaseLog } from '../../reading/store/case-log.ts';
import type { StoredCase } from '../../reading/store/case-row.ts';
import type { ReadType } from '../../reading/terms/service-term.ts';
import type { Transaction } from '../../storage/transaction.ts';

export interface FurtherReading {
  readType: ReadType;
  /** Those who must not be its reader, beside all who signed the case. */
  readBy: readonly string[];
}

/** What is read for a review or for research goes to nobody as a report. */
export const isFurther = ({ partOf, reading: { facts } }: StoredCase): boolean =>
  partOf !== undefined && (facts.readType === 'second' || facts.readType === 'trial');

/**
 * Whether who has it writes from nothing: the next reader after a preliminary report is not led by its author's words, nor is
 * one of a further reading by those of a reader who gave it back.
 */
export const isWrittenAlone = (stored: StoredCase): boolean =>
  stored.reading.preliminary !== undefined || isFurther(stored);

/** Ready at once, since its images lie where the first reader had them. Resolves to its code. */
export async function readFurther(
  cases: CaseLog,
  { reading, client, partOf, order: _, intakeAt: __, changedAt: ___, isBlind: ____, ...place }: StoredCase,
  { readType, readBy }: FurtherReading,
  { actor, transaction }: { actor: Actor; transaction: Transaction },
): Promise<string> {
  const { facts, term, reports } = reading;
  const readers = [...facts.readBy, ...reports.map(({ reader }) => reader), ...readBy];
  const further = { ...facts, readType, priority: 'routine' as const, readBy: [...new Set(readers)] };
  const made = await cases.create(
    // Of the case that left: it has the copies.
    { ...place, client, partOf: partOf ?? reading.id },
    actor,
    [
      { kind: 'announced', facts: further, term: term! },
      { kind: 'images-arrived', instances: facts.instances },
      { kind: 'ready', instances: facts.instances, priors: facts.priors },
    ],
    transaction,
  );
  return made!.id;
}
