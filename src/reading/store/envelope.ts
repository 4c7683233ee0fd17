// AES-256-GCM (NIST SP 800-38D) as the vault uses it: sealed for one place, so that a row which was moved to another, or changed,
// does not open. Keys wrap keys in the same way.

import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

export const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export const newKey = (): Buffer => randomBytes(KEY_BYTES);

/** Nonce, ciphertext and tag. `place`: where it is to lie. */
export function seal(key: Uint8Array, place: readonly (string | number)[], content: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(placeBytes(place));
  return Buffer.concat([nonce, cipher.update(content), cipher.final(), cipher.getAuthTag()]);
}

/** Throws where it was sealed with another key or for another place, or was changed. */
export function unseal(key: Uint8Array, place: readonly (string | number)[], sealed: Uint8Array): Buffer {
  const [nonce, tag] = [sealed.subarray(0, NONCE_BYTES), sealed.subarray(sealed.length - TAG_BYTES)];
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
    .setAAD(placeBytes(place))
    .setAuthTag(tag);
  const content = sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES);
  return Buffer.concat([decipher.update(content), decipher.final()]);
}

const placeBytes = (place: readonly (string | number)[]): Buffer => Buffer.from(JSON.stringify(place));

/** The vault's own key of a master key, which may have other uses. */
export const vaultKey = (master: Uint8Array): Buffer =>
  Buffer.from(hkdfSync('sha256', master, '', 'fascia reading vault', KEY_BYTES));

/** By which a wrapped key says what it is wrapped with. */
export const nameOfKey = (key: Uint8Array): string => createHash('sha256').update(key).digest('hex').slice(0, 16);
