// Cases by what they are about, and by when somebody has to look at them.

import type { Queries } from '../../storage/transaction.ts';
import { type CaseRow, caseColumns, caseOfRow, type StoredCase } from './case-row.ts';

export const limits = {
  /** Cases that one look takes in. */
  due: 100,
  closing: 100,
} as const;

const cases = async (queries: Queries, condition: string, values: unknown[]): Promise<StoredCase[]> =>
  (await queries.query<CaseRow>(`select ${caseColumns} from reading_case c where ${condition}`, values)).map(caseOfRow);

/** States after which another case of the same study may begin. */
const OVER = `c.state in ('final', 'delivered', 'answered', 'closed', 'cancelled', 'rejected', 'in-error')`;

/** The case of a study or of its order: the one that is not over, else the last. Second readings are others' affair. */
export async function caseOf(
  queries: Queries,
  client: number,
  { studyUid, order }: { studyUid?: string | undefined; order?: string | undefined },
): Promise<StoredCase | undefined> {
  const [found] = await cases(
    queries,
    `c.client = $1 and (c.study_uid = $2 or c.imaging_order = $3) and c.part_of is null
     order by ${OVER}, (c.study_uid = $2) desc nulls last, c.changed_at desc limit 1`,
    [client, studyUid ?? null, order ?? null],
  );
  return found;
}

/** All cases of these studies, by their rows, second readings too. */
export function casesOfStudies(queries: Queries, client: number, studies: readonly string[]): Promise<StoredCase[]> {
  return cases(
    queries,
    `c.client = $1 and c.study_uid in (select study_uid from study where tenant = $1 and id = any($2::bigint[]))
     and c.state not in ('cancelled', 'rejected', 'in-error') order by c.id`,
    [client, studies],
  );
}

/** Those that are over, and of which nothing was said since; none with something open or unseen, or a review nobody has answered. */
export function casesToClose(
  queries: Queries,
  since: { delivered: Date; answered: Date; preliminary: Date },
): Promise<StoredCase[]> {
  return cases(
    queries,
    `c.state in ('preliminary', 'final', 'delivered', 'answered')
     and c.changed_at <= case c.state when 'answered' then $2 when 'preliminary' then $3 else $1::timestamptz end
     and (c.state <> 'final' or c.folded->'facts'->>'readType' in ('second', 'trial'))
     and (c.state <> 'preliminary' or c.folded->'facts'->>'readType' = 'preliminary' and c.folded->'clocks'->'delivered' is not null)
     and not c.has_unseen and not c.has_open_critical
     and not exists (select from json_array_elements(c.folded->'reviews') r where r->>'difference' is null)
     order by c.changed_at limit $4`,
    [since.delivered, since.answered, since.preliminary, limits.closing],
  );
}

/** Those that intake is to look at by now, the longest due first. */
export function intakeDue(queries: Queries, now: Date): Promise<StoredCase[]> {
  return cases(queries, 'c.intake_at <= $1 order by c.intake_at limit $2', [now, limits.due]);
}
