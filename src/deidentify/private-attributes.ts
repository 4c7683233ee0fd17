// Private attributes: removed, all of them (PS3.15 Table E.1-1), unless the Retain Safe Private Option (E.3.10) is taken and
// they are listed as safe, by the standard or by the profile.

import type { DataSet } from '../dicom/dataset.ts';
import { groupOf, hexOf, isPrivate, isPrivateCreator, privateCreatorOf } from '../dicom/tag.ts';
import type { Profile } from './profile.ts';
import { safePrivateElements } from './safe-private-data.ts';

/** Private Creators whose blocks hold something that is kept, by tag; and what is kept of them. */
export interface KeptPrivate {
  creators: ReadonlySet<number>;
  elements: ReadonlySet<number>;
}

const nothing: KeptPrivate = { creators: new Set(), elements: new Set() };

export function keptPrivate(dataset: DataSet, { options, safePrivate }: Profile): KeptPrivate {
  if (!options.has('retain-safe-private')) return nothing;
  const creators = new Set<number>();
  const elements = new Set<number>();
  for (const tag of dataset.elements.keys()) {
    if (!isPrivate(tag) || isPrivateCreator(tag)) continue;
    const creator = dataset.privateCreator(tag);
    if (creator === undefined) continue;
    const name = nameOf(tag, creator);
    if (!listed().has(name) && !safePrivate.has(name)) continue;
    creators.add(privateCreatorOf(tag));
    elements.add(tag);
  }
  return { creators, elements };
}

const nameOf = (tag: number, creator: string): string =>
  `${creator}/${hexOf((groupOf(tag) << 16) >>> 0).slice(0, 4)}xx${hexOf(tag).slice(6)}`;

let names: ReadonlySet<string> | undefined;

function listed(): ReadonlySet<string> {
  names ??= new Set(
    Object.entries(safePrivateElements).flatMap(([creator, elements]) =>
      elements.split(/\s+/).map((element) => `${creator}/${element}`),
    ),
  );
  return names;
}
