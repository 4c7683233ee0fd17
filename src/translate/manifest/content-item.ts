// Content items of structured reports (PS3.3 C.17.3.2.1 and C.18), of the value types that a manifest has.

import { DataSet } from '../../dicom/dataset.ts';
import { type Code, codeItem } from '../../dicom/key-object-selection.ts';

type Relationship = 'CONTAINS' | 'HAS ACQ CONTEXT' | 'HAS CONCEPT MOD';

export const codeOf = (relationship: Relationship, name: Code, value: Code): DataSet =>
  item(relationship, 'CODE', name).set('ConceptCodeSequence', [codeItem(value)]);

export const text = (relationship: Relationship, name: Code, value: string): DataSet =>
  item(relationship, 'TEXT', name).set('TextValue', value);

/** `value` is DA. */
export const date = (relationship: Relationship, name: Code, value: string): DataSet =>
  item(relationship, 'DATE', name).set('Date', value);

/** `value` is TM. */
export const time = (relationship: Relationship, name: Code, value: string): DataSet =>
  item(relationship, 'TIME', name).set('Time', value);

export const uidRef = (relationship: Relationship, name: Code, value: string): DataSet =>
  item(relationship, 'UIDREF', name).set('UID', value);

/** `unit` of UCUM. */
export function number(relationship: Relationship, name: Code, value: number, unit: string, meaning: string): DataSet {
  const measured = new DataSet()
    .set('MeasurementUnitsCodeSequence', [codeItem({ value: unit, scheme: 'UCUM', meaning })])
    .set('NumericValue', value);
  return item(relationship, 'NUM', name).set('MeasuredValueSequence', [measured]);
}

export const container = (name: Code, items: DataSet[]): DataSet =>
  item('CONTAINS', 'CONTAINER', name).set('ContinuityOfContent', 'SEPARATE').set('ContentSequence', items);

const item = (relationship: Relationship, valueType: string, name: Code): DataSet =>
  new DataSet()
    .set('RelationshipType', relationship)
    .set('ValueType', valueType)
    .set('ConceptNameCodeSequence', [codeItem(name)]);
