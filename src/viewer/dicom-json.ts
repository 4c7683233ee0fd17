// Reading the DICOM JSON model (PS3.18 Annex F) as /metadata answers it: first values, numbers, items, names.

export interface JsonElement {
  vr: string;
  Value?: unknown[];
  BulkDataURI?: string;
}

/** One data set, by tag: eight hexadecimal digits in capitals. */
export type JsonObject = Record<string, JsonElement | undefined>;

/** The first value as text; empty where there is none. */
export function textOf(object: JsonObject | undefined, tag: string): string {
  const value = object?.[tag]?.Value?.[0];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** All values that are numbers. */
export function numbersOf(object: JsonObject | undefined, tag: string): number[] {
  return (object?.[tag]?.Value ?? []).map(Number).filter(Number.isFinite);
}

export const numberOf = (object: JsonObject | undefined, tag: string): number | undefined => numbersOf(object, tag)[0];

export function textsOf(object: JsonObject | undefined, tag: string): string[] {
  return (object?.[tag]?.Value ?? []).map((value) => String(value ?? ''));
}

/** The items of a sequence. */
export function itemsOf(object: JsonObject | undefined, tag: string): JsonObject[] {
  return (object?.[tag]?.Value ?? []) as JsonObject[];
}

export const itemOf = (object: JsonObject | undefined, tag: string): JsonObject | undefined => itemsOf(object, tag)[0];

/** PS3.18 F.2.2: a person name as it is shown, `DOE, Jane (山田^太郎)`; empty where there is none. */
export function personNameOf(object: JsonObject | undefined, tag: string): string {
  const name = object?.[tag]?.Value?.[0] as Record<string, string> | undefined;
  const alphabetic = shownName(name?.Alphabetic ?? '');
  const ideographic = (name?.Ideographic ?? '').replace(/\^+/g, ' ').trim();
  if (alphabetic === '') return ideographic;
  return ideographic === '' ? alphabetic : `${alphabetic} (${ideographic})`;
}

/** PS3.5 6.2.1: family^given^middle^prefix^suffix. */
export function shownName(name: string): string {
  const [family = '', ...others] = name.split('^').map((each) => each.trim());
  const rest = others.filter((each) => each !== '').join(' ');
  return [family.toUpperCase(), rest].filter((each) => each !== '').join(', ');
}
