// A data set as rows of text, sequences opened: for people who read headers.

import { type JsonElement, type JsonObject, personNameOf, textOf } from '../viewer/dicom-json.ts';

export interface AttributeRow {
  /** Unique in the object: `00081140/1/00081150`. */
  path: string;
  depth: number;
  /** `(0008,1150)` */
  tag: string;
  name: string;
  vr: string;
  value: string;
}

const limits = {
  shownValues: 32,
  rows: 5_000,
};

/** The name of an attribute, from the dictionary; of a private one under its creator. */
export type NameOf = (tag: number, privateCreator: string | undefined) => string | undefined;

export function shownAttributes(object: JsonObject, nameOf: NameOf): AttributeRow[] {
  return [...rowsOf(object, '', 0, nameOf)].slice(0, limits.rows);
}

function* rowsOf(object: JsonObject, around: string, depth: number, nameOf: NameOf): Generator<AttributeRow> {
  for (const tag of Object.keys(object).sort()) {
    const element = object[tag]!;
    const path = around + tag;
    const name = nameOf(Number.parseInt(tag, 16), creatorOf(object, tag)) ?? '';
    yield {
      path,
      depth,
      tag: `(${tag.slice(0, 4)},${tag.slice(4)})`,
      name,
      vr: element.vr,
      value: shownValue(object, tag),
    };
    if (element.vr !== 'SQ') continue;
    for (const [at, item] of ((element.Value ?? []) as JsonObject[]).entries()) {
      yield* rowsOf(item, `${path}/${at + 1}/`, depth + 1, nameOf);
    }
  }
}

/** PS3.5 7.8.1: (gggg,xxee) belongs to the creator that (gggg,00xx) names. */
const creatorOf = (object: JsonObject, tag: string): string | undefined =>
  textOf(object, `${tag.slice(0, 4)}00${tag.slice(4, 6)}`) || undefined;

function shownValue(object: JsonObject, tag: string): string {
  const element = object[tag] as JsonElement & { InlineBinary?: string };
  if (element.vr === 'SQ') return `${element.Value?.length ?? 0} items`;
  if (element.vr === 'PN') return personNameOf(object, tag);
  if (element.BulkDataURI !== undefined) return 'bulk data';
  if (element.InlineBinary !== undefined) return `${Math.floor((element.InlineBinary.length * 3) / 4)} bytes`;
  const values = element.Value ?? [];
  const shown = values.slice(0, limits.shownValues).map((value) => String(value ?? ''));
  return shown.join(' \\ ') + (values.length > shown.length ? ` … (${values.length} values)` : '');
}
