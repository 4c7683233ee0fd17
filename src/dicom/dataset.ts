// A data set: the elements of an object or of one sequence item, with values asked for by keyword or tag. PS3.5 7 and
// 7.5, PS3.3 C.12.1.1.2. What is read stays as bytes until asked; what is set replaces the bytes of that element alone.

import { plain } from './bytes.ts';
import { type CharacterSet, characterSet, utf8 } from './character-set.ts';
import { tagOf, vrOf } from './dictionary.ts';
import { Element, isItems, type Value } from './element.ts';
import { bigintsOf, decimalString, encodeNumbers, encodeTexts, numbersOf, textsOf } from './element-values.ts';
import { isPrivate, isPrivateCreator, privateCreatorOf } from './tag.ts';
import type { TransferSyntax } from './transfer-syntax.ts';
import { type VR, vrs } from './vr.ts';

/** A keyword (`PatientID`), eight hexadecimal digits, or a tag. An unknown keyword is a bug and throws TypeError. */
export type Key = string | number;

export type NewValue = string | number | bigint | readonly (string | number | bigint)[] | DataSet[] | Uint8Array | null;

const SPECIFIC_CHARACTER_SET = 0x0008_0005;

export class DataSet {
  readonly #elements = new Map<number, Element>();
  #characterSet: CharacterSet | undefined;
  #parent: DataSet | undefined;
  #sequence: Element | undefined;
  /** Whether this item had, and will be written with, undefined length (PS3.5 7.5.2). */
  undefinedLength = false;
  /**
   * Of an object read in memory: all bytes it was read from, until something in it is edited. Those of File Meta
   * Information, which has no transfer syntax, begin with preamble and DICM.
   */
  encoded: { readonly bytes: Uint8Array; readonly transferSyntax: TransferSyntax | undefined } | undefined;

  /** In the order read; new ones last. The writer sorts. Edited by `set` and `delete` alone. */
  get elements(): ReadonlyMap<number, Element> {
    return this.#elements;
  }

  get(key: Key): Element | undefined {
    return this.#elements.get(tagOfKey(key));
  }

  /** Whether the element is present, empty or not. */
  has(key: Key): boolean {
    return this.#elements.has(tagOfKey(key));
  }

  /** The first value as text, padding trimmed; undefined when absent or empty. */
  text(key: Key): string | undefined {
    return this.texts(key)[0] || undefined;
  }

  texts(key: Key): string[] {
    const element = this.get(key);
    return element === undefined ? [] : textsOf(element, this.characterSet);
  }

  /** The first value as a number; undefined when absent, empty or not a number. */
  number(key: Key): number | undefined {
    const first = this.numbers(key)[0];
    return first === undefined || Number.isNaN(first) ? undefined : first;
  }

  /** NaN stands for a malformed value. */
  numbers(key: Key): number[] {
    const element = this.get(key);
    return element === undefined ? [] : numbersOf(element, this.characterSet);
  }

  /** SV and UV, which go beyond 2^53. */
  bigints(key: Key): bigint[] {
    const element = this.get(key);
    return element === undefined ? [] : bigintsOf(element);
  }

  items(key: Key): DataSet[] {
    const value = this.get(key)?.value;
    return value !== undefined && isItems(value) ? value : [];
  }

  /** The value as bytes, little endian; undefined when absent, a sequence, or not held. */
  bytes(key: Key): Uint8Array | undefined {
    const value = this.get(key)?.value;
    return value instanceof Uint8Array ? value : undefined;
  }

  /** The Private Creator of the block in which a private tag lies (PS3.5 7.8.1). */
  privateCreator(tag: number): string | undefined {
    return isPrivate(tag) && !isPrivateCreator(tag) ? this.text(privateCreatorOf(tag)) : undefined;
  }

  /** The character set in force: an item that declares none has that of the data set around it (PS3.3 C.12.1.1.2). */
  get characterSet(): CharacterSet {
    this.#characterSet ??= this.#declaredCharacterSet() ?? this.#parent?.characterSet ?? characterSet([]);
    return this.#characterSet;
  }

  /** Says how text is (and will be) encoded where (0008,0005) does not; changes no bytes. See `recode`. */
  set characterSet(inForce: CharacterSet) {
    this.#characterSet = inForce;
  }

  /**
   * Encodes all text anew, items included, and declares `to` in (0008,0005).
   * Returns false, and changes nothing, when a character is not in `to`.
   */
  recode(to: CharacterSet): boolean {
    const changes = recodings(this, to);
    if (changes === undefined) return false;
    for (const [dataset, element] of changes) dataset.#put(element);
    for (const dataset of withItems(this)) {
      if (dataset !== this) dataset.delete(SPECIFIC_CHARACTER_SET);
      dataset.#characterSet = to;
    }
    this.set(SPECIFIC_CHARACTER_SET, to.declared);
    this.#characterSet = to;
    return true;
  }

  /**
   * Sets a value; null and [] make it empty. The VR is, unless given, the one the element has, else the dictionary's.
   * Text that the character set cannot express makes the whole object UTF-8 (ISO_IR 192).
   */
  set(key: Key, value: NewValue, vr?: VR): this {
    const tag = tagOfKey(key);
    const representation = vr ?? this.#elements.get(tag)?.vr ?? vrOf(tag, this.privateCreator(tag));
    const element = Element.of(tag, representation, this.#encode(value, representation));
    this.#put(element);
    if (isItems(element.value)) for (const item of element.value) item.#adopt(this, element);
    if (tag === SPECIFIC_CHARACTER_SET) this.#forgetCharacterSet();
    return this;
  }

  delete(key: Key): boolean {
    const tag = tagOfKey(key);
    if (!this.#elements.delete(tag)) return false;
    this.#edited();
    if (tag === SPECIFIC_CHARACTER_SET) this.#forgetCharacterSet();
    return true;
  }

  /** For readers: adds an element as it was read, which is no edit. A later occurrence of a tag takes the place of the first. */
  add(element: Element): void {
    this.#elements.set(element.tag, element);
  }

  /** For readers: adds an item as it was read to a sequence of this data set. */
  addItem(sequence: Element, item: DataSet): void {
    (sequence.value as DataSet[]).push(item);
    item.#adopt(this, sequence);
  }

  #put(element: Element): void {
    this.#elements.set(element.tag, element);
    this.#edited();
  }

  #adopt(parent: DataSet, sequence: Element): void {
    this.#parent = parent;
    this.#sequence = sequence;
  }

  /** The bytes as read no longer say what this data set, and those around it, hold. */
  #edited(): void {
    for (let dataset: DataSet | undefined = this; dataset !== undefined; dataset = dataset.#parent) {
      dataset.encoded = undefined;
      dataset.#sequence?.forgetEncoded();
    }
  }

  #encode(value: NewValue, vr: VR): Value {
    if (value instanceof Uint8Array) return plain(value);
    if (value === null) return vr === 'SQ' ? [] : new Uint8Array(0);
    const values = typeof value === 'object' ? value : [value];
    if (vr === 'SQ') return values as DataSet[];
    const simple = values as readonly (string | number | bigint)[];
    const { kind } = vrs[vr];
    if (kind === 'tag')
      return encodeNumbers(
        simple.map((v) => (typeof v === 'string' ? tagOfKey(v) : v)),
        vr,
      );
    if (kind !== 'text')
      return encodeNumbers(
        simple.map((v) => (typeof v === 'string' ? Number(v) : v)),
        vr,
      );
    const texts = simple.map((v) => (typeof v === 'number' && vr === 'DS' ? decimalString(v) : String(v)));
    return encodeTexts(texts, vr, this.characterSet) ?? this.#encodeInUtf8(texts, vr);
  }

  #encodeInUtf8(texts: readonly string[], vr: VR): Uint8Array {
    let root: DataSet = this;
    while (root.#parent !== undefined) root = root.#parent;
    root.recode(utf8);
    return encodeTexts(texts, vr, utf8)!;
  }

  #declaredCharacterSet(): CharacterSet | undefined {
    const element = this.#elements.get(SPECIFIC_CHARACTER_SET);
    return element === undefined ? undefined : characterSet(textsOf(element, characterSet([])));
  }

  #forgetCharacterSet(): void {
    for (const dataset of withItems(this)) dataset.#characterSet = undefined;
  }
}

function tagOfKey(key: Key): number {
  const tag = typeof key === 'number' ? key : tagOf(key);
  if (tag === undefined) throw new TypeError(`no attribute has the keyword ${key}`);
  return tag;
}

/** A data set and all items below it. */
function* withItems(dataset: DataSet): Generator<DataSet> {
  const waiting = [dataset];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    yield next;
    for (const element of next.elements.values()) {
      if (element.vr === 'SQ' && isItems(element.value)) waiting.push(...element.value);
    }
  }
}

/** Every text element whose bytes differ in `to`, encoded in it; undefined when one cannot be. */
function recodings(dataset: DataSet, to: CharacterSet): [DataSet, Element][] | undefined {
  const changes: [DataSet, Element][] = [];
  for (const part of withItems(dataset)) {
    for (const element of part.elements.values()) {
      if (!vrs[element.vr].extended || !(element.value instanceof Uint8Array)) continue;
      const texts = textsOf(element, part.characterSet);
      const bytes = encodeTexts(texts, element.vr, to);
      if (bytes === undefined) return undefined;
      if (!sameBytes(bytes, element.value)) changes.push([part, Element.of(element.tag, element.vr, bytes)]);
    }
  }
  return changes;
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);
