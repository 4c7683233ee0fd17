// Values that stand where one must stand and says nothing: PS3.15 Table E.1-1a, action D.

import { DataSet, type NewValue } from '../dicom/dataset.ts';
import { tagOf } from '../dicom/dictionary.ts';
import type { VR } from '../dicom/vr.ts';

export const REMOVED = 'REMOVED';

const dummies: Partial<Record<VR, NewValue>> = {
  AE: REMOVED,
  AS: '000Y',
  CS: REMOVED,
  DA: '19000101',
  DS: '0',
  DT: '19000101000000',
  IS: '0',
  LO: REMOVED,
  LT: REMOVED,
  PN: REMOVED,
  SH: REMOVED,
  ST: REMOVED,
  TM: '000000',
  UC: REMOVED,
  UR: 'about:blank',
  UT: REMOVED,
};

/** By VR; zero for numbers, two zero bytes for what is bytes. */
export const dummyValue = (vr: VR, width: number): NewValue => dummies[vr] ?? new Uint8Array(Math.max(2, width));

const code = (value: string, scheme: string, meaning: string): DataSet =>
  new DataSet().set('CodeValue', value).set('CodingSchemeDesignator', scheme).set('CodeMeaning', meaning);

/** Of a code that names a person or a place: PS3.3 8.8, with a private coding scheme. */
export const dummyCode = (): DataSet => code(REMOVED, '99FASCIA', 'removed by de-identification');

const TEXT_OBJECT_SEQUENCE = tagOf('TextObjectSequence')!;
const GRAPHIC_OBJECT_SEQUENCE = tagOf('GraphicObjectSequence')!;
const GRAPHIC_ANNOTATION_SEQUENCE = tagOf('GraphicAnnotationSequence')!;
const CONTENT_SEQUENCE = tagOf('ContentSequence')!;

/** Items that stand for those of a sequence; undefined where its own items do, with dummies in them. */
export function dummyItems(tag: number, items: readonly DataSet[]): DataSet[] | undefined {
  if (tag === CONTENT_SEQUENCE) return [dummyContent()];
  if (tag === GRAPHIC_ANNOTATION_SEQUENCE) return items.map(dummyAnnotation);
  return items.some((item) => item.has('CodeValue') || item.has('LongCodeValue') || item.has('URNCodeValue'))
    ? [dummyCode()]
    : undefined;
}

/** PS3.3 C.17.3: one comment in place of all content. */
function dummyContent(): DataSet {
  return new DataSet()
    .set('RelationshipType', 'CONTAINS')
    .set('ValueType', 'TEXT')
    .set('ConceptNameCodeSequence', [code('121106', 'DCM', 'Comment')])
    .set('TextValue', 'removed by de-identification');
}

/** PS3.3 C.10.5: layer and images as they were, one word in place of all graphics. */
function dummyAnnotation(item: DataSet): DataSet {
  const dummy = new DataSet();
  for (const element of item.elements.values()) {
    if (element.tag !== TEXT_OBJECT_SEQUENCE && element.tag !== GRAPHIC_OBJECT_SEQUENCE) dummy.add(element);
  }
  const word = new DataSet()
    .set('AnchorPointAnnotationUnits', 'PIXEL')
    .set('UnformattedTextValue', REMOVED)
    .set('AnchorPoint', [1, 1])
    .set('AnchorPointVisibility', 'N');
  return dummy.set('TextObjectSequence', [word]);
}
