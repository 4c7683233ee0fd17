// The rows of a study and a series, from the first instance that names them: columns to match on, every attribute of the
// level as DICOM JSON, and the members of each QIDO-RS answer, ready to be put around what the catalogue computes.

import { type AttributeLevel, attributeLevel } from '../dicom/attribute-level.ts';
import { DataSet } from '../dicom/dataset.ts';
import { tagOf, vrOf } from '../dicom/dictionary.ts';
import { type DicomJson, jsonText } from '../dicom/json.ts';
import { matchablePersonName, soundsOf } from '../dicom/person-name.ts';
import { hexOf } from '../dicom/tag.ts';
import type { SeriesRow, StudyRow } from '../storage/keep-rows.ts';
import { column, type Identity } from './describe.ts';
import { patientKey } from './patient-key.ts';

export const limits = { sounds: 32 } as const;

/** PS3.18 Table 10.6.3-3, cut where Instance Availability, Modalities in Study, Retrieve URL and the counts stand. */
const STUDY_HEAD = tags('SpecificCharacterSet StudyDate StudyTime AccessionNumber');
const STUDY_MIDDLE = tags('ReferringPhysicianName TimezoneOffsetFromUTC');
const STUDY_TAIL = tags('PatientName PatientID PatientBirthDate PatientSex StudyInstanceUID StudyID');
/** PS3.18 Table 10.6.3-4, cut where Retrieve URL and the count stand. */
const SERIES_HEAD = tags('SpecificCharacterSet Modality TimezoneOffsetFromUTC SeriesDescription');
const SERIES_TAIL = tags('StudyInstanceUID SeriesInstanceUID SeriesNumber');
const SERIES_REST = tags('PerformedProcedureStepStartDate PerformedProcedureStepStartTime RequestAttributesSequence');
/** What an answer leaves out where the object has no value; everything else in it is there, empty if need be. */
const OPTIONAL = new Set(
  tags(
    'TimezoneOffsetFromUTC SeriesDescription PerformedProcedureStepStartDate PerformedProcedureStepStartTime RequestAttributesSequence',
  ),
);

export function describeStudy(tenant: number, identity: Identity, dataset: DataSet): StudyRow {
  const { text, json } = level(dataset, ['patient', 'study']);
  const patientName = dataset.text('PatientName') ?? '';
  const { alphabetic, ideographic, phonetic } = matchablePersonName(patientName);
  return {
    tenant,
    study_uid: identity.studyUid,
    patient_key: patientKey(dataset),
    patient_id: column(dataset.text('PatientID')),
    issuer_of_patient_id: column(dataset.text('IssuerOfPatientID')),
    patient_name_alphabetic: column(alphabetic),
    patient_name_ideographic: column(ideographic),
    patient_name_phonetic: column(phonetic),
    patient_name_sounds: soundsOf(patientName.replaceAll('\0', '')).slice(0, limits.sounds),
    patient_birth_date: date(dataset.text('PatientBirthDate')),
    patient_sex: column(dataset.text('PatientSex')),
    study_date: date(dataset.text('StudyDate')),
    study_time: time(dataset.text('StudyTime')),
    accession_number: column(dataset.text('AccessionNumber')),
    study_id: column(dataset.text('StudyID')),
    study_description: column(dataset.text('StudyDescription')),
    referring_physician: column(matchablePersonName(dataset.text('ReferringPhysicianName') ?? '').alphabetic),
    attributes: text,
    answer_head: ended(members(json, STUDY_HEAD)),
    answer_middle: ended(members(json, STUDY_MIDDLE)),
    answer_tail: ended(members(json, STUDY_TAIL)),
  };
}

export function describeSeries(tenant: number, identity: Identity, dataset: DataSet): SeriesRow {
  const { text, json } = level(dataset, ['series']);
  json['0020000D'] = { vr: 'UI', Value: [identity.studyUid] };
  const rest = members(json, SERIES_REST);
  return {
    tenant,
    series_uid: identity.seriesUid,
    modality: column(dataset.text('Modality')),
    series_number: column(dataset.text('SeriesNumber')),
    series_description: column(dataset.text('SeriesDescription')),
    body_part: column(dataset.text('BodyPartExamined')),
    series_date: date(dataset.text('SeriesDate')),
    attributes: text,
    answer_head: ended(members(json, SERIES_HEAD)),
    answer_tail: ended(members(json, SERIES_TAIL)),
    answer_rest: rest === '' ? '' : `,${rest}`,
  };
}

/** The attributes of some levels as DICOM JSON, text and value. */
function level(dataset: DataSet, levels: readonly AttributeLevel[]): { text: string; json: DicomJson } {
  const part = new DataSet();
  const kept = new Set([...levels, 'everywhere']);
  for (const element of dataset.elements.values()) {
    if (kept.has(EVERYWHERE.has(element.tag) ? 'everywhere' : attributeLevel(element.tag))) part.add(element);
  }
  const text = withoutNul(jsonText(part));
  return { text, json: JSON.parse(text) as DicomJson };
}

/** Attributes of the SOP Common module that say how to read the others. */
const EVERYWHERE = new Set(tags('SpecificCharacterSet TimezoneOffsetFromUTC'));

/** The members of these attributes, separated by commas. */
function members(json: DicomJson, wanted: readonly number[]): string {
  const found: string[] = [];
  for (const tag of wanted) {
    const member = tag === EVERYTHING_IS_UTF8.tag ? EVERYTHING_IS_UTF8.member : json[hexOf(tag)];
    if (member !== undefined) found.push(`"${hexOf(tag)}":${JSON.stringify(member)}`);
    else if (!OPTIONAL.has(tag)) found.push(`"${hexOf(tag)}":{"vr":"${vrOf(tag)}"}`);
  }
  return found.join(',');
}

/** PS3.18 F.2: JSON is UTF-8, whatever the object was. */
const EVERYTHING_IS_UTF8 = { tag: 0x0008_0005, member: { vr: 'CS', Value: ['ISO_IR 192'] } } as const;

const ended = (text: string): string => (text === '' ? '' : `${text},`);

/** PostgreSQL reads no `\u0000` in JSON. An escaped backslash before it is not part of it. */
const withoutNul = (text: string): string =>
  text.includes('\\u0000') ? text.replace(/(?<!\\)((?:\\\\)*)\\u0000/g, '$1') : text;

/** PS3.5 6.2: `2024.01.31` is how ACR-NEMA wrote dates. */
const date = (text: string | undefined): string | null =>
  column(text?.replace(/^(\d{4})\.(\d{2})\.(\d{2})$/, '$1$2$3'));

/** PS3.5 6.2: `10:15:00` is how ACR-NEMA wrote times. */
const time = (text: string | undefined): string | null =>
  column(text?.replace(/^(\d{2}):(\d{2})(?::(\d{2}))?/, '$1$2$3'));

function tags(keywords: string): number[] {
  return keywords.split(' ').map((keyword) => tagOf(keyword)!);
}
