// References between the entries of a transaction (R4 http.html#trules): what an entry's fullUrl named while it had no id is
// named by its new one, wherever it stands: in references, in elements of type uri, url, oid and uuid, and in the links of a
// narrative. A canonical is left alone.

import type { Resource } from '@medplum/fhirtypes';
import { definitionOf, type Property } from './definitions.ts';
import { isObject, type JsonObject, type JsonValue } from './json.ts';
import { isPrimitive } from './primitive.ts';

/** What a reference becomes; undefined: it stays as it is. */
export type Rename = (reference: string) => string | undefined;

/** `resource` with every link that `rename` knows renamed. */
export function withRenamed<R extends Resource>(resource: R, rename: Rename): R {
  return inResource(resource as unknown as JsonObject, rename) as unknown as R;
}

/** Every reference of a resource, those of resources within it too. */
export function referencesIn(resource: Resource): Set<string> {
  const found = new Set<string>();
  inResource(resource as unknown as JsonObject, (reference) => {
    found.add(reference);
    return undefined;
  });
  return found;
}

const renamedTypes = new Set(['uri', 'url', 'oid', 'uuid']);

function inResource(resource: JsonObject, rename: Rename): JsonObject {
  return inObject(resource, resource.resourceType as string, rename);
}

function inObject(object: JsonObject, type: string, rename: Rename): JsonObject {
  const { properties } = definitionOf(type)!;
  const entries = Object.entries(object).map(([name, value]): [string, JsonValue | undefined] => {
    const property = properties.get(name.replace(/^_/, ''));
    if (property === undefined || value === undefined) return [name, value];
    return [
      name,
      Array.isArray(value)
        ? value.map((each) => inValue(each, name, property, type, rename))
        : inValue(value, name, property, type, rename),
    ];
  });
  return Object.fromEntries(entries);
}

function inValue(value: JsonValue, name: string, { type }: Property, within: string, rename: Rename): JsonValue {
  if (typeof value === 'string') {
    if (type === 'xhtml') return inNarrative(value, rename);
    const isLink = renamedTypes.has(type) || (within === 'Reference' && name === 'reference');
    return isLink ? (rename(value) ?? value) : value;
  }
  if (!isObject(value)) return value;
  if (type === 'Resource') return inResource(value, rename);
  // Beside a primitive stands an Element.
  return inObject(value, isPrimitive(type) ? 'Element' : type, rename);
}

const inNarrative = (div: string, rename: Rename): string =>
  div.replace(/(\b(?:href|src)\s*=\s*)(["'])([^"']*)\2/g, (whole, attribute, quote, link) => {
    const renamed = rename(link);
    return renamed === undefined ? whole : `${attribute}${quote}${renamed}${quote}`;
  });
