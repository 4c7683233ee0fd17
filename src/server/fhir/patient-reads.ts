// What the catalogue is asked of persons again and again, asked together by all who ask at the same time.

import type { Database } from '../../storage/database.ts';
import { type NamedIdentifier, type WrittenPatient, writtenAbout } from '../../storage/fhir-patients.ts';
import { entriesOf, type LoggedEntry } from '../../storage/identity-log.ts';
import { SharedReads } from '../../storage/shared-reads.ts';

interface OfTenant<Row> {
  tenant: number;
  row: Row;
}

export class PatientReads {
  readonly #entries: SharedReads<OfTenant<string>, OfTenant<LoggedEntry>>;
  readonly #written: SharedReads<OfTenant<NamedIdentifier>, OfTenant<WrittenPatient>>;

  constructor(database: Database) {
    this.#entries = new SharedReads({
      read: (keys) => byTenant(keys, (tenant, ids) => entriesOf(database, tenant, ids)),
      nameOf: ({ tenant, row }) => `${tenant} ${row}`,
      keyOf: ({ tenant, row }) => `${tenant} ${row.id}`,
    });
    this.#written = new SharedReads({
      read: (keys) => byTenant(keys, (tenant, registrations) => writtenAbout(database, tenant, registrations)),
      nameOf: ({ tenant, row }) => `${tenant} ${nameOf(row)}`,
      keyOf: ({ tenant, row }) => `${tenant} ${nameOf(row.registration)}`,
    });
  }

  /** As `entriesOf`. */
  async entries(tenant: number, ids: readonly string[]): Promise<LoggedEntry[]> {
    return (await this.#entries.of(ids.map((row) => ({ tenant, row })))).map(({ row }) => row);
  }

  /** As `writtenAbout`. */
  async writtenAbout(tenant: number, registrations: readonly NamedIdentifier[]): Promise<WrittenPatient[]> {
    return (await this.#written.of(registrations.map((row) => ({ tenant, row })))).map(({ row }) => row);
  }
}

async function byTenant<Key, Row>(
  keys: readonly OfTenant<Key>[],
  read: (tenant: number, own: readonly Key[]) => Promise<readonly Row[]>,
): Promise<OfTenant<Row>[]> {
  const tenants = [...Map.groupBy(keys, ({ tenant }) => tenant)];
  const found = tenants.map(async ([tenant, own]) => {
    const rows = await read(
      tenant,
      own.map(({ row }) => row),
    );
    return rows.map((row) => ({ tenant, row }));
  });
  return (await Promise.all(found)).flat();
}

const nameOf = ({ issuer, id }: NamedIdentifier): string => `${issuer}|${id}`;
