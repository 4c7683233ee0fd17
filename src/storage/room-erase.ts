// Removing copies from rooms of readers: the only deletion that a person may ask for. The catalogue itself refuses every tenant
// that is no room (erase_copies), so that an original is out of its reach whoever calls it.

import type { Database } from './database.ts';
import { EVENT_CHANNEL } from './events.ts';
import type { ObjectStore } from './objects/object-store.ts';
import { removeFiles } from './retention.ts';

export interface ErasedCopy {
  /** Name in the object store. */
  object: string;
  sopInstanceUid: string;
  /** Of the data set. */
  sha256: Uint8Array;
}

export interface Absence {
  /** Rows and files of these copies that were found afterwards: nothing, or they are not gone. */
  instances: number;
  studies: number;
  files: number;
}

/** Rows at once, then files and what was made of them. What a crash leaves of the files, the next run of retention removes. */
export async function eraseCopies(
  database: Database,
  store: Pick<ObjectStore, 'remove'>,
  room: number,
  sopInstanceUids: readonly string[],
): Promise<ErasedCopy[]> {
  if (sopInstanceUids.length === 0) return [];
  const rows = await database.query<{ object: string; sha256: Buffer; sop_uid: string }>(
    'select * from erase_copies($1, $2)',
    [room, sopInstanceUids],
  );
  database.notices.tell(EVENT_CHANNEL);
  await removeFiles(database, store);
  return rows.map(({ object, sha256, sop_uid }) => ({ object, sha256, sopInstanceUid: sop_uid }));
}

/** Looks for what was erased, in the catalogue and on disk. `studies`: Study Instance UIDs of which nothing is to be left. */
export async function absenceOf(
  database: Database,
  store: Pick<ObjectStore, 'size'>,
  room: number,
  { copies, studies }: { copies: readonly ErasedCopy[]; studies: readonly string[] },
): Promise<Absence> {
  const [found] = await database.query<{ instances: number; studies: number }>(
    `select (select count(*)::integer from instance where tenant = $1 and sop_uid = any($2)) as instances,
       (select count(*)::integer from study where tenant = $1 and study_uid = any($3)) as studies`,
    [room, copies.map(({ sopInstanceUid }) => sopInstanceUid), studies],
  );
  let files = 0;
  for (const { object } of copies) if ((await store.size(object)) !== undefined) files += 1;
  return { ...found!, files };
}
