// Statements among the resources of FHIR: an Invoice and a ChargeItem for each line, in the tenant whose the statement is. Written
// behind the statement, a few at a time, because a transaction that takes long holds up all who read the feed.

import type { ChargeItem, Invoice } from '@medplum/fhirtypes';
import { chargeItemsOf, invoicesOf } from '../../reading/metering/invoice.ts';
import { type StoredStatement, statementNamed } from '../../reading/store/statements.ts';
import type { Database } from '../../storage/database.ts';
import { EVENT_CHANNEL } from '../../storage/events.ts';
import { currentVersions, writeVersion } from '../../storage/fhir-resources.ts';
import { type Transaction, transact } from '../../storage/transaction.ts';
import { ownWriters } from '../fhir/own-writers.ts';

export const STATEMENT_EVENT = 'reading-statement';

export const limits = {
  /** Resources that one transaction writes. */
  atOnce: 50,
} as const;

export async function tellStatement(transaction: Transaction, { tenant, id }: StoredStatement): Promise<void> {
  await transaction.query(
    `with told as (insert into event (tenant, kind, detail) values ($1, $2, $3) returning 1)
     select pg_notify($4, '') from told`,
    [tenant, STATEMENT_EVENT, JSON.stringify({ id }), EVENT_CHANNEL],
  );
}

/** May be done again: what is there stays. The lines before the sums that name them. */
export async function writeInvoices(database: Database, tenant: number, id: string): Promise<void> {
  const statement = await statementNamed(database, tenant, id);
  if (statement === undefined) return;
  await writeMissing(database, tenant, 'ChargeItem', chargeItemsOf(statement));
  await writeMissing(database, tenant, 'Invoice', invoicesOf(statement));
}

async function writeMissing(
  database: Database,
  tenant: number,
  type: 'ChargeItem' | 'Invoice',
  resources: readonly (ChargeItem | Invoice)[],
): Promise<void> {
  for (let from = 0; from < resources.length; from += limits.atOnce) {
    const some = resources.slice(from, from + limits.atOnce);
    await transact(database, async (transaction) => {
      const ids = some.map((resource) => resource.id!);
      const there = new Set((await currentVersions(transaction, { tenant, type }, ids)).map((version) => version.id));
      for (const resource of some.filter((each) => !there.has(each.id!))) {
        const key = { tenant, type, id: resource.id!, by: ownWriters.reading };
        await writeVersion(transaction, key, 'PUT', () => resource);
      }
    });
  }
}
