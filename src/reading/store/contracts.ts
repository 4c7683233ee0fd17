// Contracts and the versions of their terms (migrations/0030-reading-terms.sql): rows as they are written and read. What is in
// force is held by terms.ts.

import { isDeepStrictEqual } from 'node:util';
import { tenantNamed } from '../../auth/tenants.ts';
import { Problem } from '../../base/problem.ts';
import type { Database } from '../../storage/database.ts';
import { type Queries, type Transaction, transact } from '../../storage/transaction.ts';
import type { NewContract, NewTerm } from '../terms/read-term.ts';
import type { ServiceTerm } from '../terms/service-term.ts';
import type { contractStatuses } from '../terms/term-schema.ts';
import { roomName } from './rooms.ts';

export const TERMS_CHANNEL = 'reading_terms';

export interface Contract {
  id: string;
  /** Names of tenants. */
  client: string;
  provider: string;
  /** Rows of the tenants: the client's, and the room of the provider. */
  tenant: number;
  room: number;
  status: (typeof contractStatuses)[number];
  /** ISO 8601. */
  from: string;
  to?: string;
}

export async function readContracts(queries: Queries): Promise<Contract[]> {
  const rows = await queries.query<Omit<Contract, 'from' | 'to'> & { from: Date; to: Date | null }>(
    `select c.id, t.name as client, c.provider, c.tenant, c.room, c.status, c.valid_from as "from", c.valid_to as "to"
     from reading_contract c join tenant t on t.id = c.tenant order by c.id`,
  );
  return rows.map(({ from, to, ...row }) => ({
    ...row,
    from: from.toISOString(),
    ...(to !== null && { to: to.toISOString() }),
  }));
}

/** Every version, the newest first. */
export async function readTerms(queries: Queries): Promise<ServiceTerm[]> {
  const rows = await queries.query<{ document: Omit<ServiceTerm, 'version'>; version: number }>(
    'select document, version from reading_term order by contract, id, version desc',
  );
  return rows.map(({ document, version }) => ({ ...document, version }));
}

/** A contract as it is said now, with a version of each of its terms that says something new. Rejects with auth/forbidden. */
export async function writeContract(
  database: Database,
  contract: NewContract & { client: string },
  by: { author: string; at: number },
): Promise<void> {
  const { id, client, provider, status = 'executed', from, to, terms } = contract;
  const [tenant, room] = [await tenantNamed(database, client), await tenantNamed(database, roomName(provider))];
  await transact(database, async (transaction) => {
    const written = await transaction.query(
      `insert into reading_contract (id, tenant, provider, room, status, valid_from, valid_to)
       values ($1, $2, $3, $4, $5, coalesce($6::timestamptz, $8), $7)
       on conflict (id) do update set status = excluded.status, valid_to = excluded.valid_to,
         valid_from = coalesce($6::timestamptz, reading_contract.valid_from)
       where reading_contract.tenant = excluded.tenant and reading_contract.room = excluded.room returning 1`,
      [id, tenant, provider, room, status, from ?? null, to ?? null, new Date(by.at)],
    );
    // Between whom it is, is what a contract is.
    if (written.length === 0) throw new Problem('auth/forbidden', { action: 'change the parties of a contract' });
    for (const term of terms) await addVersion(transaction, term, by.author);
    await transaction.query('select pg_notify($1, $2)', [TERMS_CHANNEL, '']);
  });
}

/** Resolves to the version it is now. Rejects with catalogue/not-found where there is no such contract. */
export async function writeTerm(database: Database, term: NewTerm, author: string): Promise<number> {
  return transact(database, async (transaction) => {
    const found = await transaction.query('select 1 from reading_contract where id = $1', [term.contract]);
    if (found.length === 0) throw new Problem('catalogue/not-found', { what: 'contract' });
    const version = await addVersion(transaction, term, author);
    await transaction.query('select pg_notify($1, $2)', [TERMS_CHANNEL, '']);
    return version;
  });
}

/** A term that says what it says already at that moment gets no version. */
async function addVersion(transaction: Transaction, term: NewTerm, author: string): Promise<number> {
  await transaction.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`reading_term ${term.id}`]);
  const [last] = await transaction.query<{ version: number; document: NewTerm }>(
    'select version, document from reading_term where contract = $1 and id = $2 order by version desc limit 1',
    [term.contract, term.id],
  );
  if (last !== undefined && saysAlready(last.document, term)) return last.version;
  const version = (last?.version ?? 0) + 1;
  await transaction.query(
    'insert into reading_term (contract, id, version, document, author) values ($1, $2, $3, $4, $5)',
    [term.contract, term.id, version, JSON.stringify(term), author],
  );
  return version;
}

function saysAlready({ validFrom: since, ...before }: NewTerm, { validFrom, ...now }: NewTerm): boolean {
  return isDeepStrictEqual(before, now) && Date.parse(since) <= Date.parse(validFrom);
}
