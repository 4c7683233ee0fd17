// A criterion without a chain: what the values and the modifier of one parameter ask, by its kind (R4 search.html#modifiers).

import { Problem } from '../../base/problem.ts';
import { valueSetCodes } from '../definitions.generated.ts';
import { resourceTypes } from '../definitions.ts';
import { folded } from '../patient-query.ts';
import { componentName, type ParameterKind, type SearchParameter } from './parameters.ts';
import {
  type Context,
  malformed,
  readDate,
  readNumber,
  readOfType,
  readQuantity,
  readReference,
  readToken,
  splitUnescaped,
  splitValues,
  unescaped,
} from './parse-values.ts';
import type { Criterion, Matching } from './request.ts';

export interface Asked {
  parameter: SearchParameter;
  modifier: string | undefined;
  text: string;
  context: Context;
}

/** Throws Problem request/malformed for a value that is none, fhir/unknown-parameter for a modifier it does not take. */
export const readCriterion = (asked: Asked): Criterion => readers[asked.parameter.kind](asked);

const readers: Readonly<Record<ParameterKind, (asked: Asked) => Criterion>> = {
  string({ parameter: { name }, modifier, text }) {
    if (modifier === 'missing') return missing(name, 'string', text);
    if (modifier !== undefined && modifier !== 'exact' && modifier !== 'contains') throw unknownModifier(name);
    const values = splitValues(text, name).map(unescaped);
    if (modifier === 'exact') return { kind: 'string', parameter: name, how: 'exact', values };
    return { kind: 'string', parameter: name, how: modifier ?? 'starts', values: values.map(folded) };
  },
  token({ parameter, modifier, text }) {
    const { name, systems } = parameter;
    const values = splitValues(text, name);
    if (name === '_id') return ids(modifier, values);
    switch (modifier) {
      case undefined:
      case 'not':
        return {
          kind: 'token',
          parameter: name,
          values: values.map((value) => readToken(value, parameter)),
          isNegated: modifier === 'not',
        };
      case 'missing':
        return missing(name, 'token', text);
      case 'text':
        return { kind: 'string', parameter: `${name}:text`, how: 'starts', values: values.map(unescaped).map(folded) };
      case 'of-type':
        return {
          kind: 'token',
          parameter: `${name}:of-type`,
          values: values.map((value) => readOfType(value, name)),
          isNegated: false,
        };
      case 'in':
      case 'not-in':
        // A value set that is a closed list of codes is of elements that do not say a system.
        if (systems === undefined) throw unknownModifier(name);
        return {
          kind: 'token',
          parameter: name,
          values: values.map(unescaped).flatMap(codesOf),
          isNegated: modifier === 'not-in',
        };
      default:
        throw unknownModifier(name);
    }
  },
  date({ parameter: { name }, modifier, text, context }) {
    if (modifier === 'missing' && name !== '_lastUpdated') return missing(name, 'date', text);
    if (modifier !== undefined) throw unknownModifier(name);
    const values = splitValues(text, name).map((value) => readDate(value, name, context));
    return name === '_lastUpdated' ? { kind: 'lastUpdated', values } : { kind: 'date', parameter: name, values };
  },
  number({ parameter: { name }, modifier, text }) {
    if (modifier === 'missing') return missing(name, 'number', text);
    if (modifier !== undefined) throw unknownModifier(name);
    const values = splitValues(text, name).map((value) => readNumber(value, name));
    return { kind: 'quantity', parameter: name, values };
  },
  quantity({ parameter: { name }, modifier, text }) {
    if (modifier === 'missing') return missing(name, 'quantity', text);
    if (modifier !== undefined) throw unknownModifier(name);
    const values = splitValues(text, name).map((value) => readQuantity(value, name));
    return { kind: 'quantity', parameter: name, values };
  },
  reference({ parameter, modifier, text, context }) {
    const { name, targets } = parameter;
    if (modifier === 'missing') return missing(name, 'reference', text);
    const values = splitValues(text, name);
    if (modifier === 'identifier') {
      const identifiers = values.map((value) => readToken(value, {}));
      return { kind: 'token', parameter: `${name}:identifier`, values: identifiers, isNegated: false };
    }
    if (modifier !== undefined && !isTarget(modifier, targets)) throw unknownModifier(name);
    return {
      kind: 'reference',
      parameter: name,
      values: values.map((value) => readReference(value, parameter, context, modifier)),
    };
  },
  uri({ parameter: { name }, modifier, text }) {
    if (modifier === 'missing') return missing(name, 'uri', text);
    if (modifier !== undefined && modifier !== 'below' && modifier !== 'above') throw unknownModifier(name);
    return { kind: 'uri', parameter: name, how: modifier ?? 'equals', values: splitValues(text, name).map(unescaped) };
  },
  composite({ parameter: { name, components }, modifier, text, context }) {
    if (modifier === 'missing') return missing(componentName(name, 0), simple(components[0]!.kind), text);
    if (modifier !== undefined) throw unknownModifier(name);
    const values = splitValues(text, name).map((value) => {
      const parts = splitUnescaped(value, '$');
      if (parts.length !== components.length) throw malformed(`${name} has ${components.length} parts with $ between`);
      return parts.map((part, at) => {
        const component = components[at]!;
        return readers[component.kind]({ parameter: component, modifier: undefined, text: part, context }) as Matching;
      });
    });
    return { kind: 'composite', parameter: name, values };
  },
};

const simple = (kind: ParameterKind): Exclude<ParameterKind, 'composite'> =>
  kind as Exclude<ParameterKind, 'composite'>;

function ids(modifier: string | undefined, values: readonly string[]): Criterion {
  if (modifier !== undefined && modifier !== 'not') throw unknownModifier('_id');
  return { kind: 'id', ids: values.map(unescaped), isNegated: modifier === 'not' };
}

function missing(parameter: string, of: Exclude<ParameterKind, 'composite'>, text: string): Criterion {
  if (text !== 'true' && text !== 'false') throw malformed(`${parameter}:missing is true or false`);
  return { kind: 'missing', parameter, of, isMissing: text === 'true' };
}

const VALUE_SETS = 'http://hl7.org/fhir/ValueSet/';

function codesOf(valueSet: string): { code: string }[] {
  const name = valueSet.startsWith(VALUE_SETS) ? valueSet.slice(VALUE_SETS.length) : '';
  if (!Object.hasOwn(valueSetCodes, name)) throw malformed('the value set is none whose codes are known here');
  return valueSetCodes[name]!.split(' ').map((code) => ({ code: code.toLowerCase() }));
}

export const isTarget = (type: string, targets: ReadonlySet<string> | undefined): boolean =>
  targets === undefined ? resourceTypes.has(type) : targets.has(type);

export const unknownModifier = (name: string): Problem =>
  new Problem('fhir/unknown-parameter', { parameter: `${name} with that modifier` });
