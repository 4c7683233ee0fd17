// Studies as ImagingStudy shows them: a page of those that meet what is asked, each with everything that lies under its Study
// Instance UID, in one statement.

import type { StudyDetail, StudyOrder } from '../../fhir/imaging-study-query.ts';
import { INSTANCE_ORDER, SERIES_ORDER } from '../catalogue.ts';
import type { Database } from '../database.ts';
import { type AskedStudies, CHANGED_AT, isSteady, studyConditions } from './imaging-study-conditions.ts';
import { Parameters, run } from './statement.ts';

export const limits = {
  /** Up to so many are counted unasked. */
  counted: 10_000,
  /** Of a series with more instances that are no images none has its title read. */
  titledInstances: 50,
  /** Of all studies of a page together; a page ends before the study that would go beyond, unless it is the only one. */
  pageInstances: 20_000,
} as const;

/** What lies under one Study Instance UID, of all patients whom sources name. */
export interface FoundStudy {
  /** Row of the study that met what was asked. */
  id: string;
  studyInstanceUid: string;
  /** As the order has it: where a page begins after. */
  place: string;
  /** Each patient whom a source gives the UID to, in the order of their arrival. */
  patients: StudyOfPatient[];
}

export interface StudyOfPatient {
  id: string;
  patientKey: string;
  /** Patient and study attributes of the first instance, DICOM JSON. */
  attributes: string;
  /** ISO 8601, in microseconds. */
  changedAt: string;
  /** From whom its first instance came. */
  source: string | null;
  series: StoredSeries[];
  facts: { attribute: string; value: unknown }[];
}

export interface StoredSeries {
  seriesInstanceUid: string;
  attributes: string;
  instanceCount: number;
  /** See migrations/0001-catalogue.sql. */
  version: number;
  /** SOP Instance UID, SOP Class UID, Instance Number, and of what is no image its metadata in base64. */
  instances: [uid: string, sopClass: string, number: number | null, metadata: string | null][] | null;
}

export interface FoundPage {
  studies: FoundStudy[];
  /** No study comes after these. */
  isLast: boolean;
  /** It ends early: see `limits.pageInstances`. */
  isCut: boolean;
}

export interface StudyPage {
  limit: number;
  /** `place` and row of the study that the page begins after. */
  after?: { place: string; id: string } | undefined;
  order?: StudyOrder | undefined;
  detail: StudyDetail;
}

export async function findImagingStudies(
  database: Database,
  asked: AskedStudies,
  { limit, after, order = { by: '_id', descending: false }, detail }: StudyPage,
): Promise<FoundPage> {
  const parameters = new Parameters();
  const where = studyConditions(asked, parameters);
  const { place } = orders[order.by];
  const inOrder = (of: string): string => {
    const direction = order.descending ? 'desc' : 'asc';
    return `${of}place ${direction}, ${of}id ${direction}`;
  };
  const later = after === undefined ? '' : `and ${laterThan(after, order, parameters)}`;
  const most = parameters.bind(detail === 'instances' ? limits.pageInstances : null);
  const certain = parameters.bind(asked.certain);
  const rows = await run<[string, string, string, StudyOfPatient[], number]>(database, {
    text: `with found as (
        select s.id, s.tenant, s.study_uid, s.instance_count, ${place} as place from study s where ${where} ${later}
        order by ${inOrder('')} limit ${parameters.bind(limit + 1)}
      ), page as (
        select * from (
          select *, sum(instance_count) over (order by ${inOrder('')}) as instances, count(*) over ()::int as found
          from found) counted
        where ${most}::int is null or instances - instance_count < ${most}::int)
      select page.id, page.study_uid, page.place::text, (
        select json_agg(json_build_object('id', s.id::text, 'patientKey', s.patient_key, 'attributes', s.attributes,
            'changedAt', ${CHANGED_AT}, 'source', (${SOURCE}),
            'series', ${detail === 'instances' ? seriesSql(INSTANCES) : seriesSql('null')}, 'facts', (
            select coalesce(json_agg(json_build_object('attribute', f.attribute, 'value', f.value) order by f.attribute, f.value), '[]')
            from fact f where f.tenant = s.tenant and f.study = s.id and f.kind = 'procedure'
              and f.confidence >= ${certain}::real)) order by s.id)
        from study s where s.tenant = page.tenant and s.study_uid = page.study_uid and s.hidden_at is null
          and s.instance_count > 0), page.found
      from page order by ${inOrder('page.')}`,
    values: parameters.values,
    steady: isSteady(asked) && after === undefined,
  });
  const found = rows[0]?.[4] ?? 0;
  const studies = rows
    .slice(0, limit)
    .map(([id, studyInstanceUid, at, patients]) => ({ id, studyInstanceUid, place: at, patients }));
  return { studies, isLast: studies.length === found, isCut: studies.length < Math.min(found, limit) };
}

function laterThan({ place, id }: NonNullable<StudyPage['after']>, order: StudyOrder, parameters: Parameters): string {
  const passed = order.descending ? '<' : '>';
  if (order.by === '_id') return `s.id ${passed} ${parameters.bind(id)}::bigint`;
  const { place: own, type } = orders[order.by];
  return `(${own}, s.id) ${passed} (${parameters.bind(place)}::${type}, ${parameters.bind(id)}::bigint)`;
}

/** `exactly`: however many; else undefined where they are more than `limits.counted`. Of one UID there is one. */
export async function countImagingStudies(
  database: Database,
  asked: AskedStudies,
  exactly: boolean,
): Promise<number | undefined> {
  const parameters = new Parameters();
  const where = studyConditions(asked, parameters);
  const most = exactly ? '' : `limit ${limits.counted + 1}`;
  const [row] = await run<[number, number]>(database, {
    text: `select count(distinct study_uid)::int, count(*)::int from (select s.study_uid from study s where ${where} ${most}) c`,
    values: parameters.values,
    steady: isSteady(asked),
  });
  const [studies, rows] = row!;
  return !exactly && rows > limits.counted ? undefined : studies;
}

/** A row of a study; `isShared`: sources give its UID to several patients. */
export interface StudyKey {
  id: string;
  studyInstanceUid: string;
  isShared: boolean;
}

/** Of the studies that meet what is asked, up to `limit`. */
export async function studyKeys(database: Database, asked: AskedStudies, limit: number): Promise<StudyKey[]> {
  const parameters = new Parameters();
  const where = studyConditions(asked, parameters);
  const rows = await run<[string, string, boolean]>(database, {
    text: `select s.id, s.study_uid, exists (
        select from study o where o.tenant = s.tenant and o.study_uid = s.study_uid and o.id <> s.id and o.hidden_at is null
          and o.instance_count > 0)
      from study s where ${where} limit ${parameters.bind(limit)}`,
    values: parameters.values,
    steady: isSteady(asked),
  });
  return rows.map(([id, studyInstanceUid, isShared]) => ({ id, studyInstanceUid, isShared }));
}

/** What decides, with the zone, when a study began. */
export interface StudyTime {
  id: string;
  date: string;
  time: string | null;
  /** (0008,0201), where it is said. */
  offset: string | null;
  source: string | null;
}

/** Of the studies that meet what is asked, those of these days (YYYYMMDD). */
export async function studyTimes(
  database: Database,
  asked: AskedStudies,
  days: readonly string[],
): Promise<StudyTime[]> {
  const parameters = new Parameters();
  const where = studyConditions(asked, parameters);
  const rows = await run<[string, string, string | null, string | null, string | null]>(database, {
    text: `select s.id, s.study_date, s.study_time,
        substring(s.attributes from '"00080201":\\{"vr":"SH","Value":\\["([^"]*)"'), (${SOURCE})
      from study s where ${where} and s.study_date = any(${parameters.bind(days)}::text[])`,
    values: parameters.values,
    steady: false,
  });
  return rows.map(([id, date, time, offset, source]) => ({ id, date, time, offset, source }));
}

/** One instance tells: what one source sends under a UID another does not begin. */
const SOURCE = `select i.source from instance i where i.series = (
  select e.id from series e where e.study = s.id order by e.id limit 1) order by i.sop_uid limit 1`;

const orders: Record<StudyOrder['by'], { place: string; type: string }> = {
  _id: { place: '0', type: 'int' },
  _lastUpdated: { place: CHANGED_AT, type: 'timestamptz' },
  // As they stand: studies of one site share a zone.
  started: { place: `coalesce(s.study_date, '') || coalesce(s.study_time, '')`, type: 'text' },
};

/** Also where they are not shown: modalities, counts and versions are theirs. */
const seriesSql = (instances: string): string => `(
  select coalesce(json_agg(json_build_object('seriesInstanceUid', r.series_uid, 'attributes', r.attributes,
    'instanceCount', r.instance_count, 'version', r.version, 'instances', ${instances}) order by ${SERIES_ORDER}), '[]')
  from series r where r.study = s.id and r.hidden_at is null and r.instance_count > 0)`;

const INSTANCES = `(
  select json_agg(json_build_array(i.sop_uid, i.sop_class, i.ordinal,
    case when i.rows is null and r.instance_count <= ${limits.titledInstances} then encode(i.metadata, 'base64') end)
    order by ${INSTANCE_ORDER})
  from instance i where i.series = r.id and i.served and i.hidden_at is null)`;
