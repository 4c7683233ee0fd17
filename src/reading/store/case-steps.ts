// Which workitem is which step of a case (migrations/0039-reading-workitems.sql).

import { randomBytes } from 'node:crypto';
import { newUid } from '../../dicom/uid.ts';
import type { Queries } from '../../storage/transaction.ts';

/** UIDs of the workitems of the first `count` steps of a case, made where there are none. */
export async function stepUids(queries: Queries, code: string, count: number): Promise<string[]> {
  const fresh = Array.from({ length: count }, () => newUid(randomBytes(16)));
  await queries.query(
    `insert into reading_workitem (reading_case, step, sop_uid)
     select $1, step, uid from unnest($2::text[]) with ordinality as fresh (uid, step) on conflict do nothing`,
    [code, fresh],
  );
  const rows = await queries.query<{ uid: string }>(
    'select sop_uid as uid from reading_workitem where reading_case = $1 and step <= $2 order by step',
    [code, count],
  );
  return rows.map(({ uid }) => uid);
}

/** The case and the number of its step; undefined where this workitem of the room is of no case. */
export async function stepOfWorkitem(
  queries: Queries,
  room: number,
  uid: string,
): Promise<{ code: string; step: number } | undefined> {
  const [row] = await queries.query<{ code: string; step: number }>(
    `select w.reading_case as code, w.step from reading_workitem w join reading_case c on c.id = w.reading_case
     where w.sop_uid = $2 and c.room = $1`,
    [room, uid],
  );
  return row;
}
