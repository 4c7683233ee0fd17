// Statements (migrations/0035-reading-after.sql), which are made once and never changed, and the logs that they are made of.

import type { Queries } from '../../storage/transaction.ts';
import type { CaseEvent } from '../case/case-event.ts';
import type { BilledPeriod, StatementLine, Sum } from '../metering/statement.ts';
import type { TermReference } from '../terms/service-term.ts';
import { type EntryRow, entryColumns, eventOfRow } from './case-log.ts';

export type StatementKind = 'client' | 'reader';

/** Of what a statement is one of several, the later ones corrections. */
export interface StatementSeries {
  tenant: number;
  kind: StatementKind;
  party: string;
  provider: string;
  period: BilledPeriod;
}

export interface StoredStatement extends StatementSeries {
  id: string;
  version: number;
  lines: StatementLine[];
  sums: Sum[];
  madeBy: string;
  madeAt: Date;
}

interface StatementRow extends Record<string, unknown> {
  id: string;
  tenant: number;
  kind: StatementKind;
  party: string;
  provider: string;
  from: Date;
  until: Date;
  version: number;
  lines: Text<StatementLine>[];
  sums: Text<Sum>[];
  madeBy: string;
  madeAt: Date;
}

/** JSON has no integers of any size. */
type Text<T> = Omit<T, 'minor' | 'previous'> & { minor: string; previous?: string };

const COLUMNS = `id, tenant, kind, party, provider, period_from as "from", period_until as "until", version, lines, sums,
  made_by as "madeBy", made_at as "madeAt"`;

/** A principal of a client sees its own, one of a provider's room also what was billed in the provider's name. */
const VISIBLE = `(tenant = $1 or (kind = 'client' and provider in (select provider from reading_room where tenant = $1)))`;

/** Newest first. */
export async function listStatements(
  queries: Queries,
  tenant: number,
  { before, limit, kind }: { before?: string; limit: number; kind?: StatementKind },
): Promise<StoredStatement[]> {
  const rows = await queries.query<StatementRow>(
    `select ${COLUMNS} from reading_statement where ${VISIBLE} and ($2::bigint is null or id < $2)
       and ($3::text is null or kind = $3) order by id desc limit $4`,
    [tenant, before ?? null, kind ?? null, limit],
  );
  return rows.map(statementOfRow);
}

export async function statementNamed(
  queries: Queries,
  tenant: number,
  id: string,
): Promise<StoredStatement | undefined> {
  const [row] = await queries.query<StatementRow>(
    `select ${COLUMNS} from reading_statement where ${VISIBLE} and id = $2`,
    [tenant, id],
  );
  return row && statementOfRow(row);
}

/** Those of a series, in order; nobody else adds one until the transaction ends. */
export async function seriesOf(
  transaction: Queries,
  { kind, party, provider, period }: StatementSeries,
): Promise<StoredStatement[]> {
  const names = [kind, party, provider, new Date(period.from), new Date(period.until)];
  await transaction.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `reading_statement ${JSON.stringify(names)}`,
  ]);
  const rows = await transaction.query<StatementRow>(
    `select ${COLUMNS} from reading_statement where kind = $1 and party = $2 and provider = $3 and period_from = $4
       and period_until = $5 order by version`,
    names,
  );
  return rows.map(statementOfRow);
}

export async function addStatement(
  transaction: Queries,
  { tenant, kind, party, provider, period }: StatementSeries,
  {
    version,
    lines,
    sums,
    madeBy,
  }: Pick<StoredStatement, 'version' | 'madeBy'> & {
    lines: readonly StatementLine[];
    sums: readonly Sum[];
  },
): Promise<StoredStatement> {
  const [row] = await transaction.query<StatementRow>(
    `insert into reading_statement (tenant, kind, party, provider, period_from, period_until, version, lines, sums, made_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning ${COLUMNS}`,
    [
      tenant,
      kind,
      party,
      provider,
      new Date(period.from),
      new Date(period.until),
      version,
      JSON.stringify(lines, amountsAsText),
      JSON.stringify(sums, amountsAsText),
      madeBy,
    ],
  );
  return statementOfRow(row!);
}

const amountsAsText = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);

function statementOfRow({ from, until, lines, sums, ...row }: StatementRow): StoredStatement {
  return {
    ...row,
    period: { from: from.getTime(), until: until.getTime() },
    lines: lines.map(({ minor, previous, ...line }) => ({
      ...line,
      minor: BigInt(minor),
      ...(previous !== undefined && { previous: BigInt(previous) }),
    })),
    sums: sums.map(({ currency, minor }) => ({ currency, minor: BigInt(minor) })),
  };
}

export interface DoneCase {
  code: string;
  term: TermReference;
  events: CaseEvent[];
  /** Of a review: the provider's own affair, which no client pays for. */
  isReview: boolean;
}

/** Cases of a client, by its name, or of all, whose work for a provider ended within a period, with their logs. */
export async function doneCases(
  queries: Queries,
  { client, provider, period }: { client?: number; provider: string; period: BilledPeriod },
): Promise<DoneCase[]> {
  const rows = await queries.query<{
    code: string;
    term: string;
    version: number;
    isReview: boolean;
    entries: EntryRow[];
  }>(
    `select c.id as code, c.term, c.term_version as version,
       exists (select from reading_review v where v.second_case = c.id) as "isReview",
       (select json_agg(e order by e.sequence) from (select ${entryColumns} from reading_event where reading_case = c.id) as e)
         as entries
     from reading_case c where c.provider = $1 and ($2::smallint is null or c.client = $2) and c.term is not null
       and c.id in (select reading_case from reading_event
         where kind in ('preliminary-signed', 'final-signed', 'cancelled', 'rejected') and at >= $3 and at < $4)
     order by c.id`,
    [provider, client ?? null, new Date(period.from), new Date(period.until)],
  );
  return rows.map(({ code, term, version, isReview, entries }) => ({
    code,
    isReview,
    term: { id: term, version },
    events: entries.map(eventOfRow),
  }));
}
