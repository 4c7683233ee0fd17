// The protocol data block of GE MR, (0025,xx1B): four bytes of length, then gzip of lines `NAME "value"`. Some releases put
// XML there; that is not read.

import { gunzipSync } from 'fflate';
import { limits } from '../limits.ts';
import { latin1 } from '../siemens/csa.ts';

export type ProtocolBlock = ReadonlyMap<string, string>;

export function readProtocolBlock(bytes: Uint8Array): ProtocolBlock | undefined {
  const start = gzipStart(bytes);
  if (start === undefined) return undefined;
  const text = inflated(bytes.subarray(start));
  if (text === undefined) return undefined;
  const lines = new Map<string, string>();
  for (const line of text.split('\n')) {
    const parts = /^(?:set )?(\w+) "([^"]*)"/.exec(line.trim());
    if (parts !== null) lines.set(parts[1]!, parts[2]!);
  }
  return lines.size === 0 ? undefined : lines;
}

/** After the length, which some releases leave out. */
function gzipStart(bytes: Uint8Array): number | undefined {
  return [4, 0].find((at) => bytes[at] === 0x1f && bytes[at + 1] === 0x8b);
}

/** The last four bytes of gzip say what it inflates to (RFC 1952 2.3.1); an even OB may have one byte more. */
function inflated(bytes: Uint8Array): string | undefined {
  try {
    const into = new Uint8Array(limits.protocolBlockBytes);
    return latin1(gunzipSync(bytes, { out: into }));
  } catch {
    return undefined;
  }
}
