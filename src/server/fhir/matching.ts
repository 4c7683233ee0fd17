// Which resources meet the criteria of a conditional interaction or reference.

import type { QueryParameter } from '../../base/http/query-string.ts';
import { Problem } from '../../base/problem.ts';
import { parseSearch } from '../../fhir/search/parse.ts';
import { writtenWith } from '../../storage/fhir-patients.ts';
import { search } from '../../storage/fhir-search/search.ts';
import type { Queries } from '../../storage/transaction.ts';
import type { KnownPatients } from './known-patients.ts';

interface Asked {
  tenant: number;
  query: readonly QueryParameter[];
  limit: number;
}

/** R4 http.html#ccreate: criteria are those of a search, and all of them have to be understood. */
export async function matchingResources(
  queries: Queries,
  { tenant, type, query, limit }: Asked & { type: string },
): Promise<string[]> {
  const asked = parseSearch([type], query, { now: Date.now(), prefer: 'handling=strict' });
  if (asked.criteria.length === 0) throw new Problem('request/malformed', { reason: 'a condition has no criteria' });
  const { criteria, types, understood, ignored } = asked;
  const found = { criteria, types, understood, ignored, count: limit, sort: [], includes: [], total: 'none' } as const;
  return (await search(queries, tenant, found)).matches.map(({ id }) => id);
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
