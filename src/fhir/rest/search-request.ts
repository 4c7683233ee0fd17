// The parameters of a search (R4 search.html): which patients, and how the answer is to be given. What is not known is
// ignored and said so, or refused where the client asked for that (Prefer: handling=strict); an unknown modifier always is.

import type { QueryParameter } from '../../base/http/query-string.ts';
import { Problem } from '../../base/problem.ts';
import {
  type Criterion,
  type CriterionValue,
  isPatientParameter,
  type ParameterType,
  type PatientQuery,
  patientParameters,
} from '../patient-query.ts';
import { isInclude, readInclude } from '../search/parse.ts';
import { parseHas } from '../search/parse-criterion.ts';
import { malformed, unescaped } from '../search/parse-values.ts';
import { type Has, type Include, limits as searchLimits } from '../search/request.ts';
import type { Summary } from '../subset.ts';
import { limits } from './limits.ts';
import { dateOf, missingOf, safe, tokenOf, valuesOf } from './search-values.ts';

export interface SearchRequest {
  query: PatientQuery;
  summary?: Summary;
  elements?: readonly string[];
  /** What the answer is an answer to, for its self link. */
  understood: readonly QueryParameter[];
  /** Names of parameters that were ignored. */
  ignored: readonly string[];
}

/** Throws Problem request/malformed for a value that is none, fhir/unknown-parameter, request/too-large over a limit. */
export function searchRequest(parameters: readonly QueryParameter[], prefer: string | undefined): SearchRequest {
  if (parameters.length > limits.parameters) {
    throw new Problem('request/too-large', { what: 'the number of parameters', limit: limits.parameters });
  }
  const criteria: Criterion[] = [];
  const has: Has[] = [];
  const controls: Controls = { count: limits.pageEntries, includes: [] };
  const understood: QueryParameter[] = [];
  const ignored: string[] = [];
  for (const { name, value } of parameters) {
    const control = Object.hasOwn(controlReaders, name) ? controlReaders[name]! : undefined;
    const colon = name.indexOf(':');
    const [parameter, modifier] = colon < 0 ? [name, undefined] : [name.slice(0, colon), name.slice(colon + 1)];
    if (value === '') continue;
    if (control !== undefined) control(value, controls);
    else if (isPatientParameter(parameter)) criteria.push(criterionOf(parameter, modifier, value));
    else if (!referring('Patient', { name, value }, { has, includes: controls.includes })) {
      ignored.push(parameter);
      continue;
    }
    if (name !== '_cursor') understood.push({ name, value });
  }
  if (ignored.length > 0 && /\bhandling\s*=\s*strict\b/.test(prefer ?? '')) {
    throw new Problem('fhir/unknown-parameter', { parameter: safe(ignored[0]!) });
  }
  const { count, cursor, includes, summary, elements } = controls;
  return {
    query: { criteria, has, includes, count, cursor },
    summary,
    elements,
    understood,
    ignored: ignored.map(safe),
  };
}

/** `_has`, `_include` and `_revinclude` of what is no kept resource itself; false for what is none of them, or not known. */
export function referring(type: string, parameter: QueryParameter, into: { has: Has[]; includes: Include[] }): boolean {
  if (isInclude(parameter.name)) {
    const includes = readInclude([type], parameter);
    into.includes.push(...(includes ?? []));
    if (into.includes.length > searchLimits.includes) {
      throw new Problem('request/too-large', { what: 'the number of includes', limit: searchLimits.includes });
    }
    return includes !== undefined;
  }
  const has = parameter.name.startsWith('_has:') ? parseHas(type, parameter, { now: Date.now() }) : undefined;
  if (has !== undefined) into.has.push(has);
  return has !== undefined;
}

export interface Controls {
  count: number;
  includes: Include[];
  cursor?: string;
  summary?: Summary;
  elements?: readonly string[];
}

/** Those that say how, and not which. */
export const controlReaders: Readonly<Record<string, (value: string, controls: Controls) => void>> = {
  _count(value, controls) {
    if (!/^\d{1,15}$/.test(value)) throw malformed('_count is no number of entries');
    controls.count = Math.min(Number(value), limits.mostPageEntries);
  },
  _cursor(value, controls) {
    if (!/^[\w.~-]{1,200}$/.test(value)) throw malformed('_cursor is none of ours');
    controls.cursor = value;
  },
  _summary(value, controls) {
    if (!['true', 'false', 'text', 'data', 'count'].includes(value)) throw malformed('_summary is none of its codes');
    if (value === 'count') controls.count = 0;
    else controls.summary = value as Summary;
  },
  _elements(value, controls) {
    controls.elements = value.split(',').map((name) => name.trim().replace(/^[A-Z]\w*\./, ''));
  },
  _total() {},
  _format() {},
  _pretty() {},
};

const modifiers: Readonly<Record<ParameterType, readonly string[]>> = {
  string: ['exact', 'contains', 'missing'],
  token: ['not', 'missing'],
  date: ['missing'],
};

function criterionOf(parameter: Criterion['parameter'], modifier: string | undefined, text: string): Criterion {
  const { type } = patientParameters[parameter];
  if (modifier !== undefined && !modifiers[type].includes(modifier)) {
    throw new Problem('fhir/unknown-parameter', { parameter: `${parameter} with that modifier` });
  }
  const values = valuesOf(text, parameter);
  if (modifier === 'missing') return { parameter, modifier, values: missingOf(values, parameter) };
  return {
    parameter,
    modifier: modifier as Criterion['modifier'],
    values: values.map((value) => readers[type](value, parameter)),
  };
}

const readers: Record<ParameterType, (value: string, parameter: string) => CriterionValue> = {
  string: (value) => ({ text: unescaped(value) }),
  token: tokenOf,
  date: dateOf,
};
