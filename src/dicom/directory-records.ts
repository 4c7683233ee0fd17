// The directory records of a DICOMDIR (PS3.3 F.5): which type a SOP class has, and which keys each type holds.

import { sopClassName } from './sop-class.ts';

export interface RecordKey {
  keyword: string;
  /** Of a key without a value: left out, empty, the number of the record, or this value. */
  otherwise: string;
}

const key = (keyword: string, otherwise = 'empty'): RecordKey => ({ keyword, otherwise });
const instanceNumber = key('InstanceNumber', 'number');
/** Dates that must have a value and have none: the first day that readers in the field take. */
const DATE = '19000101';
const TIME = '000000';
const contentDate = [key('ContentDate', DATE), key('ContentTime', TIME)];
const conceptName = key('ConceptNameCodeSequence', 'absent');
const content = [key('ContentLabel', 'UNNAMED'), key('ContentDescription'), key('ContentCreatorName')];

export const recordKeys = {
  PATIENT: [
    key('PatientName'),
    key('PatientID', 'UNKNOWN'),
    key('PatientBirthDate', 'absent'),
    key('PatientSex', 'absent'),
  ],
  STUDY: [
    key('StudyDate', DATE),
    key('StudyTime', TIME),
    key('AccessionNumber'),
    key('StudyDescription'),
    key('StudyInstanceUID'),
    key('StudyID', 'number'),
  ],
  SERIES: [
    key('Modality', 'OT'),
    key('SeriesDescription', 'absent'),
    key('SeriesInstanceUID'),
    key('SeriesNumber', 'number'),
  ],
  IMAGE: [key('ImageType', 'absent'), instanceNumber],
  'RT DOSE': [instanceNumber, key('DoseSummationType', 'PLAN')],
  'RT STRUCTURE SET': [
    instanceNumber,
    key('StructureSetLabel', 'UNNAMED'),
    key('StructureSetDate'),
    key('StructureSetTime'),
  ],
  'RT PLAN': [instanceNumber, key('RTPlanLabel', 'UNNAMED'), key('RTPlanDate'), key('RTPlanTime')],
  'RT TREAT RECORD': [instanceNumber, key('TreatmentDate'), key('TreatmentTime')],
  PRESENTATION: [
    key('PresentationCreationDate', DATE),
    key('PresentationCreationTime', TIME),
    instanceNumber,
    ...content,
    key('ReferencedSeriesSequence', 'absent'),
  ],
  WAVEFORM: [instanceNumber, ...contentDate],
  'SR DOCUMENT': [
    instanceNumber,
    key('CompletionFlag', 'PARTIAL'),
    key('VerificationFlag', 'UNVERIFIED'),
    ...contentDate,
    key('VerificationDateTime', 'absent'),
    conceptName,
  ],
  'KEY OBJECT DOC': [instanceNumber, ...contentDate, conceptName],
  SPECTROSCOPY: [
    key('ImageType', 'absent'),
    ...contentDate,
    instanceNumber,
    key('NumberOfFrames', '1'),
    key('Rows', '1'),
    key('Columns', '1'),
    key('DataPointRows', '1'),
    key('DataPointColumns', '1'),
  ],
  'RAW DATA': [...contentDate, instanceNumber],
  REGISTRATION: [...contentDate, instanceNumber, ...content],
  FIDUCIAL: [...contentDate, instanceNumber, ...content],
  'ENCAP DOC': [
    key('ContentDate'),
    key('ContentTime'),
    instanceNumber,
    key('DocumentTitle'),
    key('HL7InstanceIdentifier', 'absent'),
    conceptName,
    key('MIMETypeOfEncapsulatedDocument', 'application/octet-stream'),
  ],
  'VALUE MAP': [...contentDate, instanceNumber, ...content],
  STEREOMETRIC: [instanceNumber],
  SURFACE: [...contentDate, instanceNumber, ...content],
  'SURFACE SCAN': [...contentDate],
  ANNOTATION: [...contentDate, instanceNumber, ...content],
  MEASUREMENT: [...contentDate, instanceNumber],
  TRACT: [...contentDate, instanceNumber, ...content],
  ASSESSMENT: [instanceNumber, key('InstanceCreationDate'), key('InstanceCreationTime')],
  RADIOTHERAPY: [instanceNumber, key('UserContentLabel', 'absent'), ...content.slice(1)],
} as const satisfies Record<string, readonly RecordKey[]>;

export type RecordType = keyof typeof recordKeys;

/** Every attribute that a record may hold. */
export const directoryKeywords: readonly string[] = [
  ...new Set([
    'SpecificCharacterSet',
    ...Object.values(recordKeys).flatMap((keys) => keys.map(({ keyword }) => keyword)),
  ]),
];

/** By the names of the SOP classes, which say it; the first that fits. */
const typesByName: readonly [RegExp, RecordType][] = [
  [/presentation state/i, 'PRESENTATION'],
  [/key object selection/i, 'KEY OBJECT DOC'],
  [
    /performed imaging agent|\bSR\b|structured report|radiation dose|procedure log|acquisition context|spectacle prescription|macular grid/i,
    'SR DOCUMENT',
  ],
  [/^encapsulated/i, 'ENCAP DOC'],
  [/^RT dose/i, 'RT DOSE'],
  [/^RT structure set/i, 'RT STRUCTURE SET'],
  [/^RT (ion )?plan/i, 'RT PLAN'],
  [/treatment (summary )?record/i, 'RT TREAT RECORD'],
  [/^RT (?!image)|radiation (set|record|salvage)|(robotic|c-arm|tomotherapeutic) /i, 'RADIOTHERAPY'],
  [/waveform|\bECG\b|audio|hemodynamic|electrophysiology|arterial pulse|respiratory/i, 'WAVEFORM'],
  [/spectroscopy/i, 'SPECTROSCOPY'],
  [/raw data/i, 'RAW DATA'],
  [/spatial registration/i, 'REGISTRATION'],
  [/fiducials/i, 'FIDUCIAL'],
  [/real world value mapping/i, 'VALUE MAP'],
  [/stereometric/i, 'STEREOMETRIC'],
  [/surface segmentation/i, 'SURFACE'],
  [
    /lensometry|autorefraction|keratometry|visual acuity|visual field|axial measurements|intraocular lens|subjective refraction/i,
    'MEASUREMENT',
  ],
  [/tractography/i, 'TRACT'],
  [/surface scan/i, 'SURFACE SCAN'],
  [/bulk simple annotations/i, 'ANNOTATION'],
  [/content assessment/i, 'ASSESSMENT'],
];

/** An image, unless the name of the class says otherwise. */
export function recordTypeOf(sopClassUid: string): RecordType {
  const name = sopClassName(sopClassUid) ?? '';
  return typesByName.find(([pattern]) => pattern.test(name))?.[1] ?? 'IMAGE';
}
