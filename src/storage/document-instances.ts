// What became of attachments of FHIR resources that are to be instances (migrations/0028-documents.sql).

import type { Transaction as KyselyTransaction } from 'kysely';
import { sql } from 'kysely';
import type { Database } from './database.ts';
import type { ResourceKey } from './fhir-resources.ts';
import type { Tables } from './tables.ts';

export interface DocumentInstances {
  state: 'instances' | 'refused' | 'kept';
  /** Digest of what was attached. */
  content: string;
  studyInstanceUid?: string | undefined;
  sopInstanceUids: readonly string[];
  findings: readonly { code: string; assumed: string }[];
  /** OperationOutcome of what was refused. */
  outcome?: object | undefined;
}

/** The digest of what was dealt with last; undefined where nothing was. */
export async function contentDealtWith(
  database: Database,
  { tenant, type, id }: ResourceKey,
): Promise<string | undefined> {
  const [row] = await database.query<{ content: string }>(
    'select content from document_instances where tenant = $1 and type = $2 and id = $3',
    [tenant, type, id],
  );
  return row?.content;
}

/** What was made of it before stays listed. */
export async function keepDocumentInstances(
  transaction: KyselyTransaction<Tables>,
  { tenant, type, id }: ResourceKey,
  { state, content, studyInstanceUid, sopInstanceUids, findings, outcome }: DocumentInstances,
): Promise<void> {
  await sql`
    insert into document_instances as d (tenant, type, id, content, state, study_uid, instances, findings, outcome)
    values (${tenant}, ${type}, ${id}, ${content}, ${state}, ${studyInstanceUid ?? null}, ${[...sopInstanceUids]}::text[],
      ${JSON.stringify(findings)}::jsonb, ${outcome === undefined ? null : JSON.stringify(outcome)}::json)
    on conflict (tenant, type, id) do update set content = excluded.content, state = excluded.state,
      study_uid = coalesce(excluded.study_uid, d.study_uid), findings = excluded.findings, outcome = excluded.outcome,
      instances = array(select distinct uid from unnest(d.instances || excluded.instances) as uid), at = now()`.execute(
    transaction,
  );
}

export interface DocumentRow {
  /** `DocumentReference/…` or `Media/…`. */
  resource: string;
  state: string;
  studyInstanceUid: string | null;
  sopInstanceUids: string[];
  findings: { code: string; assumed: string }[];
  outcome: object | null;
  at: Date;
}

/** Newest first. */
export function documentPage(
  database: Database,
  tenant: number,
  { state, resource, limit }: { state?: string | undefined; resource?: string | undefined; limit: number },
): Promise<DocumentRow[]> {
  return database.query<DocumentRow & Record<string, unknown>>(
    `select type || '/' || id as resource, state, study_uid as "studyInstanceUid", instances as "sopInstanceUids", findings,
       outcome, at from document_instances
     where tenant = $1 and ($2::text is null or state = $2) and ($3::text is null or type || '/' || id = $3)
     order by at desc limit $4`,
    [tenant, state ?? null, resource ?? null, limit],
  );
}
