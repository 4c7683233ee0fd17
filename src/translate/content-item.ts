// Content items of structured reports: made, and walked through. PS3.3 C.17.3 (SR Document Content), C.18.

import { DataSet } from '../dicom/dataset.ts';
import { codeItems, codeOfItem } from './dicom-items.ts';
import type { Code } from './order.ts';

export type Relationship =
  | 'CONTAINS'
  | 'HAS OBS CONTEXT'
  | 'HAS ACQ CONTEXT'
  | 'HAS CONCEPT MOD'
  | 'HAS PROPERTIES'
  | 'INFERRED FROM';

export const limits = {
  /** Content items of one document. */
  items: 100_000,
  /** How deep they lie. */
  depth: 64,
} as const;

function item(relationship: Relationship, valueType: string, concept: Code): DataSet {
  return new DataSet()
    .set('RelationshipType', relationship)
    .set('ValueType', valueType)
    .set('ConceptNameCodeSequence', codeItems(concept)!);
}

export const textItem = (relationship: Relationship, concept: Code, text: string): DataSet =>
  item(relationship, 'TEXT', concept).set('TextValue', text);

export const codeItem = (relationship: Relationship, concept: Code, value: Code): DataSet =>
  item(relationship, 'CODE', concept).set('ConceptCodeSequence', codeItems(value)!);

export const personItem = (relationship: Relationship, concept: Code, name: string): DataSet =>
  item(relationship, 'PNAME', concept).set('PersonName', name);

/** `date` is DA. */
export const dateItem = (relationship: Relationship, concept: Code, date: string): DataSet =>
  item(relationship, 'DATE', concept).set('Date', date);

/** `time` is TM. */
export const timeItem = (relationship: Relationship, concept: Code, time: string): DataSet =>
  item(relationship, 'TIME', concept).set('Time', time);

export const uidItem = (relationship: Relationship, concept: Code, uid: string): DataSet =>
  item(relationship, 'UIDREF', concept).set('UID', uid);

/** C.18.1: a number without a unit has the unit "no units". */
export function numberItem(relationship: Relationship, concept: Code, number: string, unit: Code = NO_UNITS): DataSet {
  const measured = new DataSet()
    .set('NumericValue', number.slice(0, 16))
    .set('MeasurementUnitsCodeSequence', codeItems(unit)!);
  return item(relationship, 'NUM', concept).set('MeasuredValueSequence', [measured]);
}

export const NO_UNITS: Code = { value: '1', scheme: 'UCUM', meaning: 'no units' };

export function container(relationship: Relationship, concept: Code, items: readonly DataSet[]): DataSet {
  const made = item(relationship, 'CONTAINER', concept).set('ContinuityOfContent', 'SEPARATE');
  if (items.length > 0) made.set('ContentSequence', [...items]);
  return made;
}

export interface Content {
  relationship: string;
  valueType: string;
  concept: Code | undefined;
  dataset: DataSet;
  children: Content[];
}

/** The tree below `dataset`, as far as the limits go. */
export function contentOf(dataset: DataSet): Content[] {
  let left = limits.items;
  const below = (parent: DataSet, depth: number): Content[] => {
    if (depth > limits.depth) return [];
    const read: Content[] = [];
    for (const each of parent.items('ContentSequence')) {
      if (left-- <= 0) break;
      read.push({
        relationship: each.text('RelationshipType') ?? '',
        valueType: each.text('ValueType') ?? '',
        concept: codeOfItem(each.items('ConceptNameCodeSequence')[0]),
        dataset: each,
        children: below(each, depth + 1),
      });
    }
    return read;
  };
  return below(dataset, 0);
}

export const codeIn = (content: Content): Code | undefined =>
  codeOfItem(content.dataset.items('ConceptCodeSequence')[0]);

export function numberIn({ dataset }: Content): { number: string; unit?: Code } | undefined {
  const [measured] = dataset.items('MeasuredValueSequence');
  const number = measured?.text('NumericValue');
  if (number === undefined) return undefined;
  const unit = codeOfItem(measured!.items('MeasurementUnitsCodeSequence')[0]);
  return { number: number.trim(), ...(unit && unit.value !== NO_UNITS.value && { unit }) };
}

/** Code, text, name, identifier or moment in words; undefined for what has none. */
export function wordsOf(content: Content): string | undefined {
  const { dataset, valueType } = content;
  if (valueType === 'CODE') return codeIn(content)?.meaning;
  if (valueType === 'NUM') {
    const { number, unit } = numberIn(content) ?? {};
    return number && [number, unit?.value].filter(Boolean).join(' ');
  }
  const keyword = {
    TEXT: 'TextValue',
    PNAME: 'PersonName',
    UIDREF: 'UID',
    DATE: 'Date',
    TIME: 'Time',
    DATETIME: 'DateTime',
  }[valueType];
  return keyword === undefined ? undefined : dataset.text(keyword);
}
