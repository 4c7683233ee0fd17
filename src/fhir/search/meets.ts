// Whether a resource meets a criterion of a search, by the values it is found by (index-values.ts): what storage asks SQL of
// what is stored, asked of one resource at hand. Where a criterion leads to other resources nothing can be said here.

import { rangesMeet } from '../date-range.ts';
import { folded } from '../patient-query.ts';
import { compareDecimals } from './decimal.ts';
import type {
  DateIndexValue,
  IndexValue,
  QuantityIndexValue,
  ReferenceIndexValue,
  StringIndexValue,
  TokenIndexValue,
  UriIndexValue,
} from './index-value.ts';
import type { Criterion, DateValue, Matching, QuantityValue, ReferenceValue, TokenValue } from './request.ts';

/** A resource as it is found. */
export interface Findable {
  id: string;
  /** Milliseconds since 1970. */
  lastUpdated: number;
  /** By parameter. */
  values: ReadonlyMap<string, readonly IndexValue[]>;
}

/** What is asked of the resource itself, and of none that it refers to or that refers to it. */
export type OwnCriterion = Exclude<Criterion, { kind: 'chain' | 'has' }>;

export const isOwn = (criterion: Criterion): criterion is OwnCriterion =>
  criterion.kind !== 'chain' && criterion.kind !== 'has';

export function meets({ id, lastUpdated, values }: Findable, criterion: OwnCriterion): boolean {
  switch (criterion.kind) {
    case 'id':
      return criterion.ids.includes(id) !== criterion.isNegated;
    case 'lastUpdated': {
      const said = { start: lastUpdated, end: lastUpdated + 1 };
      return criterion.values.some(({ prefix, range }) => rangesMeet(said, range, prefix));
    }
    case 'missing': {
      const kind = criterion.of === 'number' ? 'quantity' : criterion.of;
      return (values.get(criterion.parameter) ?? []).some((value) => value.kind === kind) !== criterion.isMissing;
    }
    case 'composite':
      return criterion.values.some((components) => meetsTogether(values, components));
    default: {
      const isFound = (values.get(criterion.parameter) ?? []).some((value) => isMatch(value, criterion));
      return isFound !== (criterion.kind === 'token' && criterion.isNegated);
    }
  }
}

/** All in one element. */
function meetsTogether(values: Findable['values'], components: readonly Matching[]): boolean {
  const [first, ...others] = components as [Matching, ...Matching[]];
  const matching = ({ parameter }: Matching): readonly IndexValue[] => values.get(parameter) ?? [];
  return matching(first).some(
    (value) =>
      isMatch(value, first) &&
      others.every((other) => matching(other).some((each) => each.element === value.element && isMatch(each, other))),
  );
}

function isMatch(value: IndexValue, criterion: Matching): boolean {
  if (value.kind !== criterion.kind) return false;
  switch (criterion.kind) {
    case 'token':
      return criterion.values.some((asked) => isToken(value as TokenIndexValue, asked));
    case 'string':
      return criterion.values.some((asked) => isText(value as StringIndexValue, asked, criterion.how));
    case 'date':
      return criterion.values.some((asked) => isWhen(value as DateIndexValue, asked));
    case 'quantity':
      return criterion.values.some((asked) => isMuch(value as QuantityIndexValue, asked));
    case 'reference':
      return criterion.values.some((asked) => isReference(value as ReferenceIndexValue, asked));
    case 'uri':
      return criterion.values.some((asked) => isUri(value as UriIndexValue, asked, criterion.how));
  }
}

function isToken({ system, code }: TokenIndexValue, asked: TokenValue): boolean {
  if (asked.system === undefined) return asked.code === undefined ? code !== undefined : code === asked.code;
  return (system ?? '') === asked.system && (asked.code === undefined || code === asked.code);
}

function isText(value: StringIndexValue, asked: string, how: 'starts' | 'contains' | 'exact'): boolean {
  if (how === 'exact') return value.text === asked && value.folded === folded(asked);
  return how === 'contains' ? value.folded.includes(asked) : value.folded.startsWith(asked);
}

const isWhen = ({ start, end }: DateIndexValue, { prefix, range }: DateValue): boolean =>
  start !== undefined && end !== undefined && rangesMeet({ start, end }, range, prefix);

/** R4 search.html#number, as value-condition.ts of storage has it. */
function isMuch(
  { low, high, ...unit }: QuantityIndexValue,
  { prefix, system, code, ...asked }: QuantityValue,
): boolean {
  if (low === undefined || high === undefined) return false;
  if (system !== undefined && unit.system !== system) return false;
  if (code !== undefined && unit.code !== code && (system !== undefined || unit.unit !== code)) return false;
  const [least, most] = [
    (other: string) => compareDecimals(low, other),
    (other: string) => compareDecimals(high, other),
  ];
  switch (prefix) {
    case 'eq':
      return least(asked.low) >= 0 && least(asked.high) < 0 && most(asked.high) < 0;
    case 'ne':
      return least(asked.low) < 0 || most(asked.high) >= 0;
    case 'gt':
      return most(asked.value) > 0;
    case 'lt':
      return least(asked.value) < 0;
    case 'ge':
      return most(asked.value) >= 0;
    case 'le':
      return least(asked.value) <= 0;
    case 'sa':
      return least(asked.value) > 0;
    case 'eb':
      return most(asked.value) < 0;
    case 'ap':
      return least(asked.approximateHigh) <= 0 && most(asked.approximateLow) >= 0;
  }
}

const isReference = ({ type, id }: ReferenceIndexValue, asked: ReferenceValue): boolean =>
  id === asked.id && (asked.types === undefined || (type !== undefined && asked.types.includes(type)));

function isUri({ uri }: UriIndexValue, asked: string, how: 'equals' | 'below' | 'above'): boolean {
  if (how === 'below') return uri.startsWith(asked);
  return how === 'above' ? uri !== '' && asked.startsWith(uri) : uri === asked;
}
