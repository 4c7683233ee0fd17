// FHIR in XML (R4 xml.html), to and from the JSON form, which is the form in memory: an element of a primitive type has its
// value in an attribute, the narrative's div stands as it is, a resource within another lies in an element of its own.

import { Problem } from '../base/problem.ts';
import { escapeXml } from '../base/xml-escape.ts';
import { parseXml, type XmlElement } from '../base/xml-parser.ts';
import { definitionOf, type TypeDefinition } from './definitions.ts';
import type { Issue } from './issue.ts';
import { isObject, type JsonObject, type JsonValue, numberOfText, type RawNumber, textOfNumber } from './json.ts';
import { limits } from './limits.ts';
import { isOfForm, isPrimitive, primitives } from './primitive.ts';
import { inNamespace } from './xhtml.ts';

const NAMESPACE = 'http://hl7.org/fhir';

/**
 * The JSON form of a document, and what the form could not hold. Whether it is a resource is not asked here.
 * Throws Problem request/malformed for what is no XML, request/too-large over a limit.
 */
export function fromXml(source: string): { resource: JsonObject; issues: Issue[] } {
  if (source.length > limits.characters)
    throw new Problem('request/too-large', { what: 'the resource', limit: limits.characters });
  const root = parseXml(source);
  const issues: Issue[] = [];
  const namespaces = [...root.attributes].filter(([name]) => name === 'xmlns' || name.startsWith('xmlns:'));
  if (!namespaces.some(([, value]) => value === NAMESPACE)) {
    issues.push(structure(root.name, 'the document is not in the namespace of FHIR'));
  }
  return { resource: resourceOf(root, { source, issues, path: root.name }), issues };
}

interface Reading {
  source: string;
  issues: Issue[];
  path: string;
}

const structure = (expression: string, diagnostics: string): Issue => ({
  severity: 'error',
  code: 'structure',
  expression,
  diagnostics,
});

function resourceOf(element: XmlElement, reading: Reading): JsonObject {
  const definition = definitionOf(element.name);
  return { resourceType: element.name, ...(definition === undefined ? {} : objectOf(element, definition, reading)) };
}

function objectOf(element: XmlElement, definition: TypeDefinition, reading: Reading): JsonObject {
  const { path, issues } = reading;
  const entries: [string, JsonValue][] = attributesOf(element, definition, reading);
  if (element.text.trim() !== '') issues.push(structure(path, 'text stands outside a value'));
  for (const [name, same] of Map.groupBy(element.children, (child) => child.name)) {
    const property = definition.properties.get(name);
    if (property === undefined) {
      // The validation says that there is no such element.
      entries.push([name, {}]);
      continue;
    }
    const { isMany } = property.element;
    if (!isMany && same.length > 1) issues.push(structure(`${path}.${name}`, 'the element is given more than once'));
    const of = (child: XmlElement, index: number): Value =>
      readValue(child, property.type, { ...reading, path: `${path}.${name}${isMany ? `[${index}]` : ''}` });
    entries.push(...(isMany ? manyOf(name, same.map(of)) : oneOf(name, of(same[0]!, 0))));
  }
  return Object.fromEntries(entries);
}

/** Attributes that are elements in JSON: `id`, and `url` of an extension. Those with a prefix say something else. */
function attributesOf(
  { attributes }: XmlElement,
  { properties }: TypeDefinition,
  { path, issues }: Reading,
): [string, JsonValue][] {
  return [...attributes].flatMap(([name, value]): [string, JsonValue][] => {
    if (name === 'xmlns' || name.includes(':')) return [];
    if (properties.get(name)?.element.isAttribute === true) return [[name, value]];
    issues.push(structure(path, 'an attribute is none of this element'));
    return [];
  });
}

/** What an element is in JSON: its value, and for a primitive what stands under its name with `_`. */
interface Value {
  value?: JsonValue;
  beside?: JsonObject;
}

function oneOf(name: string, { value, beside }: Value): [string, JsonValue][] {
  return [
    ...(value === undefined ? [] : [[name, value] as [string, JsonValue]]),
    ...(beside === undefined ? [] : [[`_${name}`, beside] as [string, JsonValue]]),
  ];
}

function manyOf(name: string, values: Value[]): [string, JsonValue][] {
  const entries: [string, JsonValue][] = [];
  if (values.some(({ value }) => value !== undefined)) entries.push([name, values.map(({ value }) => value ?? null)]);
  if (values.some(({ beside }) => beside !== undefined))
    entries.push([`_${name}`, values.map(({ beside }) => beside ?? null)]);
  return entries;
}

function readValue(element: XmlElement, type: string, reading: Reading): Value {
  if (type === 'xhtml') return { value: divOf(reading.source.slice(element.start, element.end)) };
  if (isPrimitive(type)) return primitiveOf(element, type, reading);
  if (type === 'Resource') {
    const [inner, ...others] = element.children;
    if (inner === undefined || others.length > 0) {
      reading.issues.push(structure(reading.path, 'the element does not hold one resource'));
      return {};
    }
    return { value: resourceOf(inner, reading) };
  }
  return { value: objectOf(element, definitionOf(type)!, reading) };
}

/** XML 1.0 2.11: a line ends in a line feed; a carriage return that is meant is a reference. */
const divOf = (source: string): string => source.replace(/\r\n?/g, '\n').replaceAll('&#13;', '\r');

const primitiveElement = definitionOf('Element')!;

function primitiveOf(element: XmlElement, type: string, reading: Reading): Value {
  const written = element.attributes.get('value');
  const attributes = new Map(element.attributes);
  attributes.delete('value');
  const beside = objectOf({ ...element, attributes }, primitiveElement, reading);
  const isBare = Object.keys(beside).length === 0;
  if (written === undefined && isBare) {
    const diagnostics = 'ele-1: an element has a value or children';
    reading.issues.push({ severity: 'error', code: 'invariant', expression: reading.path, diagnostics });
  }
  return {
    ...(written === undefined ? {} : { value: jsonOf(written, type) }),
    ...(isBare ? {} : { beside }),
  };
}

/** What is not of the form of its type stays text, of which the validation will say that it is none. */
function jsonOf(written: string, type: string): JsonValue {
  const { json } = primitives[type]!;
  if (json === 'string' || !isOfForm(type, written)) return written;
  return json === 'boolean' ? written === 'true' : numberOfText(written);
}

/** The document of a resource that is valid, to be sent in UTF-8. */
export function toXml(resource: JsonObject): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${resourceElement(resource, ` xmlns="${NAMESPACE}"`)}`;
}

function resourceElement(resource: JsonObject, attributes = ''): string {
  const type = resource.resourceType as string;
  return element(type, attributes, contentOf(resource, definitionOf(type)!));
}

const element = (name: string, attributes: string, content: string): string =>
  content === '' ? `<${name}${attributes}/>` : `<${name}${attributes}>${content}</${name}>`;

const attribute = (name: string, value: string): string => ` ${name}="${escapeXml(value)}"`;

/** The elements below `object`, in the order of its definition. */
function contentOf(object: JsonObject, { properties }: TypeDefinition): string {
  let content = '';
  for (const [name, { element: definition, type }] of properties) {
    if (definition.isAttribute) continue;
    const values = listOf(object[name]);
    const beside = listOf(object[`_${name}`]);
    for (let at = 0; at < Math.max(values.length, beside.length); at++) {
      content += written(name, type, values[at] ?? undefined, beside[at] ?? undefined);
    }
  }
  return content;
}

const listOf = (value: JsonValue | undefined): JsonValue[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

function written(name: string, type: string, value: JsonValue | undefined, beside: JsonValue | undefined): string {
  if (type === 'xhtml') return inNamespace(value as string).replaceAll('\r', '&#13;');
  if (isPrimitive(type)) {
    const { attributes, content } = isObject(beside)
      ? inside(beside, primitiveElement)
      : { attributes: '', content: '' };
    return element(name, attributes + (value === undefined ? '' : attribute('value', textOf(value))), content);
  }
  const object = value as JsonObject;
  if (type === 'Resource') return element(name, '', resourceElement(object));
  const { attributes, content } = inside(object, definitionOf(type)!);
  return element(name, attributes, content);
}

function inside(object: JsonObject, definition: TypeDefinition): { attributes: string; content: string } {
  const attributes = definition.elements
    .filter(({ isAttribute, name }) => isAttribute && object[name] !== undefined)
    .map(({ name }) => attribute(name, object[name] as string));
  return { attributes: attributes.join(''), content: contentOf(object, definition) };
}

const textOf = (value: JsonValue): string =>
  typeof value === 'string' || typeof value === 'boolean' ? String(value) : textOfNumber(value as number | RawNumber);
