// Reads every object again and compares it with the catalogue, and looks for files that no row knows. One report at a
// time, so that an archive of any size is checked in constant memory.

import { Problem } from '../base/problem.ts';
import type { Database } from './database.ts';
import { isAsKept, type KeptFile, SELECT_KEPT_FILES } from './objects/kept-file.ts';
import type { ObjectStore } from './objects/object-store.ts';

export const limits = {
  pageInstances: 1000,
  /** Objects hashed at the same time. */
  parallel: 2,
} as const;

export type VerifyReport =
  | { kind: 'good'; object: string; sizeBytes: number }
  /** The row's file is not there. */
  | { kind: 'missing'; object: string; instanceId: string }
  /** The file is not what was kept. */
  | { kind: 'damaged'; object: string; instanceId: string }
  /** A file of the store that no row knows. */
  | { kind: 'unknown'; object: string; sizeBytes: number };

/** Every tenant's instances, then files without a row. What is kept or purged meanwhile is not reported as a defect. */
export async function* verify(database: Database, store: ObjectStore): AsyncGenerator<VerifyReport> {
  let after = '0';
  for (;;) {
    const page = await database.query<KeptFile>(`${SELECT_KEPT_FILES} and id > $1 order by id limit $2`, [
      after,
      limits.pageInstances,
    ]);
    for (let at = 0; at < page.length; at += limits.parallel) {
      const reports = page.slice(at, at + limits.parallel).map((row) => check(database, store, row));
      for (const report of await Promise.all(reports)) if (report !== undefined) yield report;
    }
    if (page.length < limits.pageInstances) break;
    after = page.at(-1)!.id;
  }
  yield* unknownFiles(database, store);
}

/** Undefined where the row was purged, or taken back, while we looked. */
async function check(database: Database, store: ObjectStore, row: KeptFile): Promise<VerifyReport | undefined> {
  const { id: instanceId, object } = row;
  try {
    if (!(await isAsKept(store, row))) return { kind: 'damaged', object, instanceId };
    return { kind: 'good', object, sizeBytes: Number(row.size_bytes) };
  } catch (thrown) {
    if (!(thrown instanceof Problem)) throw thrown;
    if ((await store.size(object)) !== undefined) return { kind: 'damaged', object, instanceId };
    const [still] = await database.query(`${SELECT_KEPT_FILES} and id = $1 and object = $2`, [instanceId, object]);
    return still && { kind: 'missing', object, instanceId };
  }
}

/** Walks the files and the rows side by side, both in the order of their names. */
async function* unknownFiles(database: Database, store: ObjectStore): AsyncGenerator<VerifyReport> {
  let suspects: { object: string; sizeBytes: number }[] = [];
  // What is not in the first look may have been kept since; and what was being purged may be gone.
  const confirmed = async (): Promise<VerifyReport[]> => {
    const objects = suspects.map(({ object }) => object);
    const rows = await database.query<{ object: string }>('select object from instance where object = any($1)', [
      objects,
    ]);
    const known = new Set(rows.map(({ object }) => object));
    const unknown: VerifyReport[] = [];
    for (const file of suspects) {
      if (!known.has(file.object) && (await store.size(file.object)) !== undefined)
        unknown.push({ kind: 'unknown', ...file });
    }
    suspects = [];
    return unknown;
  };
  const rows = objectsInOrder(database);
  let row = await rows.next();
  for await (const file of store.list()) {
    while (!row.done && row.value < file.object) row = await rows.next();
    if (!row.done && row.value === file.object) continue;
    suspects.push(file);
    if (suspects.length === limits.pageInstances) yield* await confirmed();
  }
  await rows.return(undefined);
  if (suspects.length > 0) yield* await confirmed();
}

/** The object names of all rows, sorted once by the database and fetched by a cursor. */
async function* objectsInOrder(database: Database): AsyncGenerator<string> {
  const client = await database.pool.connect();
  try {
    await client.query('begin read only');
    await client.query('declare names no scroll cursor for select object from instance order by object');
    for (;;) {
      const { rows } = await client.query<{ object: string }>(`fetch ${limits.pageInstances} from names`);
      for (const { object } of rows) yield object;
      if (rows.length < limits.pageInstances) return;
    }
  } finally {
    await client.query('rollback').catch(() => undefined);
    client.release();
  }
}
