// What is asked of imaging studies (fhir/imaging-study-query.ts) as SQL on the catalogue. `s` is the study. What SQL cannot
// tell exactly it tells too generously: `isExact` says so, and whoever asked looks at the resource.

import type { ImagingStudyParameter, StudyCriterion, StudyValue } from '../../fhir/imaging-study-query.ts';
import type { Parameters } from './statement.ts';

/** What the catalogue cannot be asked by itself: identity, zones and codes are known elsewhere. */
export interface AskedStudies {
  tenant: number;
  criteria: readonly StudyCriterion[];
  /** Rows of studies: each list narrows to these. */
  among: readonly (readonly string[])[];
  /** Study Instance UIDs: each list narrows to these. */
  uids: readonly (readonly string[])[];
  /** Of each list one is met. */
  started: readonly (readonly StartedCondition[])[];
  /** Defined Terms of Body Part Examined that stand for a code. */
  bodyPartsOf(code: string): readonly string[];
  /** From which confidence on a fact is shown. */
  certain: number;
}

/** Studies by their day; of those near an end of what is asked, whose zone decides, these rows. */
export interface StartedCondition {
  /** YYYYMMDD: on or after `from`, before `until`; or else where `outside`. Absent: that end is open. */
  from?: string | undefined;
  until?: string | undefined;
  outside?: boolean | undefined;
  nearDays: readonly string[];
  near: readonly string[];
}

const VISIBLE = 's.hidden_at is null and s.instance_count > 0';
const SERIES = `from series e where e.study = s.id and e.hidden_at is null and e.instance_count > 0`;

export function studyConditions(asked: AskedStudies, parameters: Parameters): string {
  const tenant = parameters.bind(asked.tenant);
  const around: Around = { ...asked, parameters, tenantAt: tenant };
  return [
    `s.tenant = ${tenant} and ${VISIBLE}`,
    ...asked.among.map((ids) => `s.id = any(${parameters.bind(ids)}::bigint[])`),
    ...asked.uids.map((uids) => `s.study_uid = any(${parameters.bind(uids)}::text[])`),
    ...asked.started.map((any) => anyOf(any.map((started) => startedSql(started, parameters)))),
    ...asked.criteria.map((criterion) => criterionSql(criterion, around)),
  ].join(' and ');
}

/** See Statement.steady: of dates and patterns of text it shows with their values which index serves. */
export const isSteady = ({ criteria, started }: AskedStudies): boolean =>
  started.length === 0 && criteria.every(({ parameter }) => parameter !== '_lastUpdated' && parameter !== 'reason');

/** Whether a study that is found meets the criterion, whatever its resource says. */
export const isExact = ({ parameter, modifier, values }: StudyCriterion): boolean =>
  modifier === 'missing' ||
  !(parameter === 'reason' || (namesAccession(parameter, modifier) && values.some(({ system }) => isIssuer(system))));

const namesAccession = (parameter: ImagingStudyParameter, modifier: StudyCriterion['modifier']): boolean =>
  parameter === 'identifier' || (parameter === 'basedon' && modifier === 'identifier');

/** Of an accession number. */
const isIssuer = (system: string | undefined): boolean => system !== undefined && system !== UID_SYSTEM;

const UID_SYSTEM = 'urn:dicom:uid';

interface Around extends AskedStudies {
  parameters: Parameters;
  tenantAt: string;
}

function criterionSql({ parameter, modifier, values }: StudyCriterion, around: Around): string {
  if (modifier === 'missing') {
    return anyOf(values.map(({ text }) => (text === 'true' ? `not (${present[parameter]})` : present[parameter])));
  }
  // What SQL is too generous about it may not deny.
  if (modifier === 'not' && !isExact({ parameter, values })) return 'true';
  const met = anyOf(values.map((value) => `(${valueSql(parameter, modifier, value, around)})`));
  return modifier === 'not' ? `not ${met}` : met;
}

const anyOf = (conditions: readonly string[]): string => `(${conditions.join(' or ') || 'false'})`;

function valueSql(
  parameter: ImagingStudyParameter,
  modifier: StudyCriterion['modifier'],
  value: StudyValue,
  around: Around,
): string {
  const { parameters } = around;
  if (modifier === 'of-type') return `s.accession_number = ${parameters.bind(value.text)}`;
  if (modifier === 'identifier') {
    return parameter === 'basedon' ? accession(value, parameters) : 'false';
  }
  return held[parameter]?.(value, around) ?? 'false';
}

type ValueSql = (value: StudyValue, around: Around) => string;

const DCM = 'http://dicom.nema.org/resources/ontology/DCM';
const SNOMED_CT = 'http://snomed.info/sct';

/** A coded value of one system: what names another is not there; no code: the system alone is asked for. */
const coded =
  (system: string, any: string, ofCode: (code: string, around: Around) => string): ValueSql =>
  (value, around) => {
    if (value.system !== undefined && value.system !== system) return 'false';
    return value.text === '' ? any : ofCode(value.text, around);
  };

const plainUid = (text: string): string => text.replace(/^urn:oid:/, '');

/** Of what nothing is known here (encounters, and people by their resources) nothing is found. */
const held: { [name in ImagingStudyParameter]?: ValueSql } = {
  identifier(value, { parameters }) {
    if (value.system === UID_SYSTEM) {
      return value.text === '' ? 'true' : `s.study_uid = ${parameters.bind(plainUid(value.text))}`;
    }
    const isUid = value.system === undefined && value.text.startsWith('urn:oid:');
    return isUid ? `s.study_uid = ${parameters.bind(plainUid(value.text))}` : accession(value, parameters);
  },
  status: coded('http://hl7.org/fhir/imagingstudy-status', 'true', (code) => String(code === 'available')),
  modality: coded(DCM, 'true', (code, { parameters }) => `s.modalities @> array[${parameters.bind(code)}::text]`),
  'dicom-class': coded('urn:ietf:rfc:3986', 'true', (code, { parameters }) => {
    return `s.sop_classes @> array[${parameters.bind(plainUid(code))}::text]`;
  }),
  series: ({ text }, { parameters }) =>
    `exists (select ${SERIES} and e.series_uid = ${parameters.bind(plainUid(text))})`,
  instance: ({ text }, { parameters, tenantAt }) =>
    `s.id in (select e.study from instance i join series e on e.id = i.series where i.tenant = ${tenantAt}
       and i.sop_uid = ${parameters.bind(plainUid(text))} and i.served and i.hidden_at is null and e.hidden_at is null)`,
  bodysite: coded(SNOMED_CT, `exists (select ${SERIES} and e.body_part is not null)`, bodySite),
  // Where it is written in the text of either; see isExact.
  reason({ text }, { parameters }) {
    if (text === '') return present.reason;
    const pattern = parameters.bind(`%${text.replace(/[\\%_]/g, '\\$&')}%`);
    return `s.attributes like ${pattern} or exists (select ${SERIES} and e.attributes like ${pattern})`;
  },
  _lastUpdated: ({ date }, around) => changed(date!, around),
};

/** As series show it: the header, and where that is silent what is certain of the study. */
function bodySite(code: string, { parameters, bodyPartsOf, certain, tenantAt }: Around): string {
  const terms = parameters.bind([...bodyPartsOf(code)]);
  const fact = parameters.bind(`${code.replace(/[\\%_]/g, '\\$&')}^SCT^%`);
  return `exists (select ${SERIES} and upper(e.body_part) = any(${terms}::text[])) or (
    exists (select ${SERIES} and e.body_part is null) and exists (
      select from fact f where f.tenant = ${tenantAt} and f.study = s.id and f.kind = 'procedure' and f.attribute = 'AnatomicRegionSequence'
        and f.confidence >= ${parameters.bind(certain)}::real and f.value #>> '{}' like ${fact}))`;
}

/** With the issuer it is looked at again; `|value` is one of no issuer. */
function accession({ text }: StudyValue, parameters: Parameters): string {
  return text === '' ? 's.accession_number is not null' : `s.accession_number = ${parameters.bind(text)}`;
}

/** When anything of it changed: the study, or the facts beside it. */
export const CHANGED_AT = `greatest(s.updated_at,
  (select max(f.found_at) from fact f where f.tenant = s.tenant and f.study = s.id))`;

/** A moment is in milliseconds here and in microseconds there. */
function changed({ prefix, range }: NonNullable<StudyValue['date']>, { parameters, tenantAt }: Around): string {
  const from = (at: number): string => {
    const moment = `${parameters.bind(new Date(at).toISOString())}::timestamptz`;
    return `(s.updated_at >= ${moment} or s.id in (
      select f.study from fact f where f.tenant = ${tenantAt} and f.found_at >= ${moment}))`;
  };
  const within = () => `${from(range.start)} and not ${from(range.end)}`;
  switch (prefix) {
    case 'ne':
      return `not (${within()})`;
    case 'gt':
    case 'sa':
      return from(range.end);
    case 'lt':
    case 'eb':
      return `not ${from(range.start)}`;
    case 'ge':
      return from(range.start);
    case 'le':
      return `not ${from(range.end)}`;
    default:
      return within();
  }
}

/** Whether a study has it, for `:missing`. */
const present: Record<ImagingStudyParameter, string> = {
  _id: 'true',
  _lastUpdated: 'true',
  identifier: 'true',
  status: 'true',
  patient: 'true',
  subject: 'true',
  endpoint: 'true',
  series: 'true',
  instance: 'true',
  'dicom-class': 'true',
  modality: 'true',
  started: `s.study_date is not null`,
  basedon: 's.accession_number is not null',
  referrer: 's.referring_physician is not null',
  encounter: 'false',
  bodysite: `exists (select ${SERIES} and e.body_part is not null)`,
  interpreter: `s.attributes like '%"00081060":{"vr":"PN","Value"%'`,
  performer: `exists (select ${SERIES} and (e.attributes like '%"00081050":{"vr":"PN","Value"%'
    or e.attributes like '%"00081070":{"vr":"PN","Value"%'))`,
  reason: `(s.attributes like '%"0040100A":%' or s.attributes like '%"00401002":%' or exists (
    select ${SERIES} and (e.attributes like '%"0040100A":%' or e.attributes like '%"00401002":%')))`,
};

function startedSql({ from, until, outside, nearDays, near }: StartedCondition, parameters: Parameters): string {
  const ends = [
    ...(from === undefined ? [] : [`s.study_date >= ${parameters.bind(from)}`]),
    ...(until === undefined ? [] : [`s.study_date < ${parameters.bind(until)}`]),
  ].join(' and ');
  const inside = outside ? `not (${ends})` : ends || 'true';
  const days = parameters.bind(nearDays);
  return `((s.study_date <> all(${days}::text[]) and s.study_date ~ '^[0-9]{8}$' and ${inside})
    or s.id = any(${parameters.bind(near)}::bigint[]))`;
}
