// A page of a FHIR search (R4 search.html) over the stored resources: one statement for the matches and their number, another
// for what is to come along with them.

import { type JsonObject, parseJson } from '../../fhir/json.ts';
import type { Cursor, SearchRequest } from '../../fhir/search/request.ts';
import { Parameters } from '../search/statement.ts';
import { Conditions } from './condition.ts';
import type { Connection, Statement } from './connection.ts';
import { includesOf, type ResourceKey } from './includes.ts';
import { stretchesOf } from './order.ts';

export const limits = {
  /** Matches that are counted where nobody asks for their exact number. */
  counted: 10_000,
} as const;

export interface StoredResource extends ResourceKey {
  resource: JsonObject;
}

export interface SearchPage {
  matches: readonly StoredResource[];
  included: readonly StoredResource[];
  /** What is to be included but is no stored resource: perhaps it is held elsewhere. */
  missing: readonly ResourceKey[];
  /** More was to be included than a page holds. */
  isCut: boolean;
  /** Of all pages; absent where nobody wants to know or they are more than are counted. */
  total?: number;
  next?: Cursor;
  previous?: Cursor;
}

interface Row {
  total: string | null;
  /** Absent where nothing is found. */
  type?: string | null;
  id: string;
  resource: string;
  keys: (string | null)[];
}

/** Of `tenant` alone. */
export async function search(connection: Connection, tenant: number, request: SearchRequest): Promise<SearchPage> {
  const { text, values } = statementOf(tenant, request);
  const rows = await connection.query<Row>(text, values);
  const { count, cursor } = request;
  const found = rows.filter(({ type }) => type != null).slice(0, count);
  if (cursor?.isBackward) found.reverse();
  const matches = found.map(({ type, id, resource }) => ({ type: type!, id, resource: parseJson(resource) }));
  const total = totalOf(rows[0]?.total, request);
  return {
    matches,
    ...(await includesOf(connection, tenant, matches, request.includes)),
    ...(total === undefined ? {} : { total }),
    ...linksOf(found, rows.length > count && count > 0, cursor),
  };
}

function totalOf(counted: string | null | undefined, { total }: SearchRequest): number | undefined {
  if (counted === null || counted === undefined) return undefined;
  return total === 'accurate' || Number(counted) <= limits.counted ? Number(counted) : undefined;
}

/** `hasMore`: in the direction in which the page was read. Where it came from, there is more unless that was removed. */
function linksOf(
  found: readonly Row[],
  hasMore: boolean,
  cursor: Cursor | undefined,
): Pick<SearchPage, 'next' | 'previous'> {
  const [first, last] = [found.at(0), found.at(-1)];
  const hasNext = cursor?.isBackward || hasMore;
  const hasPrevious = cursor !== undefined && (!cursor.isBackward || hasMore);
  return {
    ...(hasNext && last !== undefined ? { next: cursorAt(last, false) } : {}),
    ...(hasPrevious && first !== undefined ? { previous: cursorAt(first, true) } : {}),
  };
}

const cursorAt = ({ type, id, keys }: Row, isBackward: boolean): Cursor => ({ keys, type: type!, id, isBackward });

function statementOf(tenant: number, request: SearchRequest): Statement {
  const parameters = new Parameters();
  const ours = parameters.bind(tenant);
  const which = conditionsOf(request, parameters, ours).join(' and ');
  if (request.count === 0) return { text: `select ${totalSql(request, which)} as total`, values: parameters.values };
  const limit = parameters.bind(request.count + 1);
  const total = totalSql(request, which, limit);
  const stretches = stretchesOf(request, parameters, ours);
  const parts = stretches.map(({ join, where, orderBy, keys }, at) => {
    // Not reached while the stretches before fill the page.
    const room = stretches.slice(0, at).map((_, before) => `(select count(*) from stretch${before})`);
    const conditions = [which, ...where, ...(at === 0 ? [] : [`${room.join(' + ')} < ${limit}`])];
    const columns = [
      'r.type',
      'r.id',
      `${at} as part`,
      `row_number() over (order by ${orderBy}) as place`,
      `array[${keys.join(', ')}]::text[] as keys`,
    ];
    return `stretch${at} as materialized (
      select ${columns.join(', ')}
      from fhir_resource r ${join} where ${conditions.join(' and ')} order by ${orderBy} limit ${limit})`;
  });
  const text = `with ${parts.join(', ')}, page as (
      ${parts.map((_, at) => `select * from stretch${at}`).join(' union all ')} order by part, place limit ${limit})
    select t.total, p.type, p.id, f.resource::text as resource, p.keys
    from (select ${total} as total) t left join (page p join fhir_resource f on f.tenant = ${ours} and f.type = p.type and f.id = p.id)
      on true
    order by p.part, p.place`;
  return { text, values: parameters.values };
}

function conditionsOf({ types, criteria }: SearchRequest, parameters: Parameters, ours: string): string[] {
  const conditions = new Conditions(parameters, ours);
  const type =
    types.length === 1 ? `r.type = ${parameters.bind(types[0])}` : `r.type = any(${parameters.bind(types)}::text[])`;
  const subject = { type: 'r.type', id: 'r.id', lastUpdated: 'r.last_updated' };
  return [
    `r.tenant = ${ours}`,
    type,
    'not r.deleted',
    ...criteria.map((criterion) => conditions.of(criterion, subject)),
  ];
}

function totalSql({ total, count, cursor }: SearchRequest, which: string, limit?: string): string {
  if (total === 'none' && count > 0) return 'null::bigint';
  const most = total === 'accurate' || count === 0 ? '' : `limit ${limits.counted + 1}`;
  const counted = `(select count(*) from (select from fhir_resource r where ${which} ${most}) c)`;
  if (limit === undefined || cursor !== undefined) return counted;
  // A first page that is not full holds them all: they need not be found again.
  return `case when (select count(*) from page) < ${limit} then (select count(*) from page) else ${counted} end`;
}
