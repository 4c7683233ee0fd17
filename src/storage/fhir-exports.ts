// Bulk Data exports that were asked for (migrations/0019-fhir-resources.sql), and what they hold: every resource as it was at
// one time, read from the versions.

import type { StoredVersion } from './fhir-resources.ts';
import { readVersions } from './fhir-resources.ts';
import type { Queries } from './transaction.ts';

export const limits = {
  /** How long an export can be fetched, in hours. */
  keptHours: 24,
  /** Resources read at once. */
  pageVersions: 500,
} as const;

export interface StoredExport {
  id: string;
  principal: string;
  asOf: Date;
  /** As whoever added it has it. */
  request: unknown;
}

/** Forgets those that are over. */
export async function addExport(queries: Queries, tenant: number, { id, principal, asOf, request }: StoredExport) {
  await queries.query('delete from fhir_export where tenant = $1 and as_of < $2', [
    tenant,
    new Date(asOf.getTime() - limits.keptHours * 3_600_000),
  ]);
  await queries.query('insert into fhir_export (tenant, id, principal, as_of, request) values ($1, $2, $3, $4, $5)', [
    tenant,
    id,
    principal,
    asOf,
    JSON.stringify(request),
  ]);
}

export async function findExport(queries: Queries, tenant: number, id: string): Promise<StoredExport | undefined> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return undefined;
  const [row] = await queries.query<{ id: string; principal: string; as_of: Date; request: unknown }>(
    'select id, principal, as_of, request from fhir_export where tenant = $1 and id = $2',
    [tenant, id],
  );
  return row && { id: row.id, principal: row.principal, asOf: row.as_of, request: row.request };
}

export async function removeExport(queries: Queries, tenant: number, id: string): Promise<void> {
  await queries.query('delete from fhir_export where tenant = $1 and id = $2', [tenant, id]);
}

/** What of a tenant's resources is meant. */
export interface Snapshot {
  tenant: number;
  asOf: Date;
  since?: Date | undefined;
  /** Only what refers to one of these; to any Patient where it is `any`. */
  patients?: readonly string[] | 'any' | undefined;
}

/** How many there are of each type. */
export async function countSnapshot(queries: Queries, snapshot: Snapshot): Promise<{ type: string; count: number }[]> {
  return queries.query(
    `select type, count(*)::int as count from (
       select distinct on (type, id) * from fhir_version where tenant = $1 and last_updated <= $2
       order by type, id, version desc) v
     where ${MEANT} group by type order by type`,
    [snapshot.tenant, snapshot.asOf, ...meantBy(snapshot)],
  );
}

/** Those of one type, in pages. */
export async function* readSnapshot(
  queries: Queries,
  type: string,
  snapshot: Snapshot,
): AsyncGenerator<StoredVersion[]> {
  for (let after = ''; ; ) {
    const [{ last } = { last: null }] = await queries.query<{ last: string | null }>(
      `select max(id) as last from (select distinct id from fhir_version
         where tenant = $1 and type = $2 and id > $3 order by id limit $4) page`,
      [snapshot.tenant, type, after, limits.pageVersions],
    );
    if (last === null) return;
    yield await readVersions(
      queries,
      `(select distinct on (id) * from fhir_version
        where tenant = $1 and last_updated <= $2 and type = $6 and id > $7 and id <= $8 order by id, version desc) v
       where ${MEANT} order by id`,
      [snapshot.tenant, snapshot.asOf, ...meantBy(snapshot), type, after, last],
    );
    after = last;
  }
}

const MEANT = `not deleted and ($3::timestamptz is null or last_updated >= $3)
  and ($4::text[] is null or patients && $4) and (not $5 or patients <> '{}')`;

const meantBy = ({ since, patients }: Snapshot): unknown[] => [
  since ?? null,
  patients === undefined || patients === 'any' ? null : patients,
  patients === 'any',
];
