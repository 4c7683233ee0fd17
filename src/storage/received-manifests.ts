// Manifests that others sent (migrations/0024-manifests.sql): what they list, what of it is here, and what is pulled for it.

import { sql, type Transaction } from 'kysely';
import type { Database } from './database.ts';
import { PREFETCH_CHANNEL } from './prefetches.ts';
import type { Tables } from './tables.ts';

export const limits = {
  /** As urgent as what a rule wants soon; see the priorities of routing. */
  priority: 1,
} as const;

/** A series as a manifest lists it. */
export interface ListedPart {
  seriesInstanceUid: string;
  /** Where that is said to be. */
  from: object;
  instances: readonly { sopInstanceUid: string }[];
}

export interface ReceivedManifest {
  tenant: number;
  studyInstanceUid: string;
  /** `instance` and its SOP Instance UID, or `DocumentReference` and its id. */
  document: string;
  /** By the archive they are pulled from; what is ours already, under ''. */
  series: ReadonlyMap<string, readonly ListedPart[]>;
  /** Of which nobody knows where they are. */
  elsewhere: readonly ListedPart[];
}

/** What is not all here is pulled from now on, also where that failed before. */
export async function keepReceived(transaction: Transaction<Tables>, received: ReceivedManifest): Promise<void> {
  const { tenant, studyInstanceUid, document, series, elsewhere } = received;
  const listed = [...[...series.values()].flat(), ...elsewhere].flatMap(uidsOf);
  const unknown = elsewhere.map(({ from }) => from);
  await sql`
    insert into received_manifest (tenant, study_uid, document, listed, unknown)
    values (${tenant}, ${studyInstanceUid}, ${document}, ${listed}::text[], ${JSON.stringify(unknown)}::jsonb)
    on conflict (tenant, document, study_uid) do update
      set listed = excluded.listed, unknown = excluded.unknown, received_at = now()`.execute(transaction);
  for (const [archive, wanted] of series) {
    if (archive === '') continue;
    const parts = wanted.map((each) => ({ seriesInstanceUid: each.seriesInstanceUid, instances: uidsOf(each) }));
    const instances = parts.flatMap((part) => part.instances);
    await sql`
      insert into pull as p (tenant, study_uid, part, archive, listed, instances, priority, state, settled_at)
      select ${tenant}, ${studyInstanceUid}, ${`manifest ${archive}`}, ${archive}, ${JSON.stringify(parts)}::jsonb,
        ${instances.length}, ${limits.priority}, case when missing then 'queued' else 'here' end,
        case when missing then null else now() end
      from (select exists (select from unnest(${instances}::text[]) as u (uid) where not exists (
        select from instance i where i.tenant = ${tenant} and i.sop_uid = u.uid and i.served)) as missing) m
      on conflict (tenant, study_uid, part) do update set listed = excluded.listed, instances = excluded.instances,
        state = excluded.state, settled_at = excluded.settled_at, attempts = 0, problem = null, retry_at = '-infinity'
        where p.holder is null or p.listed is distinct from excluded.listed`.execute(transaction);
  }
  await sql`select pg_notify(${PREFETCH_CHANNEL}, '')`.execute(transaction);
}

const uidsOf = ({ instances }: ListedPart): string[] => instances.map(({ sopInstanceUid }) => sopInstanceUid);

export interface ManifestRow {
  id: string;
  studyInstanceUid: string;
  document: string;
  receivedAt: Date;
  listed: number;
  here: number;
  /** here: all that it lists; queued: something is being pulled; failed: nobody tries any more; unknown: nobody knows where. */
  state: string;
  unknown: unknown;
  pulls: unknown;
}

/** The newest first. */
export function receivedManifests(
  database: Database,
  tenant: number,
  { limit, before, studyInstanceUid }: { limit: number; before?: string; studyInstanceUid?: string },
): Promise<ManifestRow[]> {
  return database.query<ManifestRow & Record<string, unknown>>(
    `select m.id, m.study_uid as "studyInstanceUid", m.document, m.received_at as "receivedAt",
       cardinality(m.listed) as listed, h.here, m.unknown, coalesce(p.pulls, '[]') as pulls,
       case when h.here = cardinality(m.listed) then 'here' when p.queued then 'queued'
         when p.pulls is not null then 'failed' else 'unknown' end as state
     from received_manifest m
     cross join lateral (select count(*)::integer as here from unnest(m.listed) as u (uid) where exists (
       select from instance i where i.tenant = m.tenant and i.sop_uid = u.uid and i.served)) h
     left join lateral (select bool_or(state = 'queued') as queued, json_agg(json_build_object(
         'archive', archive, 'state', state, 'attempts', attempts, 'problem', problem) order by archive) as pulls
       from pull where tenant = m.tenant and study_uid = m.study_uid and part like 'manifest %') p on true
     where m.tenant = $1 and ($2::bigint is null or m.id < $2) and ($3::text is null or m.study_uid = $3)
     order by m.id desc limit $4`,
    [tenant, before ?? null, studyInstanceUid ?? null, limit],
  );
}

export interface KeptDocument {
  tenant: number;
  sopInstanceUid: string;
  /** The encoding of metadata.ts. */
  metadata: Buffer;
}

/** Of these rows of instances, those that are of a SOP class, and shown. */
export function keptOfClass(
  database: Database,
  instances: readonly string[],
  sopClassUid: string,
): Promise<KeptDocument[]> {
  return database.query<KeptDocument & Record<string, unknown>>(
    `select tenant, sop_uid as "sopInstanceUid", metadata from instance
     where id = any($1::bigint[]) and sop_class = $2 and hidden_at is null and served order by id`,
    [instances, sopClassUid],
  );
}
