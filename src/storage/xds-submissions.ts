// Which manifest of a study an XDS repository was given last (migrations/0046-xds-submissions.sql).

import type { Database } from './database.ts';

export const limits = {
  /** Submissions of unknown end that are remembered of one study, the latest. */
  entries: 10,
} as const;

/** A document as it was submitted. */
export interface SubmittedEntry {
  /** entryUUID: `urn:uuid:…`. */
  entry: string;
  /** SOP Instance UID of the manifest. */
  document: string;
}

export interface Submitted {
  /** The latest first. */
  entries: readonly SubmittedEntry[];
  /** Whether the first was accepted; the others are of submissions whose answer never came. */
  isSettled: boolean;
}

/** To which destination, by its row, and of which study. */
export interface SubmissionKey {
  tenant: number;
  destination: number;
  studyInstanceUid: string;
}

export async function submitted(database: Database, key: SubmissionKey): Promise<Submitted | undefined> {
  const [row] = await database.query<Submitted & Record<string, unknown>>(
    `select entries, is_settled as "isSettled" from xds_submission
     where tenant = $1 and destination = $2 and study_uid = $3`,
    [key.tenant, key.destination, key.studyInstanceUid],
  );
  return row;
}

export async function keepSubmitted(
  database: Database,
  { tenant, destination, studyInstanceUid }: SubmissionKey,
  { entries, isSettled }: Submitted,
): Promise<void> {
  await database.query(
    `insert into xds_submission (tenant, destination, study_uid, entries, is_settled) values ($1, $2, $3, $4, $5)
     on conflict (tenant, destination, study_uid) do update
       set entries = excluded.entries, is_settled = excluded.is_settled`,
    [tenant, destination, studyInstanceUid, JSON.stringify(entries.slice(0, limits.entries)), isSettled],
  );
}
