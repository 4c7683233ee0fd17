// Trials, their subjects and what was read of them (migrations/0035-reading-after.sql).

import type { Queries } from '../../storage/transaction.ts';
import type { TrialOutcome, TrialReading } from '../trials/adjudicate.ts';
import type { TrialDescription } from '../trials/research-study.ts';

export interface StoredTrial extends TrialDescription {
  client: number;
}

export interface TimePoint {
  client: number;
  trial: string;
  subject: string;
  visit: string;
  /** The case whose study is read. */
  of: string;
  /** Of its readings, in the order in which they were asked for. */
  cases: string[];
  readings: TrialReading[];
  state: TrialOutcome['state'];
}

const COLUMNS = 'client, trial, subject, visit, of_case as "of", cases, readings, state';

/** False where there is one of that name. */
export async function insertTrial(queries: Queries, trial: StoredTrial): Promise<boolean> {
  const { id, client, title, provider, questions } = trial;
  const rows = await queries.query(
    `insert into reading_trial (id, client, title, provider, questions) values ($1, $2, $3, $4, $5)
     on conflict do nothing returning id`,
    [id, client, title, provider, JSON.stringify(questions)],
  );
  return rows.length > 0;
}

/** Of a client, or those that the provider of a room reads. */
const VISIBLE = `(client = $1 or provider in (select provider from reading_room where tenant = $1))`;

export const listTrials = (queries: Queries, tenant: number): Promise<StoredTrial[]> =>
  queries.query<StoredTrial & Record<string, unknown>>(
    `select id, client, title, provider, questions from reading_trial where ${VISIBLE} order by client, id`,
    [tenant],
  );

export async function trialNamed(queries: Queries, client: number, id: string): Promise<StoredTrial | undefined> {
  const [row] = await queries.query<StoredTrial & Record<string, unknown>>(
    'select id, client, title, provider, questions from reading_trial where client = $1 and id = $2',
    [client, id],
  );
  return row;
}

/** False where the subject has such a visit. */
export async function insertTimePoint(queries: Queries, point: TimePoint): Promise<boolean> {
  const { client, trial, subject, visit, of, cases } = point;
  const rows = await queries.query(
    `insert into reading_trial_subject (client, trial, subject, visit, of_case, cases) values ($1, $2, $3, $4, $5, $6)
     on conflict do nothing returning subject`,
    [client, trial, subject, visit, of, cases],
  );
  return rows.length > 0;
}

/** The one that a case is a reading of; nobody else changes it until the transaction ends. */
export async function timePointOf(transaction: Queries, code: string): Promise<TimePoint | undefined> {
  const [row] = await transaction.query<TimePoint & Record<string, unknown>>(
    `select ${COLUMNS} from reading_trial_subject where cases @> array[$1::text] for update`,
    [code],
  );
  return row;
}

export async function changeTimePoint(
  transaction: Queries,
  { client, trial, subject, visit, cases, readings, state }: TimePoint,
): Promise<void> {
  await transaction.query(
    `update reading_trial_subject set cases = $5, readings = $6, state = $7
     where client = $1 and trial = $2 and subject = $3 and visit = $4`,
    [client, trial, subject, visit, cases, JSON.stringify(readings), state],
  );
}

export const timePointsOf = (queries: Queries, client: number, trial: string): Promise<TimePoint[]> =>
  queries.query<TimePoint & Record<string, unknown>>(
    `select ${COLUMNS} from reading_trial_subject where client = $1 and trial = $2 order by subject, visit`,
    [client, trial],
  );
