// What arrived and could not be kept as an instance: a row that says why, and the bytes for whoever looks into it. Bounded:
// the oldest bytes go first, their rows stay.

import type { Database } from './database.ts';
import type { ObjectStore, ObjectWriter } from './objects/object-store.ts';

export const limits = {
  /** A larger object leaves its row only. */
  objectBytes: 64 * 1024 * 1024,
  totalBytes: 1024 * 1024 * 1024,
  objects: 10_000,
} as const;

export interface QuarantineEntry {
  tenant: number;
  door: string;
  source: string;
  /** A code of base/problem.ts, and its text: no patient data. */
  problem: string;
  reason: string;
  sizeBytes: number;
}

/** Writes the row; `writer`, where given, holds the bytes and is finished here. Rejects when the catalogue or the disk does. */
export async function setAside(
  database: Database,
  store: ObjectStore,
  entry: QuarantineEntry,
  writer: ObjectWriter | undefined,
): Promise<void> {
  let object: string | null = null;
  if (writer !== undefined && entry.sizeBytes <= limits.objectBytes) {
    await writer.setAside();
    object = writer.object;
  } else await writer?.abort();
  const { tenant, door, source, problem, reason, sizeBytes } = entry;
  await database.query(
    `insert into quarantine (tenant, door, source, problem, reason, object, size_bytes) values ($1, $2, $3, $4, $5, $6, $7)`,
    [tenant, door, source, problem, reason, object, sizeBytes],
  );
  if (object !== null) await dropOldest(database, store);
}

async function dropOldest(database: Database, store: ObjectStore): Promise<void> {
  const dropped = await database.query<{ object: string }>(
    `update quarantine q set object = null
     from (select id, object, row_number() over newest as place, sum(size_bytes) over newest as total
           from quarantine where object is not null window newest as (order by id desc)) k
     where q.id = k.id and (k.place > $1 or k.total > $2)
     returning k.object`,
    [limits.objects, limits.totalBytes],
  );
  for (const { object } of dropped) await store.remove(object);
}
