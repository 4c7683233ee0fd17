// The keys of domains, from one master key: HKDF-SHA-256 (RFC 5869) for each tenant and domain, HMAC-SHA-256 (RFC 2104) with it.
// Whoever has a domain's key can tell which pseudonym is whose by trying; nobody can with another's.

import { createHmac, hkdfSync } from 'node:crypto';
import { Pseudonyms } from '../../deidentify/pseudonyms.ts';

export const MASTER_KEY_BYTES = 32;

export interface Domain {
  tenant: string;
  /** Client, provider and purpose, in whatever words they are named by. */
  name: string;
}

export function domainPseudonyms(master: Uint8Array, { tenant, name }: Domain): Pseudonyms {
  if (master.length < MASTER_KEY_BYTES) throw new TypeError(`a master key has ${MASTER_KEY_BYTES} bytes`);
  const information = JSON.stringify(['fascia de-identification', tenant, name]);
  const key = Buffer.from(hkdfSync('sha256', master, '', information, MASTER_KEY_BYTES));
  return new Pseudonyms((message) => new Uint8Array(createHmac('sha256', key).update(message).digest()));
}
