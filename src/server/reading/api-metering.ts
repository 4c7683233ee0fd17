// What /api/v1 asks of metering, for whoever asks: a client of what it owes, a provider's room of what it and its readers earn.

import type { ApiMetering } from '../../api/reading-metering.ts';
import type { Principal } from '../../auth/principal.ts';
import { readTable } from '../../base/csv.ts';
import { Problem } from '../../base/problem.ts';
import { readCaseCode } from '../../reading/case/case-code.ts';
import type { Actor } from '../../reading/case/case-event.ts';
import { factsOf } from '../../reading/metering/charge.ts';
import { decimalOf, decimalText, plus, wholeOf } from '../../reading/metering/decimal.ts';
import { gini, variation } from '../../reading/metering/fairness.ts';
import { amountText } from '../../reading/metering/money.ts';
import type { ReaderRate } from '../../reading/metering/pay.ts';
import { type BilledPeriod, type Sum, sumsOf } from '../../reading/metering/statement.ts';
import { addRate, putRelativeValues, ratesOf, relativeValuesOf } from '../../reading/store/rates.ts';
import { providerOfRoom } from '../../reading/store/rooms.ts';
import {
  doneCases,
  listStatements,
  type StatementKind,
  type StoredStatement,
  statementNamed,
} from '../../reading/store/statements.ts';
import { endedCases, hoursOnDuty, usageOf } from '../../reading/store/usage.ts';
import { seenCase } from '../../reading/store/worklist.ts';
import type { Core } from '../core.ts';
import type { AfterReading } from './after-reading.ts';
import type { Parties } from './billing.ts';
import { actorOf } from './case-desk.ts';
import { statementPdf } from './statement-pdf.ts';
import { statementTable } from './statement-table.ts';

export const limits = {
  /** Bytes of a table of relative values. */
  tableBytes: 4 * 1024 * 1024,
} as const;

export class PrincipalsMetering implements ApiMetering {
  readonly #core: Core;
  readonly #after: AfterReading;
  readonly #principal: Principal;

  constructor(core: Core, after: AfterReading, principal: Principal) {
    this.#core = core;
    this.#after = after;
    this.#principal = principal;
  }

  async usage(asked: { from: string; until: string }) {
    const { database } = this.#core;
    const { tenant } = this.#principal;
    const period = periodOf(asked);
    const owed = [];
    for (const parties of await this.#parties()) {
      const charges = await this.#after.billing.owed(parties, period);
      const { client, provider } = parties;
      owed.push({ client: client.name, provider, charges: charges.length, sums: shownSums(sumsOf(charges)) });
    }
    const readers = await this.#readers(period);
    const pace = readers.filter(({ hours }) => hours > 0).map((each) => Number(each.relativeValue) / each.hours);
    return {
      ...asked,
      cases: await endedCases(database, tenant, period),
      owed,
      readers,
      fairness: { gini: gini(pace), variation: variation(pace) },
      ...(await usageOf(database, tenant, period)),
    };
  }

  async statements(query: { kind?: StatementKind; before?: string; limit: number }) {
    const found = await listStatements(this.#core.database, this.#principal.tenant, query);
    return found.map(headOf);
  }

  async statement(id: string) {
    const found = await this.#named(id);
    const lines = found.lines.map(({ minor, previous, at, ...line }) => ({
      ...line,
      case: line.case ?? null,
      at: new Date(at).toISOString(),
      amount: amountText(minor, line.currency),
      statedBefore: previous === undefined ? null : amountText(previous, line.currency),
    }));
    return { ...headOf(found), lines };
  }

  async make({ kind, party, ...asked }: { kind: StatementKind; party?: string; from: string; until: string }) {
    const period = periodOf(asked);
    const { id, tenant } = this.#principal;
    const { billing } = this.#after;
    if (kind === 'reader') {
      const provider = await this.#provider();
      return (await billing.readerStatements({ provider, room: tenant }, period, id)).map(headOf);
    }
    const meant = (await this.#parties()).filter(
      ({ client, provider }) => party === undefined || party === (client.tenant === tenant ? provider : client.name),
    );
    if (meant.length === 0) throw new Problem('catalogue/not-found', { what: 'contract' });
    const made = [];
    for (const parties of meant) made.push(await billing.clientStatement(parties, period, id));
    return made.flatMap((statement) => (statement === undefined ? [] : [headOf(statement)]));
  }

  async table(id: string): Promise<Uint8Array> {
    return Buffer.from(statementTable(await this.#named(id)));
  }

  async paper(id: string): Promise<Uint8Array> {
    return statementPdf(await this.#named(id));
  }

  rates() {
    return ratesOf(this.#core.database, this.#principal.tenant);
  }

  async addRate(rate: ReaderRate) {
    await this.#provider();
    await addRate(this.#core.database, this.#principal.tenant, rate, this.#principal.id);
  }

  async putRelativeValues(table: AsyncIterable<Uint8Array>) {
    const values = readTable(await textOf(table)).map(({ procedure, modality, bodyRegion, value = '' }) => ({
      ...(procedure && { procedure }),
      ...(modality && { modality }),
      ...(bodyRegion && { bodyRegion }),
      value,
    }));
    if (values.length === 0 || values.some(({ procedure, modality }) => !procedure && !modality)) {
      throw new Problem('request/malformed', { reason: 'each row names a procedure or a modality' });
    }
    await putRelativeValues(this.#core.database, this.#principal.tenant, values, this.#principal.id);
  }

  async dispute(caseId: string, pause: number, evidence: string) {
    const { code, party, actor } = await this.#side(caseId);
    await this.#after.cases.change(code, actor, () => [{ kind: 'pause-disputed', pause, party, evidence }]);
  }

  async settle(caseId: string, pause: number, counts: boolean) {
    const { code, party, actor } = await this.#side(caseId);
    await this.#after.cases.change(code, actor, ({ reading: { pauses } }) => {
      // Nobody settles what they dispute themselves.
      if (pauses[pause]?.dispute?.party === party)
        throw new Problem('auth/forbidden', { action: 'settle its own dispute' });
      return [{ kind: 'pause-settled', pause, counts }];
    });
  }

  /** Those between whom there is a contract that this tenant is part of. */
  async #parties(): Promise<Parties[]> {
    const { tenant } = this.#principal;
    const mine = this.#core.terms.contracts().filter((each) => each.tenant === tenant || each.room === tenant);
    const pairs = mine.map(({ client, tenant: of, provider }) => ({ client: { name: client, tenant: of }, provider }));
    return [...new Map(pairs.map((each) => [JSON.stringify(each), each])).values()];
  }

  async #provider(): Promise<string> {
    const provider = await providerOfRoom(this.#core.database, this.#principal.tenant);
    if (provider === undefined) throw new Problem('auth/forbidden', { action: 'speak for a provider' });
    return provider;
  }

  async #readers(period: BilledPeriod) {
    const { database } = this.#core;
    const { tenant } = this.#principal;
    const provider = await providerOfRoom(database, tenant);
    if (provider === undefined) return [];
    const values = await relativeValuesOf(database, tenant);
    const work = new Map<string, { readings: number; value: ReturnType<typeof wholeOf> }>();
    for (const { events } of await doneCases(database, { provider, period })) {
      for (const event of events) {
        if (event.kind !== 'preliminary-signed' && event.kind !== 'final-signed') continue;
        if (event.at < period.from || event.at >= period.until) continue;
        const { readings, value } = work.get(event.report.reader) ?? { readings: 0, value: wholeOf(0) };
        work.set(event.report.reader, { readings: readings + 1, value: plus(value, values.of(factsOf(events))) });
      }
    }
    const hours = new Map((await hoursOnDuty(database, tenant, period)).map((each) => [each.reader, each.hours]));
    return [...new Set([...hours.keys(), ...work.keys()])].sort().map((reader) => {
      const { readings, value } = work.get(reader) ?? { readings: 0, value: decimalOf('0') };
      return { reader, readings, relativeValue: decimalText(value), hours: hours.get(reader) ?? 0 };
    });
  }

  async #side(caseId: string): Promise<{ code: string; party: 'client' | 'provider'; actor: Actor }> {
    const code = readCaseCode(caseId);
    const seen = code && (await seenCase(this.#core.database, this.#principal.tenant, code));
    if (!seen) throw new Problem('reading/unknown-case');
    const party = seen.side === 'client' ? 'client' : 'provider';
    return { code: seen.reading.id, party, actor: actorOf(this.#principal, seen.side) };
  }

  async #named(id: string): Promise<StoredStatement> {
    const found = await statementNamed(this.#core.database, this.#principal.tenant, id);
    if (found === undefined) throw new Problem('catalogue/not-found', { what: 'statement' });
    return found;
  }
}

const shownSums = (sums: readonly Sum[]) =>
  sums.map(({ currency, minor }) => ({ currency, amount: amountText(minor, currency) }));

const headOf = ({ id, kind, party, provider, period, version, lines, sums, madeBy, madeAt }: StoredStatement) => ({
  ...{ id, kind, party, provider, version, madeBy, madeAt },
  from: new Date(period.from).toISOString(),
  until: new Date(period.until).toISOString(),
  lines: lines.length,
  sums: shownSums(sums),
});

const periodOf = ({ from, until }: { from: string; until: string }): BilledPeriod => ({
  from: Date.parse(from),
  until: Date.parse(until),
});

async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > limits.tableBytes)
      throw new Problem('request/too-large', { what: 'the table', limit: limits.tableBytes });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
