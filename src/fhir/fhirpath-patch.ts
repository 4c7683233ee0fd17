// FHIRPath Patch (R4 fhirpatch.html): operations as Parameters, on elements that a simple path of FHIRPath names: elements
// by name, `[n]`, and `where(element = 'value')`.

import type { Parameters, ParametersParameter } from '@medplum/fhirtypes';
import { Problem } from '../base/problem.ts';
import { definitionOf } from './definitions.ts';
import { isObject, type JsonObject, type JsonValue } from './json.ts';
import { applyJsonPatch } from './json-patch.ts';

/** Throws Problem request/malformed for what is no patch, fhir/unprocessable where an operation cannot be done. */
export function applyFhirPathPatch(target: JsonObject, { parameter = [] }: Parameters): JsonObject {
  return parameter.reduce((resource, { name, part = [] }, at) => {
    if (name !== 'operation') throw malformed(at, 'is no operation');
    const steps = operationsOf(resource, new Parts(part, at), at);
    return applyJsonPatch(resource, steps) as JsonObject;
  }, target);
}

/** The parts of an operation, by name. */
class Parts {
  readonly #parts: readonly ParametersParameter[];
  readonly #at: number;

  constructor(parts: readonly ParametersParameter[], at: number) {
    this.#parts = parts;
    this.#at = at;
  }

  text(name: 'type' | 'path' | 'name'): string {
    const { valueString, valueCode } = this.#part(name);
    const text = valueString ?? valueCode;
    if (text === undefined) throw malformed(this.#at, `has no text as ${name}`);
    return text;
  }

  index(name: 'index' | 'source' | 'destination'): number {
    const { valueInteger } = this.#part(name);
    if (valueInteger === undefined || valueInteger < 0) throw malformed(this.#at, `has no number as ${name}`);
    return valueInteger;
  }

  /** Whatever the value is called; parts in place of a value make an object. */
  value(): JsonValue {
    return valueOfPart(this.#part('value') as unknown as JsonObject, this.#at);
  }

  #part(name: string): ParametersParameter {
    const [part, ...others] = this.#parts.filter((each) => each.name === name);
    if (part === undefined || others.length > 0) throw malformed(this.#at, `has not one ${name}`);
    return part;
  }
}

function valueOfPart(part: JsonObject, at: number): JsonValue {
  const [name] = Object.keys(part).filter((key) => /^value[A-Z]/.test(key));
  if (name !== undefined) return part[name]!;
  const parts = part.part;
  if (!Array.isArray(parts)) throw malformed(at, 'has no value');
  return Object.fromEntries(parts.map((each) => [(each as JsonObject).name, valueOfPart(each as JsonObject, at)]));
}

/** As JSON Patch has it. */
function operationsOf(resource: JsonObject, parts: Parts, at: number): JsonValue {
  const kind = parts.text('type');
  const act = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (act === undefined) throw malformed(at, 'has no type of FHIRPath Patch');
  return act(placesOf(resource, parts.text('path'), at), parts, at);
}

/** A value, where it is, and of what type of element. */
interface Place {
  pointer: string;
  value: JsonValue | undefined;
  type: string;
  isMany: boolean;
}

const kinds: Record<string, (places: Place[], parts: Parts, at: number) => JsonValue> = {
  add(places, parts, at) {
    const { pointer, value, type } = only(places, at);
    const name = parts.text('name');
    const property = definitionOf(type)?.properties.get(name);
    if (property === undefined || !isObject(value)) throw failed(at, 'adds what is no element there');
    const path = `${pointer}/${name}`;
    if (!property.element.isMany) return [{ op: 'add', path, value: parts.value() }];
    const held = value[name];
    return Array.isArray(held)
      ? [{ op: 'add', path: `${path}/-`, value: parts.value() }]
      : [{ op: 'add', path, value: [parts.value()] }];
  },
  insert(places, parts, at) {
    const { pointer } = repeating(places, at);
    return [{ op: 'add', path: `${pointer}/${parts.index('index')}`, value: parts.value() }];
  },
  /** R4 fhirpatch.html: at most one, and none is no error. */
  delete(places, _parts, at) {
    if (places.length > 1) throw failed(at, 'deletes more than one element');
    return places.map(({ pointer }) => ({ op: 'remove', path: pointer }));
  },
  replace(places, parts, at) {
    return [{ op: 'replace', path: only(places, at).pointer, value: parts.value() }];
  },
  move(places, parts, at) {
    const { pointer } = repeating(places, at);
    const [source, destination] = [parts.index('source'), parts.index('destination')];
    return [{ op: 'move', from: `${pointer}/${source}`, path: `${pointer}/${destination}` }];
  },
};

function only(places: Place[], at: number): Place {
  const [place, ...others] = places;
  if (place === undefined) throw failed(at, 'names what is not there');
  if (others.length > 0) throw failed(at, 'names more than one element');
  return place;
}

/** The array that all of `places` are in. */
function repeating(places: Place[], at: number): Place {
  const [first] = places;
  if (first === undefined || !first.isMany) throw failed(at, 'names no list');
  return { ...first, pointer: first.pointer.slice(0, first.pointer.lastIndexOf('/')) };
}

const step = /^(\w+)(?:\[(\d{1,6})\])?$/;
const filter = /^where\((\w+)\s*=\s*'([^']*)'\)$/;

function placesOf(resource: JsonObject, path: string, at: number): Place[] {
  const [root, ...steps] = path.match(/(?:[^.(]|\([^)]*\))+/g) ?? [];
  const type = resource.resourceType as string;
  if (root !== type) throw malformed(at, 'has a path that does not begin with the type');
  return steps.reduce<Place[]>(
    (places, text) => {
      const wanted = filter.exec(text);
      if (wanted !== null) {
        return places.filter(({ value }) => isObject(value) && String(value[wanted[1]!]) === wanted[2]);
      }
      const [, name, index] = step.exec(text) ?? [];
      if (name === undefined) throw malformed(at, 'has a path that is not understood');
      const found = places.flatMap((place) => childrenOf(place, name));
      return index === undefined ? found : found.slice(Number(index), Number(index) + 1);
    },
    [{ pointer: '', value: resource, type, isMany: false }],
  );
}

/** A choice may be named without its type. */
function childrenOf({ pointer, value, type }: Place, name: string): Place[] {
  if (!isObject(value)) return [];
  const properties = [...(definitionOf(type)?.properties ?? [])];
  return properties
    .filter(([key, { element }]) => (key === name || element.name === name) && value[key] !== undefined)
    .flatMap(([key, { element, type: of }]) => {
      const held = value[key]!;
      const place = (each: JsonValue, path: string): Place => ({
        pointer: path,
        value: each,
        type: isObject(each) && of === 'Resource' ? String(each.resourceType) : of,
        isMany: element.isMany,
      });
      return Array.isArray(held)
        ? held.map((each, index) => place(each, `${pointer}/${key}/${index}`))
        : [place(held, `${pointer}/${key}`)];
    });
}

const malformed = (at: number, what: string): Problem =>
  new Problem('request/malformed', { reason: `operation ${at} of the patch ${what}` });
const failed = (at: number, what: string): Problem =>
  new Problem('fhir/unprocessable', { reason: `operation ${at} of the patch ${what}` });
