// The order of a search and the place of a page in it (R4 search.html#sort, http.html#paging). A page begins behind a match,
// not after so many: what is written meanwhile moves nothing from one page to the next.
//
// Resources without the first sort key come last, and are read only when those with it do not fill the page: so an index
// gives the page in order, and no more is read than is shown.

import type { Cursor, SortKey } from '../../fhir/search/request.ts';
import type { Parameters } from '../search/statement.ts';
import { beginningOf } from './value-condition.ts';

/** What is sorted by, by the kind of the parameter: of the table of its kind, and its SQL type. */
const keyColumns = {
  token: { table: 'fhir_token', key: (row: string) => beginningOf(`${row}.code`), type: 'text' },
  string: { table: 'fhir_string', key: (row: string) => beginningOf(`${row}.folded`), type: 'text' },
  date: { table: 'fhir_date', key: (row: string) => `${row}.starts`, type: 'bigint' },
  number: { table: 'fhir_quantity', key: (row: string) => `${row}.low`, type: 'numeric' },
  quantity: { table: 'fhir_quantity', key: (row: string) => `${row}.low`, type: 'numeric' },
  reference: { table: 'fhir_reference', key: (row: string) => beginningOf(`${row}.target_id`), type: 'text' },
  uri: { table: 'fhir_uri', key: (row: string) => beginningOf(`${row}.uri`), type: 'text' },
} as const;

interface Column {
  expression: string;
  type: string;
  isDescending: boolean;
  /** Some have none. */
  isNullable: boolean;
  /** What the expression needs beside `fhir_resource r`. */
  join?: { table: string; on: string };
  /** Of the match that the page begins behind; undefined on the first page. */
  behind?: string | null;
}

/** One stretch of the whole order, as clauses over `fhir_resource r`. */
export interface Stretch {
  join: string;
  where: string[];
  orderBy: string;
  /** What is sorted by, in the order of `SearchRequest.sort`, as text. */
  keys: string[];
}

/** The stretches that the page may reach into, in turn. */
export function stretchesOf(
  { sort, types, cursor }: { sort: readonly SortKey[]; types: readonly string[]; cursor?: Cursor },
  parameters: Parameters,
  tenant: string,
): Stretch[] {
  const isBackward = cursor?.isBackward ?? false;
  const keys = sort.map((key, at) => columnOf(key, at, cursor, parameters, tenant));
  const ends: Column[] = [
    ...(types.length > 1 ? [endColumn('r.type', cursor?.type)] : []),
    endColumn('r.id', cursor?.id),
  ];
  const stretch = (columns: readonly Column[], begins: boolean, joined: boolean) => (): Stretch => ({
    join: keys.map(({ join }, at) => joinOf(join, at === 0 && joined)).join(' '),
    where: [
      ...(begins && cursor !== undefined ? [behind([...columns, ...ends], isBackward, parameters)] : []),
      ...(!joined && keys[0]?.join !== undefined ? [`${keys[0].expression} is null`] : []),
    ],
    orderBy: [...columns, ...ends].map((column) => orderOf(column, isBackward)).join(', '),
    keys: keys.map(({ expression }) => `(${expression})::text`),
  });
  const [first, ...others] = keys;
  if (first?.join === undefined) return [stretch(keys, true, false)()];
  const isBehindWithout = cursor !== undefined && cursor.keys[0] === null;
  const withKey = stretch([{ ...first, isNullable: false }, ...others], cursor !== undefined && !isBehindWithout, true);
  const without = stretch(others, isBehindWithout, false);
  const both = isBackward ? [without, withKey] : [withKey, without];
  // The stretch that the cursor is in, and those behind it.
  const from = cursor === undefined || isBehindWithout === isBackward ? 0 : 1;
  return both.slice(from).map((make) => make());
}

const endColumn = (expression: string, behind: string | undefined): Column => ({
  expression,
  type: 'text',
  isDescending: false,
  isNullable: false,
  behind,
});

function columnOf(
  { parameter, kind, isDescending }: SortKey,
  at: number,
  cursor: Cursor | undefined,
  parameters: Parameters,
  tenant: string,
): Column {
  const own = { isDescending, isNullable: false, behind: cursor?.keys[at] };
  if (kind === 'id') return { ...own, expression: 'r.id', type: 'text' };
  if (kind === 'lastUpdated') return { ...own, expression: 'r.last_updated', type: 'timestamptz' };
  const { table, key, type } = keyColumns[kind];
  const row = `s${at}`;
  const on =
    `${row}.tenant = ${tenant} and ${row}.type = r.type and ${row}.id = r.id and ${row}.parameter = ${parameters.bind(parameter)} ` +
    `and ${row}.${isDescending ? 'is_most' : 'is_least'}`;
  return { ...own, expression: key(row), type, isNullable: true, join: { table: `${table} ${row}`, on } };
}

const joinOf = (join: Column['join'], isInner: boolean): string =>
  join === undefined ? '' : `${isInner ? 'join' : 'left join'} ${join.table} on ${join.on}`;

const orderOf = ({ expression, isDescending, isNullable }: Column, isBackward: boolean): string =>
  `${expression}${isDescending === isBackward ? '' : ' desc'}${isNullable ? ` nulls ${isBackward ? 'first' : 'last'}` : ''}`;

/** Behind the cursor in the order in which the page is read; what has no value stands behind all that have one. */
function behind(columns: readonly Column[], isBackward: boolean, parameters: Parameters): string {
  const bound = columns.map(({ behind: value, type }) => value != null && `${parameters.bind(value)}::${type}`);
  const alternatives = columns.flatMap((column, at) => {
    const { expression, isDescending, isNullable, behind: value } = column;
    const further = isDescending === isBackward ? '>' : '<';
    const isFurther =
      value === null
        ? isBackward && `${expression} is not null`
        : `(${expression} ${further} ${bound[at]}${isNullable && !isBackward ? ` or ${expression} is null` : ''})`;
    if (isFurther === false) return [];
    const same = columns
      .slice(0, at)
      .map((before, which) =>
        before.behind === null ? `${before.expression} is null` : `${before.expression} = ${bound[which]}`,
      );
    return [[...same, isFurther].join(' and ')];
  });
  const [first] = columns as [Column];
  // Said by itself, for the index.
  const start =
    first.isNullable || first.behind === null
      ? []
      : [`${first.expression} ${first.isDescending === isBackward ? '>=' : '<='} ${bound[0]}`];
  return [...start, `(${alternatives.map((each) => `(${each})`).join(' or ')})`].join(' and ');
}
