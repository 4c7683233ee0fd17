// What a search asks (R4 search.html), as a value: read from the parameters of a URL or form by parse.ts, answered by storage.

import type { DatePrefix, DateRange } from '../date-range.ts';
import type { Summary } from '../subset.ts';
import type { DecimalRange } from './decimal.ts';
import type { ParameterKind } from './parameters.ts';

export interface QueryParameter {
  name: string;
  value: string;
}

export interface SearchRequest {
  /** One, or those of a search over several. */
  types: readonly string[];
  /** All have to be met. */
  criteria: readonly Criterion[];
  sort: readonly SortKey[];
  includes: readonly Include[];
  /** Matches of one page; 0 asks how many there are. */
  count: number;
  total?: 'none' | 'estimate' | 'accurate';
  summary?: Summary;
  elements?: readonly string[];
  /** Where the page begins; absent: the first. */
  cursor?: Cursor;
  /** What the answer is an answer to, for its links. */
  understood: readonly QueryParameter[];
  /** Names of parameters that were ignored, as far as they may be repeated. */
  ignored: readonly string[];
}

/** Met where one of its values is. */
export type Matching =
  | { kind: 'token'; parameter: string; values: readonly TokenValue[]; isNegated: boolean }
  /** Without case and accents, but `exact`. */
  | { kind: 'string'; parameter: string; how: 'starts' | 'contains' | 'exact'; values: readonly string[] }
  | { kind: 'date'; parameter: string; values: readonly DateValue[] }
  | { kind: 'quantity'; parameter: string; values: readonly QuantityValue[] }
  | { kind: 'reference'; parameter: string; values: readonly ReferenceValue[] }
  | { kind: 'uri'; parameter: string; how: 'equals' | 'below' | 'above'; values: readonly string[] };

export type Criterion =
  | Matching
  | { kind: 'id'; ids: readonly string[]; isNegated: boolean }
  | { kind: 'lastUpdated'; values: readonly DateValue[] }
  | { kind: 'missing'; parameter: string; of: Exclude<ParameterKind, 'composite'>; isMissing: boolean }
  /** One of `values`, all of whose components are met in one element. */
  | { kind: 'composite'; parameter: string; values: readonly (readonly Matching[])[] }
  /** It refers to a resource that meets the criterion of its type; or to one of `others`, which are held elsewhere. */
  | { kind: 'chain'; parameter: string; targets: readonly ChainTarget[]; others?: readonly ReferenceValue[] }
  /** A resource of `type` that meets the criterion refers to it. */
  | { kind: 'has'; type: string; parameter: string; criterion: Criterion; asked: QueryParameter };

/** `asked`: what it asks of those that refer, for whoever holds them elsewhere. */
export type Has = Extract<Criterion, { kind: 'has' }>;

export interface ChainTarget {
  /** Of each of them the criterion asks the same. */
  types: readonly string[];
  criterion: Criterion;
  /** The rest of the chain as it was asked, for whoever holds resources of such a type elsewhere. */
  asked: QueryParameter;
}

/** No system: any; an empty one: those that have none. No code: any of the system. */
export interface TokenValue {
  system?: string;
  code?: string;
}

export interface DateValue {
  prefix: DatePrefix;
  range: DateRange;
}

export interface QuantityValue extends DecimalRange {
  prefix: DatePrefix;
  system?: string;
  /** The code or the unit. */
  code?: string;
}

/** No types: any. `id` may be the URL of a resource elsewhere. */
export interface ReferenceValue {
  types?: readonly string[];
  id: string;
}

export interface SortKey {
  parameter: string;
  kind: Exclude<ParameterKind, 'composite'> | 'id' | 'lastUpdated';
  isDescending: boolean;
}

export interface Include {
  /** `_revinclude`: those that refer to what is found, not those that it refers to. */
  isReverse: boolean;
  /** Of what was included too. */
  iterates: boolean;
  /** The type whose parameter it is. */
  type: string;
  /** Absent: every one that refers to something. */
  parameter?: string;
  target?: string;
}

/** The place before or behind one match, by what it is sorted by. */
export interface Cursor {
  /** In the order of `SearchRequest.sort`; null where the match has none. */
  keys: readonly (string | null)[];
  type: string;
  id: string;
  isBackward: boolean;
}

export const limits = {
  /** Matches of a page unless asked otherwise, and at most. */
  pageEntries: 50,
  mostPageEntries: 500,
  /** Parameters of one search, and values of one of them. */
  parameters: 100,
  values: 1000,
  /** References that one parameter goes along, forwards or back. */
  chainLength: 5,
  /** Criteria that a chain comes to, over all the types it may lead to. */
  chainCriteria: 100,
  sortKeys: 5,
  includes: 30,
  /** Characters of a cursor. */
  cursor: 8000,
} as const;
