// Three objects of one study that wait for a destination, in the ledger.

import type { TestContext } from 'node:test';
import type { Database } from '../../src/storage/database.ts';
import { consign } from '../../src/storage/ledger.ts';
import { image, insertImages } from './catalogue-rows.ts';
import { testDatabase } from './database.ts';

export const destination = { id: 1, tenant: 1, name: 'NEXT', kind: 'dimse', settings: {} };

export const waitingSops = [1, 2, 3].map((number) => `2.25.5.1.${number}`);

export async function waiting(t: TestContext): Promise<Database> {
  const database = await testDatabase(t);
  await database.query(`insert into destination (tenant, name, kind) values (1, 'NEXT', 'dimse')`);
  await addWaiting(database, waitingSops);
  return database;
}

/** More of the same series. */
export async function addWaiting(database: Database, sops: readonly string[]): Promise<void> {
  await insertImages(
    database,
    sops.map((sop) => image({ StudyInstanceUID: '2.25.5', SeriesInstanceUID: '2.25.5.1', SOPInstanceUID: sop })),
  );
  const [study] = await database.query<{ id: string }>('select id from study');
  const wanted = {
    tenant: 1,
    study: study!.id,
    destination: destination.id,
    form: '',
    ruleSet: 1,
    rules: ['all'],
    series: ['2.25.5.1'],
    priority: 2,
    readyAt: new Date(),
  };
  const rows = await database.query<{ id: string }>('select id from instance where sop_uid = any($1)', [sops]);
  const instances = rows.map(({ id }) => id);
  await database.kysely.transaction().execute((transaction) => consign(transaction, wanted, instances));
}
