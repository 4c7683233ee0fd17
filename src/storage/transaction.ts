// Several statements that count together or not at all, on one connection of the pool.

import type pg from 'pg';
import type { Database } from './database.ts';

/** Whoever answers statements: the catalogue, or one transaction of it. */
export interface Queries {
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
}

export interface Transaction extends Queries {
  /** For statements that are prepared under a name. */
  client: pg.PoolClient;
  /** Is done once everything is committed; never where it is not. In the order in which it was asked for. */
  afterwards(work: () => void): void;
}

/** Resolves to what `work` did once it is committed; takes everything back where it rejects. */
export async function transact<T>(
  database: Pick<Database, 'pool'>,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  const client = await database.pool.connect();
  const later: (() => void)[] = [];
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const done = await work({
      client,
      query: async (text, values) => (await client.query(text, values)).rows,
      afterwards: (each) => void later.push(each),
    });
    await client.query('commit');
    for (const each of later) each();
    return done;
  } catch (thrown) {
    await client.query('rollback').catch((error: Error) => {
      broken = error;
    });
    throw thrown;
  } finally {
    client.release(broken);
  }
}
