// What a resource refers to, and the URIs that it names (R4 search.html#reference, #uri).

import { isObject, type JsonObject } from '../json.ts';
import type { Typed } from './expression.ts';
import type { IndexValue } from './index-value.ts';
import { referenceOf } from './reference.ts';
import { textOf, tokensOf } from './token-values.ts';

export function referencesOf(parameter: string, { value, type }: Typed): IndexValue[] {
  if (typeof value === 'string') {
    return withoutVersion(value).map((id) => ({ kind: 'reference', parameter, id }));
  }
  if (!isObject(value)) return [];
  return type === 'Reference' ? ofReference(parameter, value) : ofResource(parameter, value);
}

export function urisOf(parameter: string, { value, type }: Typed): IndexValue[] {
  if (typeof value !== 'string') return [];
  const uris = type === 'canonical' ? withoutVersion(value) : [value];
  return uris.map((uri) => ({ kind: 'uri', parameter, uri }));
}

function ofReference(parameter: string, value: JsonObject): IndexValue[] {
  const { type, id, url } = referenceOf(value) ?? {};
  const target = id ?? url;
  const reference: IndexValue = {
    kind: 'reference',
    parameter,
    ...(type === undefined ? {} : { type }),
    ...(target === undefined ? {} : { id: target }),
  };
  const { identifier } = value;
  if (!isObject(identifier)) return [reference];
  return [
    reference,
    ...tokensOf(`${parameter}:identifier`, { value: identifier, type: 'Identifier' }).filter(
      (each) => each.parameter === `${parameter}:identifier`,
    ),
  ];
}

/** A resource inside a Bundle is meant as what its id says. */
function ofResource(parameter: string, { resourceType, id }: JsonObject): IndexValue[] {
  const [type, name] = [textOf(resourceType), textOf(id)];
  return type === undefined
    ? []
    : [{ kind: 'reference', parameter, type, ...(name === undefined ? {} : { id: name }) }];
}

/** R4 search.html#versions: a canonical URL is found with its version and without. */
function withoutVersion(canonical: string): string[] {
  const bar = canonical.lastIndexOf('|');
  return bar < 0 ? [canonical] : [canonical, canonical.slice(0, bar)];
}
