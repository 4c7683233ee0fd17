// Attributes that a receiver sets to its own values, with what they were: the Original Attributes Sequence of PS3.3
// C.12.1.1.9, which PS3.4 B.4.1.3 asks for where an SCP coerces.

import { DataSet } from './dataset.ts';
import { tagOf } from './dictionary.ts';

/** By keyword, of the outermost level; empty text empties an attribute, undefined removes it. */
export type CoercedValues = Readonly<Record<string, string | undefined>>;

export interface CoercionNote {
  /** Who coerces: Modifying System (0400,0563). */
  modifyingSystem: string;
  at: Date;
}

/** Sets what differs, and notes it once; a data set that has these values already stays as it is. */
export function coerce(dataset: DataSet, values: CoercedValues, { modifyingSystem, at }: CoercionNote): void {
  const differing = Object.entries(values).filter(([keyword, value]) => differs(dataset, keyword, value));
  if (differing.length === 0) return;
  const original = new DataSet();
  for (const [keyword] of differing) {
    const element = dataset.get(keyword);
    if (element !== undefined) original.add(element);
  }
  const earlier = dataset.items('OriginalAttributesSequence');
  const note = new DataSet();
  // The item first: what it holds is encoded anew with everything else where a new value needs another character set.
  dataset.set('OriginalAttributesSequence', [...earlier, note]);
  note
    .set('SourceOfPreviousValues', dataset.text('InstitutionName') ?? null)
    .set('AttributeModificationDateTime', dateTime(at))
    .set('ModifyingSystem', modifyingSystem)
    .set('ReasonForTheAttributeModification', 'COERCE')
    .set('ModifiedAttributesSequence', [original]);
  for (const [keyword, value] of differing) {
    if (value === undefined) dataset.delete(keyword);
    else dataset.set(keyword, value === '' ? null : value);
  }
}

function differs(dataset: DataSet, keyword: string, value: string | undefined): boolean {
  if (value === undefined || dataset.items(keyword).length > 0) return dataset.has(keyword);
  return !dataset.has(tagOf(keyword)!) || (dataset.text(keyword) ?? '') !== value;
}

/** PS3.5 6.2 DT, in UTC. */
const dateTime = (at: Date): string => `${at.toISOString().replace(/[-:TZ]/g, '')}+0000`;
