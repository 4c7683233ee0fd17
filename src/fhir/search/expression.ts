// The part of FHIRPath (N1) in which R4 writes its search parameters: names, `as(Type)`, an index, and four filters. A search
// parameter's expression is parsed once and then only walked.

import { definitionOf, type Property } from '../definitions.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { isObject } from '../json.ts';
import { referenceOf } from './reference.ts';

/** A value of a resource with its R4 type: `{ value: 'final', type: 'code' }`. */
export interface Typed {
  value: JsonValue;
  type: string;
}

type Step =
  | { kind: 'child'; name: string }
  | { kind: 'index'; at: number }
  /** `as(Quantity)` */
  | { kind: 'as'; type: string }
  /** `where(resolve().is(Patient))`: by what the reference says, nothing is looked up. */
  | { kind: 'refersTo'; type: string }
  /** `where(system='phone')` */
  | { kind: 'where'; name: string; text: string }
  /** `where($this!=false)` */
  | { kind: 'notFalse' }
  | { kind: 'exists' };

/** Alternatives, of which all count. */
export type Expression = readonly (readonly Step[])[];

/** Throws an Error for what is none of this part: the tables are ours, so that is a bug. */
export function parseExpression(text: string): Expression {
  return text.split('|').map((alternative) => {
    if (alternative === '$this') return [];
    const steps: Step[] = [];
    let rest = alternative;
    while (rest !== '') {
      const [found, step] = readStep(rest);
      steps.push(step);
      rest = rest.slice(found.length);
    }
    return steps;
  });
}

const readers: readonly [RegExp, (...groups: string[]) => Step][] = [
  [/^\.?as\((\w+)\)/, (type) => ({ kind: 'as', type: type! })],
  [/^\.?where\(resolve\(\)\.is\((\w+)\)\)/, (type) => ({ kind: 'refersTo', type: type! })],
  [/^\.?where\((\w+)='([\w:/.-]+)'\)/, (name, value) => ({ kind: 'where', name: name!, text: value! })],
  [/^\.?where\(\$this!=false\)/, () => ({ kind: 'notFalse' })],
  [/^\.?exists\(\)/, () => ({ kind: 'exists' })],
  [/^\[(\d+)\]/, (at) => ({ kind: 'index', at: Number(at) })],
  [/^\.?([a-z]\w*)(?!\w*\()/, (name) => ({ kind: 'child', name: name! })],
];

function readStep(text: string): [string, Step] {
  for (const [pattern, make] of readers) {
    const match = pattern.exec(text);
    if (match !== null) return [match[0], make(...match.slice(1))];
  }
  throw new Error(`not in the part of FHIRPath that search parameters need: ${text}`);
}

/** What `expression` gives of `from`. */
export function evaluate(expression: Expression, from: Typed): Typed[] {
  return expression.flatMap((steps) => steps.reduce<Typed[]>((values, step) => walk(values, step), [from]));
}

function walk(values: readonly Typed[], step: Step): Typed[] {
  switch (step.kind) {
    case 'child':
      return values.flatMap((each) => childrenOf(each, step.name));
    case 'index':
      return values.slice(step.at, step.at + 1);
    case 'as':
      return values.filter(({ type }) => type === step.type || (step.type === 'DateTime' && type === 'dateTime'));
    case 'refersTo':
      return values.filter(({ value }) => isObject(value) && referenceOf(value)?.type === step.type);
    case 'where':
      return values.filter(({ value }) => isObject(value) && value[step.name] === step.text);
    case 'notFalse':
      return values.filter(({ value }) => value !== false);
    case 'exists':
      return [{ value: values.length > 0, type: 'boolean' }];
  }
}

function childrenOf({ value, type }: Typed, name: string): Typed[] {
  if (!isObject(value)) return [];
  return propertiesOf(typeOf(value, type), name).flatMap(([property, { type: childType }]) => {
    const child = value[property];
    const children = Array.isArray(child) ? child : child === undefined ? [] : [child];
    return children.filter((each) => each !== null).map((each) => ({ value: each, type: childType }));
  });
}

/** A resource within another says its own type. */
const typeOf = (value: JsonObject, type: string): string =>
  type === 'Resource' && typeof value.resourceType === 'string' ? value.resourceType : type;

const known = new Map<string, readonly (readonly [string, Property])[]>();

/** The properties that an element may have: several for a choice. */
function propertiesOf(type: string, name: string): readonly (readonly [string, Property])[] {
  const key = `${type}.${name}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const found = [...(definitionOf(type)?.properties ?? [])].filter(([, { element }]) => element.name === name);
  // Types come from the tables alone; a resource's own word for its type was checked when it was read.
  known.set(key, found);
  return found;
}
