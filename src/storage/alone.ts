// Work that one node does at a time, whoever shares the catalogue.

import type { Database } from './database.ts';

/**
 * Runs `work` unless another node is at what has this name: then undefined. The lock goes with this node's connection, so
 * that one which dies holds nobody up; no transaction is open meanwhile, which would hold back the feed for everybody.
 */
export async function alone<T>(database: Database, name: string, work: () => Promise<T>): Promise<T | undefined> {
  const client = await database.pool.connect();
  try {
    const { rows } = await client.query<{ mine: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as mine',
      [name],
    );
    if (!rows[0]!.mine) return undefined;
    try {
      return await work();
    } finally {
      await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [name]);
    }
  } finally {
    client.release();
  }
}
