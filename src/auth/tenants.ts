// Tenants: the organisations that share one installation and see nothing of each other.

import type { Database } from '../storage/database.ts';

/** The tenant of this name, created where it is new. */
export async function tenantNamed(database: Database, name: string): Promise<number> {
  await database.query('insert into tenant (name) values ($1) on conflict do nothing', [name]);
  const [row] = await database.query<{ id: number }>('select id from tenant where name = $1', [name]);
  return row!.id;
}
