// Names, addresses and other text (R4 search.html#string): each part of a name or an address is found by itself.

import { isObject, type JsonObject, type JsonValue } from '../json.ts';
import { folded } from '../patient-query.ts';
import type { Typed } from './expression.ts';
import type { IndexValue } from './index-value.ts';

export function stringsOf(parameter: string, { value, type }: Typed): IndexValue[] {
  if (typeof value === 'string') return [textValue(parameter, value)];
  if (!isObject(value)) return [];
  return (parts[type] ?? []).flatMap((part) => textsOf(value, part)).map((text) => textValue(parameter, text));
}

export const textValue = (parameter: string, text: string): IndexValue => ({
  kind: 'string',
  parameter,
  text,
  folded: folded(text),
});

const parts: Readonly<Record<string, readonly string[]>> = {
  HumanName: ['family', 'given', 'prefix', 'suffix', 'text'],
  Address: ['line', 'city', 'district', 'state', 'country', 'postalCode', 'text'],
  CodeableConcept: ['text'],
};

function textsOf(value: JsonObject, part: string): string[] {
  const said: JsonValue | undefined = value[part];
  return (Array.isArray(said) ? said : [said]).filter((text) => typeof text === 'string' && text !== '') as string[];
}
