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
  await transaction.query({
    name: 'fhir_write_index',
    text: statement,
    values: [tenant, type, id, JSON.stringify(values)],
  });
}

/** Columns of each table beside those that all have, and where they come from. */
const columns = {
  token: { system: 'v.system', code: 'v.code' },
  string: { text: 'v.text', folded: 'v.folded' },
  date: { starts: 'v.start', ends: 'v."end"' },
  quantity: { low: 'v.low::numeric', high: 'v.high::numeric', system: 'v.system', code: 'v.code', unit: 'v.unit' },
  reference: { target_type: 'v.type', target_id: 'v.id' },
  uri: { uri: 'v.uri' },
} as const;

const steps = Object.entries(columns).flatMap(([kind, own]) => [
  `removed_${kind} as (delete from fhir_${kind} where tenant = $1 and type = $2 and id = $3)`,
  `added_${kind} as (
    insert into fhir_${kind} (tenant, type, id, parameter, element, is_least, is_most, ${Object.keys(own).join(', ')})
    select $1, $2, $3, v.parameter, v.element, coalesce(v."isLeast", false), coalesce(v."isMost", false), ${Object.values(own).join(', ')}
    from v where v.kind = '${kind}')`,
]);

const statement = `with v as materialized (
    select * from jsonb_to_recordset($4::jsonb) as v(kind text, parameter text, element integer, "isLeast" boolean, "isMost" boolean,
      system text, code text, text text, folded text, start bigint, "end" bigint, low text, high text, unit text, type text, id text,
      uri text)
  ), ${steps.join(', ')}
  select`;
