// Objects of every kind that a study holds, all of them the canary's and all of them saying so: an image, a photograph with EXIF,
// a structured report, an encapsulated PDF, a presentation state. The earlier image is one of a study before.

import { concatenated } from '../../dicom/bytes.ts';
import { DataSet } from '../../dicom/dataset.ts';
import { Element, type Fragment } from '../../dicom/element.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, transferSyntax } from '../../dicom/transfer-syntax.ts';
import { fileMeta, writeDataSet } from '../../dicom/writer.ts';
import { canary, canaryImage } from './canary.ts';

const JPEG_BASELINE = '1.2.840.10008.1.2.4.50';
const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const who = `${canary.family}^${canary.given}`;
const said = `Patientin ${canary.family}, ${canary.given}, geb. 04.05.1961, ${canary.id}, Tel. ${canary.phone}`;

export const earlierStudyUid = `${canary.studyUid}.77`;

/** Part 10 files by what they are. */
export function canaryObjects(): Record<
  'image' | 'photograph' | 'report' | 'document' | 'presentation' | 'earlier',
  Uint8Array
> {
  return {
    image: file(of(canaryImage(), '1.2.840.10008.5.1.4.1.1.2', '1.1')),
    photograph: file(photograph(), JPEG_BASELINE),
    report: file(report()),
    document: file(document()),
    presentation: file(presentation()),
    earlier: file(
      of(canaryImage(1), '1.2.840.10008.5.1.4.1.1.2', '77.1')
        .set('StudyInstanceUID', earlierStudyUid)
        .set('SeriesInstanceUID', `${earlierStudyUid}.1`)
        .set('StudyDate', '20250201')
        .set('AccessionNumber', 'ACCKNRY0815'),
    ),
  };
}

function of(dataset: DataSet, sopClassUid: string, number: string): DataSet {
  return dataset.set('SOPClassUID', sopClassUid).set('SOPInstanceUID', `${canary.studyUid}.${number}`);
}

const inSeries = (modality: string, series: number, sopClassUid: string): DataSet =>
  of(canaryImage(0), sopClassUid, `${series}.1`)
    .set('Modality', modality)
    .set('SeriesInstanceUID', `${canary.studyUid}.${series}`);

/** A JPEG that says in EXIF and a comment whom it shows; what is coded is not told apart from any other. */
function photograph(): DataSet {
  const segment = (marker: number, content: Uint8Array): number[] => [0xff, marker, 0, content.length + 2, ...content];
  const exif = segment(0xe1, ascii(`Exif\0\0${canary.id} ${canary.given} 52.5200N 13.4050E`));
  const jpeg = [0xff, 0xd8, ...exif, ...segment(0xfe, ascii(canary.birthDate)), ...segment(0xda, ascii('x'))];
  const bytes = Uint8Array.from([...jpeg, ...ascii('coded'), 0xff, 0xd9]);
  const even = bytes.length % 2 === 0 ? bytes : concatenated([bytes, Uint8Array.of(0)]);
  const fragment: Fragment = { offset: -1, length: even.length, head: 0, bytes: even };
  const dataset = inSeries('XC', 2, '1.2.840.10008.5.1.4.1.1.77.1.4').set('BurnedInAnnotation', 'NO');
  dataset.add(Element.of(0x7fe0_0010, 'OB', { basicOffsetTable: new Uint8Array(0), fragments: [fragment] }));
  return dataset;
}

const code = (value: string, scheme: string, meaning: string): DataSet[] => [
  new DataSet().set('CodeValue', value).set('CodingSchemeDesignator', scheme).set('CodeMeaning', meaning),
];

function content(valueType: string, concept: DataSet[], more: Record<string, string | DataSet[]>): DataSet {
  const item = new DataSet().set('RelationshipType', 'CONTAINS').set('ValueType', valueType);
  item.set('ConceptNameCodeSequence', concept);
  for (const [keyword, value] of Object.entries(more)) item.set(keyword, value);
  return item;
}

function withoutPixels(dataset: DataSet): DataSet {
  for (const keyword of ['Rows', 'Columns', 'BitsAllocated', 'PixelData']) dataset.delete(keyword);
  return dataset;
}

/** Basic Text SR (PS3.3 A.35.1) with persons in content, in text, and as participants. */
function report(): DataSet {
  const finding = content('TEXT', code('121071', 'DCM', 'Finding'), { TextValue: `${said}: kein Befund` });
  const observer = content('PNAME', code('121008', 'DCM', 'Person Observer Name'), {
    PersonName: `${canary.physician}^Rosa`,
  });
  const seen = content('DATE', code('111060', 'DCM', 'Study Date'), { Date: '20260131' });
  return withoutPixels(inSeries('SR', 3, '1.2.840.10008.5.1.4.1.1.88.11'))
    .set('ValueType', 'CONTAINER')
    .set('ConceptNameCodeSequence', code('18748-4', 'LN', 'Diagnostic imaging study'))
    .set('ContinuityOfContent', 'SEPARATE')
    .set('CompletionFlag', 'COMPLETE')
    .set('VerificationFlag', 'UNVERIFIED')
    .set('ContentSequence', [observer, finding, seen]);
}

function document(): DataSet {
  const pdf = ascii(`%PDF-1.4\n% ${canary.id} ${canary.given}\n1 0 obj<</Title(${canary.id})>>endobj\n%%EOF\n`);
  return withoutPixels(inSeries('DOC', 4, '1.2.840.10008.5.1.4.1.1.104.1'))
    .set('DocumentTitle', said)
    .set('MIMETypeOfEncapsulatedDocument', 'application/pdf')
    .set('EncapsulatedDocument', concatenated([pdf, new Uint8Array(pdf.length % 2)]), 'OB');
}

/** A grayscale softcopy presentation state with words over the image (PS3.3 A.33.1). */
function presentation(): DataSet {
  const text = new DataSet()
    .set('AnchorPointAnnotationUnits', 'PIXEL')
    .set('UnformattedTextValue', said)
    .set('AnchorPoint', [1, 1])
    .set('AnchorPointVisibility', 'Y');
  const annotation = new DataSet().set('GraphicLayer', 'LAYER').set('TextObjectSequence', [text]);
  return withoutPixels(inSeries('PR', 5, '1.2.840.10008.5.1.4.1.1.11.1'))
    .set('ContentCreatorName', who)
    .set('GraphicAnnotationSequence', [annotation]);
}

function file(dataset: DataSet, transferSyntaxUid: string = EXPLICIT_VR_LITTLE_ENDIAN): Uint8Array {
  const meta = fileMeta({
    sopClassUid: dataset.text('SOPClassUID')!,
    sopInstanceUid: dataset.text('SOPInstanceUID')!,
    transferSyntaxUid,
  });
  return concatenated([meta, ...writeDataSet(dataset, transferSyntax(transferSyntaxUid)!)]);
}
