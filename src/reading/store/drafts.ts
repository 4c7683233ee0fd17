// Drafts of reports (migrations/0034-reading-content.sql): saved as they are written, in versions, and joined where two were
// written on from one. What was looked at and what a program proposed stand beside them.

import { Problem } from '../../base/problem.ts';
import type { Database } from '../../storage/database.ts';
import type { Queries } from '../../storage/transaction.ts';
import { mergeContent } from '../content/merge-content.ts';
import type { ReportContent } from '../content/report-content.ts';

export const limits = {
  /** Versions of a draft that are kept: further back nothing is joined. */
  versions: 50,
  /** How often saving is thought out again because somebody else saved meanwhile. */
  attempts: 5,
} as const;

export interface Draft {
  version: number;
  reader: string;
  content: ReportContent;
  savedAt: Date;
}

/** By UID, in the room: series and priors that were on the screen, series that need not be. */
export interface Looked {
  series: readonly string[];
  waived: readonly string[];
  priors: readonly string[];
}

/** Whose drafts somebody goes on with: all of the case, or only those of one reader. */
export interface DraftsOf {
  case: string;
  /** Absent: whoever has the case goes on with what is there. */
  only?: string;
}

/** What a program proposed to write. */
export interface Proposed {
  by: string;
  /** The reader whom it was proposed to. */
  to?: string;
  content: ReportContent;
  /** The same as text: what the reader's is compared with. */
  text: string;
}

export async function currentDraft(queries: Queries, { case: id, only }: DraftsOf): Promise<Draft | undefined> {
  const [draft] = await queries.query<Draft & Record<string, unknown>>(
    `${SELECT} where reading_case = $1 and ($2::text is null or reader = $2) order by version desc limit 1`,
    [id, only ?? null],
  );
  return draft;
}

/** Versions count the drafts of a case, whoever wrote them. */
async function lastVersion(queries: Queries, caseId: string): Promise<number> {
  const [row] = await queries.query<{ version: number }>(
    'select coalesce(max(version), 0) as version from reading_draft where reading_case = $1',
    [caseId],
  );
  return row!.version;
}

const SELECT = 'select version, reader, content, saved_at as "savedAt" from reading_draft';

/**
 * Saves what was written on from version `basis`, 0 for none. Where others were saved since, it is joined with the last.
 * Rejects with reading/draft-moved where both say something else of the same.
 */
export async function saveDraft(
  database: Database,
  of: DraftsOf,
  { reader, basis, content }: { reader: string; basis: number; content: ReportContent },
): Promise<Draft> {
  for (let attempt = 1; ; attempt++) {
    const before = await lastVersion(database, of.case);
    const joined = await joinedWith(database, of, { basis, content, last: await currentDraft(database, of) });
    const [saved] = await database.query<Draft & Record<string, unknown>>(
      `with saved as (
         insert into reading_draft (reading_case, version, reader, content) values ($1, $2, $3, $4)
         on conflict do nothing returning version, reader, content, saved_at as "savedAt"
       ), dropped as (delete from reading_draft where reading_case = $1 and version <= $2 - $5::integer)
       select * from saved`,
      [of.case, before + 1, reader, JSON.stringify(joined), limits.versions],
    );
    if (saved !== undefined) return saved;
    if (attempt === limits.attempts) throw new Problem('reading/moved');
  }
}

async function joinedWith(
  database: Database,
  { case: id, only }: DraftsOf,
  { basis, content, last }: { basis: number; content: ReportContent; last: Draft | undefined },
): Promise<ReportContent> {
  if (last === undefined || last.version === basis) return content;
  const [base] = await database.query<{ content: ReportContent }>(
    'select content from reading_draft where reading_case = $1 and version = $2 and ($3::text is null or reader = $3)',
    [id, basis, only ?? null],
  );
  const { content: merged, conflicts } = mergeContent(base?.content ?? last.content, content, last.content);
  // Of what it was written on from nothing is known any more.
  const isLost = base === undefined && JSON.stringify(content) !== JSON.stringify(last.content);
  if (isLost || conflicts.length > 0) {
    throw new Problem('reading/draft-moved', { version: last.version, parts: conflicts.join(', ') || 'all of it' });
  }
  return merged;
}

const nothing: Looked = { series: [], waived: [], priors: [] };

/** `isAlone`: nothing that was proposed to another is shown. */
export async function lookedAt(
  queries: Queries,
  caseId: string,
  { reader, isAlone }: { reader: string; isAlone: boolean },
): Promise<{ looked: Looked; proposed?: Proposed }> {
  const [row] = await queries.query<{ looked: Partial<Looked>; proposed: Proposed | null; reader: string }>(
    'select looked, proposed, reader from reading_looked where reading_case = $1',
    [caseId],
  );
  // Whoever has the case now has to look for themselves.
  const looked = row?.reader === reader ? { ...nothing, ...row.looked } : nothing;
  const isOffered = row?.proposed != null && (!isAlone || row.proposed.to === reader);
  return { looked, ...(isOffered && { proposed: row.proposed! }) };
}

/** What was on the screen stays so: adds to what is known. */
export async function addLooked(
  database: Database,
  caseId: string,
  reader: string,
  more: Partial<Looked>,
): Promise<void> {
  const { looked } = await lookedAt(database, caseId, { reader, isAlone: false });
  const both = (one: readonly string[], other: readonly string[] = []) => [...new Set([...one, ...other])];
  const all: Looked = {
    series: both(looked.series, more.series),
    waived: both(looked.waived, more.waived),
    priors: both(looked.priors, more.priors),
  };
  await database.query(
    `insert into reading_looked (reading_case, reader, looked) values ($1, $2, $3)
     on conflict (reading_case) do update set reader = excluded.reader, looked = excluded.looked`,
    [caseId, reader, JSON.stringify(all)],
  );
}

export async function keepProposed(
  database: Database,
  caseId: string,
  reader: string,
  proposed: Proposed,
): Promise<void> {
  await database.query(
    `insert into reading_looked (reading_case, reader, proposed) values ($1, $2, $3)
     on conflict (reading_case) do update set proposed = excluded.proposed`,
    [caseId, reader, JSON.stringify({ ...proposed, to: reader })],
  );
}
