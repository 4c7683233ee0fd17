// Several statements that count together or not at all, on one connection of the pool.

import { Kysely, type Transaction as KyselyTransaction, PostgresDialect } from 'kysely';
import type pg from 'pg';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

/** Whoever answers statements: the catalogue, or one transaction of it. */
export interface Queries {
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
}

export interface Transaction extends Queries {
  /** For statements that are prepared under a name. */
  client: pg.PoolClient;
  /** Is done when all else is, before the commit; takes everything back where it rejects. In the order asked for. */
  lastly(work: () => Promise<void>): void;
  /** Is done once everything is committed; never where it is not. In the order in which it was asked for. */
  afterwards(work: () => void): void;
}

/** Resolves to what `work` did once it is committed; takes everything back where it rejects. */
export async function transact<T>(
  database: Pick<Database, 'pool'>,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  const client = await database.pool.connect();
  const last: (() => Promise<void>)[] = [];
  const later: (() => void)[] = [];
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const done = await work({
      client,
      query: async (text, values) => (await client.query(text, values)).rows,
      lastly: (each) => void last.push(each),
      afterwards: (each) => void later.push(each),
    });
    for (const each of last) await each();
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

/** For whoever writes with Kysely: its statements are part of `transaction`, and it begins and ends nothing. */
export function kyselyOf({ client }: Transaction): KyselyTransaction<Tables> {
  const held = { query: client.query.bind(client), release: () => undefined };
  const pool = { connect: async () => held, end: async () => undefined };
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }) as KyselyTransaction<Tables>;
}
