// Writes by what a resource is found, in the transaction that writes the resource: one round trip, whatever was there before.

import type pg from 'pg';
import type { JsonObject } from '../../fhir/json.ts';
import { indexValuesOf } from '../../fhir/search/index-values.ts';

/**
 * `resource`: undefined where it was deleted. Whoever writes the same resource at once has to be kept out by the caller: it
 * holds the resource's row.
 */
export async function writeIndex(
  transaction: Pick<pg.ClientBase, 'query'>,
  tenant: number,
  type: string,
  id: string,
  resource: object | undefined,
): Promise<void> {
  const values = resource === undefined ? [] : indexValuesOf(resource as JsonObject & { resourceType: string });
  const byKind = Object.fromEntries(Map.groupBy(values, ({ kind }) => kind));
  await transaction.query({
    name: 'write_fhir_index',
    text: 'select write_fhir_index($1::smallint, $2, $3, $4)',
    values: [tenant, type, id, JSON.stringify(byKind)],
  });
}
