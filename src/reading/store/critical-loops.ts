// Critical results until somebody has received them (migrations/0035-reading-after.sql): how far each is, how long who was told
// has to answer, and who is still to be told by which way.

import type { Queries } from '../../storage/transaction.ts';
import { type DueStep, type LoopPlace, placeAfter, waitOf } from '../critical/due-step.ts';
import type { CriticalCategory, CriticalChannel, CriticalLadder } from '../critical/policy.ts';
import type { Moment, Wait } from '../critical/wait.ts';

export interface NewLoop {
  loop: string;
  case: string;
  client: number;
  room?: number;
  category: CriticalCategory;
  finding: string;
  ladder: CriticalLadder;
  flaggedAt: number;
}

export interface WaitingLoop extends LoopPlace {
  loop: string;
  case: string;
  ladder: CriticalLadder;
  wait: Wait;
}

export interface Notice {
  id: string;
  loop: string;
  case: string;
  client: number;
  category: CriticalCategory;
  finding: string;
  step: number;
  recipient: string;
  channel: CriticalChannel;
  attempts: number;
}

export interface ListedLoop {
  loop: string;
  case: string;
  category: CriticalCategory;
  finding: string;
  state: LoopPlace['state'];
  step: number;
  ladder: CriticalLadder;
  flaggedAt: Date;
  acknowledgedAt: Date | null;
}

/** One that is there already stays as it is. */
export async function beginLoop(queries: Queries, made: NewLoop, now: Moment): Promise<void> {
  const { loop, category, finding, ladder, client, room, flaggedAt } = made;
  await queries.query(
    `insert into reading_critical (loop, reading_case, client, room, category, finding, state, step, ladder, left_ms,
       looked_run, looked_monotonic_ms, looked_wall_ms, flagged_at)
     values ($1, $2, $3, $4, $5, $6, 'flagged', 0, $7, 0, $8, $9, $10, $11) on conflict do nothing`,
    [
      loop,
      made.case,
      client,
      room ?? null,
      category,
      finding,
      JSON.stringify(ladder),
      now.run,
      now.monotonicMs,
      now.wallMs,
      new Date(flaggedAt),
    ],
  );
}

/** Those of which somebody is still to be told something. */
export async function waitingLoops(queries: Queries): Promise<WaitingLoop[]> {
  const rows = await queries.query<LoopRow>(
    `select loop, reading_case as "case", state, step, ladder, left_ms as "leftMs", looked_run as run,
       looked_monotonic_ms as "monotonicMs", looked_wall_ms as "wallMs"
     from reading_critical where state in ('flagged', 'notifying') order by loop`,
  );
  return rows.map(({ leftMs, run, monotonicMs, wallMs, ...loop }) => ({
    ...loop,
    wait: { leftMs, lookedAt: { run, monotonicMs, wallMs } },
  }));
}

interface LoopRow extends Omit<WaitingLoop, 'wait'>, Moment, Record<string, unknown> {
  leftMs: number;
}

/** How long each still has, as it was found at `now`. */
export async function noteWaits(queries: Queries, loops: readonly WaitingLoop[], now: Moment): Promise<void> {
  if (loops.length === 0) return;
  await queries.query(
    `update reading_critical c set left_ms = w.left_ms, looked_run = $3, looked_monotonic_ms = $4, looked_wall_ms = $5
     from unnest($1::text[], $2::float8[]) as w (loop, left_ms) where c.loop = w.loop`,
    [loops.map(({ loop }) => loop), loops.map(({ wait }) => wait.leftMs), now.run, now.monotonicMs, now.wallMs],
  );
}

/** Takes a step and queues who is told by it. False, and nothing is written, where somebody has taken it or acknowledged. */
export async function takeStep(queries: Queries, { loop, state, step }: WaitingLoop, due: DueStep): Promise<boolean> {
  const after = placeAfter(due);
  const rows = await queries.query(
    `with moved as (
       update reading_critical set state = $4, step = $5, left_ms = $6 where loop = $1 and state = $2 and step = $3
       returning loop
     )
     insert into reading_notice (loop, step, recipient, channel)
     select loop, $5, $7, channel from moved, unnest($8::text[]) as channel returning id`,
    [loop, state, step, after.state, after.step, waitOf(due), due.rung.recipient, [...new Set(due.rung.channels)]],
  );
  return rows.length > 0;
}

/** Nobody is told any more. */
export async function endLoop(queries: Queries, loop: string, at: number): Promise<void> {
  await queries.query(
    `with ended as (
       update reading_critical set state = 'acknowledged', acknowledged_at = $2
       where loop = $1 and state <> 'acknowledged' returning loop
     )
     update reading_notice n set state = 'obsolete' from ended where n.loop = ended.loop and n.state = 'queued'`,
    [loop, new Date(at)],
  );
}

const NOTICE = `n.id, n.loop, c.reading_case as "case", c.client, c.category, c.finding, n.step, n.recipient, n.channel,
  n.attempts`;

/** Whom it is time to tell, the most urgent first. */
export const dueNotices = (queries: Queries, limit: number): Promise<Notice[]> =>
  queries.query<Notice & Record<string, unknown>>(
    `select ${NOTICE} from reading_notice n join reading_critical c using (loop)
     where n.state = 'queued' and n.next_at <= now() order by c.category, n.id limit $1`,
    [limit],
  );

export async function noticeOf(queries: Queries, id: string): Promise<Notice | undefined> {
  const [row] = await queries.query<Notice & Record<string, unknown>>(
    `select ${NOTICE} from reading_notice n join reading_critical c using (loop) where n.id = $1`,
    [id],
  );
  return row;
}

export async function noticeSent(queries: Queries, id: string): Promise<void> {
  await queries.query(
    `update reading_notice set state = 'sent', sent_at = now(), problem = null where id = $1 and state = 'queued'`,
    [id],
  );
}

/** It is tried again in a while. */
export async function noticeFailed(queries: Queries, id: string, problem: string, pauseMs: number): Promise<void> {
  await queries.query(
    `update reading_notice set attempts = attempts + 1, problem = $2, next_at = now() + $3 * interval '1 millisecond'
     where id = $1 and state = 'queued'`,
    [id, problem, pauseMs],
  );
}

export interface LoopQuery {
  /** Those that nobody has acknowledged. */
  isOpen: boolean;
  limit: number;
}

/** Of a client, or of a provider's room; the most urgent first, then the oldest. */
export const listLoops = (queries: Queries, tenant: number, { isOpen, limit }: LoopQuery): Promise<ListedLoop[]> =>
  queries.query<ListedLoop & Record<string, unknown>>(
    `select loop, reading_case as "case", category, finding, state, step, ladder, flagged_at as "flaggedAt",
       acknowledged_at as "acknowledgedAt"
     from reading_critical where (client = $1 or room = $1) and (not $2 or state <> 'acknowledged')
     order by category, flagged_at, loop limit $3`,
    [tenant, isOpen, limit],
  );

export async function loopOf(
  queries: Queries,
  tenant: number,
  loop: string,
): Promise<Pick<WaitingLoop, 'loop' | 'case' | 'ladder' | 'state'> | undefined> {
  const [row] = await queries.query<Pick<WaitingLoop, 'loop' | 'case' | 'ladder' | 'state'> & Record<string, unknown>>(
    `select loop, reading_case as "case", ladder, state from reading_critical
     where loop = $1 and (client = $2 or room = $2)`,
    [loop, tenant],
  );
  return row;
}
