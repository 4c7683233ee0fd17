// Answers of persons about series (migrations/0051-series-answers.sql), by what the series said. The newest holds until it is
// taken back; then it holds no more, and stays on record. Studies with series that say the same are read again.

import type { Database } from './database.ts';

export interface KeptSeriesAnswer extends Record<string, unknown> {
  id: string;
  decisions: unknown;
  author: string;
  answeredAt: Date;
  retractedAt: Date | null;
  retractedBy: string | null;
  /** Of one that says so. */
  description: string | null;
  /** That say the same. */
  series: number;
}

/** Whoever says the same is read again soon. */
const AGAIN = `again as (
  insert into facts_again (tenant, study)
  select distinct said.tenant, said.study from series_said said join answer using (tenant, key_hash)
  on conflict (tenant, study) do update set asked_at = clock_timestamp())`;

/** Resolves to its id, and how many series say the same. */
export async function putSeriesAnswer(
  database: Database,
  { tenant, key, decisions, author }: { tenant: number; key: string; decisions: object; author: string },
): Promise<{ id: string; series: number }> {
  const [row] = await database.query<{ id: string; series: number }>(
    `with answer as (
       insert into series_answer (tenant, key, decisions, author) values ($1, $2, $3, $4)
       on conflict (tenant, key_hash) do update set decisions = excluded.decisions, author = excluded.author,
         answered_at = now(), retracted_at = null, retracted_by = null
       returning tenant, key_hash), ${AGAIN}
     select a.key_hash as id, (select count(*)::int from series_said s where s.tenant = a.tenant and s.key_hash = a.key_hash)
       as series from answer a`,
    [tenant, key, JSON.stringify(decisions), author],
  );
  return row!;
}

/** What was decided of these, by key; of what nobody was asked, or who was has taken it back, nothing. */
export async function seriesAnswers(
  database: Database,
  tenant: number,
  keys: readonly string[],
): Promise<Map<string, unknown>> {
  if (keys.length === 0) return new Map();
  const rows = await database.query<{ key: string; decisions: unknown }>(
    `select key, decisions from series_answer
     where tenant = $1 and key_hash in (select md5(each) from unnest($2::text[]) each) and retracted_at is null`,
    [tenant, keys],
  );
  return new Map(rows.map(({ key, decisions }) => [key, decisions]));
}

/** False where no answer of this id holds. */
export async function retractSeriesAnswer(
  database: Database,
  { tenant, id, retractedBy }: { tenant: number; id: string; retractedBy: string },
): Promise<boolean> {
  const rows = await database.query(
    `with answer as (
       update series_answer set retracted_at = now(), retracted_by = $3
       where tenant = $1 and key_hash = $2 and retracted_at is null
       returning tenant, key_hash), ${AGAIN} select key_hash from answer`,
    [tenant, id, retractedBy],
  );
  return rows.length > 0;
}

/** Newest first, those that were taken back among them; `after` so many. */
export function keptSeriesAnswers(
  database: Database,
  { tenant, limit, after }: { tenant: number; limit: number; after: number },
): Promise<KeptSeriesAnswer[]> {
  return database.query<KeptSeriesAnswer>(
    `select a.key_hash as id, a.decisions, a.author, a.answered_at as "answeredAt", a.retracted_at as "retractedAt",
       a.retracted_by as "retractedBy", alike.series, alike.description
     from series_answer a cross join lateral (
       select count(*)::int as series, min(r.series_description) as description
       from series_said s left join series r on r.study = s.study and r.series_uid = s.series_uid
       where s.tenant = a.tenant and s.key_hash = a.key_hash) alike
     where a.tenant = $1 order by a.answered_at desc, a.key_hash limit $2 offset $3`,
    [tenant, limit, after],
  );
}
