// Statements of a FHIR search, on the catalogue's pool or within a transaction.

import type pg from 'pg';

/** `database.pool`, or the client of a transaction. */
export type Connection = Pick<pg.ClientBase, 'query'>;

export interface Statement {
  text: string;
  values: readonly unknown[];
}

/** Rows as arrays. Not prepared: which index serves a search shows only when its values are known. */
export async function rowsOf<Row extends unknown[]>(
  connection: Connection,
  { text, values }: Statement,
): Promise<Row[]> {
  return (await connection.query<Row>({ text, values: [...values], rowMode: 'array' })).rows;
}
