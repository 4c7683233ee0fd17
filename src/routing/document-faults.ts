// Why a document is no rule set, or has not the form of another schema, in sentences that name what was probably meant.

import type { TObject, TSchema } from '@sinclair/typebox';
import { Value, type ValueError, ValueErrorType } from '@sinclair/typebox/value';
import { nearest } from '../base/nearest.ts';
import { ruleSetSchema, stepNames } from './rule-schema.ts';

/** What is wrong, and where: keys and indices from the root. */
export interface Fault {
  path: readonly (string | number)[];
  message: string;
}

const limits = { faults: 20 } as const;

export const documentFaults = (document: unknown): Fault[] => schemaFaults(ruleSetSchema, document, 'the rules');

/** `subject`: what the document is, for what is wrong with it as a whole. */
export function schemaFaults(schema: TSchema, document: unknown, subject: string): Fault[] {
  const faults: Fault[] = [];
  for (const error of Value.Errors(schema, document)) {
    const fault = faultOf(innermost(error), subject);
    // A key that is missing is told as missing and as of the wrong type.
    if (!faults.some(({ path }) => path.join('/') === fault.path.join('/'))) faults.push(fault);
    if (faults.length === limits.faults) break;
  }
  return faults;
}

/** Of what fits none of several forms: the fault in the form that it comes nearest to, that is the deepest. */
function innermost(error: ValueError): ValueError {
  if (error.type !== ValueErrorType.Union || typeof error.value !== 'object') return error;
  const depth = ({ path }: ValueError) => path.split('/').length;
  const candidates = error.errors.map((errors) =>
    innermost([...errors].reduce((a, b) => (depth(b) < depth(a) ? b : a))),
  );
  const deepest = candidates.reduce((a, b) => (depth(b) > depth(a) ? b : a));
  return depth(deepest) > depth(error) && !isStep(error) ? deepest : stepFault(error, deepest);
}

const isStep = ({ schema }: ValueError): boolean => formsOf(schema).length === stepNames.length;

function stepFault(error: ValueError, deepest: ValueError): ValueError {
  const named = Object.keys(error.value ?? {}).filter((key) => (stepNames as string[]).includes(key));
  return isStep(error) && named.length === 1 ? deepest : error;
}

function faultOf({ type, schema, path: pointer, value, message }: ValueError, subject: string): Fault {
  const path = pathOf(pointer);
  const key = String(path.at(-1));
  if (type === ValueErrorType.ObjectAdditionalProperties) {
    return { path, message: `unknown key ${key}${meant(key, Object.keys((schema as TObject).properties))}` };
  }
  if (type === ValueErrorType.ObjectRequiredProperty) return { path, message: `${key} is missing` };
  const forms = formsOf(schema);
  if (forms.length === stepNames.length) {
    const [given = ''] = Object.keys((value ?? {}) as object);
    return { path, message: `no step ${given}${meant(given, stepNames)}; a step is one of ${stepNames.join(', ')}` };
  }
  if (forms.length > 0 && forms.every((form) => 'const' in form)) {
    const words = forms.map((form) => String(form.const));
    const hint = typeof value === 'string' ? meant(value, words) : '';
    return { path, message: `${key} must be one of ${words.join(', ')}${hint}` };
  }
  const { pattern, description } = schema;
  if (pattern !== undefined) return { path, message: `${key} must be ${description ?? `of the form ${pattern}`}` };
  return { path, message: `${path.length === 0 ? `${subject}: ` : ''}${message[0]!.toLowerCase()}${message.slice(1)}` };
}

const formsOf = (schema: TSchema): TSchema[] => (schema.anyOf ?? []) as TSchema[];

/** RFC 6901. */
function pathOf(pointer: string): (string | number)[] {
  const steps = pointer.split('/').slice(1);
  return steps.map((step) => (/^\d+$/.test(step) ? Number(step) : step.replaceAll('~1', '/').replaceAll('~0', '~')));
}

export function meant(word: string, candidates: Iterable<string>): string {
  const found = nearest(word, candidates);
  return found === undefined ? '' : `; did you mean ${found}?`;
}
