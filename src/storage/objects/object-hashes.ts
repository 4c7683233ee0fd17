// The two hashes that cover a file: of what lies before the data set, and of the data set led by its transfer syntax.

import { createHash } from 'node:crypto';

export interface FileHashes {
  sizeBytes: number;
  headerSha256: Buffer;
  sha256: Buffer;
}

/** Reads `bytes`, a whole file, once. */
export async function hashesOf(
  bytes: AsyncIterable<Uint8Array>,
  { dataset_offset, transfer_syntax }: { dataset_offset: number; transfer_syntax: string },
): Promise<FileHashes> {
  const header = createHash('sha256');
  const dataset = createHash('sha256').update(transfer_syntax);
  let at = 0;
  for await (const chunk of bytes) {
    const cut = Math.min(Math.max(dataset_offset - at, 0), chunk.length);
    header.update(chunk.subarray(0, cut));
    dataset.update(chunk.subarray(cut));
    at += chunk.length;
  }
  return { sizeBytes: at, headerSha256: header.digest(), sha256: dataset.digest() };
}
