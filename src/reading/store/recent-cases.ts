// Cases of late, as a forecast looks at them: what they were, and under which term.

import type { Queries } from '../../storage/transaction.ts';
import type { ReadingCase } from '../case/reading-case.ts';

export const limits = {
  /** The newest. */
  cases: 20_000,
} as const;

/** Of a client or of a room, by its tenant; of all where none is said. Without those that never had a term. */
export async function recentCases(
  queries: Queries,
  { tenant, since }: { tenant?: number | undefined; since: Date },
): Promise<Pick<Required<ReadingCase>, 'facts' | 'term'>[]> {
  const rows = await queries.query<{ folded: Required<ReadingCase> }>(
    `select folded from reading_case
     where ($1::smallint is null or client = $1 or room = $1) and ready_at >= $2 and term is not null
     order by ready_at desc limit $3`,
    [tenant ?? null, since, limits.cases],
  );
  return rows.map(({ folded: { facts, term } }) => ({ facts, term }));
}
