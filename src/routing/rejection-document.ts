// A rejection note as we write it: a Key Object Selection Document (PS3.3 A.35.4, C.17.6; TID 2010) that lists what is not to
// be used. IHE Imaging Object Change Management, RAD-66; rejection.ts reads it.

import { DataSet } from '../dicom/dataset.ts';
import { KEY_OBJECT_SELECTION, type RejectionCode, rejections } from './rejection.ts';

export interface RejectedReference {
  studyInstanceUid: string;
  seriesInstanceUid: string;
  sopInstanceUid: string;
  sopClassUid: string;
}

export interface RejectionDocument {
  sopInstanceUid: string;
  seriesInstanceUid: string;
  code: RejectionCode;
  /** UTC is written. */
  at: Date;
  manufacturer: string;
  /** Patient and study, as whoever is told knows them. */
  patientAndStudy: DataSet;
  /** All of one study; at least one. */
  references: readonly RejectedReference[];
}

const patientAndStudy = [
  ...['PatientName', 'PatientID', 'IssuerOfPatientID', 'PatientBirthDate', 'PatientSex'],
  ...['StudyDate', 'StudyTime', 'StudyID', 'AccessionNumber', 'ReferringPhysicianName', 'StudyDescription'],
];
/** Of type 2: there, and empty where nothing is known. */
const type2 = new Set(
  patientAndStudy.filter((keyword) => keyword !== 'IssuerOfPatientID' && keyword !== 'StudyDescription'),
);

export function rejectionDocument(document: RejectionDocument): DataSet {
  const { sopInstanceUid, seriesInstanceUid, code, at, manufacturer, references } = document;
  const [date, time] = momentOf(at);
  const note = new DataSet()
    .set('SpecificCharacterSet', 'ISO_IR 192')
    .set('SOPClassUID', KEY_OBJECT_SELECTION)
    .set('SOPInstanceUID', sopInstanceUid);
  for (const keyword of patientAndStudy) {
    const value = document.patientAndStudy.text(keyword);
    if (value !== undefined || type2.has(keyword)) note.set(keyword, value ?? null);
  }
  return note
    .set('StudyInstanceUID', references[0]!.studyInstanceUid)
    .set('Modality', 'KO')
    .set('SeriesInstanceUID', seriesInstanceUid)
    .set('SeriesNumber', '1')
    .set('ReferencedPerformedProcedureStepSequence', [])
    .set('Manufacturer', manufacturer)
    .set('InstanceNumber', '1')
    .set('ContentDate', date)
    .set('ContentTime', time)
    .set('TimezoneOffsetFromUTC', '+0000')
    .set('CurrentRequestedProcedureEvidenceSequence', [evidence(references)])
    .set('ValueType', 'CONTAINER')
    .set('ConceptNameCodeSequence', [
      new DataSet()
        .set('CodeValue', code)
        .set('CodingSchemeDesignator', 'DCM')
        .set('CodeMeaning', rejections[code].meaning),
    ])
    .set('ContinuityOfContent', 'SEPARATE')
    .set('ContentTemplateSequence', [new DataSet().set('MappingResource', 'DCMR').set('TemplateIdentifier', '2010')])
    .set('ContentSequence', references.map(content));
}

/** C.17.2.1: by series. */
function evidence(references: readonly RejectedReference[]): DataSet {
  const series = [...Map.groupBy(references, ({ seriesInstanceUid }) => seriesInstanceUid)].map(([uid, instances]) =>
    new DataSet().set('SeriesInstanceUID', uid).set('ReferencedSOPSequence', instances.map(reference)),
  );
  return new DataSet().set('StudyInstanceUID', references[0]!.studyInstanceUid).set('ReferencedSeriesSequence', series);
}

/** C.18.3: COMPOSITE names an object of whatever class. */
const content = (referenced: RejectedReference): DataSet =>
  new DataSet()
    .set('RelationshipType', 'CONTAINS')
    .set('ValueType', 'COMPOSITE')
    .set('ReferencedSOPSequence', [reference(referenced)]);

const reference = ({ sopClassUid, sopInstanceUid }: RejectedReference): DataSet =>
  new DataSet().set('ReferencedSOPClassUID', sopClassUid).set('ReferencedSOPInstanceUID', sopInstanceUid);

/** PS3.5 6.2: DA and TM. */
function momentOf(at: Date): [date: string, time: string] {
  const digits = at.toISOString().replaceAll(/[-:TZ.]/g, '');
  return [digits.slice(0, 8), digits.slice(8, 14)];
}
