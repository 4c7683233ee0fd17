// Storage commitment as proof: the receiver is asked to commit to what it accepted. What it does not commit to is sent again;
// one that never says anything is asked what it has, as any receiver that is verified. PS3.4 J.

import { randomBytes } from 'node:crypto';
import { asProblem } from '../base/problem.ts';
import type { DataSet } from '../dicom/dataset.ts';
import { newUid } from '../dicom/uid.ts';
import type { Database } from '../storage/database.ts';
import { forgetRequest, rememberRequest, settleCommitment } from '../storage/ledger-commitment.ts';
import { acceptedOf, settleVerified, type VerifiedConsignment } from '../storage/ledger-verify.ts';
import { limits as backOff } from './back-off.ts';
import type { Commitment } from './line.ts';

export const limits = {
  /** How long a result may take, where the destination says nothing. */
  withinMs: 600_000,
  /** Objects of one request: peers hold a result of theirs in one message. */
  references: 2000,
} as const;

/**
 * Resolves to false where the receiver commits to nothing, whoever asks: it is asked what it has instead. Rejects with a
 * Problem where it cannot be asked just now.
 */
export async function askToCommit(
  database: Database,
  holder: string,
  { request, withinMs }: Commitment,
  { id }: VerifiedConsignment,
): Promise<boolean> {
  const accepted = await acceptedOf(database, id);
  for (let at = 0; at < accepted.length; at += limits.references) {
    const objects = accepted.slice(at, at + limits.references);
    const transactionUid = newUid(randomBytes(16));
    const instances = objects.map(({ instance }) => instance);
    await rememberRequest(database, transactionUid, id, instances);
    try {
      await request(transactionUid, objects);
    } catch (thrown) {
      await forgetRequest(database, transactionUid);
      const { code } = asProblem(thrown);
      if (code === 'dimse/context-refused' || code === 'dimse/operation-failed') return false;
      throw thrown;
    }
  }
  const askAgainAt = accepted.length === 0 ? undefined : new Date(Date.now() + withinMs);
  await settleVerified(database, id, holder, {
    verified: [],
    lost: [],
    attempts: 0,
    ...(askAgainAt && { askAgainAt }),
  });
  return true;
}

/** Takes the Event Information of a result. PS3.4 Table J.3-2. Resolves once the ledger has it. */
export async function takeCommitmentResult(database: Database, tenant: number, information: DataSet): Promise<void> {
  const PROCESSING_FAILURE = 0x0110;
  const committed = information
    .items('ReferencedSOPSequence')
    .map((item) => item.text('ReferencedSOPInstanceUID') ?? '');
  const failed = information.items('FailedSOPSequence').map((item) => ({
    sopInstanceUid: item.text('ReferencedSOPInstanceUID') ?? '',
    reason: item.number('FailureReason') ?? PROCESSING_FAILURE,
  }));
  const transactionUid = information.text('TransactionUID') ?? '';
  await settleCommitment(database, tenant, { transactionUid, committed, failed }, backOff.attempts);
}
