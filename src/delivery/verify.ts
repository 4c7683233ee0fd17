// Whether a receiver has what it accepted: it is asked, and asked again, for some take a while to file what they were sent.
// What it does not have in the end was lost, and is sent again.

import type { Database } from '../storage/database.ts';
import { type AcceptedObject, acceptedOf, settleVerified, type VerifiedConsignment } from '../storage/ledger-verify.ts';
import { limits as backOff } from './back-off.ts';
import type { Questions } from './line.ts';

export const limits = {
  /** How long after the last object was accepted it is asked, where the destination says nothing. */
  askAfterMs: 5_000,
  /** How long after an answer in which something was missing, as a multiple of that. */
  again: [4, 20],
} as const;

/** Rejects with a Problem where the receiver cannot be asked just now. */
export async function verifyConsignment(
  database: Database,
  holder: string,
  { held: heldOf, askAfterMs }: Questions,
  { id, tries }: VerifiedConsignment,
): Promise<void> {
  const accepted = await acceptedOf(database, id);
  const verified: string[] = [];
  const missing: string[] = [];
  for (const series of bySeries(accepted).values()) {
    const held = await heldOf(series[0]!.studyInstanceUid, series[0]!.seriesInstanceUid);
    for (const { instance, sopInstanceUid } of series) (held.has(sopInstanceUid) ? verified : missing).push(instance);
  }
  const later = limits.again[tries];
  const asksAgain = missing.length > 0 && later !== undefined;
  await settleVerified(database, id, holder, {
    verified,
    lost: asksAgain ? [] : missing,
    attempts: backOff.attempts,
    ...(asksAgain && { askAgainAt: new Date(Date.now() + later * askAfterMs) }),
  });
}

function bySeries(objects: readonly AcceptedObject[]): Map<string, AcceptedObject[]> {
  return Map.groupBy(objects, ({ seriesInstanceUid }) => seriesInstanceUid);
}
