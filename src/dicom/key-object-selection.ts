// A Key Object Selection Document (PS3.3 A.35.4, C.17.6; PS3.16 TID 2010): the objects that it lists, under a title that says
// what for. Rejection notes and manifests of studies are such documents.

import { DataSet } from './dataset.ts';

export const KEY_OBJECT_SELECTION = '1.2.840.10008.5.1.4.1.1.88.59';

export interface Code {
  value: string;
  scheme: string;
  meaning: string;
}

export interface KeyObject {
  seriesInstanceUid: string;
  sopInstanceUid: string;
  sopClassUid: string;
  /** C.18.3: COMPOSITE, which names an object of whatever class, where it is not said. */
  valueType?: 'IMAGE' | 'WAVEFORM' | 'COMPOSITE';
}

export interface KeyObjectSelection {
  sopInstanceUid: string;
  seriesInstanceUid: string;
  studyInstanceUid: string;
  title: Code;
  at: Date;
  /** (0008,0201), by which `at` is written; UTC where it is not said. */
  offset?: string;
  manufacturer: string;
  /** Patient and study, as whoever is told knows them. */
  patientAndStudy: DataSet;
  /** All of one study; at least one. */
  objects: readonly KeyObject[];
  /** Attributes of the series reference (Table C.17-3a), such as where it is retrieved from. */
  retrieval?(seriesInstanceUid: string): Readonly<Record<string, string>>;
}

const taken = [
  ...['PatientName', 'PatientID', 'IssuerOfPatientID', 'PatientBirthDate', 'PatientSex'],
  ...['StudyDate', 'StudyTime', 'StudyID', 'AccessionNumber', 'ReferringPhysicianName', 'StudyDescription'],
];
/** Of type 2: there, and empty where nothing is known. */
const type2 = new Set(taken.filter((keyword) => keyword !== 'IssuerOfPatientID' && keyword !== 'StudyDescription'));

export function keyObjectSelection(selection: KeyObjectSelection): DataSet {
  const {
    sopInstanceUid,
    seriesInstanceUid,
    studyInstanceUid,
    at,
    offset = '+0000',
    manufacturer,
    objects,
  } = selection;
  const [date, time] = momentOf(at, offset);
  const document = new DataSet()
    .set('SpecificCharacterSet', 'ISO_IR 192')
    .set('SOPClassUID', KEY_OBJECT_SELECTION)
    .set('SOPInstanceUID', sopInstanceUid);
  for (const keyword of taken) {
    const value = selection.patientAndStudy.text(keyword);
    if (value !== undefined || type2.has(keyword)) document.set(keyword, value ?? null);
  }
  return document
    .set('StudyInstanceUID', studyInstanceUid)
    .set('Modality', 'KO')
    .set('SeriesInstanceUID', seriesInstanceUid)
    .set('SeriesNumber', '1')
    .set('ReferencedPerformedProcedureStepSequence', [])
    .set('Manufacturer', manufacturer)
    .set('InstanceNumber', '1')
    .set('ContentDate', date)
    .set('ContentTime', time)
    .set('TimezoneOffsetFromUTC', offset)
    .set('CurrentRequestedProcedureEvidenceSequence', [evidence(selection)])
    .set('ValueType', 'CONTAINER')
    .set('ConceptNameCodeSequence', [codeItem(selection.title)])
    .set('ContinuityOfContent', 'SEPARATE')
    .set('ContentTemplateSequence', [new DataSet().set('MappingResource', 'DCMR').set('TemplateIdentifier', '2010')])
    .set('ContentSequence', objects.map(content));
}

export const codeItem = ({ value, scheme, meaning }: Code): DataSet =>
  new DataSet()
    // PS3.3 8.1: what is longer than SH.
    .set(value.length > 16 ? 'LongCodeValue' : 'CodeValue', value)
    .set('CodingSchemeDesignator', scheme)
    .set('CodeMeaning', meaning.slice(0, 64));

/** C.17.2.1: by series. */
function evidence({ studyInstanceUid, objects, retrieval }: KeyObjectSelection): DataSet {
  const bySeries = Map.groupBy(objects, ({ seriesInstanceUid }) => seriesInstanceUid);
  const series = [...bySeries].map(([uid, instances]) => {
    const item = new DataSet().set('SeriesInstanceUID', uid).set('ReferencedSOPSequence', instances.map(reference));
    for (const [keyword, value] of Object.entries(retrieval?.(uid) ?? {})) item.set(keyword, value);
    return item;
  });
  return new DataSet().set('StudyInstanceUID', studyInstanceUid).set('ReferencedSeriesSequence', series);
}

/** C.18.3 and its kin: one object as an item of the content tree. */
export const content = (object: KeyObject): DataSet =>
  new DataSet()
    .set('RelationshipType', 'CONTAINS')
    .set('ValueType', object.valueType ?? 'COMPOSITE')
    .set('ReferencedSOPSequence', [reference(object)]);

const reference = ({ sopClassUid, sopInstanceUid }: KeyObject): DataSet =>
  new DataSet().set('ReferencedSOPClassUID', sopClassUid).set('ReferencedSOPInstanceUID', sopInstanceUid);

/** PS3.5 6.2: DA and TM, on the clock of the offset. */
function momentOf(at: Date, offset: string): [date: string, time: string] {
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d\d)(\d\d)$/.exec(offset) ?? [];
  const shiftMs = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1);
  const digits = new Date(at.getTime() + shiftMs).toISOString().replaceAll(/[-:TZ.]/g, '');
  return [digits.slice(0, 8), digits.slice(8, 14)];
}
