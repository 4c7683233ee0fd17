// When the instances of studies came, and how long each source has paused within its studies so far
// (migrations/0012-delivery.sql).

import { sql, type Transaction } from 'kysely';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

export interface ArrivedInstance {
  study: string;
  sopInstanceUid: string;
  seriesInstanceUid: string;
  at: Date;
}

const ARRIVED = `select i.study, i.sop_uid as "sopInstanceUid", r.series_uid as "seriesInstanceUid", i.created_at as at
  from instance i join series r on r.id = i.series`;

/** Of all of these studies, in the order in which they were kept. */
export function arrivedOfStudies(database: Database, studies: readonly string[]): Promise<ArrivedInstance[]> {
  return database.query<ArrivedInstance & Record<string, unknown>>(
    `${ARRIVED} where r.study = any($1::bigint[]) order by i.created_at, i.id`,
    [studies],
  );
}

export function arrivedInstances(database: Database, instances: readonly string[]): Promise<ArrivedInstance[]> {
  return database.query<ArrivedInstance & Record<string, unknown>>(
    `${ARRIVED} where i.id = any($1::bigint[]) order by i.created_at, i.id`,
    [instances],
  );
}

/** These studies are over when nothing comes of them for `afterMs`. */
export async function noteArrival(
  transaction: Transaction<Tables>,
  studies: readonly string[],
  afterMs: number,
): Promise<void> {
  // A row that says nearly the same is left alone: a study that is arriving comes here many times a second.
  await sql`
    insert into study_arrival (study, over_at)
    select id, now() + make_interval(secs => ${afterMs / 1000}) from unnest(${[...studies]}::bigint[]) as id order by id
    on conflict (study) do update set over_at = excluded.over_at
      where study_arrival.over_at < excluded.over_at - interval '1 minute'`.execute(transaction);
}

export interface StudyOver {
  study: string;
  tenant: number;
  source: string;
}

/** Studies that are over at `now`, each told once and to one node at a time; those that are gone since are left out. */
export async function takeStudiesOver(
  transaction: Transaction<Tables>,
  now: Date,
  limit: number,
): Promise<StudyOver[]> {
  await sql`lock table source_pauses in share row exclusive mode`.execute(transaction);
  const { rows } = await sql<StudyOver>`
    with over as (
      delete from study_arrival where study in (
        select study from study_arrival where over_at <= ${now} order by over_at limit ${limit} for update skip locked)
      returning study)
    select distinct on (s.id) s.id as study, s.tenant, i.source
    from over join study s on s.id = over.study join series r on r.study = s.id join instance i on i.series = r.id
    order by s.id, i.id`.execute(transaction);
  return rows;
}

/** Counts of pauses, as routing/completeness/quiet-time.ts has them; undefined for a source nothing was learned of. */
export async function pausesOf(database: Database, tenant: number, source: string): Promise<unknown> {
  const [row] = await database.query<{ counts: unknown }>(
    'select counts from source_pauses where tenant = $1 and source = $2',
    [tenant, source],
  );
  return row?.counts;
}

export async function putPauses(
  transaction: Transaction<Tables>,
  tenant: number,
  source: string,
  counts: object,
): Promise<void> {
  await sql`
    insert into source_pauses (tenant, source, counts) values (${tenant}, ${source}, ${JSON.stringify(counts)})
    on conflict (tenant, source) do update set counts = excluded.counts`.execute(transaction);
}
