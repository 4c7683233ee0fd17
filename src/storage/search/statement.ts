// SQL with numbered parameters: fragments are put together as text, values only ever as parameters.

import type { Database } from '../database.ts';
import { limits } from './limits.ts';

/** The values of one statement, in the order of their numbers. */
export class Parameters {
  readonly values: unknown[] = [];

  /** The values so far, for a statement that goes on from them. */
  copy(): Parameters {
    const parameters = new Parameters();
    parameters.values.push(...this.values);
    return parameters;
  }

  /** Where the value stands in the text: `$1`, `$2`, … */
  bind(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

export interface Statement {
  text: string;
  values: readonly unknown[];
  /**
   * One plan is right for all values, so PostgreSQL may keep it. False for ranges and wildcards: how much they match, and
   * so which index serves them, shows only when their values are known.
   */
  steady: boolean;
}

/** The rows as arrays, in the order of the columns. */
export async function run<Row extends unknown[]>(database: Database, statement: Statement): Promise<Row[]> {
  const name = statement.steady ? preparedName(statement.text) : undefined;
  const { text, values } = statement;
  return (await database.pool.query<Row>({ name, text, values: [...values], rowMode: 'array' })).rows;
}

const names = new Map<string, string>();

/** The same name for the same text; none once so many are taken that the server's memory would suffer. */
function preparedName(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= limits.preparedStatements) return known;
  const name = `search_${names.size + 1}`;
  names.set(text, name);
  return name;
}
