// FHIR resources put straight into the catalogue, with what they are found by.

import { parseQueryString } from '../../src/base/http/query-string.ts';
import type { JsonObject } from '../../src/fhir/json.ts';
import { parseSearch } from '../../src/fhir/search/parse.ts';
import type { Database } from '../../src/storage/database.ts';
import { type SearchPage, search } from '../../src/storage/fhir-search/search.ts';
import { writeIndex } from '../../src/storage/fhir-search/write-index.ts';

export type AnyResource = JsonObject & { resourceType: string; id: string };

const WRITE = `insert into fhir_resource (tenant, type, id, version, last_updated, method, deleted, resource)
  values ($1, $2, $3, 1, $4, 'PUT', $5, $6)
  on conflict (tenant, type, id) do update set version = fhir_resource.version + 1, last_updated = excluded.last_updated,
    deleted = excluded.deleted, resource = excluded.resource`;

export async function store(database: Database, resources: readonly AnyResource[], tenant = 1): Promise<void> {
  const client = await database.pool.connect();
  try {
    await client.query('begin');
    for (const resource of resources) {
      const { resourceType: type, id, meta } = resource;
      const updated = (meta as JsonObject | undefined)?.lastUpdated ?? '2026-11-23T09:00:00Z';
      await client.query(WRITE, [tenant, type, id, updated, false, JSON.stringify(resource)]);
      await writeIndex(client, tenant, type, id, resource);
    }
    await client.query('commit');
    client.release();
  } catch (thrown) {
    // Its transaction goes with it.
    client.release(true);
    throw thrown;
  }
}

export async function remove(database: Database, type: string, id: string, tenant = 1): Promise<void> {
  const client = await database.pool.connect();
  try {
    await client.query(WRITE, [tenant, type, id, '2026-11-23T10:00:00Z', true, null]);
    await writeIndex(client, tenant, type, id, undefined);
  } finally {
    client.release();
  }
}

const BASE_URL = 'https://fascia.example/fhir/R4';

/** `asked`: `Type?query`, or `?_type=A,B&query`. */
export function pageOf(database: Database, asked: string, tenant = 1): Promise<SearchPage> {
  const [type, query = ''] = asked.split(/\?(.*)/s) as [string, string?];
  const parameters = parseQueryString(query);
  const types = type === '' ? parameters.find(({ name }) => name === '_type')!.value.split(',') : [type];
  const now = Date.parse('2026-11-23T09:00:00Z');
  const request = parseSearch(types, parameters, { now, baseUrl: BASE_URL, prefer: 'handling=strict' });
  return search(database, tenant, request);
}

/** The ids of one page. */
export async function idsOf(database: Database, asked: string, tenant = 1): Promise<string[]> {
  return (await pageOf(database, asked, tenant)).matches.map(({ id }) => id);
}
