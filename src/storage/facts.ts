// Facts beside the originals (migrations/0014-facts.sql): those of a study are found together and replaced together.

import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Tables } from './tables.ts';

/** A fact of normalize/fact.ts, and of what it is one. */
export interface FactRow {
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
}

/** `foundBy`: which models. */
export async function replaceFacts(
  transaction: Kysely<Tables>,
  { tenant, study, facts }: FactsOfStudy,
  foundBy: string,
): Promise<void> {
  await sql`delete from fact where tenant = ${tenant} and study = ${study}`.execute(transaction);
  await sql`
    insert into fact (tenant, study, series_uid, attribute, value, sources, confidence, reason, found_by)
    select ${tenant}, ${study}, fact->>'seriesUid', fact->>'attribute', fact->'value', fact->'sources',
      (fact->>'confidence')::real, fact->>'reason', ${foundBy}
    from jsonb_array_elements(${JSON.stringify(facts)}::jsonb) as fact`.execute(transaction);
}
