// Who signs says again who they are, where the contract or this node asks for it: by a credential that was given to them a
// moment ago, or by a proof that a service of the site looks at (a card, a second factor). What it proves is not ours to know.

import type { Principal } from '../../auth/principal.ts';
import { Problem } from '../../base/problem.ts';
import type { Database } from '../../storage/database.ts';

export const limits = {
  /** Of the service that looks at proofs. */
  answerMs: 10_000,
} as const;

/** The setting `readingStepUp`: nothing is asked, a credential no older than so many minutes, or a service's word. */
export type StepUpMode = { kind: 'off' } | { kind: 'fresh'; minutes: number } | { kind: 'service'; url: string };

export function stepUpMode(setting: string): StepUpMode {
  const minutes = /^(\d{1,4})m$/.exec(setting)?.[1];
  if (minutes !== undefined) return { kind: 'fresh', minutes: Number(minutes) };
  return setting === 'off' ? { kind: 'off' } : { kind: 'service', url: setting };
}

export interface Proof {
  principal: Principal;
  /** By a reader, for a case, of a text: a proof is for nothing else. */
  reader: string;
  case: string;
  textHash: string;
  /** As the client sent it; for the service alone. */
  proof?: string | undefined;
}

/** Rejects with reading/step-up. `isDemanded`: the contract asks for it, whatever the node does. */
export async function requireStepUp(
  database: Database,
  mode: StepUpMode,
  isDemanded: boolean,
  proof: Proof,
): Promise<void> {
  if (mode.kind === 'fresh') return requireFresh(database, mode.minutes, proof.principal);
  if (mode.kind === 'service') return requireWord(mode.url, proof);
  if (isDemanded) throw new Problem('reading/step-up', { reason: 'the contract asks for it, and this node cannot' });
}

async function requireFresh(database: Database, minutes: number, principal: Principal): Promise<void> {
  const [, id] = /^(?:token|session):([0-9a-f-]{36})$/.exec(principal.id) ?? [];
  const [found] = await database.query<{ isFresh: boolean }>(
    `select created_at > now() - make_interval(mins => $2) as "isFresh" from token where id = $1`,
    [id ?? null, minutes],
  );
  if (found?.isFresh !== true)
    throw new Problem('reading/step-up', { reason: `the credential is older than ${minutes} minutes` });
}

async function requireWord(url: string, { proof, reader, case: caseId, textHash }: Proof): Promise<void> {
  if (proof === undefined) throw new Problem('reading/step-up', { reason: 'no proof was sent' });
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ reader, case: caseId, textHash, proof }),
    redirect: 'error',
    signal: AbortSignal.timeout(limits.answerMs),
  }).catch((cause) => {
    throw new Problem('delivery/not-now', {}, cause);
  });
  await response.body?.cancel();
  if (!response.ok) throw new Problem('reading/step-up', { reason: 'the proof was not accepted' });
}
