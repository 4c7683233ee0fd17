// The parameters of a search for imaging studies, as patients are asked for in search-request.ts: which, in what order, what
// comes along, and how much of each is shown.

import type { QueryParameter } from '../../base/http/query-string.ts';
import { Problem } from '../../base/problem.ts';
import {
  type ImagingStudyParameter,
  type ImagingStudyQuery,
  imagingStudyOrders,
  imagingStudyParameters,
  isImagingStudyParameter,
  type StudyCriterion,
  type StudyDetail,
  type StudyParameterType,
  type StudyValue,
} from '../imaging-study-query.ts';
import { malformed, splitUnescaped, unescaped } from '../search/parse-values.ts';
import type { Has } from '../search/request.ts';
import type { Summary } from '../subset.ts';
import { limits } from './limits.ts';
import { type Controls, controlReaders, referring, searchRequest } from './search-request.ts';
import { dateOf, missingOf, safe, tokenOf, valuesOf } from './search-values.ts';

export interface ImagingStudyRequest {
  query: ImagingStudyQuery;
  summary: Summary | undefined;
  elements: readonly string[] | undefined;
  /** What the answer is an answer to, for its self link. */
  understood: readonly QueryParameter[];
  /** Names of parameters that were ignored. */
  ignored: readonly string[];
}

type StudyControls = Controls & Pick<ImagingStudyQuery, 'order' | 'total'>;

/** Throws as `searchRequest` does. */
export function imagingStudyRequest(
  parameters: readonly QueryParameter[],
  prefer: string | undefined,
): ImagingStudyRequest {
  if (parameters.length > limits.parameters) {
    throw new Problem('request/too-large', { what: 'the number of parameters', limit: limits.parameters });
  }
  const criteria: StudyCriterion[] = [];
  const has: Has[] = [];
  const controls: StudyControls = { count: limits.pageEntries, includes: [] };
  const understood: QueryParameter[] = [];
  const ignored: string[] = [];
  for (const { name, value } of parameters) {
    if (value === '') continue;
    const [asked, ...chain] = name.split('.') as [string, ...string[]];
    const [parameter, ...modifiers] = asked.split(':') as [string, ...string[]];
    if (Object.hasOwn(studyControls, parameter)) {
      if (!studyControls[parameter]!(value, controls)) ignored.push(parameter);
    } else if (Object.hasOwn(controlReaders, name)) controlReaders[name]!(value, controls);
    else if (!isImagingStudyParameter(parameter)) {
      if (!referring('ImagingStudy', { name, value }, { has, includes: controls.includes })) {
        ignored.push(parameter);
        continue;
      }
    } else if (chain.length > 0) criteria.push(chained(parameter, modifiers, chain.join('.'), value));
    else criteria.push(criterionOf(parameter, modifiers.join(':') || undefined, value));
    if (name !== '_cursor') understood.push({ name, value });
  }
  if (ignored.length > 0 && /\bhandling\s*=\s*strict\b/.test(prefer ?? '')) {
    throw new Problem('fhir/unknown-parameter', { parameter: safe(ignored[0]!) });
  }
  const { summary, elements, ...rest } = controls;
  const query = { ...rest, criteria, has, detail: detailOf(summary, elements) };
  return { query, summary, elements, understood, ignored: ignored.map(safe) };
}

/** R4 search.html#summary: series are part of a summary, instances are not. */
function detailOf(summary: Summary | undefined, elements: readonly string[] | undefined): StudyDetail {
  if (elements !== undefined) return elements.some((name) => name.split('.')[0] === 'series') ? 'instances' : 'study';
  if (summary === 'text') return 'study';
  return summary === 'true' ? 'series' : 'instances';
}

/** Those that only studies have; false for a value that is not offered. */
const studyControls: Readonly<Record<string, (value: string, controls: StudyControls) => boolean>> = {
  _sort(value, controls) {
    // What comes after the first key orders those that are equal in it, and no two arrive at once.
    const [first] = value.split(',').map((key) => key.trim());
    const by = imagingStudyOrders.find((order) => order === first!.replace(/^-/, ''));
    if (by !== undefined) controls.order = { by, descending: first!.startsWith('-') };
    return by !== undefined && !value.includes(',');
  },
  _total(value, controls) {
    if (value !== 'none' && value !== 'estimate' && value !== 'accurate')
      throw malformed('_total is none of its codes');
    controls.total = value;
    return true;
  },
};

function criterionOf(parameter: ImagingStudyParameter, modifier: string | undefined, text: string): StudyCriterion {
  const type: StudyParameterType = imagingStudyParameters[parameter];
  const values = valuesOf(text, parameter);
  if (modifier === undefined) return { parameter, values: values.map((value) => readers[type](value, parameter)) };
  if (modifier === 'missing') return { parameter, modifier, values: missingOf(values, parameter) };
  if (modifier === 'not' && type === 'token') return { parameter, modifier, values: values.map(tokenOf) };
  if (modifier === 'identifier' && type === 'reference') return { parameter, modifier, values: values.map(tokenOf) };
  // R4 search.html#token: `system|code|value`, of the type of an identifier.
  if (modifier === 'of-type' && parameter === 'identifier') return { parameter, modifier, values: values.map(typedOf) };
  const isType = type === 'reference' && /^[A-Z]\w+$/.test(modifier);
  if (!isType) throw new Problem('fhir/unknown-parameter', { parameter: `${parameter} with that modifier` });
  return { parameter, values: values.map((value) => ({ ...referenceOf(value), type: modifier })) };
}

/** `patient.name=…`, `subject:Patient.identifier=…`: what is asked of the patient is asked as of any patient. */
function chained(
  parameter: ImagingStudyParameter,
  modifiers: readonly string[],
  name: string,
  value: string,
): StudyCriterion {
  const isOfPatient = parameter === 'patient' || parameter === 'subject';
  if (!isOfPatient || modifiers.some((type) => type !== 'Patient')) {
    throw new Problem('fhir/unknown-parameter', { parameter: `${parameter} with a chain` });
  }
  const { query } = searchRequest([{ name, value }], 'handling=strict');
  return { parameter, values: [], ofPatient: query };
}

const readers: Record<StudyParameterType, (value: string, parameter: string) => StudyValue> = {
  token: tokenOf,
  date: dateOf,
  reference: referenceOf,
};

/** `id`, `Type/id`, or a URL that ends so; also of one version. */
function referenceOf(value: string): StudyValue {
  const parts = unescaped(value)
    .replace(/\/_history\/[^/]*$/, '')
    .split('/');
  return { text: parts.at(-1)!, type: parts.at(-2) };
}

function typedOf(value: string): StudyValue {
  const [, , text] = splitUnescaped(value, '|');
  if (text === undefined) throw malformed('identifier:of-type is system|code|value');
  return { text: unescaped(text) };
}
