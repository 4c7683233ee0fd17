// A file as its row describes it, for whoever reads it again to see that it is what was kept.

import { hashesOf } from './object-hashes.ts';
import type { ObjectStore } from './object-store.ts';

export interface KeptFile {
  id: string;
  object: string;
  size_bytes: string;
  dataset_offset: number;
  transfer_syntax: string;
  sha256: Buffer;
  header_sha256: Buffer;
}

/** Of instances that were not purged: those have no file. */
export const SELECT_KEPT_FILES = `select id, object, size_bytes, dataset_offset, transfer_syntax, sha256, header_sha256
  from instance where purged_at is null`;

/** Reads it whole. Rejects with a Problem where it is not there or cannot be read. */
export async function isAsKept(store: ObjectStore, row: KeptFile): Promise<boolean> {
  const { sizeBytes, headerSha256, sha256 } = await hashesOf(store.open(row.object), row);
  return sizeBytes === Number(row.size_bytes) && sha256.equals(row.sha256) && headerSha256.equals(row.header_sha256);
}
