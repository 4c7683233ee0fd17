// How a tenant is called.

import type { Queries } from '../../storage/transaction.ts';

export async function tenantName(queries: Queries, tenant: number): Promise<string> {
  const [row] = await queries.query<{ name: string }>('select name from tenant where id = $1', [tenant]);
  return row!.name;
}
