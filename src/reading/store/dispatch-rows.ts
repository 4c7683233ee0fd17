// What dispatch reads and writes: cases that wait, what time is up of, what readings took, and why who was given what.

import type { Queries } from '../../storage/transaction.ts';
import type { CaseFacts } from '../gate/asked.ts';
import { type CaseRow, caseColumns, caseOfRow, type StoredCase } from './case-row.ts';

export const limits = {
  /** Cases that one look takes in. */
  due: 200,
  /** Readings that times are learnt from at the start, the latest. */
  readings: 5_000,
  /** Decisions that are told of a case, the latest. */
  decisions: 20,
} as const;

/** A first reading is wanted, or one over a preliminary report. */
const WAITS = `(c.state = 'ready' or c.state = 'preliminary' and c.folded #>> '{facts,readType}' = 'final')`;

export interface WaitingRow extends StoredCase {
  /** Readers who reported this patient before, or hold another case of theirs. */
  knownTo: string[];
}

/** Cases that wait for a reader; of `ids` those that do. */
export async function waitingCases(queries: Queries, ids?: readonly string[]): Promise<WaitingRow[]> {
  const rows = await queries.query<CaseRow & { knownTo: string[] | null }>(
    `select ${caseColumns}, k.readers as "knownTo" from reading_case c
     left join study s on s.tenant = c.client and s.study_uid = c.study_uid
     left join lateral (
       select array_agg(distinct coalesce(o.claimed_by, o.folded #>> '{reports,0,reader}')) as readers
       from study e join reading_case o on o.client = e.tenant and o.study_uid = e.study_uid and o.id <> c.id
       where e.tenant = s.tenant and e.patient_id = s.patient_id and e.patient_key = s.patient_key
         and coalesce(o.claimed_by, o.folded #>> '{reports,0,reader}') is not null
     ) k on true
     where ${WAITS} and ($1::text[] is null or c.id = any($1))`,
    [ids ?? null],
  );
  return rows.map((row) => ({ ...caseOfRow(row), knownTo: row.knownTo ?? [] }));
}

const cases = async (queries: Queries, condition: string, values: unknown[]): Promise<StoredCase[]> =>
  (await queries.query<CaseRow>(`select ${caseColumns} from reading_case c where ${condition}`, values)).map(caseOfRow);

/** Offers that nobody took, claims whose reader was not heard of, and cases that reach a rung: those that were due first. */
export async function timeIsUp(
  queries: Queries,
  now: Date,
): Promise<{ offers: StoredCase[]; leases: StoredCase[]; rungs: StoredCase[] }> {
  const due = (column: string, and = ''): Promise<StoredCase[]> =>
    cases(queries, `c.${column} <= $1 ${and} order by c.${column} limit $2`, [now, limits.due]);
  // What is parked waits for somebody else than its reader.
  const leases = await due('lease_until', `and c.state <> 'parked'`);
  return { offers: await due('offer_until'), leases, rungs: await due('watch_at') };
}

/** Readers who have a case, or are offered one. */
export async function busyReaders(queries: Queries): Promise<Set<string>> {
  const rows = await queries.query<{ reader: string }>(
    `select claimed_by as reader from reading_case where lease_until is not null and state <> 'parked'
     union select offered_to from reading_case where offer_until is not null`,
  );
  return new Set(rows.map(({ reader }) => reader));
}

/** What is offered to a reader, the longest offered first. */
export function offeredTo(queries: Queries, reader: string, now: Date): Promise<StoredCase[]> {
  return cases(queries, 'c.offer_until > $2 and c.offered_to = $1 order by c.offer_until', [reader, now]);
}

export interface Reading {
  reader: string;
  facts: CaseFacts;
  endedAt: number;
  /** From when the images were opened; absent where nobody said so. */
  ms?: number;
}

/** First readings that were signed, the latest last; of `ids` those that are. */
export async function readings(queries: Queries, ids?: readonly string[]): Promise<Reading[]> {
  const rows = await queries.query<CaseRow>(
    `select ${caseColumns} from reading_case c
     where c.state in ('preliminary', 'final', 'delivered', 'closed') and ($1::text[] is null or c.id = any($1))
     order by c.changed_at desc limit $2`,
    [ids ?? null, limits.readings],
  );
  return rows.reverse().flatMap(({ folded: { facts, clocks, preliminary, reports } }) => {
    const signed = preliminary ?? reports[0];
    const endedAt = clocks.preliminary ?? clocks.final;
    if (signed === undefined || endedAt === undefined) return [];
    return [{ reader: signed.reader, facts, endedAt, ...(clocks.open !== undefined && { ms: endedAt - clocks.open }) }];
  });
}

export interface Decision {
  id: string;
  case: string;
  reader: string;
  at: number;
  how: 'pulled' | 'pushed';
  detail: object;
}

export async function keepDecision(queries: Queries, { id, reader, at, how, detail, ...of }: Decision): Promise<void> {
  await queries.query(
    'insert into reading_decision (id, reading_case, reader, at, how, detail) values ($1, $2, $3, $4, $5, $6)',
    [id, of.case, reader, new Date(at), how, JSON.stringify(detail)],
  );
}

/** The latest first. */
export async function decisionsOf(queries: Queries, id: string): Promise<Decision[]> {
  const rows = await queries.query<Omit<Decision, 'at'> & { at: Date }>(
    `select id, reading_case as case, reader, at, how, detail from reading_decision where reading_case = $1
     order by at desc limit $2`,
    [id, limits.decisions],
  );
  return rows.map((row) => ({ ...row, at: row.at.getTime() }));
}
