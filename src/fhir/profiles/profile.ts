// What a profile asks beyond R4 (profiling.html): how often an element is there, of which codes it is, what it refers to, and what
// must hold. A profile is a table; what R4 asks anyway is validate.ts's.

import type { Issue } from '../issue.ts';
import { isObject, type JsonObject, type JsonValue } from '../json.ts';

export interface ElementRule {
  /**
   * From the resource: `name`, `content.attachment`, a choice `effective[x]`, an extension `extension(URL)`. What is asked of the last is
   * asked below each of the others.
   */
  path: string;
  min?: number;
  max?: number;
  /** A required binding that is a closed list: of a code, a Coding, a CodeableConcept, or the value of an extension. */
  codes?: ReadonlySet<string>;
  /** Types that a literal reference may name. */
  targets?: readonly string[];
}

export interface Invariant {
  /** Of each element there; empty: of the resource. */
  path: string;
  text: string;
  holds(element: JsonObject): boolean;
}

export interface Profile {
  url: string;
  /** Of resources that it is of. */
  type: string;
  elements: readonly ElementRule[];
  invariants?: readonly Invariant[];
}

/** Everything that `resource` lacks of `profile`, with its place. */
export function validateProfile(resource: JsonObject, { type, elements, invariants = [] }: Profile): Issue[] {
  const issues: Issue[] = [];
  const wrong = (code: Issue['code'], expression: string, diagnostics: string): void =>
    void issues.push({ severity: 'error', code, expression, diagnostics });
  if (resource.resourceType !== type) {
    wrong('structure', type, `the profile is of ${type}`);
    return issues;
  }
  const root: Place = { value: resource, path: type };
  for (const { path, min = 0, max = Number.POSITIVE_INFINITY, codes, targets } of elements) {
    const steps = stepsOf(path);
    const parents = steps.slice(0, -1).reduce((places, step) => places.flatMap((place) => below(place, step)), [root]);
    const last = steps.at(-1)!;
    for (const parent of parents) {
      const found = below(parent, last);
      const name = `${parent.path}.${named(last)}`;
      if (found.length < min) wrong('required', name, `the profile asks for ${min === 1 ? 'it' : `${min} of it`}`);
      if (found.length > max) wrong('structure', name, `the profile has ${max} of it at most`);
      for (const { value, path: at } of found) {
        if (codes !== undefined && !codesIn(value).some((code) => codes.has(code))) {
          wrong('code-invalid', at, 'no code is of the value set that the profile requires');
        }
        if (targets !== undefined && !refersTo(value, targets)) {
          wrong('value', at, `the profile has it refer to ${targets.join(' or ')}`);
        }
      }
    }
  }
  for (const { path, text, holds } of invariants) {
    const places = stepsOf(path).reduce((all, step) => all.flatMap((place) => below(place, step)), [root]);
    for (const { value, path: at } of places) {
      if (isObject(value) && !holds(value)) wrong('invariant', at, text);
    }
  }
  return issues;
}

interface Place {
  value: JsonValue;
  path: string;
}

/** The steps of a path; a URL in brackets has dots of its own. */
const stepsOf = (path: string): string[] => path.match(/[^.(]+(?:\([^)]*\))?/g) ?? [];

const named = (step: string): string => step.replace(/\((.*)\)$/, "('$1')").replace('[x]', '');

function below({ value, path }: Place, step: string): Place[] {
  if (!isObject(value)) return [];
  const [, name, url] = /^([^(]+)(?:\((.*)\))?$/.exec(step)!;
  const said = name!.endsWith('[x]') ? choiceOf(value, name!.slice(0, -3)) : value[name!];
  if (said === undefined) return [];
  const all = (Array.isArray(said) ? said : [said]).map((each, at) => ({
    value: each,
    path: Array.isArray(said) ? `${path}.${name}[${at}]` : `${path}.${name!.replace('[x]', '')}`,
  }));
  return url === undefined ? all : all.filter(({ value: each }) => isObject(each) && each.url === url);
}

function choiceOf(value: JsonObject, name: string): JsonValue | undefined {
  const property = Object.keys(value).find((key) => key.startsWith(name) && /^[A-Z]/.test(key.slice(name.length)));
  return property === undefined ? undefined : value[property];
}

function codesIn(value: JsonValue): string[] {
  if (typeof value === 'string') return [value];
  if (!isObject(value)) return [];
  if (Array.isArray(value.coding)) return value.coding.flatMap(codesIn);
  if (typeof value.code === 'string') return [value.code];
  const said = choiceOf(value, 'value');
  return said === undefined ? [] : codesIn(said);
}

/** One that names no type, or is by an identifier, may be of any. */
function refersTo(value: JsonValue, targets: readonly string[]): boolean {
  if (!isObject(value)) return true;
  const { reference, type } = value;
  const [, named] =
    typeof reference === 'string' ? (/(?:^|\/)([A-Z]\w+)\/[^/]+(?:\/_history\/[^/]+)?$/.exec(reference) ?? []) : [];
  const said = named ?? (typeof type === 'string' ? type : undefined);
  return said === undefined || targets.includes(said);
}
