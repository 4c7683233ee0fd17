// Links that give one study to somebody without an account, until a day: rows of the table `token` like every credential,
// their secret kept as a hash, each use of them audited under its id.

import type { Clock } from '../base/clock.ts';
import { Problem } from '../base/problem.ts';
import type { Database } from '../storage/database.ts';
import { limits } from './limits.ts';
import { isSecret, secretHash } from './secret.ts';
import { insertToken, lookUpSecret, revokeToken } from './tokens.ts';

export interface NewShare {
  tenant: number;
  studyUid: string;
  /** Drawn over the images: for whom, by whom. */
  watermark: string;
  expiresAt: Date;
}

export interface Share extends NewShare {
  id: string;
  createdAt: Date;
  revokedAt: Date | null;
}

/** The secret is in the answer and nowhere else. Throws request/malformed; rejects with catalogue/not-found. */
export async function createShare(
  database: Database,
  share: NewShare,
  clock: Clock,
): Promise<{ id: string; secret: string }> {
  const lifeMs = share.expiresAt.getTime() - clock.now();
  if (!(lifeMs > 0 && lifeMs <= limits.shareMs)) refuse('a link expires in the future, within a year');
  if (share.watermark === '' || share.watermark.length > limits.nameCharacters)
    refuse('a link needs a short watermark');
  const [found] = await database.query(
    'select from study where tenant = $1 and study_uid = $2 and hidden_at is null limit 1',
    [share.tenant, share.studyUid],
  );
  if (found === undefined) throw new Problem('catalogue/not-found', { what: 'study' });
  const { tenant, studyUid, watermark, expiresAt } = share;
  return insertToken(database, { tenant, studyUid, name: watermark, scopes: ['read'], expiresAt }, 'share');
}

/** Links of `tenant`, newest first. */
export async function listShares(database: Database, tenant: number): Promise<Share[]> {
  return database.query<Share>(
    `select id, tenant, study_uid as "studyUid", name as watermark, created_at as "createdAt", expires_at as "expiresAt",
       revoked_at as "revokedAt"
     from token where tenant = $1 and kind = 'share' order by created_at desc, id`,
    [tenant],
  );
}

/** Ends a link at once, on every node. Rejects with catalogue/not-found. */
export const revokeShare = (database: Database, tenant: number, id: string): Promise<void> =>
  revokeToken(database, tenant, id, 'share');

/** What a secret from a link opens. Rejects with auth/unauthenticated: a late, a revoked and a wrong one are told the same. */
export async function openShare(
  database: Database,
  secret: string,
  clock: Clock,
): Promise<{ tenant: number; id: string; studyUid: string; expiresAt: Date }> {
  const found = isSecret(secret) ? await lookUpSecret(database, secretHash(secret), clock) : undefined;
  const { share, tenant, id } = found?.principal ?? {};
  if (found === undefined || share === undefined || tenant === undefined || id === undefined) {
    throw new Problem('auth/unauthenticated', { reason: 'this link is unknown or no longer good' });
  }
  return { tenant, id, studyUid: share.studyUid, expiresAt: new Date(found.expiresAt) };
}

function refuse(reason: string): never {
  throw new Problem('request/malformed', { reason });
}
