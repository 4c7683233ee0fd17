// What the spine says of an instance that it wants kept. Columns are named, and described, in migrations/0001-catalogue.sql.

/** A study as its first instance describes it; the catalogue adds what it counts. */
export interface StudyRow {
  tenant: number;
  study_uid: string;
  patient_key: string;
  patient_id: string | null;
  issuer_of_patient_id: string | null;
  patient_name_alphabetic: string | null;
  patient_name_ideographic: string | null;
  patient_name_phonetic: string | null;
  patient_name_sounds: string[] | null;
  patient_birth_date: string | null;
  patient_sex: string | null;
  study_date: string | null;
  study_time: string | null;
  accession_number: string | null;
  study_id: string | null;
  study_description: string | null;
  referring_physician: string | null;
  attributes: string;
  answer_head: string;
  answer_middle: string;
  answer_tail: string;
}

export interface SeriesRow {
  tenant: number;
  series_uid: string;
  modality: string | null;
  series_number: string | null;
  series_description: string | null;
  body_part: string | null;
  series_date: string | null;
  attributes: string;
  answer_head: string;
  answer_tail: string;
  answer_rest: string;
}

export interface InstanceRow {
  sop_uid: string;
  sop_class: string;
  transfer_syntax: string;
  instance_number: string | null;
  ordinal: number | null;
  rows: number | null;
  columns: number | null;
  bits_allocated: number | null;
  number_of_frames: number | null;
  sha256: Uint8Array;
  header_sha256: Uint8Array;
  object: string;
  size_bytes: number;
  dataset_offset: number;
  frames: Uint8Array | null;
  metadata: Uint8Array;
  /** JSON, or null where there are none. */
  findings: string | null;
  source: string;
}

/** Who keeps: becomes an audit row, one for each study and batch. */
export interface KeepAudit {
  principal: string;
  door: string;
  requestId?: string;
  remoteAddress?: string;
}

export interface KeepRequest {
  tenant: number;
  studyUid: string;
  patientKey: string;
  seriesUid: string;
  instance: InstanceRow;
  audit: KeepAudit;
  /** Asked for only where the catalogue may not know the study or series yet: most instances are not the first. */
  study(): StudyRow;
  series(): SeriesRow;
}

export interface KeepAnswer {
  /** Absent where the series holds this SOP Instance UID already: nothing was written. */
  instanceId: string | undefined;
  studyId: string;
  seriesId: string;
  /** The Study Instance UID was here before, with another patient. */
  patientDiffers: boolean;
}
