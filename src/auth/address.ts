// Network addresses in one spelling, so that equal ones compare equal.

import { isIP } from 'node:net';

/** The usual spelling of an IP address; IPv4 for IPv4-mapped IPv6; undefined where `text` is none. */
export function canonicalAddress(text: string): string | undefined {
  const address = text.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  if (isIP(address) === 4) return address;
  if (isIP(address) !== 6) return undefined;
  // The URL parser writes RFC 5952, also for an IPv4 tail: ::ffff:10.0.0.1 becomes ::ffff:a00:1.
  const compressed = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(compressed);
  if (mapped === null) return compressed;
  const bits = Number.parseInt(mapped[1]!, 16) * 0x10000 + Number.parseInt(mapped[2]!, 16);
  return [24, 16, 8, 0].map((shift) => (bits >>> shift) & 0xff).join('.');
}
