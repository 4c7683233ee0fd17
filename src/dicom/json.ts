// The DICOM JSON model (PS3.18 Annex F) of a data set, as text. The text is written straight from the elements, and cut
// wherever a BulkDataURI belongs, so that it can be kept and served below any base URL.

import { Problem } from '../base/problem.ts';
import { toBase64 } from './base64.ts';
import type { CharacterSet } from './character-set.ts';
import type { DataSet } from './dataset.ts';
import { type Element, isBulkRef, isFragments, isItems } from './element.ts';
import { bigintsOf, numbersOf, textsOf } from './element-values.ts';
import { elementOf, groupOf, hexOf } from './tag.ts';
import { type VR, vrs } from './vr.ts';

export { fromJson } from './json-reader.ts';

export interface DicomJsonElement {
  vr: VR;
  Value?: unknown[];
  BulkDataURI?: string;
  InlineBinary?: string;
}

export type DicomJson = Record<string, DicomJsonElement>;

export const limits = {
  /** Sequences within each other; the reader's own limit, so that whatever was read can be written. */
  depth: 64,
} as const;

/** The text of a JSON object, cut at every BulkDataURI: `texts[0] + uri[0] + texts[1] + …` is the whole. */
export interface JsonPieces {
  /** One more than `bulkPaths`. */
  texts: string[];
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
  const texts: string[] = [];
  const bulkPaths: string[] = [];
  const writer = new JsonWriter((path, element) => {
    if (!isElsewhere(element) && options.isBulk?.(element) !== true) return undefined;
    bulkPaths.push(path);
    return CUT;
  });
  for (const text of writer.write(dataset).split(CUT)) texts.push(text);
  return { texts, bulkPaths };
}

/** The JSON object as text, attributes in ascending order. */
export function jsonText(dataset: DataSet, options: JsonOptions = {}): string {
  return new JsonWriter((path, element) => {
    const uri = options.bulkDataUri?.(path, element);
    return uri === undefined ? undefined : JSON.stringify(uri).slice(1, -1);
  }).write(dataset);
}

export function toJson(dataset: DataSet, options: JsonOptions = {}): DicomJson {
  return JSON.parse(jsonText(dataset, options)) as DicomJson;
}

/** Stands for a URI until the text is cut; a control character, so no escaped text contains it. */
const CUT = '\u0000';

const SPECIFIC_CHARACTER_SET = 0x0008_0005;
const UTF8_DECLARED = '"00080005":{"vr":"CS","Value":["ISO_IR 192"]}';

const isElsewhere = (element: Element): boolean => isBulkRef(element.value) || isFragments(element.value);

class JsonWriter {
  #text = '{';
  /** Whether a text with characters beyond ASCII was written: it is UTF-8 now, which (0008,0005) has to say. */
  #beyondAscii = false;
  /** Where (0008,0005) belongs in the text. */
  #characterSetAt = 1;
  readonly #uriOf: (path: string, element: Element) => string | undefined;

  constructor(uriOf: (path: string, element: Element) => string | undefined) {
    this.#uriOf = uriOf;
  }

  write(dataset: DataSet): string {
    this.#attributes(dataset, '', 0);
    const text = `${this.#text}}`;
    if (!this.#beyondAscii || dataset.has(SPECIFIC_CHARACTER_SET)) return text;
    const at = this.#characterSetAt;
    const declared = at === 1 ? `${UTF8_DECLARED},` : `,${UTF8_DECLARED}`;
    return text.slice(0, at) + declared + text.slice(at);
  }

  #attributes(dataset: DataSet, path: string, depth: number): void {
    if (depth > limits.depth) throw new Problem('dicom/limit', { limit: 'depth', offset: -1 });
    const { characterSet } = dataset;
    let comma = '';
    for (const element of ascending(dataset.elements)) {
      if (!isAttribute(element.tag)) continue;
      const tag = hexOf(element.tag);
      if (element.tag === SPECIFIC_CHARACTER_SET) {
        const declared = textsOf(element, characterSet).length > 0;
        this.#text += comma + (declared ? UTF8_DECLARED : `"${tag}":{"vr":"CS"}`);
      } else {
        this.#text += `${comma}"${tag}":{"vr":"${vrOfModel(element)}"`;
        this.#value(element, path + tag, characterSet, depth);
        this.#text += '}';
      }
      comma = ',';
      if (depth === 0 && element.tag < SPECIFIC_CHARACTER_SET) this.#characterSetAt = this.#text.length;
    }
  }

  #value(element: Element, path: string, characterSet: CharacterSet, depth: number): void {
    const { value, vr } = element;
    if (isItems(value)) {
      this.#items(value, path, depth);
      return;
    }
    if (value instanceof Uint8Array && value.length === 0) return;
    const uri = this.#uriOf(path, element);
    if (uri !== undefined) this.#text += `,"BulkDataURI":"${uri}"`;
    else if (value instanceof Uint8Array) this.#inline(element, vr, value, characterSet);
  }

  #items(items: readonly DataSet[], path: string, depth: number): void {
    if (items.length === 0) return;
    this.#text += ',"Value":[';
    items.forEach((item, at) => {
      this.#text += at === 0 ? '{' : ',{';
      this.#attributes(item, `${path}/${at + 1}/`, depth + 1);
      this.#text += '}';
    });
    this.#text += ']';
  }

  #inline(element: Element, vr: VR, bytes: Uint8Array, characterSet: CharacterSet): void {
    if (vrs[vr].kind === 'bytes' || vr === 'SQ') {
      this.#text += `,"InlineBinary":"${toBase64(bytes)}"`;
      return;
    }
    const values = this.#values(element, vr, characterSet);
    if (values !== '' && values !== 'null') this.#text += `,"Value":[${values}]`;
  }

  /** The values of F.2.2 to F.2.5, separated by commas: empty, or one `null`, when there is none. */
  #values(element: Element, vr: VR, characterSet: CharacterSet): string {
    if (vr === 'SV' || vr === 'UV') return bigintsOf(element).map(wideInteger).join(',');
    if (vrs[vr].kind === 'number') return numbersOf(element, characterSet).map(binaryNumber).join(',');
    const texts = textsOf(element, characterSet);
    const write = vr === 'PN' ? personName : vr === 'DS' || vr === 'IS' ? numberString : quoted;
    let values = '';
    for (let at = 0; at < texts.length; at++) {
      const text = texts[at]!;
      // Nearly all text is plain, and one look at it saves the closer ones.
      const plain = !unusual.test(text);
      if (!plain && beyondAscii.test(text)) this.#beyondAscii = true;
      values += (at === 0 ? '' : ',') + (text === '' ? 'null' : plain && write === quoted ? `"${text}"` : write(text));
    }
    return values;
  }
}

const unusual = /[^ !#-[\]-~]/;
const beyondAscii = /[^\0-\x7f]/;

/** F.2.2: group lengths and File Meta Information are not part of the model; trailing padding and delimiters carry nothing. */
export function isAttribute(tag: number): boolean {
  return elementOf(tag) !== 0 && groupOf(tag) > 2 && tag < 0xfffc_fffc;
}

/** A sequence whose items are not read (nested too deep) is bytes of unknown meaning. */
export const vrOfModel = (element: Element): VR => (element.vr === 'SQ' && !isItems(element.value) ? 'UN' : element.vr);

/** F.2.2: attributes are in ascending order. Data sets mostly are already. */
function ascending(elements: ReadonlyMap<number, Element>): Iterable<Element> {
  let last = -1;
  for (const tag of elements.keys()) {
    if (tag < last) return [...elements.values()].sort((a, b) => a.tag - b.tag);
    last = tag;
  }
  return elements.values();
}

const quoted = (text: string): string => (unusual.test(text) ? JSON.stringify(text) : `"${text}"`);

/** F.2.2: component groups of a PN, those absent left out. */
function personName(text: string): string {
  const groups = text.split('=');
  const members = ['Alphabetic', 'Ideographic', 'Phonetic'].flatMap((name, at) =>
    isEmptyGroup(groups[at]) ? [] : [`"${name}":${quoted(groups[at]!)}`],
  );
  return members.length === 0 ? 'null' : `{${members.join(',')}}`;
}

/** A group of delimiters only says nothing, but it was sent. */
const isEmptyGroup = (group: string | undefined): boolean => group === undefined || /^ *$/.test(group);

const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const decimal = /^([+-]?)0*(\d*)(?:\.(\d*))?([eE][+-]?\d+)?$/;

/** DS and IS as the number with the digits that were sent; what is no number stays a string. */
function numberString(text: string): string {
  if (!Number.isFinite(Number(text))) return quoted(text);
  if (jsonNumber.test(text)) return text;
  const [, sign, whole, fraction, exponent] = decimal.exec(text) ?? [];
  const number = `${sign === '-' ? '-' : ''}${whole || '0'}${fraction ? `.${fraction}` : ''}${exponent ?? ''}`;
  return sign !== undefined && /\d/.test(text) && jsonNumber.test(number) ? number : quoted(text);
}

/** F.2.4: what is not finite is a string. */
function binaryNumber(number: number): string {
  if (Number.isFinite(number)) return Object.is(number, -0) ? '-0' : String(number);
  return `"${number}"`;
}

/** SV and UV beyond 2^53 are strings, since JSON readers lose their digits (F.2.3). */
function wideInteger(number: bigint): string {
  const safe = number <= Number.MAX_SAFE_INTEGER && number >= Number.MIN_SAFE_INTEGER;
  return safe ? String(number) : `"${number}"`;
}
