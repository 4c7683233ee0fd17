// Resources of FHIR in the catalogue (migrations/0019-fhir-resources.sql): versions are added and never changed, a deletion is
// a version too. Every version is written with what it is found by and an event of the feed, in one transaction.

import type { Resource } from '@medplum/fhirtypes';
import { parseJson } from '../fhir/json.ts';
import { patientsOf } from '../fhir/patients-of.ts';
import { writeIndex } from './fhir-search/write-index.ts';
import type { Queries, Transaction } from './transaction.ts';

export const limits = {
  /** Versions of a history that are counted. */
  counted: 10_000,
} as const;

export interface ResourceKey {
  tenant: number;
  type: string;
  id: string;
}

/** What is written, and by whom. */
export interface WrittenKey extends ResourceKey {
  /** A principal. */
  by: string;
}

export type WriteMethod = 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface StoredVersion {
  type: string;
  id: string;
  version: number;
  lastUpdated: Date;
  method: WriteMethod;
  /** Its place among all versions of the tenant. */
  change: string;
  /** JSON, with id and meta; absent where this version is a deletion. */
  text?: string;
}

/** The resource of a version that is no deletion. */
export const resourceOf = ({ text }: StoredVersion): Resource => parseJson(text!) as unknown as Resource;

export async function currentVersion(queries: Queries, key: ResourceKey): Promise<StoredVersion | undefined> {
  return (await select(queries, `${CURRENT} where tenant = $1 and type = $2 and id = $3`, keysOf(key)))[0];
}

/**
 * The same, also of one that is withheld while a study is read blind (migrations/0040-blind-readings.sql): for what the node does
 * with it by itself, and for no door.
 */
export async function keptVersion(queries: Queries, key: ResourceKey): Promise<StoredVersion | undefined> {
  return (await select(queries, `${KEPT} where tenant = $1 and type = $2 and id = $3`, keysOf(key)))[0];
}

/** As `versionOf`, also of one that is withheld. */
export async function keptVersionOf(
  queries: Queries,
  key: ResourceKey,
  version: number,
): Promise<StoredVersion | undefined> {
  const where = 'where tenant = $1 and type = $2 and id = $3 and version = $4';
  return (await select(queries, `select ${COLUMNS} from fhir_version_kept ${where}`, [...keysOf(key), version]))[0];
}

/** Whether it is there, and withheld. */
export async function isWithheld(queries: Queries, key: ResourceKey): Promise<boolean> {
  const rows = await queries.query(
    'select from fhir_resource_kept where tenant = $1 and type = $2 and id = $3 and withheld',
    keysOf(key),
  );
  return rows.length > 0;
}

/** The current versions of several of one type, those that are there. */
export function currentVersions(
  queries: Queries,
  { tenant, type }: Omit<ResourceKey, 'id'>,
  ids: readonly string[],
): Promise<StoredVersion[]> {
  return select(queries, `${CURRENT} where tenant = $1 and type = $2 and id = any($3)`, [tenant, type, ids]);
}

/** Versions from whatever `source` is: what follows `from`. */
export const readVersions = (queries: Queries, source: string, values: unknown[]): Promise<StoredVersion[]> =>
  select(queries, `select ${COLUMNS} from ${source}`, values);

/** Of these Patients, but no Patients, in the order of their last changes. */
export function ofPatients(
  queries: Queries,
  { tenant, patients, types, since, after, count }: PatientsQuery,
): Promise<StoredVersion[]> {
  return select(
    queries,
    `${CURRENT} where tenant = $1 and patients && $2 and type <> 'Patient' and not deleted
       and ($3::text[] is null or type = any($3)) and ($4::timestamptz is null or last_updated >= $4)
       and ($5::bigint is null or change > $5)
     order by change limit $6`,
    [tenant, patients, types ?? null, since ?? null, after ?? null, count],
  );
}

export interface PatientsQuery {
  tenant: number;
  /** Their ids. */
  patients: readonly string[];
  types?: readonly string[] | undefined;
  since?: Date | undefined;
  /** `change` of the last version of the page before. */
  after?: string | undefined;
  count: number;
}

export async function versionOf(
  queries: Queries,
  key: ResourceKey,
  version: number,
): Promise<StoredVersion | undefined> {
  const found = await select(queries, `${EVERY} where tenant = $1 and type = $2 and id = $3 and version = $4`, [
    ...keysOf(key),
    version,
  ]);
  return found[0];
}

/**
 * Writes the version that `next` makes of the current one, which nobody else changes meanwhile; undefined from `next` is a
 * deletion. What `next` rejects with, nothing was written for. `id` and `meta` of the resource are set here.
 */
export async function writeVersion(
  transaction: Transaction,
  key: WrittenKey,
  method: WriteMethod,
  next: (current: StoredVersion | undefined) => Promise<Resource | undefined> | Resource | undefined,
): Promise<StoredVersion> {
  const { tenant, type, id, by } = key;
  for (;;) {
    const locked = `${KEPT} where tenant = $1 and type = $2 and id = $3 for update`;
    const [current] = await select(transaction, locked, keysOf(key));
    const made = await next(current);
    const version = (current?.version ?? 0) + 1;
    const lastUpdated = new Date(Math.max(Date.now(), current?.lastUpdated.getTime() ?? 0));
    const resource = made && stamped(made, id, version, lastUpdated);
    const text = resource && JSON.stringify(resource);
    const patients = resource === undefined ? [] : patientsOf(resource);
    const written = await select(transaction, WRITE, [
      ...keysOf(key),
      version,
      lastUpdated,
      method,
      text ?? null,
      patients,
    ]);
    // Somebody else wrote the first version at the same time: ours is the next.
    if (written.length === 0) continue;
    await writeIndex(transaction.client, tenant, type, id, resource);
    await transaction.query(`insert into event (tenant, kind, detail) values ($1, 'resource-changed', $2)`, [
      tenant,
      JSON.stringify({ type, id, version, method, by }),
    ]);
    return written[0]!;
  }
}

function stamped(resource: Resource, id: string, version: number, lastUpdated: Date): Resource {
  const { resourceType, meta, id: _, ...elements } = resource;
  const stamp = { ...meta, versionId: String(version), lastUpdated: lastUpdated.toISOString() };
  return { resourceType, id, meta: stamp, ...elements } as Resource;
}

export interface HistoryQuery {
  tenant: number;
  /** Of one type, of one resource of it; absent: of all. */
  type?: string;
  id?: string;
  since?: Date;
  /** `change` of the last version of the page before. */
  before?: string;
  count: number;
}

/** Newest first, up to `count`; `total` of all pages, absent where they are more than are counted. */
export async function readHistory(
  queries: Queries,
  { tenant, type, id, since, before, count }: HistoryQuery,
): Promise<{ versions: StoredVersion[]; total?: number }> {
  const where = `where tenant = $1 and ($2::text is null or type = $2) and ($3::text is null or id = $3)
    and ($4::timestamptz is null or last_updated >= $4)`;
  const values = [tenant, type ?? null, id ?? null, since ?? null];
  const [{ total }] = (await queries.query(
    `select count(*)::int as total from (select from fhir_version ${where} limit ${limits.counted + 1}) v`,
    values,
  )) as [{ total: number }];
  const versions = await select(
    queries,
    `${EVERY} ${where} and ($5::bigint is null or change < $5) order by change desc limit $6`,
    [...values, before ?? null, count],
  );
  return { versions, ...(total <= limits.counted && { total }) };
}

const COLUMNS = 'type, id, version, last_updated, method, change, resource::text as text';
const CURRENT = `select ${COLUMNS} from fhir_resource`;
const KEPT = `select ${COLUMNS} from fhir_resource_kept`;
const EVERY = `select ${COLUMNS} from fhir_version`;
const WRITE = `insert into fhir_resource_kept as r (tenant, type, id, version, last_updated, method, resource, deleted, patients)
  values ($1, $2, $3, $4::int, $5, $6, $7::json, $7::json is null, $8)
  on conflict (tenant, type, id) do update set version = excluded.version, last_updated = excluded.last_updated,
    method = excluded.method, resource = excluded.resource, deleted = excluded.deleted, patients = excluded.patients,
    change = excluded.change
    where r.version = $4 - 1
  returning ${COLUMNS}`;

const keysOf = ({ tenant, type, id }: ResourceKey): unknown[] => [tenant, type, id];

type Row = {
  type: string;
  id: string;
  version: number;
  last_updated: Date;
  method: WriteMethod;
  change: string;
  text: string | null;
};

async function select(queries: Queries, text: string, values: unknown[]): Promise<StoredVersion[]> {
  const rows = await queries.query<Row>(text, values);
  return rows.map(({ last_updated: lastUpdated, text: json, ...row }) => ({
    ...row,
    lastUpdated,
    ...(json !== null && { text: json }),
  }));
}
