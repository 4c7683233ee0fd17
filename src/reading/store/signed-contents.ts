// Signed versions of reports, beside the log that says who signed them (migrations/0034-reading-content.sql): written in the
// transaction of the entry, and never changed.

import type { Queries } from '../../storage/transaction.ts';
import type { SignedContent } from '../content/report-content.ts';

export interface Change {
  proposedBy: string;
  /** Of the words that were proposed, 0 to 1. */
  changedShare: number;
}

export async function keepSigned(transaction: Queries, signed: SignedContent, change?: Change): Promise<void> {
  await transaction.query(
    `insert into reading_content (reading_case, version, content, proposed_by, changed_share) values ($1, $2, $3, $4, $5)`,
    [
      signed.case,
      signed.report.version,
      JSON.stringify(signed),
      change?.proposedBy ?? null,
      change?.changedShare ?? null,
    ],
  );
}

/** All signed versions, the latest last. */
export async function signedContents(queries: Queries, caseId: string): Promise<SignedContent[]> {
  const rows = await queries.query<{ content: SignedContent }>(
    'select content from reading_content where reading_case = $1 order by version',
    [caseId],
  );
  return rows.map(({ content }) => content);
}

export async function signedContent(
  queries: Queries,
  caseId: string,
  version: number,
): Promise<SignedContent | undefined> {
  const [row] = await queries.query<{ content: SignedContent }>(
    'select content from reading_content where reading_case = $1 and version = $2',
    [caseId, version],
  );
  return row?.content;
}
