// Facts beside the originals (migrations/0014-facts.sql): those of a study are found together and replaced together.

import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

/** See migrations/0018-fact-kinds.sql. */
export type FactKind = 'procedure' | 'series' | 'acquisition' | 'repair';

/** A fact of normalize/fact.ts, and of what it is one. */
export interface FactRow {
  kind: FactKind;
  /** Absent: of the study's procedure. */
  seriesUid?: string;
  attribute: string;
  value: unknown;
  sources: unknown;
  confidence: number;
  reason: string;
}

/** All that is known of one study. */
export interface FactsOfStudy {
  tenant: number;
  study: string;
  facts: readonly FactRow[];
  /** What it says of its procedure, as the key of an answer; absent where that is not known. */
  said?: string | undefined;
  /** What its series say, by Series Instance UID; absent where that is not known. */
  seriesSaid?: ReadonlyMap<string, string> | undefined;
}

/** `foundBy`: which models. */
export async function replaceFacts(
  transaction: Kysely<Tables>,
  { tenant, study, facts, said, seriesSaid }: FactsOfStudy,
  foundBy: string,
): Promise<void> {
  await sql`delete from fact where tenant = ${tenant} and study = ${study}`.execute(transaction);
  await sql`
    insert into fact (tenant, study, kind, series_uid, attribute, value, sources, confidence, reason, found_by)
    select ${tenant}, ${study}, fact->>'kind', fact->>'seriesUid', fact->>'attribute', fact->'value', fact->'sources',
      (fact->>'confidence')::real, fact->>'reason', ${foundBy}
    from jsonb_array_elements(${JSON.stringify(facts)}::jsonb) as fact`.execute(transaction);
  if (seriesSaid !== undefined) {
    await sql`delete from series_said where tenant = ${tenant} and study = ${study}`.execute(transaction);
    if (seriesSaid.size > 0)
      await sql`
        insert into series_said (tenant, study, series_uid, key_hash) select ${tenant}, ${study}, uid, md5(said)
        from unnest(${[...seriesSaid.keys()]}::text[], ${[...seriesSaid.values()]}::text[]) as each (uid, said)`.execute(
        transaction,
      );
  }
  if (said === undefined) return;
  await sql`insert into study_said (tenant, study, key_hash) values (${tenant}, ${study}, md5(${said}))
    on conflict (tenant, study) do update set key_hash = excluded.key_hash`.execute(transaction);
}

/** What a person should look at: the procedure of a study, or one of its series, with what was taken for true of it. */
export interface Doubtful extends Record<string, unknown> {
  id: string;
  studyInstanceUid: string;
  seriesInstanceUid: string | null;
  /** The id that an answer would have: studies, or series, of one say the same. */
  says: string | null;
  /** Studies, or series, that say the same, this one among them. */
  alike: number;
  description: string | null;
  confidence: number;
  reason: string;
  facts: { attribute: string; value: unknown }[];
}

/** Below the `certain` of normalize/fact.ts, for which the index is made. */
const DOUBTFUL = `confidence < 0.95::real and kind in ('procedure', 'series')`;

/** Of the newest studies of a tenant, at most `limit`, of those before `before`, a row of `study`. */
export function doubtfulFacts(
  database: Database,
  { tenant, limit, before }: { tenant: number; limit: number; before?: string | undefined },
): Promise<Doubtful[]> {
  return database.query<Doubtful>(
    `with studies as (
       select distinct study from fact where tenant = $1 and ${DOUBTFUL} and ($2::bigint is null or study < $2)
       order by study desc limit $3)
     select s.id, s.study_uid as "studyInstanceUid", f.series_uid as "seriesInstanceUid",
       coalesce(series_said.key_hash, said.key_hash) as says,
       case when f.series_uid is null
         then (select count(*)::int from study_said a where a.tenant = $1 and a.key_hash = said.key_hash)
         else (select count(*)::int from series_said a where a.tenant = $1 and a.key_hash = series_said.key_hash) end as alike,
       coalesce(r.series_description, s.study_description) as description, min(f.confidence) as confidence,
       min(f.reason) as reason, json_agg(json_build_object('attribute', f.attribute, 'value', f.value)
         order by f.attribute, f.value) as facts
     from studies join fact f on f.tenant = $1 and f.study = studies.study and f.${DOUBTFUL}
       join study s on s.id = f.study left join series r on r.study = s.id and r.series_uid = f.series_uid
       left join study_said said on said.tenant = $1 and said.study = s.id and f.series_uid is null
       left join series_said on series_said.tenant = $1 and series_said.study = s.id
         and series_said.series_uid = f.series_uid
     where s.hidden_at is null and r.hidden_at is null
     group by s.id, f.series_uid, r.series_description, said.key_hash, series_said.key_hash order by s.id desc, f.series_uid nulls first`,
    [tenant, before, limit],
  );
}
