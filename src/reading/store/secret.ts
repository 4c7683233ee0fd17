// What only the exchange knows: by it second readings are drawn and the links of notices are made.

import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Mac } from '../../deidentify/pseudonyms.ts';
import type { Queries } from '../../storage/transaction.ts';

/** HMAC-SHA-256 under the secret of this installation. */
export async function exchangeMac(queries: Queries): Promise<Mac> {
  const [row] = await queries.query<{ secret: Buffer }>('select secret from reading_secret');
  return (message) => new Uint8Array(createHmac('sha256', row!.secret).update(message).digest());
}

/** What a recipient of a notice shows to say that it is the one: the number of the notice and a proof of it. */
export const linkToken = (mac: Mac, notice: string): string => `${notice}-${proofOf(mac, notice)}`;

/** The notice that a token was made for; undefined where it was made for none. */
export function noticeOfToken(mac: Mac, token: string): string | undefined {
  const [, notice, proof] = /^(\d{1,18})-([\w-]{43})$/.exec(token) ?? [];
  if (notice === undefined) return undefined;
  return timingSafeEqual(Buffer.from(proof!), Buffer.from(proofOf(mac, notice))) ? notice : undefined;
}

const proofOf = (mac: Mac, notice: string): string => Buffer.from(mac(`notice ${notice}`)).toString('base64url');
