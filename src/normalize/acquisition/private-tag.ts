// Private elements by their owner: (gggg,xxee) in whichever block the Private Creator reserved (PS3.5 7.8.1), and read as
// what the vendor wrote even where an archive on the way has made UN of it (PS3.5 6.2.2).

import { Problem } from '../../base/problem.ts';
import type { DataSet, Key } from '../../dicom/dataset.ts';
import { entryOf } from '../../dicom/dictionary.ts';
import { Element } from '../../dicom/element.ts';
import { readDicom } from '../../dicom/reader.ts';
import { groupOf, hexOf, isPrivateCreator, tag } from '../../dicom/tag.ts';
import type { VR } from '../../dicom/vr.ts';

export interface PrivateTag {
  readonly creator: string;
  readonly group: number;
  /** Within the block: 0x0C of (0019,xx0C). */
  readonly element: number;
  /** As the vendor documents it, where our dictionary has no entry. */
  readonly vr?: VR;
}

/** A standard element by keyword or tag, or a private one. */
export type Attribute = Key | PrivateTag;

export const isPrivateTag = (attribute: Attribute): attribute is PrivateTag => typeof attribute === 'object';

/** Private tags of one owner and group: `siemens(0x0c)`. */
export const privateTags =
  (creator: string, group: number) =>
  (element: number, vr?: VR): PrivateTag => ({ creator, group, element, ...(vr && { vr }) });

/** `0019xx0C of SIEMENS MR HEADER` */
export const printPrivateTag = ({ creator, group, element }: PrivateTag): string =>
  `${hexOf(tag(group, element)).slice(0, 4)}xx${hexOf(element).slice(6)} of ${creator}`;

/** The element, or undefined where the data set has none of that owner. An owner may have reserved several blocks. */
export function elementOf(dataset: DataSet, attribute: Attribute): Element | undefined {
  if (!isPrivateTag(attribute)) return dataset.get(attribute);
  for (const block of blocksOf(dataset).get(keyOf(attribute.group, attribute.creator)) ?? []) {
    const found = dataset.get(tag(attribute.group, (block << 8) | attribute.element));
    if (found !== undefined) return found.vr === 'UN' ? asWritten(found, attribute) : found;
  }
  return undefined;
}

/** UN is little endian whatever the transfer syntax (PS3.5 6.2.2), which is how an Element holds its value. */
function asWritten(element: Element, { creator, vr }: PrivateTag): Element {
  const written = vr ?? entryOf(element.tag, creator)?.vrs[0];
  if (written === undefined || !(element.value instanceof Uint8Array)) return element;
  if (written === 'SQ') return sequenceOf(element, element.value);
  return Element.of(element.tag, written, element.value);
}

const sequences = new WeakMap<Element, Element>();

/** The items that lie in an element of unknown VR and defined length, in implicit VR little endian (PS3.5 6.2.2). */
function sequenceOf(element: Element, items: Uint8Array): Element {
  const known = sequences.get(element);
  if (known !== undefined) return known;
  const read = Element.of(element.tag, 'SQ', readItems(items));
  sequences.set(element, read);
  return read;
}

/** Any sequence of PS3.6 serves to read them by. */
const SEQUENCE = 0x0008_1140;

function readItems(items: Uint8Array): DataSet[] {
  const bytes = new Uint8Array(8 + items.length);
  const header = new DataView(bytes.buffer);
  header.setUint16(0, SEQUENCE >>> 16, true);
  header.setUint16(2, SEQUENCE & 0xffff, true);
  header.setUint32(4, items.length, true);
  bytes.set(items, 8);
  try {
    return readDicom(bytes, { form: 'dataset', transferSyntaxUid: '1.2.840.10008.1.2' }).dataset.items(SEQUENCE);
  } catch (thrown) {
    if (thrown instanceof Problem) return [];
    throw thrown;
  }
}

const blocks = new WeakMap<DataSet, ReadonlyMap<string, readonly number[]>>();

/** Group and creator → blocks, in their order. */
function blocksOf(dataset: DataSet): ReadonlyMap<string, readonly number[]> {
  let found = blocks.get(dataset);
  if (found === undefined) {
    const owners = [...dataset.elements.keys()].filter(isPrivateCreator);
    const byOwner = Map.groupBy(owners, (owner) => keyOf(groupOf(owner), dataset.text(owner) ?? ''));
    found = new Map([...byOwner].map(([key, reserved]) => [key, reserved.map((owner) => owner & 0xff)]));
    blocks.set(dataset, found);
  }
  return found;
}

/** Older software of Philips writes its names in capitals. */
const keyOf = (group: number, creator: string): string => `${group} ${creator.toUpperCase()}`;
