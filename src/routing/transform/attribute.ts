// How a step names an attribute: by keyword, by tag, or, where it is private, by creator and place in the creator's block
// (PS3.5 7.8.1): `SIEMENS MR HEADER/0019xx0C`.

import type { DataSet } from '../../dicom/dataset.ts';
import { tagOf } from '../../dicom/dictionary.ts';
import { elementOf, groupOf, isPrivate, isPrivateCreator, tag as tagFrom } from '../../dicom/tag.ts';
import type { AttributeName } from '../step.ts';

export interface PrivateName {
  creator: string;
  group: number;
  /** The last two digits of the element. */
  element: number;
}

/** A tag, or a private name; undefined where the text is neither. */
export function attributeOf(name: AttributeName): number | PrivateName | undefined {
  const tag = tagOf(name);
  if (tag !== undefined) return tag;
  const parts = /^(.+)\/([0-9A-F]{4})xx([0-9A-F]{2})$/i.exec(name);
  if (parts === null) return undefined;
  const [creator, group, element] = [parts[1]!, Number.parseInt(parts[2]!, 16), Number.parseInt(parts[3]!, 16)];
  return group % 2 === 1 ? { creator, group, element } : undefined;
}

/** The tag it has in this data set; undefined for a private one whose creator has no block here. */
export function tagIn(dataset: DataSet, name: AttributeName): number | undefined {
  const attribute = attributeOf(name);
  if (attribute === undefined || typeof attribute === 'number') return attribute;
  const { creator, group, element } = attribute;
  for (const { tag } of dataset.elements.values()) {
    if (groupOf(tag) !== group || !isPrivate(tag) || !isPrivateCreator(tag)) continue;
    if (dataset.text(tag) === creator) return tagFrom(group, (elementOf(tag) << 8) | element);
  }
  return undefined;
}
