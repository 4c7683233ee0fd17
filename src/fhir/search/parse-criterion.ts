// One criterion of a search: `name`, `name:modifier`, a chain `subject:Patient.name`, or `_has:Observation:subject:code` (R4
// search.html#modifiers, #chaining, #has).

import { Problem } from '../../base/problem.ts';
import { valueSetCodes } from '../definitions.generated.ts';
import { resourceTypes } from '../definitions.ts';
import { folded } from '../patient-query.ts';
import { componentName, type ParameterKind, parametersOf, type SearchParameter } from './parameters.ts';
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
import { type Criterion, limits, type Matching, type QueryParameter } from './request.ts';

/**
 * undefined for a parameter that these types do not have. Throws Problem request/malformed for a value that is none,
 * fhir/unknown-parameter for a modifier that it does not take (R4 search.html#modifiers: never ignored), request/too-large.
 */
export const parseCriterion = (
  types: readonly string[],
  parameter: QueryParameter,
  context: Context,
): Criterion | undefined => criterionOf(types, parameter, { ...context, depth: 0, known: new Map() });

/** Along a chain. */
interface Along extends Context {
  /** References gone along. */
  depth: number;
  /** What the rest of the chain asks of each type: it may be reached in many ways. */
  known: Map<string, Criterion | undefined>;
}

function criterionOf(types: readonly string[], { name, value }: QueryParameter, along: Along): Criterion | undefined {
  if (along.depth > limits.chainLength) {
    throw new Problem('request/too-large', { what: 'the length of a chain', limit: limits.chainLength });
  }
  if (name.startsWith('_has:')) return has(types, name, value, along);
  const dot = name.indexOf('.');
  const [head, ...modifiers] = (dot < 0 ? name : name.slice(0, dot)).split(':') as [string, ...string[]];
  if (modifiers.length > 1) throw unknownModifier(head);
  const parameter = parameterOf(types, head);
  if (parameter === undefined) return undefined;
  if (dot < 0) return readers[parameter.kind]({ parameter, modifier: modifiers[0], text: value, context: along });
  return chain(parameter, modifiers[0], { name: name.slice(dot + 1), value }, along);
}

/** What all the types have under this name: a reference may lead where any of them does. */
export function parameterOf(types: readonly string[], name: string): SearchParameter | undefined {
  const found = types.map((type) => parametersOf(type).get(name));
  const [first] = found;
  if (first === undefined || found.some((each) => each?.kind !== first.kind)) return undefined;
  if (found.length === 1 || first.kind !== 'reference') return first;
  const targets = found.map((each) => each!.targets);
  const all = targets.includes(undefined) ? undefined : new Set(targets.flatMap((each) => [...each!]));
  return { ...first, targets: all };
}

interface Asked {
  parameter: SearchParameter;
  modifier: string | undefined;
  text: string;
  context: Context;
}

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

/** R4 search.html#chaining: of all the types that it may refer to and that have the parameter, unless one is named. */
function chain(
  { name, kind, targets }: SearchParameter,
  type: string | undefined,
  rest: QueryParameter,
  along: Along,
): Criterion | undefined {
  if (kind !== 'reference') return undefined;
  if (type !== undefined && !isTarget(type, targets)) throw unknownModifier(name);
  const found =
    type === undefined
      ? wherever([...(targets ?? resourceTypes)], rest, along)
      : [[type, furtherOn(type, rest, along)] as const];
  const groups = Map.groupBy(found, ([, criterion]) => JSON.stringify(criterion));
  const alike = [...groups.values()].flatMap((group) => {
    const [[, criterion]] = group as [(typeof found)[number]];
    return criterion === undefined ? [] : [{ types: group.map(([each]) => each), criterion, asked: rest }];
  });
  if (alike.length === 0) return undefined;
  const criterion: Criterion = { kind: 'chain', parameter: name, targets: alike };
  if (sizeOf(criterion) <= limits.chainCriteria) return criterion;
  throw new Problem('request/too-large', { what: 'what a chain may lead to', limit: limits.chainCriteria });
}

/** What one type does not take another may: refused only where none takes it. */
function wherever(types: readonly string[], rest: QueryParameter, along: Along): (readonly [string, Criterion?])[] {
  let refusal: unknown;
  const found = types.map((type) => {
    try {
      return [type, furtherOn(type, rest, along)] as const;
    } catch (thrown) {
      if (!(thrown instanceof Problem) || thrown.code === 'request/too-large') throw thrown;
      refusal ??= thrown;
      return [type] as const;
    }
  });
  if (refusal !== undefined && found.every(([, criterion]) => criterion === undefined)) throw refusal;
  return found;
}

function furtherOn(type: string, rest: QueryParameter, along: Along): Criterion | undefined {
  const key = `${along.depth} ${type} ${rest.name}`;
  if (!along.known.has(key)) along.known.set(key, criterionOf([type], rest, { ...along, depth: along.depth + 1 }));
  return along.known.get(key);
}

function sizeOf(criterion: Criterion): number {
  if (criterion.kind === 'has') return sizeOf(criterion.criterion);
  if (criterion.kind !== 'chain') return 1;
  return criterion.targets.reduce((sum, target) => sum + sizeOf(target.criterion), 0);
}

/** `_has:Observation:patient:code`, where what follows may be another. */
function has(types: readonly string[], name: string, value: string, along: Along): Criterion | undefined {
  const [, type, parameter, ...rest] = name.split(':') as [string, string?, string?, ...string[]];
  if (type === undefined || parameter === undefined || rest.length === 0)
    throw malformed('_has is no type:parameter:name');
  const reference = parametersOf(type).get(parameter);
  const refers = reference?.kind === 'reference' && types.some((each) => isTarget(each, reference.targets));
  if (!refers) return undefined;
  const criterion = furtherOn(type, { name: rest.join(':'), value }, along);
  return criterion && { kind: 'has', type, parameter, criterion };
}

const isTarget = (type: string, targets: ReadonlySet<string> | undefined): boolean =>
  targets === undefined ? resourceTypes.has(type) : targets.has(type);

const unknownModifier = (name: string): Problem =>
  new Problem('fhir/unknown-parameter', { parameter: `${name} with that modifier` });
