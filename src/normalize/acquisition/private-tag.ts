// Private elements by their owner: (gggg,xxee) in whichever block the Private Creator reserved (PS3.5 7.8.1), and read as
// what the vendor wrote even where an archive on the way has made UN of it (PS3.5 6.2.2).

import type { DataSet, Key } from '../../dicom/dataset.ts';
import { entryOf } from '../../dicom/dictionary.ts';
import { Element } from '../../dicom/element.ts';
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

/** The element, or undefined where the data set has none of that owner. */
export function elementOf(dataset: DataSet, attribute: Attribute): Element | undefined {
  if (!isPrivateTag(attribute)) return dataset.get(attribute);
  const block = blocksOf(dataset).get(keyOf(attribute.group, attribute.creator));
  if (block === undefined) return undefined;
  const found = dataset.get(tag(attribute.group, (block << 8) | attribute.element));
  return found?.vr === 'UN' ? asWritten(found, attribute) : found;
}

/** UN is little endian whatever the transfer syntax (PS3.5 6.2.2), which is how an Element holds its value. */
function asWritten(element: Element, { creator, vr }: PrivateTag): Element {
  const written = vr ?? entryOf(element.tag, creator)?.vrs[0];
  const known = written !== undefined && written !== 'SQ' && element.value instanceof Uint8Array;
  return known ? Element.of(element.tag, written, element.value) : element;
}

const blocks = new WeakMap<DataSet, ReadonlyMap<string, number>>();

/** Group and creator → block. */
function blocksOf(dataset: DataSet): ReadonlyMap<string, number> {
  let found = blocks.get(dataset);
  if (found === undefined) {
    const reserved = [...dataset.elements.keys()].filter(isPrivateCreator);
    found = new Map(reserved.map((owner) => [keyOf(groupOf(owner), dataset.text(owner) ?? ''), owner & 0xff]));
    blocks.set(dataset, found);
  }
  return found;
}

const keyOf = (group: number, creator: string): string => `${group} ${creator}`;
