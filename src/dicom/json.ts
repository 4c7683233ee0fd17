// The DICOM JSON model (PS3.18 Annex F) of a data set. It is written straight from the bytes of the elements, and cut
// wherever a BulkDataURI belongs, so that it can be kept and served below any base URL.

import type { DataSet } from './dataset.ts';
import { type Element, isBulkRef, isFragments } from './element.ts';
import { CUT, JsonWriter } from './json-writer.ts';
import { hexOf } from './tag.ts';
import type { VR } from './vr.ts';

export { fromJson } from './json-reader.ts';
export { isAttribute, limits, vrOfModel } from './json-writer.ts';

export interface DicomJsonElement {
  vr: VR;
  Value?: unknown[];
  BulkDataURI?: string;
  InlineBinary?: string;
}

export type DicomJson = Record<string, DicomJsonElement>;

/** A JSON object in UTF-8, cut at every BulkDataURI: `texts[0] + uri[0] + texts[1] + …` is the whole. */
export interface JsonPieces {
  /** One more than `bulkPaths`. */
  texts: Uint8Array[];
  /** Where each value lies: `7FE00010`, or `00081140/1/00091010` with items counted from 1. */
  bulkPaths: string[];
}

export interface JsonPiecesOptions {
  /** Whether a value goes by reference; values that are not held and encapsulated pixel data always do. */
  isBulk?(element: Element): boolean;
}

export interface JsonOptions {
  /** The BulkDataURI of a value, or undefined to write it inline; a value not at hand is then left out, its VR stays. */
  bulkDataUri?(path: string, element: Element): string | undefined;
}

export function jsonPieces(dataset: DataSet, options: JsonPiecesOptions = {}): JsonPieces {
  const bulkPaths: string[] = [];
  const writer = new JsonWriter((element, around) => {
    if (!isElsewhere(element) && options.isBulk?.(element) !== true) return undefined;
    bulkPaths.push(around + hexOf(element.tag));
    return CUT;
  });
  return { texts: writer.write(dataset), bulkPaths };
}

/** The JSON object as text, attributes in ascending order. */
export function jsonText(dataset: DataSet, { bulkDataUri }: JsonOptions = {}): string {
  const writer = new JsonWriter((element, around) => bulkDataUri?.(around + hexOf(element.tag), element));
  return utf8.decode(writer.write(dataset)[0]);
}

export function toJson(dataset: DataSet, options: JsonOptions = {}): DicomJson {
  return JSON.parse(jsonText(dataset, options)) as DicomJson;
}

const utf8 = new TextDecoder();

const isElsewhere = ({ value }: Element): boolean =>
  !(value instanceof Uint8Array) && (isBulkRef(value) || isFragments(value));
