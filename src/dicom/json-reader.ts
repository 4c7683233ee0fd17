// A data set from the DICOM JSON model (PS3.18 Annex F), already parsed. What does not follow the model is refused with
// request/malformed and the tag path; nothing of a value is repeated in it.

import { Problem } from '../base/problem.ts';
import { fromBase64 } from './base64.ts';
import { type CharacterSet, utf8 } from './character-set.ts';
import { DataSet, type NewValue } from './dataset.ts';
import { vrOf } from './dictionary.ts';
import { decimalString } from './element-values.ts';
import { elementOf, groupOf, tagOfHex } from './tag.ts';
import { isVr, type VR, vrs } from './vr.ts';

export interface FromJsonOptions {
  /** The value at a BulkDataURI. What it does not know, and without it every such attribute, is left out. */
  bulkData?(uri: string, path: string): Uint8Array | undefined;
}

export const limits = {
  /** Sequences within each other. */
  depth: 64,
} as const;

const SPECIFIC_CHARACTER_SET = 0x0008_0005;

/** The data set of one JSON object. Its text is UTF-8, and (0008,0005) says so where it is declared or needed. */
export function fromJson(json: unknown, options: FromJsonOptions = {}): DataSet {
  const reader = new JsonReader(options);
  const dataset = reader.dataset(json, '', 0);
  if (reader.beyondAscii) dataset.set(SPECIFIC_CHARACTER_SET, utf8.declared);
  return dataset;
}

/** Reads data sets whole, or attribute by attribute into those of `empty`, which `close` ends. */
export class JsonReader {
  beyondAscii = false;
  /** A text has characters that the character set has not: what was read is not all in one encoding. */
  isBeyond = false;
  readonly #fetch: FromJsonOptions['bulkData'];
  readonly #characterSet: CharacterSet;
  readonly #declares: boolean;

  /** Text is in UTF-8, declared where the JSON declares any; or in `characterSet`, which is the caller's to declare. */
  constructor({ bulkData, characterSet }: FromJsonOptions & { characterSet?: CharacterSet }) {
    this.#fetch = bulkData;
    this.#characterSet = characterSet ?? utf8;
    this.#declares = characterSet === undefined;
  }

  dataset(json: unknown, path: string, depth: number): DataSet {
    if (depth > limits.depth) throw malformed(path, 'sequences are nested too deep');
    if (!isObject(json)) throw malformed(path, 'a data set is not an object');
    const dataset = this.empty();
    for (const key of Object.keys(json)) {
      const tag = tagOfHex(key);
      if (tag === undefined) throw malformed(path, 'a name is not a tag of eight hexadecimal digits');
      if (isAttribute(tag)) this.attribute(dataset, tag, json[key], path + key.toUpperCase(), depth);
    }
    this.close(dataset);
    return dataset;
  }

  empty(): DataSet {
    const dataset = new DataSet();
    dataset.characterSet = this.#characterSet;
    return dataset;
  }

  close(dataset: DataSet): void {
    if (dataset.characterSet !== this.#characterSet) this.isBeyond = true;
  }

  attribute(dataset: DataSet, tag: number, json: unknown, path = '', depth = 0): void {
    if (!isObject(json)) throw malformed(path, 'an attribute is not an object');
    const vr = json.vr ?? vrOf(tag, dataset.privateCreator(tag));
    if (typeof vr !== 'string' || !isVr(vr)) throw malformed(path, 'vr is not a value representation');
    const given = (['Value', 'BulkDataURI', 'InlineBinary'] as const).filter((name) => json[name] !== undefined);
    if (given.length > 1) throw malformed(path, `${given.join(' and ')} exclude each other`);
    if (tag === SPECIFIC_CHARACTER_SET) {
      if (this.#declares) dataset.set(tag, json.Value === undefined ? null : utf8.declared, 'CS');
    } else if (json.BulkDataURI !== undefined) this.#bulkData(dataset, tag, vr, json.BulkDataURI, path);
    else if (json.InlineBinary !== undefined) dataset.set(tag, inlineBinary(json.InlineBinary, vr, path), vr);
    else dataset.set(tag, this.#value(json.Value ?? [], vr, path, depth), vr);
  }

  #bulkData(dataset: DataSet, tag: number, vr: VR, uri: unknown, path: string): void {
    if (typeof uri !== 'string') throw malformed(path, 'BulkDataURI is not a string');
    const bytes = this.#fetch?.(uri, path);
    if (bytes !== undefined) dataset.set(tag, bytes, vr);
  }

  #value(values: unknown, vr: VR, path: string, depth: number): NewValue {
    if (!Array.isArray(values)) throw malformed(path, 'Value is not an array');
    if (values.length === 0) return null;
    if (vr === 'SQ') {
      return values.map((item, at) => this.dataset(item ?? {}, `${path}/${at + 1}/`, depth + 1));
    }
    const { kind, multiple } = vrs[vr];
    if (kind === 'bytes') throw malformed(path, `${vr} has no Value`);
    if (!multiple && values.length > 1) throw malformed(path, `${vr} has one value`);
    if (kind === 'number') return values.map((value) => binaryNumber(value, vr, path));
    return values.map((value) => this.#text(value, vr, path));
  }

  #text(value: unknown, vr: VR, path: string): string {
    const text = textOf(value, vr, path);
    if (vrs[vr].multiple && text.includes('\\')) throw malformed(path, `a value of ${vr} contains a backslash`);
    if (vr === 'AT' && tagOfHex(text) === undefined) throw malformed(path, 'a value of AT is not a tag');
    if (/[^\0-\x7f]/.test(text)) {
      if (!vrs[vr].extended) throw malformed(path, `a value of ${vr} has a character outside the default repertoire`);
      if (!text.isWellFormed()) throw malformed(path, 'a text is not well-formed Unicode');
      this.beyondAscii = true;
    }
    return text;
  }
}

function textOf(value: unknown, vr: VR, path: string): string {
  if (value === null) return '';
  if (vr === 'PN' && isObject(value)) return personName(value, path);
  if (typeof value === 'string') return value;
  if (typeof value === 'number' && vr === 'DS') return decimalString(value);
  if (Number.isSafeInteger(value) && vr === 'IS') return String(value);
  throw malformed(path, `a value of ${vr} is not one of its JSON types`);
}

function personName(value: Record<string, unknown>, path: string): string {
  const groups = ['Alphabetic', 'Ideographic', 'Phonetic'].map((name) => value[name] ?? '');
  if (!groups.every((group) => typeof group === 'string')) throw malformed(path, 'a group of a PN is not a string');
  if (groups.some((group) => group.includes('='))) throw malformed(path, 'a group of a PN contains an equals sign');
  return groups.join('=').replace(/=+$/, '');
}

/** Smallest and largest value by VR. */
const ranges: Partial<Record<VR, readonly [bigint, bigint]>> = {
  US: [0n, 0xffffn],
  SS: [-0x8000n, 0x7fffn],
  UL: [0n, 0xffff_ffffn],
  SL: [-0x8000_0000n, 0x7fff_ffffn],
  UV: [0n, 0xffff_ffff_ffff_ffffn],
  SV: [-0x8000_0000_0000_0000n, 0x7fff_ffff_ffff_ffffn],
};

function binaryNumber(value: unknown, vr: VR, path: string): number | bigint {
  const range = ranges[vr];
  const isText = typeof value === 'string' && value.trim() !== '';
  if (typeof value !== 'number' && !isText) throw malformed(path, `a value of ${vr} is not a number`);
  if (range === undefined) return floatingPoint(value, vr, path);
  if (typeof value === 'number' ? !Number.isInteger(value) : !/^[+-]?\d{1,20}$/.test(value)) {
    throw malformed(path, `a value of ${vr} is not an integer`);
  }
  const integer = BigInt(typeof value === 'string' ? value.replace('+', '') : value);
  if (integer < range[0] || integer > range[1]) throw malformed(path, `a value of ${vr} is out of range`);
  return integer;
}

/** F.2.4: what is not finite is a string. */
function floatingPoint(value: number | string, vr: VR, path: string): number {
  const number = Number(value === 'inf' ? Infinity : value === '-inf' ? -Infinity : value);
  if (Number.isNaN(number) && value !== 'NaN') throw malformed(path, `a value of ${vr} is not a number`);
  return number;
}

function inlineBinary(value: unknown, vr: VR, path: string): Uint8Array {
  if (vrs[vr].kind !== 'bytes') throw malformed(path, `${vr} has no InlineBinary`);
  const bytes = typeof value === 'string' ? fromBase64(value) : undefined;
  if (bytes === undefined) throw malformed(path, 'InlineBinary is not base64');
  if (bytes.length % 2 === 0) return bytes;
  const padded = new Uint8Array(bytes.length + 1);
  padded.set(bytes);
  return padded;
}

/** F.2.2: group lengths and command and File Meta elements are no part of the model; some senders include them. */
const isAttribute = (tag: number): boolean => elementOf(tag) !== 0 && groupOf(tag) > 2 && groupOf(tag) !== 0xfffe;

export const isObject = (json: unknown): json is Record<string, unknown> =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

function malformed(path: string, reason: string): Problem {
  return new Problem('request/malformed', { reason: path === '' ? reason : `${path}: ${reason}` });
}
