// Answers of persons about procedures (migrations/0015-procedure-answers.sql), by what the studies said. The newest holds
// until it is taken back; then it holds no more, and stays on record. Studies that say the same are read again.

import type { Database } from './database.ts';

export interface ProcedureAnswer {
  tenant: number;
  key: string;
  /** What the study said. */
  input: unknown;
  procedure: unknown;
  author: string;
}

/** An answer as it is listed. */
export interface KeptAnswer extends Record<string, unknown> {
  id: string;
  input: unknown;
  procedure: unknown;
  author: string;
  answeredAt: Date;
  retractedAt: Date | null;
  retractedBy: string | null;
  /** That say the same. */
  studies: number;
}

/** Whoever says the same is read again soon. */
const AGAIN = `again as (
  insert into facts_again (tenant, study)
  select said.tenant, said.study from study_said said join answer using (tenant, key_hash)
  on conflict (tenant, study) do update set asked_at = clock_timestamp())`;

/** Resolves to its id. */
export async function putProcedureAnswer(
  database: Database,
  { tenant, key, input, procedure, author }: ProcedureAnswer,
): Promise<string> {
  const [row] = await database.query<{ id: string }>(
    `with answer as (
       insert into procedure_answer (tenant, key, input, procedure, author) values ($1, $2, $3, $4, $5)
       on conflict (tenant, key_hash) do update set input = excluded.input, procedure = excluded.procedure,
         author = excluded.author, created_at = now(), retracted_at = null, retracted_by = null
       returning tenant, key_hash), ${AGAIN} select key_hash as id from answer`,
    [tenant, key, JSON.stringify(input), JSON.stringify(procedure), author],
  );
  return row!.id;
}

/** How many studies say what this answer is about. */
export async function studiesThatSay(database: Database, tenant: number, id: string): Promise<number> {
  const [row] = await database.query<{ studies: number }>(
    'select count(*)::int as studies from study_said where tenant = $1 and key_hash = $2',
    [tenant, id],
  );
  return row!.studies;
}

/** What was decided for this text; undefined where nobody was asked, or who was has taken it back. */
export async function procedureAnswer(database: Database, tenant: number, key: string): Promise<unknown> {
  const [row] = await database.query<{ procedure: unknown }>(
    `select procedure from procedure_answer
     where tenant = $1 and key_hash = md5($2) and key = $2 and retracted_at is null`,
    [tenant, key],
  );
  return row?.procedure;
}

/** False where no answer of this id holds. */
export async function retractProcedureAnswer(
  database: Database,
  { tenant, id, retractedBy }: { tenant: number; id: string; retractedBy: string },
): Promise<boolean> {
  const rows = await database.query(
    `with answer as (
       update procedure_answer set retracted_at = now(), retracted_by = $3
       where tenant = $1 and key_hash = $2 and retracted_at is null
       returning tenant, key_hash), ${AGAIN} select key_hash from answer`,
    [tenant, id, retractedBy],
  );
  return rows.length > 0;
}

/** Newest first, those that were taken back among them; `after` so many. */
export function procedureAnswers(
  database: Database,
  { tenant, limit, after }: { tenant: number; limit: number; after: number },
): Promise<KeptAnswer[]> {
  return database.query<KeptAnswer>(
    `select a.key_hash as id, a.input, a.procedure, a.author, a.created_at as "answeredAt",
       a.retracted_at as "retractedAt", a.retracted_by as "retractedBy",
       (select count(*)::int from study_said s where s.tenant = a.tenant and s.key_hash = a.key_hash) as studies
     from procedure_answer a where a.tenant = $1 order by a.created_at desc, a.key_hash limit $2 offset $3`,
    [tenant, limit, after],
  );
}

/** Those that hold, the newest `limit`, the oldest first: to train with. */
export async function answersToLearn(
  database: Database,
  tenant: number,
  limit: number,
): Promise<Pick<ProcedureAnswer, 'input' | 'procedure'>[]> {
  const newest = await database.query<Pick<ProcedureAnswer, 'input' | 'procedure'> & Record<string, unknown>>(
    `select input, procedure from procedure_answer where tenant = $1 and retracted_at is null
     order by created_at desc, key_hash limit $2`,
    [tenant, limit],
  );
  return newest.reverse();
}
