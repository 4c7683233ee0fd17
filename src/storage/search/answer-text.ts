// The members of DICOM JSON answers as SQL text: those that the catalogue computes, and the ordinary answer of a level
// (PS3.18 Tables 10.6.3-3 to 10.6.3-5) put together around the pieces that keep prepared.

import { tagOf } from '../../dicom/dictionary.ts';
import { hexOf } from '../../dicom/tag.ts';
import type { Level } from './columns.ts';

interface Computed {
  level: Level;
  vr: string;
  /** An expression for the JSON array of the values; null where there are none. */
  values: string | OverPatient;
}

/** Counted over other rows than the answer's own: `o`, studies of the tenant of which `isOfPatient` is true. */
type OverPatient = (isOfPatient: string) => string;

const computed = (level: Level, vr: string, values: string | OverPatient): Computed => ({ level, vr, values });
const count = (sql: string): string => `'[' || ${sql} || ']'`;
const uid = (sql: string): string => `'["' || ${sql} || '"]'`;
const texts = (sql: string): string => `nullif(array_to_json(${sql})::text, '[]')`;

/** Over all visible studies of a patient. */
const ofPatient = (sum: string): Computed =>
  computed('study', 'IS', (isOfPatient) =>
    count(`(select ${sum} from study o where o.tenant = s.tenant and o.hidden_at is null and ${isOfPatient})`),
  );

/** What the source of study `s` has under its patient. */
const samePatient = `o.patient_key = s.patient_key
  and (o.patient_id = s.patient_id or (o.patient_id is null and s.patient_id is null))`;

/** Counts and lists over what lies below are never taken from headers. */
const byKeyword: Record<string, Computed> = {
  InstanceAvailability: computed('study', 'CS', `'["ONLINE"]'`),
  ModalitiesInStudy: computed('study', 'CS', texts('s.modalities')),
  SOPClassesInStudy: computed('study', 'UI', texts('s.sop_classes')),
  NumberOfPatientRelatedStudies: ofPatient('count(*)'),
  NumberOfPatientRelatedSeries: ofPatient('sum(o.series_count)'),
  NumberOfPatientRelatedInstances: ofPatient('sum(o.instance_count)'),
  NumberOfStudyRelatedSeries: computed('study', 'IS', count('s.series_count')),
  NumberOfStudyRelatedInstances: computed('study', 'IS', count('s.instance_count')),
  NumberOfSeriesRelatedInstances: computed('series', 'IS', count('e.instance_count')),
  SOPClassUID: computed('instance', 'UI', uid('i.sop_class')),
  SOPInstanceUID: computed('instance', 'UI', uid('i.sop_uid')),
  AvailableTransferSyntaxUID: computed('instance', 'UI', uid('i.transfer_syntax')),
  InstanceNumber: computed('instance', 'IS', count(`coalesce(i.ordinal::text, to_json(i.instance_number)::text)`)),
  NumberOfFrames: computed('instance', 'IS', count('i.number_of_frames')),
  Rows: computed('instance', 'US', count('i.rows')),
  Columns: computed('instance', 'US', count('i.columns')),
  BitsAllocated: computed('instance', 'US', count('i.bits_allocated')),
};

const computedMembers: ReadonlyMap<string, Computed> = new Map(
  Object.entries(byKeyword).map(([keyword, each]) => [hexOf(tagOf(keyword)!), each]),
);

/** Whether the catalogue computes this attribute of rows at `levels`. */
export const isComputed = (hex: string, levels: readonly Level[]): boolean => {
  const member = computedMembers.get(hex);
  return member !== undefined && levels.includes(member.level);
};

/** `"00080061":{…}` of one computed attribute. */
function computedMember(hex: string, isOfPatient: string): string {
  const { vr, values } = computedMembers.get(hex)!;
  const sql = typeof values === 'string' ? values : values(isOfPatient);
  return concatenation(`'"${hex}":{"vr":"${vr}"'`, `coalesce(',"Value":' || ${sql}, '')`, `'}'`);
}

/** Whether other rows than its own (and those above it) decide what a row answers. */
export const isOverPatient = (hex: string): boolean => typeof computedMembers.get(hex)?.values === 'function';

/** Some of the computed members, separated by commas. `isOfPatient` is true of study `o` where it is counted. */
export const membersComputed = (hexes: readonly string[], isOfPatient = samePatient): string =>
  concatenation(...hexes.flatMap((hex, at) => [...(at === 0 ? [] : [`','`]), computedMember(hex, isOfPatient)]));

/**
 * The members of a level's ordinary answer, separated by commas, in the order of their tags (PS3.18 F.2.2).
 * `root` is an expression for what Retrieve URLs begin with, escaped for JSON.
 */
export const ordinaryMembers: Record<Level, (root: string) => string> = {
  study: (root) =>
    concatenation(
      's.answer_head',
      membersComputed(['00080056', '00080061']),
      `','`,
      's.answer_middle',
      retrieveUrl(root, `'/studies/'`, 's.study_uid'),
      's.answer_tail',
      membersComputed(['00201206', '00201208']),
    ),
  series: (root) =>
    concatenation(
      'e.answer_head',
      retrieveUrl(root, `'/studies/'`, 's.study_uid', `'/series/'`, 'e.series_uid'),
      'e.answer_tail',
      membersComputed(['00201209']),
      'e.answer_rest',
    ),
  instance: (root) =>
    concatenation(
      membersComputed(['00080016', '00080018', '00080056']),
      `','`,
      retrieveUrl(root, `'/studies/'`, 's.study_uid', `'/series/'`, 'e.series_uid', `'/instances/'`, 'i.sop_uid'),
      `'"0020000D":{"vr":"UI","Value":["'`,
      's.study_uid',
      `'"]},"0020000E":{"vr":"UI","Value":["'`,
      'e.series_uid',
      `'"]},'`,
      membersComputed(['00200013']),
      `case when i.number_of_frames is null then '' else ${concatenation(`','`, membersComputed(['00280008']))} end`,
      `','`,
      membersComputed(['00280010', '00280011', '00280100']),
    ),
};

/** What an ordinary answer holds of each level, where the object has it. */
export const ordinaryTags: Record<Level, ReadonlySet<string>> = {
  study: new Set(
    hexesOf(
      `SpecificCharacterSet StudyDate StudyTime AccessionNumber InstanceAvailability ModalitiesInStudy
       ReferringPhysicianName TimezoneOffsetFromUTC RetrieveURL PatientName PatientID PatientBirthDate PatientSex
       StudyInstanceUID StudyID NumberOfStudyRelatedSeries NumberOfStudyRelatedInstances`,
    ),
  ),
  series: new Set(
    hexesOf(
      `SpecificCharacterSet Modality TimezoneOffsetFromUTC SeriesDescription RetrieveURL StudyInstanceUID
       SeriesInstanceUID SeriesNumber NumberOfSeriesRelatedInstances PerformedProcedureStepStartDate
       PerformedProcedureStepStartTime RequestAttributesSequence`,
    ),
  ),
  instance: new Set(
    hexesOf(
      `SOPClassUID SOPInstanceUID InstanceAvailability RetrieveURL StudyInstanceUID SeriesInstanceUID InstanceNumber
       NumberOfFrames Rows Columns BitsAllocated`,
    ),
  ),
};

function hexesOf(keywords: string): string[] {
  return keywords.split(/\s+/).map((keyword) => hexOf(tagOf(keyword)!));
}

const retrieveUrl = (root: string, ...path: string[]): string =>
  concatenation(`'"00081190":{"vr":"UR","Value":["'`, root, ...path, `'"]},'`);

/** Literals that meet are made one, so that each row costs PostgreSQL fewer steps. */
function concatenation(...parts: string[]): string {
  return parts.join(' || ').replaceAll(`' || '`, '');
}
