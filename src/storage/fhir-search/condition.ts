// A criterion of a FHIR search (R4 search.html) as an SQL condition over the index tables; what its values ask of a row is
// value-condition.ts.

import type { Criterion, DateValue, Matching } from '../../fhir/search/request.ts';
import type { Parameters } from '../search/statement.ts';
import { anyOf } from '../search/text-condition.ts';
import { isShown } from '../withheld.ts';
import { type Bind, beginningOf, instantMatches, referencesMatch, valueMatches } from './value-condition.ts';

/** A resource, by the SQL of its key. */
export interface Subject {
  type: string;
  id: string;
  /** Where its row is at hand. */
  lastUpdated?: string;
}

export class Conditions {
  readonly #bind: Bind;
  readonly #tenant: string;
  #aliases = 0;

  /** `tenant`: where its number is bound. */
  constructor(parameters: Parameters, tenant: string) {
    this.#bind = (value) => parameters.bind(value);
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
          valueMatches(criterion, row, this.#bind),
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

  /** An instant is within what is asked, or before or behind it. */
  #lastUpdated(values: readonly DateValue[], subject: Subject): string {
    const matches = (column: string): string => anyOf(values.map((value) => instantMatches(value, column, this.#bind)));
    if (subject.lastUpdated !== undefined) return matches(subject.lastUpdated);
    const row = this.#alias();
    const key = `${row}.tenant = ${this.#tenant} and ${row}.type = ${subject.type} and ${row}.id = ${subject.id}`;
    return `exists (select from fhir_resource ${row} where ${key} and ${matches(`${row}.last_updated`)})`;
  }

  #composite(components: readonly Matching[], subject: Subject): string {
    const rows = components.map(() => this.#alias());
    const tables = components.map(({ kind }, at) => `fhir_${kind} ${rows[at]}`);
    const conditions = components.flatMap((component, at) => [
      this.#rowOf(rows[at]!, component.parameter, subject),
      valueMatches(component, rows[at]!, this.#bind),
      ...(at === 0 ? [] : [`${rows[at]}.element = ${rows[0]}.element`]),
    ]);
    return `exists (select from ${tables.join(', ')} where ${conditions.join(' and ')})`;
  }

  #chain({ parameter, targets, others = [] }: Extract<Criterion, { kind: 'chain' }>, subject: Subject): string {
    return this.#exists('reference', parameter, subject, (row) => {
      const target = { type: `${row}.target_type`, id: beginningOf(`${row}.target_id`) };
      const alternatives = targets.map(
        ({ types, criterion }) =>
          `${this.#isOfType(target.type, types)} and ${this.of(criterion, target)} and ${isShown(this.#tenant, target.type, target.id)}`,
      );
      if (others.length > 0) alternatives.push(referencesMatch(others, row, this.#bind));
      return alternatives.length === 0 ? 'false' : anyOf(alternatives);
    });
  }

  #has({ type, parameter, criterion }: Extract<Criterion, { kind: 'has' }>, subject: Subject): string {
    const row = this.#alias();
    const refers =
      `${row}.tenant = ${this.#tenant} and ${row}.type = ${this.#bind(type)} and ${row}.parameter = ${this.#bind(parameter)} ` +
      `and ${row}.target_type = ${subject.type} and ${beginningOf(`${row}.target_id`)} = ${subject.id}`;
    const other = { type: `${row}.type`, id: `${row}.id` };
    // What is withheld is not found by what it refers to, either.
    const met = `${this.of(criterion, other)} and ${isShown(this.#tenant, other.type, other.id)}`;
    return `exists (select from fhir_reference ${row} where ${refers} and ${met})`;
  }

  #isOfType(column: string, types: readonly string[]): string {
    if (types.length === 1) return `${column} = ${this.#bind(types[0])}`;
    return `${column} = any(${this.#bind(types)}::text[])`;
  }

  #negated(isNegated: boolean, condition: string): string {
    return isNegated ? `not (${condition})` : condition;
  }

  #alias(): string {
    this.#aliases += 1;
    return `i${this.#aliases}`;
  }
}
