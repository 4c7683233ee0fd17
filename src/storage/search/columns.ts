// The attributes that the catalogue holds in columns of their own, and how each is compared. Every other attribute is
// matched on the DICOM JSON of its row, in JavaScript. In SQL `s` is the study, `e` the series, `i` the instance.

import { attributeLevel } from '../../dicom/attribute-level.ts';
import { tagOf } from '../../dicom/dictionary.ts';

export type Level = 'study' | 'series' | 'instance';

/** Where an attribute is held: those of the patient with the study. */
export function levelOf(tag: number): Level {
  const level = attributeLevel(tag);
  return level === 'patient' ? 'study' : level;
}

export const aliases: Record<Level, string> = { study: 's', series: 'e', instance: 'i' };

/** `list`: an array column of which one value has to match (ModalitiesInStudy). */
export type ColumnKind = 'uid' | 'text' | 'name' | 'date' | 'time' | 'integer' | 'list';

export interface Column {
  level: Level;
  kind: ColumnKind;
  /** One expression; for the patient's name, one for each component group. */
  sql: readonly string[];
}

const column = (level: Level, kind: ColumnKind, ...sql: string[]): Column => ({ level, kind, sql });

/** A text that should be an integer (VR IS); null where it is none. */
const integerOf = (sql: string): string => `case when ${sql} ~ '^[+-]?[0-9]{1,9}$' then ${sql}::int end`;

const byKeyword: Record<string, Column> = {
  PatientID: column('study', 'text', 's.patient_id'),
  IssuerOfPatientID: column('study', 'text', 's.issuer_of_patient_id'),
  PatientName: column(
    'study',
    'name',
    's.patient_name_alphabetic',
    's.patient_name_ideographic',
    's.patient_name_phonetic',
  ),
  PatientBirthDate: column('study', 'date', 's.patient_birth_date'),
  PatientSex: column('study', 'text', 's.patient_sex'),
  StudyInstanceUID: column('study', 'uid', 's.study_uid'),
  StudyDate: column('study', 'date', 's.study_date'),
  StudyTime: column('study', 'time', 's.study_time'),
  AccessionNumber: column('study', 'text', 's.accession_number'),
  StudyID: column('study', 'text', 's.study_id'),
  StudyDescription: column('study', 'text', 's.study_description'),
  ReferringPhysicianName: column('study', 'name', 's.referring_physician'),
  ModalitiesInStudy: column('study', 'list', 's.modalities'),
  SOPClassesInStudy: column('study', 'list', 's.sop_classes'),
  NumberOfStudyRelatedSeries: column('study', 'integer', 's.series_count'),
  NumberOfStudyRelatedInstances: column('study', 'integer', 's.instance_count'),
  InstanceAvailability: column('study', 'text', `'ONLINE'::text`),
  SeriesInstanceUID: column('series', 'uid', 'e.series_uid'),
  Modality: column('series', 'text', 'e.modality'),
  SeriesNumber: column('series', 'integer', integerOf('e.series_number')),
  SeriesDescription: column('series', 'text', 'e.series_description'),
  BodyPartExamined: column('series', 'text', 'e.body_part'),
  SeriesDate: column('series', 'date', 'e.series_date'),
  NumberOfSeriesRelatedInstances: column('series', 'integer', 'e.instance_count'),
  SOPInstanceUID: column('instance', 'uid', 'i.sop_uid'),
  SOPClassUID: column('instance', 'uid', 'i.sop_class'),
  InstanceNumber: column('instance', 'integer', 'i.ordinal'),
  Rows: column('instance', 'integer', 'i.rows'),
  Columns: column('instance', 'integer', 'i.columns'),
  BitsAllocated: column('instance', 'integer', 'i.bits_allocated'),
  NumberOfFrames: column('instance', 'integer', 'i.number_of_frames'),
};

export const columns: ReadonlyMap<number, Column> = new Map(
  Object.entries(byKeyword).map(([keyword, each]) => [tagOf(keyword)!, each]),
);
