// One criterion of a search: `name`, `name:modifier`, a chain `subject:Patient.name`, or `_has:Observation:subject:code` (R4
// search.html#modifiers, #chaining, #has).

import { Problem } from '../../base/problem.ts';
import { resourceTypes } from '../definitions.ts';
import { parametersOf, type SearchParameter } from './parameters.ts';
import { type Context, malformed } from './parse-values.ts';
import { isTarget, readCriterion, unknownModifier } from './read-criterion.ts';
import { type Criterion, type Has, limits, type QueryParameter } from './request.ts';

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
  if (dot < 0) return readCriterion({ parameter, modifier: modifiers[0], text: value, context: along });
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

/** Of resources that are held elsewhere, which are searched by parameters of their own. */
export function parseHas(type: string, parameter: QueryParameter, context: Context): Has | undefined {
  const criterion = parseCriterion([type], parameter, context);
  return criterion?.kind === 'has' ? criterion : undefined;
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
  const asked = { name: rest.join(':'), value };
  const criterion = furtherOn(type, asked, along);
  return criterion && { kind: 'has', type, parameter, criterion, asked };
}
