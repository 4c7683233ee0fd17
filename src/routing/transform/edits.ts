// A transformed data set as edits of the one that was read, so that the object can leave as it comes from its file, with
// these elements exchanged and its pixels never held (dicom's re-encoder takes them).

import type { CharacterSet } from '../../dicom/character-set.ts';
import type { DataSet } from '../../dicom/dataset.ts';
import { type Element, isItems } from '../../dicom/element.ts';

export interface ElementEdits {
  /** By tag, what stands there now; undefined: nothing does. */
  elements: ReadonlyMap<number, Element | undefined>;
  /** That text is written in, where that is another than it was read in. */
  recoding?: { from: CharacterSet; to: CharacterSet };
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
