// Writes the elements of a data set as a JSON object: PS3.18 F.2.2, F.2.6 and F.2.7. What stands in `Value` of an element
// that is no sequence is written by json-values.ts.

import { Problem } from '../base/problem.ts';
import { toBase64 } from './base64.ts';
import { concatenated } from './bytes.ts';
import type { CharacterSet } from './character-set.ts';
import type { DataSet } from './dataset.ts';
import { type Element, isItems } from './element.ts';
import { textsOf } from './element-values.ts';
import { JsonSink } from './json-sink.ts';
import { writeValues } from './json-values.ts';
import { elementOf, groupOf, hexOf } from './tag.ts';
import { type VR, vrs } from './vr.ts';

export const limits = {
  /** Sequences within each other; the reader's own limit, so that whatever was read can be written. */
  depth: 64,
} as const;

/** The text ends here, and goes on in another after a URI that is not known yet. */
export const CUT = Symbol('cut');

/** The URI that an element goes by; undefined where its value is written. `around`: its path up to its tag, `00081140/1/`. */
export type Refer = (element: Element, around: string) => string | typeof CUT | undefined;

const SPECIFIC_CHARACTER_SET = 0x0008_0005;
const UTF8_VALUE = ',"Value":["ISO_IR 192"]';
const UTF8_DECLARED = `"00080005":{"vr":"CS"${UTF8_VALUE}}`;
const ascii = new TextEncoder();

export class JsonWriter {
  readonly #refer: Refer;
  readonly #out = new JsonSink();
  readonly #texts: Uint8Array[] = [];
  /** Whether a character beyond ASCII was written: the text is UTF-8 now, which (0008,0005) has to say. */
  #beyondAscii = false;
  /** Whether (0008,0005) is missing, and its place still to come. */
  #isUndeclared = false;
  /** Where it belongs: after this, in this one of the texts. */
  #gap: { before: Uint8Array; text: number } | undefined;

  constructor(refer: Refer) {
    this.#refer = refer;
  }

  /** The object in UTF-8, one text more than it was cut. */
  write(dataset: DataSet): Uint8Array[] {
    this.#isUndeclared = !dataset.has(SPECIFIC_CHARACTER_SET);
    this.#out.ascii('{');
    this.#attributes(dataset, '', 0);
    if (this.#isUndeclared) this.#leaveGap();
    this.#out.ascii('}');
    this.#texts.push(this.#out.take());
    this.#closeGap();
    return this.#texts;
  }

  #attributes(dataset: DataSet, path: string, depth: number): void {
    if (depth > limits.depth) throw new Problem('dicom/limit', { limit: 'depth', offset: -1 });
    const { characterSet } = dataset;
    const out = this.#out;
    let before = '"';
    for (const element of ascending(dataset.elements)) {
      const { tag } = element;
      if (!isAttribute(tag)) continue;
      if (this.#isUndeclared && depth === 0 && tag > SPECIFIC_CHARACTER_SET) this.#leaveGap();
      out.ascii(before);
      out.hex(tag);
      out.ascii(vrMembers[vrOfModel(element)]);
      if (tag !== SPECIFIC_CHARACTER_SET) this.#value(element, path, characterSet, depth);
      else if (textsOf(element, characterSet).length > 0) out.ascii(UTF8_VALUE);
      out.ascii('}');
      before = ',"';
    }
  }

  #value(element: Element, path: string, characterSet: CharacterSet, depth: number): void {
    const { value, vr } = element;
    if (!(value instanceof Uint8Array)) {
      if (isItems(value)) this.#items(value, path + hexOf(element.tag), depth);
      else this.#byReference(element, path);
    } else if (value.length > 0 && !this.#byReference(element, path)) {
      if (vrs[vr].kind === 'bytes' || vr === 'SQ') this.#out.ascii(`,"InlineBinary":"${toBase64(value)}"`);
      else if (writeValues(this.#out, element, value, characterSet)) this.#beyondAscii = true;
    }
  }

  #items(items: readonly DataSet[], path: string, depth: number): void {
    if (items.length === 0) return;
    const out = this.#out;
    out.ascii(',"Value":[');
    items.forEach((item, at) => {
      out.ascii(at === 0 ? '{' : ',{');
      this.#attributes(item, `${path}/${at + 1}/`, depth + 1);
      out.ascii('}');
    });
    out.ascii(']');
  }

  #byReference(element: Element, path: string): boolean {
    const uri = this.#refer(element, path);
    if (uri === undefined) return false;
    this.#out.ascii(',"BulkDataURI":"');
    if (uri === CUT) this.#texts.push(this.#out.take());
    else this.#out.text(JSON.stringify(uri).slice(1, -1));
    this.#out.ascii('"');
    return true;
  }

  #leaveGap(): void {
    this.#isUndeclared = false;
    this.#gap = { before: this.#out.take(), text: this.#texts.length };
  }

  #closeGap(): void {
    if (this.#gap === undefined) return;
    const { before, text } = this.#gap;
    const isFirst = text === 0 && before.length === 1;
    const declared = !this.#beyondAscii ? '' : isFirst ? `${UTF8_DECLARED},` : `,${UTF8_DECLARED}`;
    this.#texts[text] = concatenated([before, ascii.encode(declared), this.#texts[text]!]);
  }
}

/** F.2.2: group lengths and File Meta Information are not part of the model; trailing padding and delimiters carry nothing. */
export function isAttribute(tag: number): boolean {
  return elementOf(tag) !== 0 && groupOf(tag) > 2 && tag < 0xfffc_fffc;
}

/** A sequence whose items are not read (nested too deep) is bytes of unknown meaning. */
export const vrOfModel = ({ vr, value }: Element): VR => (vr === 'SQ' && !isItems(value) ? 'UN' : vr);

const vrMembers = Object.fromEntries(Object.keys(vrs).map((vr) => [vr, `":{"vr":"${vr}"`])) as Record<VR, string>;

/** F.2.2: attributes are in ascending order. Data sets mostly are already. */
function ascending(elements: ReadonlyMap<number, Element>): Iterable<Element> {
  let last = -1;
  for (const tag of elements.keys()) {
    if (tag < last) return [...elements.values()].sort((a, b) => a.tag - b.tag);
    last = tag;
  }
  return elements.values();
}
