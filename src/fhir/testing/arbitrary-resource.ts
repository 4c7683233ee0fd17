// Resources of every shape that the definitions allow, for laws: a seed gives a resource.

import { definitionOf, type Property, type TypeDefinition } from '../definitions.ts';
import { type JsonObject, type JsonValue, numberOfText } from '../json.ts';
import { isPrimitive } from '../primitive.ts';

/** A valid resource of `type`; the same for the same seed. */
export function arbitraryResource(type: string, seed: number): JsonObject {
  return { resourceType: type, ...new Maker(seed).object(definitionOf(type)!, 0) };
}

const samples: Readonly<Record<string, readonly JsonValue[]>> = {
  base64Binary: ['AAEC', 'TcO8bGxlcg=='],
  boolean: [true, false],
  canonical: ['http://hl7.org/fhir/ValueSet/x|1.0'],
  code: ['en', 'two words'],
  date: ['1958', '1958-01', '1958-01-30'],
  dateTime: ['2026', '2026-02-28T23:59:60Z', '2024-02-29T10:00:00.123456+05:30'],
  id: ['a', 'A-1.b'],
  instant: ['2026-11-23T03:06:00.10-03:00'],
  integer: [0, -7, 2147483647],
  markdown: ['# Findings\n\n* none\t& <b>no</b> "quotes"\r\n'],
  oid: ['urn:oid:1.2.840.10008'],
  positiveInt: [1, 2147483647],
  string: ['Müller', '山田^太郎', ' é\t\n𝒳 ', '<>&"\'', 'x'],
  time: ['23:59:60', '00:00:00.000'],
  unsignedInt: [0, 12],
  uri: ['urn:oid:1.2', 'http://example.org/a?b=c&d=%20'],
  url: ['https://example.org/'],
  uuid: ['urn:uuid:c757873d-ec9a-4326-a141-556f43239520'],
  xhtml: [
    '<div xmlns="http://www.w3.org/1999/xhtml">\r\n<p>Ångström &amp; <b>1&lt;2</b></p><!-- seen --> tail</div>',
    '<div xmlns="http://www.w3.org/1999/xhtml"><img src="#a" alt="x"/></div>',
  ],
};
const decimals = [
  '1.0',
  '0',
  '-0.00',
  '1e-7',
  '3.14159265358979323846264338327950288',
  '100.10',
  '12',
  '0.0000001',
  '1234567890.12345678',
];

class Maker {
  #state: number;

  constructor(seed: number) {
    this.#state = (seed ^ 0x9e3779b9) >>> 0;
  }

  /** Below `bound` (mulberry32). */
  #below(bound: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  }

  object(definition: TypeDefinition, depth: number): JsonObject {
    const object: JsonObject = {};
    for (const element of definition.elements) {
      if (!element.isRequired && this.#below(depth + 2) > 0) continue;
      // ext-1: an extension has a value here, and no extensions.
      if (definition.name === 'Extension' && element.name === 'extension') continue;
      const properties = [...definition.properties].filter(([, property]) => property.element === element);
      const [name, property] = properties[this.#below(properties.length)]!;
      this.#fill(object, name, property, depth);
    }
    if (definition.name === 'Extension' && !Object.keys(object).some((name) => /^_?value/.test(name))) {
      object.valueCode = 'x';
    }
    return object;
  }

  #fill(object: JsonObject, name: string, property: Property, depth: number): void {
    const length = property.element.isMany ? 1 + this.#below(3) : 1;
    const values = Array.from({ length }, () => this.#value(property, depth));
    object[name] = property.element.isMany ? values : values[0]!;
    if (!isPrimitive(property.type) || property.type === 'xhtml' || property.element.isAttribute) return;
    const beside = this.#below(6);
    if (beside > 1) return;
    const extension = { extension: [{ url: 'urn:x', valueString: 'said' }], id: 'here' };
    object[`_${name}`] = property.element.isMany ? values.map((_, at) => (at === 0 ? extension : null)) : extension;
    if (beside === 0) {
      // The extension alone, without a value.
      if (property.element.isMany && length > 1) object[name] = values.map((value, at) => (at === 0 ? null : value));
      else delete object[name];
      if (property.element.isMany && length === 1) object[`_${name}`] = [extension];
    }
  }

  #value({ element, type }: Property, depth: number): JsonValue {
    if (type === 'decimal') return numberOfText(decimals[this.#below(decimals.length)]!);
    if (element.codes !== undefined) {
      const code = [...element.codes][this.#below(element.codes.size)]!;
      return type === 'CodeableConcept' ? { coding: [{ code }] } : type === 'Coding' ? { code } : code;
    }
    if (isPrimitive(type)) return samples[type]![this.#below(samples[type]!.length)]!;
    if (type === 'Resource') return { resourceType: 'Basic', code: { text: 'inside' }, id: 'i' };
    const object = this.object(definitionOf(type)!, depth + 1);
    return Object.keys(object).length > 0 ? object : { id: 'empty' };
  }
}
