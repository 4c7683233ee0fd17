// An instance as a Part 10 file (PS3.10 7) in a transfer syntax: as stored, or re-encoded among the uncompressed ones while
// it is sent. Compressed pixels stay as they are.

import { fileMeta } from '../dicom/file-meta.ts';
import { Reencoder } from '../dicom/reencode.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, isUncompressed, transferSyntax } from '../dicom/transfer-syntax.ts';
import type { RetrievableInstance } from './handlers.ts';
import { limits } from './limits.ts';
import type { OutgoingPart, PartContent } from './multipart/writer.ts';

/**
 * The transfer syntax in which something stored in `stored` is served to whoever wants one of `wanted`, best first: a UID,
 * `*` for "as stored", or undefined for no wish, which PS3.18 8.7.3.5.2 makes Explicit VR Little Endian; what is compressed
 * is then served as stored. Undefined where it cannot be made.
 */
export function servedSyntax(stored: string, wanted: readonly (string | undefined)[]): string | undefined {
  const makesUncompressed = canReencode(stored);
  for (const wish of wanted) {
    if (wish === '*' || wish === stored) return stored;
    if (wish === undefined) return makesUncompressed ? EXPLICIT_VR_LITTLE_ENDIAN : stored;
    if (makesUncompressed && canReencode(wish)) return wish;
  }
  return undefined;
}

function canReencode(uid: string): boolean {
  const syntax = transferSyntax(uid);
  return syntax !== undefined && isUncompressed(syntax);
}

/** The file in that syntax, opened when it is sent. Its length is known beforehand where it is as stored. */
export function part10(instance: RetrievableInstance, transferSyntaxUid: string): Omit<OutgoingPart, 'contentType'> {
  if (transferSyntaxUid !== instance.transferSyntaxUid) return { open: () => reencoded(instance, transferSyntaxUid) };
  return { sizeBytes: instance.sizeBytes, open: () => ({ chunks: instance.open() }) };
}

/** The file re-encoded: at once, and so with its length, where it is small; else while it is sent. */
async function reencoded(instance: RetrievableInstance, transferSyntaxUid: string): Promise<PartContent> {
  const chunks = reencode(instance, transferSyntaxUid);
  const made: Uint8Array[] = [];
  let sizeBytes = 0;
  while (sizeBytes <= limits.wholeReencodeBytes) {
    const next = await chunks.next();
    if (next.done) return { sizeBytes, chunks: made };
    made.push(next.value);
    sizeBytes += next.value.length;
  }
  return { chunks: both(made, chunks) };
}

async function* both(made: Uint8Array[], rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* made;
  yield* rest;
}

async function* reencode(instance: RetrievableInstance, transferSyntaxUid: string): AsyncGenerator<Uint8Array> {
  yield fileMeta({ sopClassUid: instance.sopClassUid, sopInstanceUid: instance.sopInstanceUid, transferSyntaxUid });
  const reencoder = new Reencoder(transferSyntax(instance.transferSyntaxUid)!, transferSyntax(transferSyntaxUid)!);
  for await (const chunk of instance.open(instance.datasetOffset)) yield* reencoder.push(chunk);
  yield* reencoder.end();
}
