// Rejection notes, IHE RAD-66: what a note lists is out of sight before its sender is told Success, and so is what comes
// after it. The same for every door. Which title means what: routing/rejection.ts.

import type { DataSet } from '../dicom/dataset.ts';
import { type RejectionNote, rejectionNote, rejections } from '../routing/rejection.ts';
import type { Database } from '../storage/database.ts';
import { foretellNote, hideListed, isListed, rejectListed, showAgain } from '../storage/rejections.ts';
import type { KeptAs } from './arrival.ts';

interface KeptObject {
  tenant: number;
  instanceId: string;
  keptAs: KeptAs;
}

const shownAgain = Object.entries(rejections).flatMap(([code, { again }]) => (again === 'is-shown' ? [code] : []));

/** Before a note is kept: nobody sees it for a moment as if it were one more object of its study. */
export async function foretellRejection(database: Database, tenant: number, dataset: DataSet): Promise<void> {
  const note = rejectionNote(dataset);
  if (note === undefined) return;
  const { code, sopInstanceUid } = note;
  await foretellNote(database, { tenant, sopInstanceUid, code, reason: reasonOf(note) });
}

/** Done again for a note that is sent again: its sender may not have heard of the first time. */
export async function honourRejections(
  database: Database,
  { tenant, instanceId, keptAs }: KeptObject,
  dataset: DataSet,
): Promise<void> {
  const note = rejectionNote(dataset);
  if (note !== undefined) {
    const { followsCopies } = rejections[note.code];
    const listed = note.instances.map(({ sopInstanceUid }) => sopInstanceUid);
    await rejectListed(database, {
      tenant,
      instanceId,
      code: note.code,
      reason: reasonOf(note),
      listed,
      followsCopies,
    });
  } else if (keptAs !== 'first' && (await isListed(database, instanceId))) {
    // Stored once more, perhaps in other bytes.
    await showAgain(database, instanceId, shownAgain);
    if (keptAs !== 'same') await hideListed(database, [instanceId]);
  }
}

const reasonOf = ({ code }: RejectionNote): string => `${code} ${rejections[code].meaning}`;
