// Which resources meet the criteria of a conditional interaction or reference.

import type { QueryParameter } from '../../base/http/query-string.ts';
import { Problem } from '../../base/problem.ts';
import { writtenWith } from '../../storage/fhir-patients.ts';
import type { Queries } from '../../storage/transaction.ts';
import type { KnownPatients } from './known-patients.ts';

interface Asked {
  tenant: number;
  query: readonly QueryParameter[];
  limit: number;
}

/** By identifier or id. */
export async function matchingResources(
  queries: Queries,
  { tenant, type, query, limit }: Asked & { type: string },
): Promise<string[]> {
  const conditions = query.map(({ name, value }, at) => {
    if (name === '_id') return [`id = $${at + 3}`, value];
    if (name !== 'identifier') throw new Problem('fhir/unknown-parameter', { parameter: 'in a condition' });
    const { system, value: code } = tokenOf(value);
    const wanted = JSON.stringify([{ ...(system && { system }), value: code }]);
    return [
      `case json_typeof(resource->'identifier') when 'array' then resource::jsonb->'identifier' @> $${at + 3}::jsonb
        else json_build_array(resource->'identifier')::jsonb @> $${at + 3}::jsonb end`,
      wanted,
    ];
  });
  const rows = await queries.query<{ id: string }>(
    `select id from fhir_resource where tenant = $1 and type = $2 and not deleted
     ${conditions.map(([condition]) => `and ${condition}`).join(' ')} limit ${limit}`,
    [tenant, type, ...conditions.map(([, value]) => value)],
  );
  return rows.map(({ id }) => id);
}

export async function matchingPatients(
  queries: Queries,
  known: KnownPatients,
  { tenant, query, limit }: Asked,
): Promise<string[]> {
  const { people, systems } = await known.of(tenant);
  const [{ name, value } = { name: '', value: '' }, ...others] = query;
  if (name !== 'identifier' || others.length > 0)
    throw new Problem('fhir/unknown-parameter', { parameter: 'in a condition' });
  const { system, value: code } = tokenOf(value);
  const identifier = { issuer: systems.issuerOfSystem(system ?? ''), id: code };
  const written = await writtenWith(queries, tenant, [identifier]);
  const ids = new Set(written.flatMap(({ sighting }) => people.personOfEntry(sighting) ?? []));
  const person = people.personOf(identifier);
  if (person !== undefined && !people.isRemoved(identifier)) ids.add(person);
  const shown = await known.shown(queries, tenant, await known.persons(tenant, [...ids].slice(0, limit)));
  return [...shown.values()].map(({ id }) => id);
}

function tokenOf(token: string): { system?: string; value: string } {
  const bar = token.indexOf('|');
  return bar < 0 ? { value: token } : { system: token.slice(0, bar), value: token.slice(bar + 1) };
}
