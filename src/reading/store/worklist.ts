// Worklists: cases as those may see them who ask. A client sees its own with whose they are; a room sees those whose copies it
// holds, with what the copies say. Nobody's question is answered from another's archive.

import type { Queries } from '../../storage/transaction.ts';
import type { CaseState } from '../case/reading-case.ts';
import type { RequestPriority } from '../terms/service-term.ts';
import { requestPriorities } from '../terms/service-term.ts';
import { type CaseRow, caseColumns, caseOfRow, type StoredCase } from './case-row.ts';

/** Through which archive a case is seen. */
export type Side = 'client' | 'room';

export interface SeenCase extends StoredCase {
  side: Side;
  /** Patient and study attributes in the archive of who asks, DICOM JSON; undefined while no study is there. */
  attributes: string | undefined;
  /** Of the order, where nothing came yet: whom it is for. For a client only. */
  ordered: { patientId: string; name?: string; birthDate?: string; sex?: string } | undefined;
}

export interface WorklistQuery {
  states?: readonly CaseState[];
  priority?: RequestPriority;
  /** A reader: cases that are theirs, or offered to them. */
  mine?: string;
  limit: number;
}

/** What is not done; what a worklist shows where nobody says otherwise. */
const OPEN: readonly CaseState[] = [
  ...(['announced', 'orphan', 'receiving', 'hold', 'ready', 'offered', 'claimed', 'reading', 'parked'] as const),
  ...(['preliminary', 'over-read', 'final', 'delivered'] as const),
];

const SEEN = `select ${caseColumns}, case when c.client = $1 then 'client' else 'room' end as side, s.attributes,
    case when c.client = $1 and s.id is null then o.document -> 'patient' end as ordered
  from reading_case c
    left join study s on s.tenant = $1 and s.hidden_at is null
      and s.study_uid = case when c.client = $1 then c.study_uid else c.room_study_uid end
    left join imaging_order o on o.id = c.imaging_order
  where (c.client = $1 or (c.room = $1 and c.room_study_uid is not null))`;

/** The earliest due first; what has no clock yet, last. */
export async function worklist(queries: Queries, tenant: number, query: WorklistQuery): Promise<SeenCase[]> {
  const { states = OPEN, priority, mine, limit } = query;
  const rows = await queries.query<SeenRow>(
    `${SEEN} and c.state = any($2) and ($3::smallint is null or c.priority = $3)
       and ($4::text is null or c.claimed_by = $4 or c.offered_to = $4)
     order by c.due_at nulls last, c.priority desc, c.id limit $5`,
    [tenant, states, priority === undefined ? null : requestPriorities.indexOf(priority), mine ?? null, limit],
  );
  return rows.map(seen);
}

/** Undefined where there is none that this tenant may see. */
export async function seenCase(queries: Queries, tenant: number, id: string): Promise<SeenCase | undefined> {
  const [row] = await queries.query<SeenRow>(`${SEEN} and c.id = $2`, [tenant, id]);
  return row && seen(row);
}

interface SeenRow extends CaseRow {
  side: Side;
  attributes: string | null;
  ordered: SeenCase['ordered'] | null;
}

const seen = (row: SeenRow): SeenCase => ({
  ...caseOfRow(row),
  side: row.side,
  attributes: row.attributes ?? undefined,
  ordered: row.ordered ?? undefined,
});
