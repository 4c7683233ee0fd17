// A criterion of a FHIR search (R4 search.html) as an SQL condition over the index tables. What is compared by its beginning
// alone is what the indexes hold.

import type { DatePrefix } from '../../fhir/date-range.ts';
import { folded } from '../../fhir/patient-query.ts';
import type {
  Criterion,
  DateValue,
  Matching,
  QuantityValue,
  ReferenceValue,
  TokenValue,
} from '../../fhir/search/request.ts';
import type { Parameters } from '../search/statement.ts';
import { afterPrefix, anyOf } from '../search/text-condition.ts';

/** Characters of a text that the indexes hold (0021-fhir-search.sql). */
export const INDEXED = 128;

/** The beginning of a column, as the indexes have it. */
export const beginningOf = (column: string): string => `left(${column}, ${INDEXED})`;

/** A resource, by the SQL of its key. */
export interface Subject {
  type: string;
  id: string;
  /** Where its row is at hand. */
  lastUpdated?: string;
}

export class Conditions {
  readonly #parameters: Parameters;
  readonly #tenant: string;
  #aliases = 0;

  /** `tenant`: where its number is bound. */
  constructor(parameters: Parameters, tenant: string) {
    this.#parameters = parameters;
    this.#tenant = tenant;
  }

  /** Whether `subject` meets `criterion`. */
  of(criterion: Criterion, subject: Subject): string {
    switch (criterion.kind) {
      case 'id':
        return this.#negated(criterion.isNegated, `${subject.id} = any(${this.#bind(criterion.ids)}::text[])`);
      case 'lastUpdated':
        return this.#lastUpdated(criterion.values, subject);
      case 'missing': {
        const table = criterion.of === 'number' ? 'quantity' : criterion.of;
        return this.#negated(
          criterion.isMissing,
          this.#exists(table, criterion.parameter, subject, () => 'true'),
        );
      }
      case 'composite':
        return anyOf(criterion.values.map((components) => this.#composite(components, subject)));
      case 'chain':
        return this.#chain(criterion, subject);
      case 'has':
        return this.#has(criterion, subject);
      default: {
        const found = this.#exists(criterion.kind, criterion.parameter, subject, (row) =>
          this.#matches(criterion, row),
        );
        return this.#negated(criterion.kind === 'token' && criterion.isNegated, found);
      }
    }
  }

  #exists(table: string, parameter: string, subject: Subject, matches: (row: string) => string): string {
    const row = this.#alias();
    return `exists (select from fhir_${table} ${row} where ${this.#rowOf(row, parameter, subject)} and ${matches(row)})`;
  }

  #rowOf(row: string, parameter: string, { type, id }: Subject): string {
    return `${row}.tenant = ${this.#tenant} and ${row}.type = ${type} and ${row}.id = ${id} and ${row}.parameter = ${this.#bind(parameter)}`;
  }

  #matches(criterion: Matching, row: string): string {
    switch (criterion.kind) {
      case 'token':
        return this.#tokens(criterion.values, row);
      case 'string':
        return anyOf(criterion.values.map((text) => this.#string(text, criterion.how, row)));
      case 'date':
        return anyOf(criterion.values.map((value) => this.#date(value, row)));
      case 'quantity':
        return anyOf(criterion.values.map((value) => this.#quantity(value, row)));
      case 'reference':
        return this.#references(criterion.values, row);
      case 'uri':
        return anyOf(criterion.values.map((uri) => this.#uri(uri, criterion.how, row)));
    }
  }

  /** Codes of one system, or of any, are asked for together. */
  #tokens(values: readonly TokenValue[], row: string): string {
    const alternatives = [...Map.groupBy(values, ({ system }) => system)].map(([system, group]) => {
      const codes = group.flatMap(({ code }) => code ?? []);
      const isWhole = codes.length < group.length;
      const conditions = isWhole ? [] : [this.#equalsAny(`${row}.code`, codes)];
      if (system === '') conditions.push(`${row}.system is null`);
      else if (system !== undefined) conditions.push(`${row}.system = ${this.#bind(system)}`);
      return conditions.length === 0 ? `${row}.code is not null` : conditions.join(' and ');
    });
    return anyOf(alternatives);
  }

  #string(text: string, how: 'starts' | 'contains' | 'exact', row: string): string {
    const column = `${row}.folded`;
    if (how === 'contains') return `${column} like ${this.#bind(`%${text.replace(/[\\%_]/g, '\\$&')}%`)}`;
    if (how === 'starts') return this.#startsWith(column, text);
    return `${this.#equalsAny(column, [folded(text)])} and ${row}.text = ${this.#bind(text)}`;
  }

  /** R4 search.html#prefix, by the ranges that dates cover. */
  #date({ prefix, range }: DateValue, row: string): string {
    const bound = (milliseconds: number): string => `${this.#bind(milliseconds)}::bigint`;
    const [starts, ends] = [`${row}.starts`, `${row}.ends`];
    const startsBefore = () => `${starts} < ${bound(range.start)}`;
    const endsBehind = () => `${ends} > ${bound(range.end)}`;
    const startsWithin = () => `${starts} >= ${bound(range.start)} and ${starts} < ${bound(range.end)}`;
    const within = () => `${startsWithin()} and ${ends} <= ${bound(range.end)}`;
    const compare: Record<DatePrefix, () => string> = {
      eq: within,
      ne: () => anyOf([startsBefore(), endsBehind()]),
      gt: endsBehind,
      lt: startsBefore,
      ge: () => anyOf([endsBehind(), within()]),
      le: () => anyOf([startsBefore(), within()]),
      sa: () => `${starts} >= ${bound(range.end)}`,
      eb: () => `${ends} <= ${bound(range.start)}`,
      ap: () => `${starts} < ${bound(range.end)} and ${ends} > ${bound(range.start)}`,
    };
    return compare[prefix]();
  }

  /** An instant is within what is asked, or before or behind it. */
  #lastUpdated(values: readonly DateValue[], subject: Subject): string {
    const matches = (column: string): string => anyOf(values.map((value) => this.#instant(value, column)));
    if (subject.lastUpdated !== undefined) return matches(subject.lastUpdated);
    const row = this.#alias();
    const key = `${row}.tenant = ${this.#tenant} and ${row}.type = ${subject.type} and ${row}.id = ${subject.id}`;
    return `exists (select from fhir_resource ${row} where ${key} and ${matches(`${row}.last_updated`)})`;
  }

  #instant({ prefix, range }: DateValue, column: string): string {
    const bound = (milliseconds: number): string => `to_timestamp(${this.#bind(milliseconds)}::float8 / 1000)`;
    const before = () => `${column} < ${bound(range.start)}`;
    const behind = () => `${column} >= ${bound(range.end)}`;
    const within = () => `${column} >= ${bound(range.start)} and ${column} < ${bound(range.end)}`;
    const compare: Record<DatePrefix, () => string> = {
      eq: within,
      ap: within,
      ne: () => anyOf([before(), behind()]),
      gt: behind,
      sa: behind,
      lt: before,
      eb: before,
      ge: () => `${column} >= ${bound(range.start)}`,
      le: () => `${column} < ${bound(range.end)}`,
    };
    return compare[prefix]();
  }

  /** R4 search.html#number: equal is what the precision asked for cannot tell apart; other comparisons are exact. */
  #quantity({ prefix, system, code, ...asked }: QuantityValue, row: string): string {
    const bound = (decimal: string): string => `${this.#bind(decimal)}::numeric`;
    const [low, high] = [`${row}.low`, `${row}.high`];
    const compare: Record<DatePrefix, () => string> = {
      eq: () => `${low} >= ${bound(asked.low)} and ${low} < ${bound(asked.high)} and ${high} < ${bound(asked.high)}`,
      ne: () => `(${low} < ${bound(asked.low)} or ${high} >= ${bound(asked.high)})`,
      gt: () => `${high} > ${bound(asked.value)}`,
      lt: () => `${low} < ${bound(asked.value)}`,
      ge: () => `${high} >= ${bound(asked.value)}`,
      le: () => `${low} <= ${bound(asked.value)}`,
      sa: () => `${low} > ${bound(asked.value)}`,
      eb: () => `${high} < ${bound(asked.value)}`,
      ap: () => `${low} <= ${bound(asked.approximateHigh)} and ${high} >= ${bound(asked.approximateLow)}`,
    };
    const conditions = [compare[prefix]()];
    if (system !== undefined) conditions.push(`${row}.system = ${this.#bind(system)}`);
    if (code !== undefined) {
      const unit = this.#bind(code);
      conditions.push(
        system === undefined ? `(${row}.code = ${unit} or ${row}.unit = ${unit})` : `${row}.code = ${unit}`,
      );
    }
    return conditions.join(' and ');
  }

  /** Ids that may be of the same types are asked for together. */
  #references(values: readonly ReferenceValue[], row: string): string {
    const groups = Map.groupBy(values, ({ types }) => types?.join(' '));
    const alternatives = [...groups.values()].map((group) => {
      const [{ types }] = group as [ReferenceValue];
      const ids = this.#equalsAny(
        `${row}.target_id`,
        group.map(({ id }) => id),
      );
      return types === undefined ? ids : `${ids} and ${row}.target_type = any(${this.#bind(types)}::text[])`;
    });
    return anyOf(alternatives);
  }

  #uri(uri: string, how: 'equals' | 'below' | 'above', row: string): string {
    const column = `${row}.uri`;
    if (how === 'equals') return this.#equalsAny(column, [uri]);
    if (how === 'below') return this.#startsWith(column, uri);
    const beginnings = Array.from({ length: Math.min(uri.length, limits.uri) }, (_, at) => uri.slice(0, at + 1));
    return this.#equalsAny(
      column,
      beginnings.filter((text) => text.isWellFormed()),
    );
  }

  #composite(components: readonly Matching[], subject: Subject): string {
    const rows = components.map(() => this.#alias());
    const tables = components.map(({ kind }, at) => `fhir_${kind} ${rows[at]}`);
    const conditions = components.flatMap((component, at) => [
      this.#rowOf(rows[at]!, component.parameter, subject),
      this.#matches(component, rows[at]!),
      ...(at === 0 ? [] : [`${rows[at]}.element = ${rows[0]}.element`]),
    ]);
    return `exists (select from ${tables.join(', ')} where ${conditions.join(' and ')})`;
  }

  #chain({ parameter, targets, others = [] }: Extract<Criterion, { kind: 'chain' }>, subject: Subject): string {
    return this.#exists('reference', parameter, subject, (row) => {
      const target = { type: `${row}.target_type`, id: beginningOf(`${row}.target_id`) };
      const alternatives = targets.map(
        ({ types, criterion }) => `${this.#isOfType(target.type, types)} and ${this.of(criterion, target)}`,
      );
      if (others.length > 0) alternatives.push(this.#references(others, row));
      return alternatives.length === 0 ? 'false' : anyOf(alternatives);
    });
  }

  #has({ type, parameter, criterion }: Extract<Criterion, { kind: 'has' }>, subject: Subject): string {
    const row = this.#alias();
    const refers =
      `${row}.tenant = ${this.#tenant} and ${row}.type = ${this.#bind(type)} and ${row}.parameter = ${this.#bind(parameter)} ` +
      `and ${row}.target_type = ${subject.type} and ${beginningOf(`${row}.target_id`)} = ${subject.id}`;
    const met = this.of(criterion, { type: `${row}.type`, id: `${row}.id` });
    return `exists (select from fhir_reference ${row} where ${refers} and ${met})`;
  }

  #isOfType(column: string, types: readonly string[]): string {
    if (types.length === 1) return `${column} = ${this.#bind(types[0])}`;
    return `${column} = any(${this.#bind(types)}::text[])`;
  }

  /** Whatever is shorter than what is indexed is equal where its beginning is. */
  #equalsAny(column: string, values: readonly string[]): string {
    const [short, long] = [
      values.filter((text) => text.length < INDEXED),
      values.filter((text) => text.length >= INDEXED),
    ];
    const alternatives = long.map((text) => {
      const value = this.#bind(text);
      return `${beginningOf(column)} = ${beginningOf(`${value}::text`)} and ${column} = ${value}`;
    });
    if (short.length === 1) alternatives.unshift(`${beginningOf(column)} = ${this.#bind(short[0])}`);
    else if (short.length > 1) alternatives.unshift(`${beginningOf(column)} = any(${this.#bind(short)}::text[])`);
    return alternatives.length === 0 ? 'false' : anyOf(alternatives);
  }

  #startsWith(column: string, text: string): string {
    const beginning = [...text].slice(0, INDEXED).join('');
    const conditions = [`${beginningOf(column)} >= ${this.#bind(beginning)}`];
    const after = afterPrefix(beginning);
    if (after !== undefined) conditions.push(`${beginningOf(column)} < ${this.#bind(after)}`);
    if (beginning.length < text.length) conditions.push(`starts_with(${column}, ${this.#bind(text)})`);
    return conditions.join(' and ');
  }

  #negated(isNegated: boolean, condition: string): string {
    return isNegated ? `not (${condition})` : condition;
  }

  #alias(): string {
    this.#aliases += 1;
    return `i${this.#aliases}`;
  }

  #bind(value: unknown): string {
    return this.#parameters.bind(value);
  }
}

export const limits = {
  /** Characters of a URI above which others are looked for. */
  uri: 2000,
} as const;
