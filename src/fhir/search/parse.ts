// The parameters of a search (R4 search.html): which resources, in what order, and how the answer is to be given. What is not
// known is ignored and said so, or refused where the client asked for that (Prefer: handling=strict).

import { Problem } from '../../base/problem.ts';
import { resourceTypes } from '../definitions.ts';
import type { Summary } from '../subset.ts';
import { readCursor } from './cursor.ts';
import { parameterOf, parseCriterion } from './parse-criterion.ts';
import { type Context, malformed } from './parse-values.ts';
import {
  type Criterion,
  type Include,
  limits,
  type QueryParameter,
  type SearchRequest,
  type SortKey,
} from './request.ts';

export interface ParseContext extends Context {
  /** The Prefer header (R4 search.html#errors). */
  prefer?: string;
}

/**
 * Throws Problem request/malformed for a value that is none, fhir/unknown-parameter for a modifier that is not known and, where
 * that was preferred, for a parameter; request/too-large over a limit.
 */
export function parseSearch(
  types: readonly string[],
  parameters: readonly QueryParameter[],
  context: ParseContext,
): SearchRequest {
  if (parameters.length > limits.parameters) {
    throw new Problem('request/too-large', { what: 'the number of parameters', limit: limits.parameters });
  }
  const asked: Asked = { types, criteria: [], sort: [], includes: [], count: limits.pageEntries, ignored: [] };
  const understood: QueryParameter[] = [];
  for (const parameter of parameters) {
    if (parameter.value === '') continue;
    if (!take(asked, parameter, context)) asked.ignored.push(parameter.name.split(/[:.]/)[0]!);
    else if (parameter.name !== '_cursor') understood.push(parameter);
  }
  if (asked.ignored.length > 0 && /\bhandling\s*=\s*strict\b/.test(context.prefer ?? '')) {
    throw new Problem('fhir/unknown-parameter', { parameter: safe(asked.ignored[0]!) });
  }
  const { cursor, ignored, ...request } = asked;
  return {
    ...request,
    ...(cursor === undefined ? {} : { cursor: readCursor(cursor, request.sort.length) }),
    understood,
    ignored: [...new Set(ignored.map(safe))],
  };
}

/** A name from outside, as far as it may be repeated. */
const safe = (name: string): string => (/^[\w.-]{1,64}$/.test(name) ? name : 'that was given');

interface Asked {
  types: readonly string[];
  criteria: Criterion[];
  sort: SortKey[];
  includes: Include[];
  count: number;
  total?: SearchRequest['total'];
  summary?: Summary;
  elements?: readonly string[];
  cursor?: string;
  ignored: string[];
}

/** False where it is not known. */
function take(asked: Asked, parameter: QueryParameter, context: Context): boolean {
  const { name, value } = parameter;
  if (Object.hasOwn(controls, name)) {
    return controls[name]!(asked, value) !== false;
  }
  if (isInclude(name)) return takeInclude(asked, parameter);
  const criterion = parseCriterion(asked.types, parameter, context);
  if (criterion !== undefined) asked.criteria.push(criterion);
  return criterion !== undefined;
}

/** Those that say how, and not which; false for what is not offered. */
const controls: Readonly<Record<string, (asked: Asked, value: string) => unknown>> = {
  _count(asked, value) {
    if (!/^\d{1,15}$/.test(value)) throw malformed('_count is no number of entries');
    asked.count = Math.min(Number(value), limits.mostPageEntries);
  },
  _cursor(asked, value) {
    asked.cursor = value;
  },
  _sort(asked, value) {
    const keys = value.split(',');
    if (keys.length > limits.sortKeys) {
      throw new Problem('request/too-large', { what: 'the number of sort keys', limit: limits.sortKeys });
    }
    const sort = keys.map((key) => sortKeyOf(asked.types, key));
    // An order that is only partly the one asked for is none.
    if (sort.includes(undefined)) return false;
    asked.sort = sort as SortKey[];
  },
  _total(asked, value) {
    if (value !== 'none' && value !== 'estimate' && value !== 'accurate')
      throw malformed('_total is none of its codes');
    asked.total = value;
  },
  _summary(asked, value) {
    if (!['true', 'false', 'text', 'data', 'count'].includes(value)) throw malformed('_summary is none of its codes');
    if (value === 'count') asked.count = 0;
    else asked.summary = value as Summary;
  },
  _elements(asked, value) {
    const own = new Set(asked.types.map((type) => `${type}.`));
    asked.elements = value.split(',').map((name) => {
      const trimmed = name.trim();
      const dot = trimmed.indexOf('.') + 1;
      return own.has(trimmed.slice(0, dot)) ? trimmed.slice(dot) : trimmed;
    });
  },
  // Read already: which types are searched, and in which form the answer is written.
  _type() {},
  _format() {},
  _pretty() {},
};

function sortKeyOf(types: readonly string[], text: string): SortKey | undefined {
  const isDescending = text.startsWith('-');
  const name = (isDescending ? text.slice(1) : text).trim();
  const parameter = parameterOf(types, name);
  if (parameter === undefined || parameter.kind === 'composite') return undefined;
  const kind = name === '_id' ? 'id' : name === '_lastUpdated' ? 'lastUpdated' : parameter.kind;
  return { parameter: name, kind, isDescending };
}

/** False where it is not known. */
function takeInclude(asked: Asked, { name, value }: QueryParameter): boolean {
  const includes = readInclude(asked.types, { name, value });
  if (includes !== undefined) asked.includes.push(...includes);
  if (asked.includes.length <= limits.includes) return includes !== undefined;
  throw new Problem('request/too-large', { what: 'the number of includes', limit: limits.includes });
}

export const isInclude = (name: string): boolean => includeName.test(name);

const includeName = /^_(rev)?include(?::(iterate|recurse))?$/;

/**
 * `*`, `Type:*`, `Type:parameter`, `Type:parameter:Target` of a parameter that `isInclude`; undefined for what is not known. Throws
 * Problem request/malformed.
 */
export function readInclude(types: readonly string[], { name, value }: QueryParameter): Include[] | undefined {
  const [, reverse, iterate] = includeName.exec(name)!;
  const how = { isReverse: reverse !== undefined, iterates: iterate !== undefined };
  if (value === '*' && !how.isReverse) return types.map((type) => ({ ...how, type }));
  const [type, parameter, target, ...more] = value.split(':') as [string, string?, string?, ...string[]];
  if (parameter === undefined || more.length > 0) throw malformed('an include is no type:parameter');
  if (!resourceTypes.has(type) || (target !== undefined && !resourceTypes.has(target))) return undefined;
  const include = { ...how, type, ...(target === undefined ? {} : { target }) };
  if (parameter === '*') return [include];
  return parameterOf([type], parameter)?.kind === 'reference' ? [{ ...include, parameter }] : undefined;
}
