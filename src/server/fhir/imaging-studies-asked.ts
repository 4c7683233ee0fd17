// A search for imaging studies in the catalogue's words: patients as the studies of persons, ids as UIDs, and dates as days,
// with a look at the zones of those near an end.

import { Problem } from '../../base/problem.ts';
import { type DatePrefix, type DateRange, dateRangeOf, rangesMeet } from '../../fhir/date-range.ts';
import type { ImagingStudyQuery, StudyCriterion, StudyValue } from '../../fhir/imaging-study-query.ts';
import type { PatientQuery } from '../../fhir/patient-query.ts';
import { type PatientPage, WADO_RS_ENDPOINT } from '../../fhir/rest/handlers.ts';
import { certain } from '../../normalize/fact.ts';
import { type StudyTime, studyTimes } from '../../storage/search/imaging-studies.ts';
import type { AskedStudies, StartedCondition } from '../../storage/search/imaging-study-conditions.ts';
import { bodyPartsOf } from '../../translate/body-site.ts';
import { readImagingStudyId } from '../../translate/imaging-study-id.ts';
import { dateTimeOf } from '../../translate/local-moment.ts';
import type { Core } from '../core.ts';
import type { Asker } from '../doors/fhir-handlers.ts';
import { zoneOf } from './study-zone.ts';

export const limits = {
  /** Persons whom a chain may mean. */
  persons: 2_000,
  /** Read at once. */
  personsOfPage: 500,
} as const;

/** Who knows which persons meet what is asked. */
interface Persons {
  search(asker: Asker, query: PatientQuery): Promise<PatientPage>;
}

type AskedOfPatient = NonNullable<StudyCriterion['ofPatient']>;

/** All studies of a tenant. */
export const everyStudy = (tenant: number) => ({
  tenant,
  criteria: [] as StudyCriterion[],
  among: [] as (readonly string[])[],
  uids: [] as (readonly string[])[],
  started: [] as StartedCondition[][],
  bodyPartsOf,
  certain,
});

/** `uids`: the only studies that may be seen; absent: all. */
export async function askedStudies(
  core: Core,
  identity: Persons,
  asker: Asker,
  { criteria }: Pick<ImagingStudyQuery, 'criteria'>,
  uids: readonly string[] | undefined,
): Promise<AskedStudies> {
  const asked = { ...everyStudy(asker.tenant), uids: uids === undefined ? [] : [uids] };
  for (const criterion of criteria) {
    const { parameter, modifier, values } = criterion;
    if (modifier === 'missing') asked.criteria.push(criterion);
    else if (parameter === 'patient' || parameter === 'subject') {
      asked.among.push(await studiesOf(core, identity, asker, criterion));
    } else if (parameter === '_id' && modifier === undefined) asked.uids.push(uidsOf(asker, values));
    else if (parameter === 'endpoint') asked.criteria.push(...endpointCriteria(values));
    else if (parameter !== 'started') asked.criteria.push(criterion);
  }
  const dates = criteria.filter(({ parameter, modifier }) => parameter === 'started' && modifier === undefined);
  const undated = { ...asked };
  for (const { values } of dates) {
    asked.started.push(await Promise.all(values.map(({ date }) => startedWithin(core, undated, date!))));
  }
  return asked;
}

/** The studies of the persons that a reference, an identifier or a chain means. */
async function studiesOf(core: Core, identity: Persons, asker: Asker, criterion: StudyCriterion): Promise<string[]> {
  const { values, modifier, ofPatient } = criterion;
  const people = (await core.identity()).people.of(asker.tenant);
  const chain: AskedOfPatient | undefined =
    modifier === 'identifier' ? { criteria: [{ parameter: 'identifier', values }] } : ofPatient;
  const ids =
    chain === undefined
      ? values.filter(({ type = 'Patient' }) => type === 'Patient').map(({ text }) => text)
      : await personsMeeting(identity, asker, chain);
  return [...new Set(ids.flatMap((id) => people.person(id)?.studyIds ?? []))];
}

async function personsMeeting(identity: Persons, asker: Asker, asked: AskedOfPatient): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await identity.search(asker, { ...asked, count: limits.personsOfPage, ...(cursor && { cursor }) });
    ids.push(...page.patients.map(({ id }) => id));
    if (ids.length > limits.persons) throw new Problem('fhir/too-costly', { limit: limits.persons });
    cursor = page.next;
    if (cursor === undefined) return ids;
  }
}

const uidsOf = ({ tenant }: Asker, values: readonly StudyValue[]): string[] =>
  values.flatMap(({ text }) => {
    const key = readImagingStudyId(text);
    return key?.tenant === tenant ? [key.studyInstanceUid] : [];
  });

/** Every study names the same Endpoint, and no other. */
const endpointCriteria = (values: readonly StudyValue[]): StudyCriterion[] =>
  values.some(({ text, type = 'Endpoint' }) => text === WADO_RS_ENDPOINT && type === 'Endpoint')
    ? []
    : [{ parameter: 'endpoint', values: [] }];

const HOUR_MS = 3_600_000;

/**
 * A day of some zone begins up to 14 hours before it does in UTC, and ends up to 12 hours after: of days that cannot reach an
 * end of what is asked the day alone decides, of the others each study's own moment.
 */
async function startedWithin(
  core: Core,
  asked: AskedStudies,
  { prefix, range }: { prefix: DatePrefix; range: DateRange },
): Promise<StartedCondition> {
  const nearDays = [...new Set([range.start, range.end].flatMap(daysNear))];
  const times = await studyTimes(core.database, asked, nearDays);
  const near = times.filter((time) => began(core, time, range, prefix)).map(({ id }) => id);
  return { ...spans[prefix](dayOf(range.start), dayOf(range.end)), nearDays, near };
}

function began(core: Core, { date, time, offset, source }: StudyTime, asked: DateRange, prefix: DatePrefix): boolean {
  const zone = offset === null ? zoneOf(core.config, source) : { offset };
  const said = dateTimeOf(date, time ?? undefined, zone);
  const range = said === undefined ? undefined : dateRangeOf(said);
  return range !== undefined && rangesMeet(range, asked, prefix);
}

const daysNear = (end: number): string[] => [-36, -12, 12, 14].map((hours) => dayOf(end + hours * HOUR_MS));

/** YYYYMMDD in UTC. */
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10).replaceAll('-', '');

/** Of days that are not near an end: which are meant. */
const spans: Record<DatePrefix, (from: string, until: string) => Pick<StartedCondition, 'from' | 'until' | 'outside'>> =
  {
    eq: (from, until) => ({ from, until }),
    ne: (from, until) => ({ from, until, outside: true }),
    gt: (_, until) => ({ from: until }),
    sa: (_, until) => ({ from: until }),
    lt: (from) => ({ until: from }),
    eb: (from) => ({ until: from }),
    ge: (from) => ({ from }),
    le: (_, until) => ({ until }),
    ap: (from, until) => ({ from, until }),
  };
