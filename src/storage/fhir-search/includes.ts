// What is to come along with the matches of a search (R4 search.html#include, #revinclude): what they refer to, and what refers
// to them; with `:iterate` also what that refers to, and so on.

import { parseJson } from '../../fhir/json.ts';
import type { Include } from '../../fhir/search/request.ts';
import { Parameters } from '../search/statement.ts';
import { isShown } from '../withheld.ts';
import type { Connection, Statement } from './connection.ts';
import type { SearchPage } from './search.ts';
import { beginningOf } from './value-condition.ts';

export const limits = {
  /** Resources that come along with one page. */
  included: 1000,
} as const;

export interface ResourceKey {
  type: string;
  id: string;
}

type Included = Pick<SearchPage, 'included' | 'missing' | 'isCut'>;

/** Each once, and none of `matches`. */
export async function includesOf(
  connection: Connection,
  tenant: number,
  matches: readonly ResourceKey[],
  includes: readonly Include[],
): Promise<Included> {
  if (includes.length === 0 || matches.length === 0) return { included: [], missing: [], isCut: false };
  const { text, values } = statementOf(tenant, matches, includes);
  const rows = await connection.query<ResourceKey & { resource: string | null }>(text, values);
  const some = rows.slice(0, limits.included);
  const included = some.flatMap(({ resource, ...key }) =>
    resource === null ? [] : [{ ...key, resource: parseJson(resource) }],
  );
  const missing = some.filter(({ resource }) => resource === null).map(({ type, id }) => ({ type, id }));
  return { included, missing, isCut: rows.length > limits.included };
}

function statementOf(tenant: number, matches: readonly ResourceKey[], includes: readonly Include[]): Statement {
  const parameters = new Parameters();
  const ours = parameters.bind(tenant);
  const types = parameters.bind(matches.map(({ type }) => type));
  const ids = parameters.bind(matches.map(({ id }) => id));
  const [forward, reverse] = [
    includes.filter(({ isReverse }) => !isReverse),
    includes.filter(({ isReverse }) => isReverse),
  ];
  const among = (some: readonly Include[]): string =>
    some.map((include) => `(${chosen(include, parameters)})`).join(' or ');
  const ways: string[] = [];
  if (forward.length > 0) {
    ways.push(`select x.target_type, x.target_id from fhir_reference x
      where x.tenant = ${ours} and x.type = f.type and x.id = f.id and x.element is null
        and x.target_type is not null and x.target_id is not null and (${among(forward)})`);
  }
  if (reverse.length > 0) {
    ways.push(`select x.type, x.id from fhir_reference x
      where x.tenant = ${ours} and ${beginningOf('x.target_id')} = f.id and x.target_type = f.type and x.element is null
        and x.parameter is not null and (${among(reverse)}) and ${isShown(ours, 'x.type', 'x.id')}`);
  }
  // Whether it is a match is of the key: what only iterating includes follow from, they follow from it once.
  const text = `with recursive matches(type, id) as (
      select m.type collate "C", m.id collate "C" from unnest(${types}::text[], ${ids}::text[]) m(type, id)),
    found(type, id, is_match) as (
      select type, id, true from matches
      union
      select n.type, n.id, false from found f cross join lateral (${ways.join(' union all ')}) n(type, id)
    ),
    others as (
      select type, id from found where not is_match and (type, id) not in (select type, id from matches) limit ${limits.included + 1}
    )
    select o.type, o.id, r.resource::text as resource from others o
    left join fhir_resource r on r.tenant = ${ours} and r.type = o.type and r.id = o.id and not r.deleted
    order by 1, 2`;
  return { text, values: parameters.values };
}

/** Without `:iterate` it goes from the matches alone. */
function chosen({ type, parameter, target, isReverse, iterates }: Include, parameters: Parameters): string {
  const conditions = [`x.type = ${parameters.bind(type)}`];
  if (parameter !== undefined) conditions.push(`x.parameter = ${parameters.bind(parameter)}`);
  if (target !== undefined) conditions.push(`${isReverse ? 'f.type' : 'x.target_type'} = ${parameters.bind(target)}`);
  if (!iterates) conditions.push('f.is_match');
  return conditions.join(' and ');
}
