// The secrets of tokens, sign-in links and sessions: 256 random bits that are shown once and kept as SHA-256. That many
// bits need no slow hash, and a lookup by hash tells nothing of how much of a guess was right.

import { hash, randomBytes } from 'node:crypto';

const PREFIX = 'fascia_';
const form = /^fascia_[A-Za-z0-9_-]{43}$/;

export function newSecret(): string {
  return PREFIX + randomBytes(32).toString('base64url');
}

/** Whether `text` has the form of a secret of ours; anything else needs no look into the catalogue. */
export function isSecret(text: string): boolean {
  return form.test(text);
}

export function secretHash(secret: string): Buffer {
  return hash('sha256', secret, 'buffer');
}
