// Policies of critical results, by client and by the name that terms call them.

import type { Queries } from '../../storage/transaction.ts';
import { type CriticalPolicy, checkPolicy, standardPolicy } from '../critical/policy.ts';

/** The standard policy, under its name, where the client has none of that name: nobody is told of nothing. */
export async function policyNamed(queries: Queries, client: number, name: string): Promise<CriticalPolicy> {
  const [row] = await queries.query<{ policy: CriticalPolicy }>(
    'select policy from reading_critical_policy where client = $1 and name = $2',
    [client, name],
  );
  return row?.policy ?? { ...standardPolicy, name };
}

export async function policiesOf(queries: Queries, client: number): Promise<CriticalPolicy[]> {
  const rows = await queries.query<{ policy: CriticalPolicy }>(
    'select policy from reading_critical_policy where client = $1 order by name',
    [client],
  );
  return rows.map(({ policy }) => policy);
}

/** For results that are flagged from now on. Throws request/malformed. */
export async function putPolicy(queries: Queries, client: number, policy: CriticalPolicy, by: string): Promise<void> {
  checkPolicy(policy);
  await queries.query(
    `insert into reading_critical_policy (client, name, policy, changed_by) values ($1, $2, $3, $4)
     on conflict (client, name) do update set policy = excluded.policy, changed_by = excluded.changed_by, changed_at = now()`,
    [client, policy.name, JSON.stringify(policy), by],
  );
}
