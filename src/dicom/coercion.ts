// Attributes that are set to other values than they came with, with what they were: the Original Attributes Sequence of
// PS3.3 C.12.1.1.9, which PS3.4 B.4.1.3 asks for where an SCP coerces.

import { DataSet } from './dataset.ts';
import { tagOf } from './dictionary.ts';
import { jsonText } from './json.ts';

/** By keyword; empty text empties an attribute, undefined removes it, a list makes it a sequence of these items. */
export interface CoercedValues {
  readonly [keyword: string]: string | readonly CoercedValues[] | undefined;
}

export interface CoercionNote {
  /** Who coerces: Modifying System (0400,0563). */
  modifyingSystem: string;
  at: Date;
  /** Source of Previous Values (0400,0564); absent: the institution that the data set names. */
  sourceOfPreviousValues?: string;
}

export interface Coercion {
  /** Of the outermost level. */
  values: CoercedValues;
  note: CoercionNote;
}

/** Sets what differs, and notes it once; a data set that has these values already stays as it is. */
export function coerce(dataset: DataSet, values: CoercedValues, note: CoercionNote): void {
  const differing = Object.entries(values).filter(([keyword, value]) => differs(dataset, keyword, value));
  if (differing.length === 0) return;
  const original = new DataSet();
  for (const [keyword] of differing) {
    const element = dataset.get(keyword);
    if (element !== undefined) original.add(element);
  }
  const earlier = dataset.items('OriginalAttributesSequence');
  const item = new DataSet();
  // The item first: what it holds is encoded anew with everything else where a new value needs another character set.
  dataset.set('OriginalAttributesSequence', [...earlier, item]);
  item.set('ModifiedAttributesSequence', [original]);
  for (const [keyword, value] of Object.entries(notedAs(note, dataset.text('InstitutionName')))) {
    item.set(keyword, value);
  }
  for (const [keyword, value] of differing) put(dataset, keyword, value);
}

/** What an item of the sequence says besides the values: attributes by keyword, null where one is empty. */
export const notedAs = (
  { modifyingSystem, at, sourceOfPreviousValues }: CoercionNote,
  institutionName?: string,
): Record<string, string | null> => ({
  AttributeModificationDateTime: dateTime(at),
  ModifyingSystem: modifyingSystem,
  SourceOfPreviousValues: sourceOfPreviousValues ?? institutionName ?? null,
  ReasonForTheAttributeModification: 'COERCE',
});

export function put(dataset: DataSet, keyword: string, value: CoercedValues[string]): void {
  if (value === undefined) dataset.delete(keyword);
  else if (typeof value === 'string') dataset.set(keyword, value === '' ? null : value);
  else {
    const items = value.map(() => new DataSet());
    // Before anything is in them: text is encoded as the data set around it is.
    dataset.set(keyword, items);
    for (const [at, item] of items.entries()) {
      for (const [inner, innerValue] of Object.entries(value[at]!)) put(item, inner, innerValue);
    }
  }
}

function differs(dataset: DataSet, keyword: string, value: CoercedValues[string]): boolean {
  if (value === undefined) return dataset.has(keyword);
  if (typeof value !== 'string') return modelOf(dataset, keyword) !== modelOf(made(keyword, value), keyword);
  if (dataset.items(keyword).length > 0) return true;
  const [text = '', ...more] = dataset.texts(keyword);
  return !dataset.has(tagOf(keyword)!) || more.length > 0 || text !== value;
}

function made(keyword: string, value: CoercedValues[string]): DataSet {
  const dataset = new DataSet();
  put(dataset, keyword, value);
  return dataset;
}

/** One attribute in the DICOM JSON model, whatever it is encoded in. */
function modelOf(dataset: DataSet, keyword: string): string {
  const alone = new DataSet();
  alone.characterSet = dataset.characterSet;
  const element = dataset.get(keyword);
  if (element !== undefined) alone.add(element);
  return jsonText(alone);
}

/** PS3.5 6.2 DT, in UTC. */
const dateTime = (at: Date): string => `${at.toISOString().replace(/[-:TZ]/g, '')}+0000`;
