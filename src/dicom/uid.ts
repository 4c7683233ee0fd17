// Unique identifiers: their form (PS3.5 9.1), new ones of the UUID-derived root (B.2), and those that name this program.

/** PS3.7 D.3.3.2: names the implementation; the same in every version. */
export const IMPLEMENTATION_CLASS_UID = '2.25.232874063461648808168785791373695177416';
export const IMPLEMENTATION_VERSION_NAME = 'FASCIA_0_1';

const LONGEST_UID = 64;

/** Whether text follows PS3.5 9.1: components without leading zeros, at most 64 characters. */
export function isValidUid(text: string): boolean {
  return text.length <= LONGEST_UID && /^(0|[1-9]\d*)(\.(0|[1-9]\d*))*$/.test(text);
}

/**
 * Whether text can serve as a UID: digits and dots only, at most 64 characters. Devices write components such as `083000`
 * (a time of day), which PS3.5 forbids and every archive keeps.
 */
export function isUsableUid(text: string): boolean {
  return text.length <= LONGEST_UID && /^\d+(\.\d+)*$/.test(text);
}

/** PS3.5 B.2: `2.25.` and 16 random bytes, as a UUID (RFC 9562; version 8: of bytes that were chosen), in decimal. */
export function newUid(randomBytes: Uint8Array, version: 4 | 8 = 4): string {
  if (randomBytes.length < 16) throw new TypeError('a UID takes 16 random bytes');
  let number = 0n;
  for (let i = 0; i < 16; i++) {
    let byte = randomBytes[i]!;
    if (i === 6) byte = (byte & 0x0f) | (version << 4);
    if (i === 8) byte = (byte & 0x3f) | 0x80;
    number = (number << 8n) | BigInt(byte);
  }
  return `2.25.${number}`;
}
