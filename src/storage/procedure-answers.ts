// Answers of persons about procedures (migrations/0015-procedure-answers.sql), by what the studies said. The newest holds.

import type { Database } from './database.ts';

export interface ProcedureAnswer {
  tenant: number;
  key: string;
  /** What the study said. */
  input: unknown;
  procedure: unknown;
  author: string;
}

export async function putProcedureAnswer(
  database: Database,
  { tenant, key, input, procedure, author }: ProcedureAnswer,
): Promise<void> {
  await database.query(
    `insert into procedure_answer (tenant, key, input, procedure, author) values ($1, $2, $3, $4, $5)
     on conflict (tenant, key_hash) do update set input = excluded.input, procedure = excluded.procedure,
       author = excluded.author, created_at = now()`,
    [tenant, key, JSON.stringify(input), JSON.stringify(procedure), author],
  );
}

/** What was decided for this text; undefined where nobody was asked. */
export async function procedureAnswer(database: Database, tenant: number, key: string): Promise<unknown> {
  const [row] = await database.query<{ procedure: unknown }>(
    'select procedure from procedure_answer where tenant = $1 and key_hash = md5($2) and key = $2',
    [tenant, key],
  );
  return row?.procedure;
}
