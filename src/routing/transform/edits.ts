// A transformed data set as edits of the one that was read, so that the object can leave as it comes from its file, with
// these elements exchanged and its pixels never held (dicom's re-encoder takes them).

import type { CharacterSet } from '../../dicom/character-set.ts';
import type { DataSet } from '../../dicom/dataset.ts';
import type { PixelEdit } from '../../dicom/editing-sink.ts';
import { type Element, isBulkRef, isFragments, isItems } from '../../dicom/element.ts';
import { isPixelValue } from '../../dicom/pixel-values.ts';

export interface ElementEdits {
  /** By tag, what stands there now; undefined: nothing does. */
  elements: ReadonlyMap<number, Element | undefined>;
  /** That text is written in, where that is another than it was read in. */
  recoding?: { from: CharacterSet; to: CharacterSet };
  /** What leaves of all that `elements` does not name; absent: everything. */
  passes?(tag: number): boolean;
  /** Pixel Data on its way. */
  pixels?: PixelEdit;
}

/**
 * All of `sent` in place of all that was received: what nobody looked at, repeated elements and what stands behind the pixels
 * among them, does not leave. What is not held passes, being pixels or samples.
 */
export function replacing(sent: DataSet, pixels: PixelEdit | undefined): ElementEdits {
  const held = [...sent.elements].filter(([, { value }]) => !isBulkRef(value) && !isFragments(value));
  const elements = new Map(held);
  const passes = (tag: number): boolean => isPixelValue(tag) || (sent.has(tag) && !elements.has(tag));
  return { elements, passes, ...(pixels && { pixels }) };
}

/** What `sent`, an edited `copyOf` of `received`, has otherwise; undefined where nothing. */
export function editsOf(received: DataSet, sent: DataSet): ElementEdits | undefined {
  const elements = new Map<number, Element | undefined>();
  for (const tag of received.elements.keys()) if (!sent.has(tag)) elements.set(tag, undefined);
  for (const [tag, element] of sent.elements) if (!isSame(received.get(tag), element)) elements.set(tag, element);
  if (elements.size === 0) return undefined;
  const [from, to] = [received.characterSet, sent.characterSet];
  return { elements, ...(from !== to && { recoding: { from, to } }) };
}

function isSame(a: Element | undefined, b: Element): boolean {
  if (a === undefined || a === b) return a === b;
  if (!isItems(a.value) || !isItems(b.value) || a.value.length !== b.value.length) return false;
  const others = b.value;
  return a.value.every((item, at) => haveSame(item, others[at]!));
}

function haveSame(a: DataSet, b: DataSet): boolean {
  if (a.elements.size !== b.elements.size) return false;
  return [...b.elements].every(([tag, element]) => isSame(a.get(tag), element));
}
