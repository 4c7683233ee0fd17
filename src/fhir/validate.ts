// Whether a resource has the structure that R4 gives it (validation.html: structure, cardinality, values, required
// bindings), with a place in FHIRPath for everything that is wrong. Invariants beyond those of the data types, and profiles,
// are asked by whoever needs them.

import {
  definitionOf,
  type ElementDefinition,
  type Property,
  resourceTypes,
  type TypeDefinition,
} from './definitions.ts';
import type { Issue } from './issue.ts';
import { isObject, isRawNumber, type JsonObject, type JsonValue, textOfNumber } from './json.ts';
import { limits } from './limits.ts';
import { isOfForm, isPrimitive, primitives } from './primitive.ts';
import { narrativeProblem } from './xhtml.ts';

/** Everything that is wrong with `resource`, up to a limit; nothing where it is one. */
export function validate(resource: JsonObject): Issue[] {
  const { resourceType } = resource;
  const validation = new Validation();
  validation.resource(resource, typeof resourceType === 'string' ? safe(resourceType) : 'Resource', 0);
  return validation.issues.slice(0, limits.issues);
}

/** A name from outside, as far as it may be repeated. */
const safe = (name: string): string => (/^[A-Za-z]\w{0,63}$/.test(name) ? name : '?');

/** `path` is where in FHIRPath, `depth` how many elements are around. */
class Validation {
  readonly issues: Issue[] = [];

  resource(resource: JsonObject, path: string, depth: number): void {
    const { resourceType, ...elements } = resource;
    const entries = Array.isArray(resource.entry) ? resource.entry.length : 0;
    if (typeof resourceType !== 'string') this.#say('structure', path, 'resourceType is missing');
    else if (!resourceTypes.has(resourceType)) {
      this.#say('not-supported', path, `${safe(resourceType)} is no resource type of R4`);
    } else if (resourceType === 'Bundle' && entries > limits.entries) {
      this.#say('too-costly', `${path}.entry`, `more than ${limits.entries} entries`);
    } else this.#object(elements, definitionOf(resourceType)!, path, depth);
  }

  #object(object: JsonObject, definition: TypeDefinition, path: string, depth: number): void {
    if (depth > limits.elementDepth) {
      this.#say('too-costly', path, `elements nested deeper than ${limits.elementDepth}`);
      return;
    }
    /** Which property each element has. */
    const present = new Map<ElementDefinition, string>();
    for (const name of Object.keys(object)) {
      if (this.#isFull) return;
      const plain = name.startsWith('_') ? name.slice(1) : name;
      const property = definition.properties.get(plain);
      if (property === undefined || (plain !== name && !isPrimitive(property.type))) {
        this.#say('structure', path, `${safe(plain)} is no element of ${definition.name}`);
        continue;
      }
      const other = present.get(property.element);
      // `name` and `_name` are looked at together.
      if (other === plain) continue;
      if (other !== undefined) this.#say('structure', path, `${other} and ${plain} exclude each other`);
      present.set(property.element, plain);
      this.#property(object[plain], object[`_${plain}`], property, locationOf(path, property), depth);
    }
    this.#required(definition, present, path);
  }

  #required({ elements }: TypeDefinition, present: ReadonlyMap<ElementDefinition, string>, path: string): void {
    for (const element of elements) {
      if (element.isRequired && !present.has(element)) {
        this.#say('required', `${path}.${element.name}`, 'the element is missing');
      }
    }
  }

  #property(
    value: JsonValue | undefined,
    beside: JsonValue | undefined,
    property: Property,
    path: string,
    depth: number,
  ): void {
    if (!property.element.isMany) {
      if (Array.isArray(value) || Array.isArray(beside)) this.#say('structure', path, 'the element does not repeat');
      else this.#value(value, beside, property, path, depth);
      return;
    }
    const [values, besides] = [value ?? [], beside ?? []];
    if (!Array.isArray(values) || !Array.isArray(besides)) {
      this.#say('structure', path, 'the element repeats: an array is needed');
      return;
    }
    const length = Math.max(values.length, besides.length);
    if (length === 0) this.#say('invariant', path, 'an array is not empty');
    for (let at = 0; at < length && !this.#isFull; at++) {
      this.#value(values[at] ?? undefined, besides[at] ?? undefined, property, `${path}[${at}]`, depth);
    }
  }

  #value(
    value: JsonValue | undefined,
    beside: JsonValue | undefined,
    { element, type }: Property,
    path: string,
    depth: number,
  ): void {
    if (isPrimitive(type)) this.#primitive(value, beside, element, type, path, depth);
    else if (!isObject(value)) this.#say('structure', path, `${type} is an object`);
    else if (type === 'Resource') this.resource(value, path, depth + 1);
    else {
      this.#filled(value, type, path, depth);
      if (element.codes !== undefined) this.#coded(value, element.codes, path);
      if (type === 'Extension') this.#extension(value, path);
    }
  }

  /** An element that is no primitive; ele-1: it has children. */
  #filled(object: JsonObject, type: string, path: string, depth: number): void {
    if (Object.keys(object).length === 0) this.#say('invariant', path, 'ele-1: an element has a value or children');
    else this.#object(object, definitionOf(type)!, path, depth + 1);
  }

  /** A Coding, or a CodeableConcept one of whose codings counts. */
  #coded(value: JsonObject, codes: ReadonlySet<string>, path: string): void {
    const codings = Array.isArray(value.coding) ? value.coding : [value];
    if (!codings.some((coding) => isObject(coding) && codes.has(String(coding.code)))) {
      this.#say('code-invalid', path, 'no code is of the required value set');
    }
  }

  #extension(extension: JsonObject, path: string): void {
    const hasValue = Object.keys(extension).some((name) => /^_?value/.test(name));
    if (hasValue === (extension.extension !== undefined)) {
      this.#say('invariant', path, 'ext-1: an extension has either a value or extensions');
    }
  }

  #primitive(
    value: JsonValue | undefined,
    beside: JsonValue | undefined,
    element: ElementDefinition,
    type: string,
    path: string,
    depth: number,
  ): void {
    if (value === null) this.#say('structure', path, 'null stands for nothing here');
    else if (value !== undefined) this.#written(value, element, type, path);
    else if (beside === undefined) this.#say('invariant', path, 'ele-1: an element has a value or children');
    if (isObject(beside)) this.#filled(beside, 'Element', path, depth);
    else if (beside !== undefined) this.#say('structure', path, 'what stands beside a value is an object');
  }

  #written(value: JsonValue, { codes }: ElementDefinition, type: string, path: string): void {
    const { json } = primitives[type]!;
    const isNumber = typeof value === 'number' || isRawNumber(value);
    const written = isNumber ? textOfNumber(value) : String(value);
    if (json === 'number' ? !isNumber : typeof value !== json) {
      this.#say('structure', path, `${type} is a ${json} in JSON`);
    } else if (!isOfForm(type, written)) this.#say('value', path, `the value is no ${type}`);
    else if (codes !== undefined && !codes.has(written)) {
      this.#say('code-invalid', path, 'the code is none of the required value set');
    } else if (type === 'xhtml') {
      const { severity, reason } = narrativeProblem(written) ?? {};
      if (reason !== undefined) this.#say('invariant', path, reason, severity);
    }
  }

  get #isFull(): boolean {
    return this.issues.length >= limits.issues;
  }

  #say(code: Issue['code'], expression: string, diagnostics: string, severity: Issue['severity'] = 'error'): void {
    this.issues.push({ severity, code, expression, diagnostics });
  }
}

const locationOf = (path: string, { element, type }: Property): string =>
  `${path}.${element.name}${element.isChoice ? `.ofType(${type})` : ''}`;
