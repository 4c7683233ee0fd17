// Reviews of readings (migrations/0035-reading-after.sql), and what is looked at more closely.

import type { Queries } from '../../storage/transaction.ts';
import type { Review, ReviewState } from '../quality/review.ts';
import type { QualityTarget } from '../quality/sample.ts';

export interface StoredReview {
  review: Review;
  client: number;
  madeAt: Date;
  changedAt: Date;
  /** Of one that found a difference: whether its addendum was signed. */
  hasAddendum: boolean;
}

type Row = StoredReview & Record<string, unknown>;

const COLUMNS = `v.review, v.client, v.made_at as "madeAt", v.changed_at as "changedAt",
  exists (select from reading_event e where e.reading_case = v.reading_case and e.kind = 'amended'
    and e.detail ->> 'discrepancy' = v.id) as "hasAddendum"`;

/** False where this version of the report is under review already. */
export async function insertReview(
  queries: Queries,
  review: Review,
  { client, room, at }: { client: number; room?: number; at: number },
): Promise<boolean> {
  const { id, case: code, secondCase, author, state } = review;
  const rows = await queries.query(
    `insert into reading_review (id, reading_case, second_case, client, room, author, state, review, made_at, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9) on conflict do nothing returning id`,
    [id, code, secondCase ?? null, client, room ?? null, author, state, JSON.stringify(review), new Date(at)],
  );
  return rows.length > 0;
}

/** False where somebody has changed it meanwhile. */
export async function changeReview(queries: Queries, before: Review, after: Review, at: number): Promise<boolean> {
  const rows = await queries.query(
    `update reading_review set state = $3, reviewer = $4, review = $5, changed_at = $6
     where id = $1 and state = $2 returning id`,
    [before.id, before.state, after.state, after.reviewer ?? null, JSON.stringify(after), new Date(at)],
  );
  return rows.length > 0;
}

/** Of a client's case, or of one in this room. */
export async function reviewNamed(queries: Queries, tenant: number, id: string): Promise<StoredReview | undefined> {
  const [row] = await queries.query<Row>(
    `select ${COLUMNS} from reading_review v where v.id = $1 and (v.client = $2 or v.room = $2)`,
    [id, tenant],
  );
  return row;
}

/** The one whose second reading a case is. */
export async function reviewBySecondCase(queries: Queries, code: string): Promise<StoredReview | undefined> {
  const [row] = await queries.query<Row>(`select ${COLUMNS} from reading_review v where v.second_case = $1`, [code]);
  return row;
}

export async function hasReview(queries: Queries, code: string, version: number): Promise<boolean> {
  const rows = await queries.query(
    `select 1 from reading_review where reading_case = $1 and review ->> 'version' = $2`,
    [code, String(version)],
  );
  return rows.length > 0;
}

export interface ReviewQuery {
  state?: ReviewState;
  /** Only those that this reader wrote, or reads. */
  of?: string;
  limit: number;
}

/** The newest first. */
export const listReviews = (
  queries: Queries,
  tenant: number,
  { state, of, limit }: ReviewQuery,
): Promise<StoredReview[]> =>
  queries.query<Row>(
    `select ${COLUMNS} from reading_review v where (v.client = $1 or v.room = $1) and ($2::text is null or v.state = $2)
       and ($3::text is null or v.author = $3 or v.reviewer = $3)
     order by v.made_at desc, v.id limit $4`,
    [tenant, state ?? null, of ?? null, limit],
  );

/** Closed ones since then. */
export async function closedReviews(queries: Queries, tenant: number, since: Date): Promise<Review[]> {
  const rows = await queries.query<{ review: Review }>(
    `select review from reading_review where (client = $1 or room = $1) and state = 'closed' and made_at >= $2`,
    [tenant, since],
  );
  return rows.map(({ review }) => review);
}

/** Final reports that a reader signed for a client before; no more than `most` are counted. */
export async function signedBefore(
  queries: Queries,
  { client, reader, at, most }: { client: number; reader: string; at: number; most: number },
): Promise<number> {
  const [row] = await queries.query<{ count: number }>(
    `select count(*)::integer as count from (
       select 1 from reading_event e join reading_case c on c.id = e.reading_case
       where e.kind in ('preliminary-signed', 'final-signed') and e.detail #>> '{report,reader}' = $2 and e.at < $3
         and c.client = $1 and not exists (select from reading_review v where v.second_case = c.id)
       limit $4) as signed`,
    [client, reader, new Date(at), most],
  );
  return row!.count;
}

export async function targetsOf(queries: Queries, client: number): Promise<QualityTarget[]> {
  const [row] = await queries.query<{ targets: QualityTarget[] }>(
    'select targets from reading_quality_target where client = $1',
    [client],
  );
  return row?.targets ?? [];
}

export async function putTargets(
  queries: Queries,
  client: number,
  targets: readonly QualityTarget[],
  by: string,
): Promise<void> {
  await queries.query(
    `insert into reading_quality_target (client, targets, changed_by) values ($1, $2, $3)
     on conflict (client) do update set targets = excluded.targets, changed_by = excluded.changed_by, changed_at = now()`,
    [client, JSON.stringify(targets), by],
  );
}
