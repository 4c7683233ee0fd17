// JSON Patch (RFC 6902) on a resource in memory. Nothing of what is patched is changed: each operation makes a copy along its
// path, so that decimals stay the text they are.

import { Problem } from '../base/problem.ts';
import { isObject, isRawNumber, type JsonObject, type JsonValue, textOfNumber } from './json.ts';

export const limits = {
  operations: 1000,
} as const;

type Pointer = readonly string[];

/** What a JSON Patch document does to `target`; an array that is empty afterwards is left out, as FHIR has it. Throws Problem request/malformed for what is none, fhir/unprocessable where an operation cannot be done. */
export function applyJsonPatch(target: JsonValue, patch: JsonValue): JsonValue {
  if (!Array.isArray(patch)) throw malformed('a JSON Patch is an array of operations');
  if (patch.length > limits.operations) {
    throw new Problem('request/too-large', { what: 'the number of operations', limit: limits.operations });
  }
  return withoutEmptyArrays(patch.reduce<JsonValue>((value, operation, at) => applied(value, operation, at), target));
}

function withoutEmptyArrays(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(withoutEmptyArrays);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([, each]) => !Array.isArray(each) || each.length > 0);
  return Object.fromEntries(kept.map(([name, each]) => [name, withoutEmptyArrays(each!)]));
}

function applied(target: JsonValue, operation: JsonValue, at: number): JsonValue {
  if (!isObject(operation)) throw malformed(`operation ${at} is no object`);
  const { op } = operation;
  const act = typeof op === 'string' && Object.hasOwn(operations, op) ? operations[op] : undefined;
  if (act === undefined) throw malformed(`operation ${at} has no op of RFC 6902`);
  return act(target, {
    path: pointerOf(operation.path, at),
    from: () => pointerOf(operation.from, at),
    value: () => {
      if (operation.value === undefined) throw malformed(`operation ${at} has no value`);
      return operation.value;
    },
    at,
  });
}

interface Operation {
  path: Pointer;
  from(): Pointer;
  value(): JsonValue;
  at: number;
}

/** RFC 6902 4. */
const operations: Record<string, (target: JsonValue, operation: Operation) => JsonValue> = {
  add: (target, { path, value, at }) => added(target, path, value(), at),
  remove: (target, { path, at }) => removed(target, path, at),
  replace: (target, { path, value, at }) => {
    found(target, path, at);
    return path.length === 0 ? value() : changed(target, path, at, () => value());
  },
  move: (target, { path, from, at }) => {
    const source = from();
    if (path.length > source.length && source.every((token, level) => token === path[level])) {
      throw failed(at, 'moves a value into itself');
    }
    return added(removed(target, source, at), path, found(target, source, at), at);
  },
  copy: (target, { path, from, at }) => added(target, path, found(target, from(), at), at),
  test: (target, { path, value, at }) => {
    if (!isEqual(found(target, path, at), value())) throw failed(at, 'tests for another value');
    return target;
  },
};

/** RFC 6901. */
function pointerOf(pointer: JsonValue | undefined, at: number): Pointer {
  if (typeof pointer !== 'string' || !/^(\/([^~]|~[01])*)?$/s.test(pointer)) {
    throw malformed(`operation ${at} has no JSON Pointer where one is needed`);
  }
  return pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function found(target: JsonValue, path: Pointer, at: number): JsonValue {
  return path.reduce<JsonValue>((value, token) => child(value, token, at), target);
}

function child(value: JsonValue, token: string, at: number): JsonValue {
  if (Array.isArray(value)) return value[indexOf(token, value.length - 1, at)]!;
  if (isObject(value) && Object.hasOwn(value, token)) return value[token]!;
  throw failed(at, 'names what is not there');
}

/** `target` with what `change` makes of the value at `path`, which is not the root. */
function changed(target: JsonValue, path: Pointer, at: number, change: (value: JsonValue) => JsonValue): JsonValue {
  const [token, ...rest] = path as [string, ...string[]];
  const value = child(target, token, at);
  return withChild(target, token, rest.length === 0 ? change(value) : changed(value, rest, at, change));
}

function withChild(target: JsonValue, token: string, value: JsonValue): JsonValue {
  return Array.isArray(target) ? target.with(Number(token), value) : { ...(target as JsonObject), [token]: value };
}

function added(target: JsonValue, path: Pointer, value: JsonValue, at: number): JsonValue {
  const last = path.at(-1);
  if (last === undefined) return value;
  return inParent(target, path, at, (parent) => {
    if (Array.isArray(parent)) {
      return parent.toSpliced(last === '-' ? parent.length : indexOf(last, parent.length, at), 0, value);
    }
    return { ...parent, [last]: value };
  });
}

function removed(target: JsonValue, path: Pointer, at: number): JsonValue {
  const last = path.at(-1);
  if (last === undefined) throw failed(at, 'removes the whole resource');
  found(target, path, at);
  return inParent(target, path, at, (parent) => {
    if (Array.isArray(parent)) return parent.toSpliced(Number(last), 1);
    return Object.fromEntries(Object.entries(parent).filter(([name]) => name !== last)) as JsonObject;
  });
}

function inParent(
  target: JsonValue,
  path: Pointer,
  at: number,
  change: (parent: JsonValue[] | JsonObject) => JsonValue,
): JsonValue {
  const of = (parent: JsonValue): JsonValue => {
    if (!Array.isArray(parent) && !isObject(parent)) throw failed(at, 'names what is not there');
    return change(parent);
  };
  return path.length === 1 ? of(target) : changed(target, path.slice(0, -1), at, of);
}

function indexOf(token: string, most: number, at: number): number {
  if (!/^(0|[1-9]\d{0,9})$/.test(token) || Number(token) > most) throw failed(at, 'names what is not there');
  return Number(token);
}

/** RFC 6902 4.6; numbers are equal where they are numerically. */
function isEqual(one: JsonValue, other: JsonValue): boolean {
  if (isNumber(one) && isNumber(other)) return Number(textOfNumber(one)) === Number(textOfNumber(other));
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((value, at) => isEqual(value, other[at]!));
  }
  if (!isObject(one) || !isObject(other)) return one === other;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && isEqual(one[name]!, other[name]!))
  );
}

const isNumber = (value: JsonValue) => typeof value === 'number' || isRawNumber(value);

const malformed = (reason: string): Problem => new Problem('request/malformed', { reason });
const failed = (at: number, what: string): Problem =>
  new Problem('fhir/unprocessable', { reason: `operation ${at} of the patch ${what}` });
