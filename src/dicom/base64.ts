// Base64 (RFC 4648 4) without `Buffer`, for the inline binary of PS3.18 F.2.7 and PS3.19 A.1.

const alphabet = new TextEncoder().encode('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
const ascii = new TextDecoder();
const PADDING = 0x3d;

export function toBase64(bytes: Uint8Array): string {
  const out = new Uint8Array(Math.ceil(bytes.length / 3) * 4);
  let to = 0;
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at;
    const triple = (bytes[at]! << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    out[to++] = alphabet[triple >>> 18]!;
    out[to++] = alphabet[(triple >>> 12) & 63]!;
    out[to++] = left > 1 ? alphabet[(triple >>> 6) & 63]! : PADDING;
    out[to++] = left > 2 ? alphabet[triple & 63]! : PADDING;
  }
  return ascii.decode(out);
}

/** The six bits of a character code, 255 for one outside the alphabet. */
const values = new Uint8Array(128).fill(255);
alphabet.forEach((code, value) => {
  values[code] = value;
});

/** The bytes, or undefined when the text is not base64. White space is skipped; padding may be left out. */
export function fromBase64(text: string): Uint8Array | undefined {
  const digits = text.replace(/\s+/g, '').replace(/={0,2}$/, '');
  if (digits.length % 4 === 1) return undefined;
  const out = new Uint8Array(Math.floor((digits.length * 3) / 4));
  let bits = 0;
  let to = 0;
  for (let at = 0; at < digits.length; at++) {
    const value = values[digits.charCodeAt(at)] ?? 255;
    if (value === 255) return undefined;
    bits = ((bits << 6) | value) & 0xffffff;
    if (at % 4 !== 0) out[to++] = (bits >>> (6 - 2 * (at % 4))) & 0xff;
  }
  return out;
}
