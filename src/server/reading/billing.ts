// Statements to clients and to readers, from the logs of cases and the terms under which they were taken in; and what a tenant
// used of this exchange.

import { Problem } from '../../base/problem.ts';
import type { Charge } from '../../reading/metering/charge.ts';
import { payOf } from '../../reading/metering/pay.ts';
import {
  type BilledPeriod,
  chargesOfPeriod,
  type StatementLine,
  statementLines,
  sumsOf,
} from '../../reading/metering/statement.ts';
import { ratesOf, relativeValuesOf } from '../../reading/store/rates.ts';
import {
  addStatement,
  doneCases,
  type StatementSeries,
  type StoredStatement,
  seriesOf,
} from '../../reading/store/statements.ts';
import { heldAt, type Terms } from '../../reading/store/terms.ts';
import type { ServiceTerm } from '../../reading/terms/service-term.ts';
import type { Database } from '../../storage/database.ts';
import { type Transaction, transact } from '../../storage/transaction.ts';

export interface BillingOptions {
  database: Database;
  terms: Pick<Terms, 'term' | 'contracts'>;
  /** A statement was made: others are told in the same transaction. */
  made(transaction: Transaction, statement: StoredStatement): Promise<void>;
}

/** Between whom a bill is: a client, by its name and tenant, and a provider. */
export interface Parties {
  client: { name: string; tenant: number };
  provider: string;
}

export class Billing {
  readonly #options: BillingOptions;

  constructor(options: BillingOptions) {
    this.#options = options;
  }

  /** What a client owes for a period as the logs are now. */
  async owed({ client, provider }: Parties, period: BilledPeriod): Promise<readonly Charge[]> {
    const { database, terms } = this.#options;
    const cases = (await doneCases(database, { client: client.tenant, provider, period }))
      .filter(({ isReview }) => !isReview)
      .map(({ term, ...one }) => ({ ...one, term: this.#term(term) }));
    const agreed = terms
      .contracts()
      .filter((each) => each.client === client.name && each.provider === provider && each.status === 'executed')
      .flatMap((contract) => heldAt(contract.terms, period.until - 1));
    return chargesOfPeriod({ cases, terms: agreed, period }, await relativeValuesOf(database, client.tenant));
  }

  /** A statement to a client; undefined where the one before says all there is to say. */
  clientStatement(parties: Parties, period: BilledPeriod, by: string): Promise<StoredStatement | undefined> {
    const { client, provider } = parties;
    const series = { tenant: client.tenant, kind: 'client' as const, party: client.name, provider, period };
    return this.#make(series, by, () => this.owed(parties, period));
  }

  /** Statements to all readers of a provider who are owed something that was not stated. */
  async readerStatements(
    { provider, room }: { provider: string; room: number },
    period: BilledPeriod,
    by: string,
  ): Promise<StoredStatement[]> {
    const made: StoredStatement[] = [];
    for (const [reader, charges] of await this.earned({ provider, room }, period)) {
      const series = { tenant: room, kind: 'reader' as const, party: reader, provider, period };
      const statement = await this.#make(series, by, async () => charges);
      if (statement !== undefined) made.push(statement);
    }
    return made;
  }

  /** What readers of a provider are owed, by reader. */
  async earned(
    { provider, room }: { provider: string; room: number },
    period: BilledPeriod,
  ): Promise<Map<string, Charge[]>> {
    const { database } = this.#options;
    const [rates, values] = [await ratesOf(database, room), await relativeValuesOf(database, room)];
    const charges = (await doneCases(database, { provider, period }))
      .flatMap((one) => payOf(one, rates, values))
      .filter(({ at }) => at >= period.from && at < period.until)
      .sort((one, other) => one.at - other.at || (one.key < other.key ? -1 : 1));
    const earned = new Map<string, Charge[]>();
    for (const { reader, ...charge } of charges) earned.set(reader, [...(earned.get(reader) ?? []), charge]);
    return new Map([...earned].sort());
  }

  async #make(
    series: StatementSeries,
    madeBy: string,
    owed: () => Promise<readonly Charge[]>,
  ): Promise<StoredStatement | undefined> {
    if (series.period.until <= series.period.from)
      throw new Problem('request/malformed', { reason: 'an empty period' });
    // Reckoned before the transaction, which holds others up.
    const charges = await owed();
    return transact(this.#options.database, async (transaction) => {
      const before = await seriesOf(transaction, series);
      const lines = statementLines(
        charges,
        before.flatMap((statement): StatementLine[] => statement.lines),
      );
      if (before.length > 0 && lines.length === 0) return undefined;
      const made = { version: before.length + 1, lines, sums: sumsOf(lines), madeBy };
      const statement = await addStatement(transaction, series, made);
      await this.#options.made(transaction, statement);
      return statement;
    });
  }

  #term(reference: { id: string; version: number }): ServiceTerm {
    const term = this.#options.terms.term(reference);
    if (term === undefined) throw new Problem('catalogue/not-found', { what: 'term' });
    return term;
  }
}
