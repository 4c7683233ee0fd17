// A Query as the FROM and WHERE of a statement, and the keys that only JavaScript can match. Hidden objects and other
// tenants' never match. PS3.4 C.4.1.1.3, PS3.18 10.6.1: keys of the level and of the levels above it; what the standard
// does not have, a key of a level below, asks whether there is such an object.

import { tagOf } from '../../dicom/dictionary.ts';
import type { MatchKey, Query, QueryLevel } from '../../dicom/query.ts';
import { hexOf } from '../../dicom/tag.ts';
import { aliases, type Column, columns, type Level, levelOf } from './columns.ts';
import { type Condition, conditionOf, isHeld, isUniversal } from './condition.ts';
import { dateRange, momentCondition, timeRange } from './date-condition.ts';
import { Parameters } from './statement.ts';
import { EMPTY_VALUE } from './text-condition.ts';

export interface Plan {
  parameters: Parameters;
  from: string;
  where: string;
  /** The identity number of the rows, which says when they arrived. */
  id: string;
  /** What pages are in the order of. */
  order: string;
  /** Studies of one patient are one row (PATIENT level). */
  grouped: boolean;
  /** What studies of one patient have in common. */
  patient: string;
  /** See Statement.steady. */
  steady: boolean;
  /**
   * Keys on attributes without a column, to be matched on the rows that come; with a time its date, for the two may be
   * one range.
   */
  residual: readonly MatchKey[];
}

interface Scope {
  /** From the level of the rows up. */
  tables: readonly Level[];
  from: string;
  id: string;
}

const study: Scope = { tables: ['study'], from: 'study s', id: 's.id' };

const scopes: Record<QueryLevel, Scope> = {
  PATIENT: study,
  STUDY: study,
  SERIES: { tables: ['series', 'study'], from: 'series e join study s on s.id = e.study', id: 'e.id' },
  IMAGE: {
    tables: ['instance', 'series', 'study'],
    from: 'instance i join series e on e.id = i.series join study s on s.id = e.study',
    id: 'i.id',
  },
};

/** Studies that meet what is asked by `tags`, in hexadecimal, whatever was received. */
export interface ServedAs {
  tags: ReadonlySet<string>;
  studies: readonly string[];
}

export interface Studies {
  /** Only these and what is below them. */
  of?: readonly string[] | undefined;
  /** What is served of these, and not what was received, meets what is asked. */
  or?: readonly ServedAs[] | undefined;
}

export function planOf(tenant: number, query: Query, { of: studyIds, or = [] }: Studies = {}): Plan {
  const { tables, from, id } = scopes[query.level];
  const parameters = new Parameters();
  const visible = visibility(parameters.bind(tenant));
  const keys = query.keys.filter((key) => !isUniversal(key) && !descriptive.has(key.path[0]!));
  const held = keys.filter((key) => columnOf(key, query.fuzzy) !== undefined);
  const others = keys.filter((key) => !held.includes(key));
  const servedBy = (key: MatchKey) => or.find(({ tags }) => tags.has(hexOf(key.path[0]!)));
  const matched = conditionsByLevel(
    held.filter((key) => servedBy(key) === undefined),
    query,
    parameters,
  );
  for (const served of or) {
    const keysServed = held.filter((key) => servedBy(key) === served);
    if (keysServed.length > 0)
      matched.push(receivedOrServed(conditionsByLevel(keysServed, query, parameters), served.studies, parameters));
  }
  const conditions = tables.flatMap((table) => [visible[table], ...matched.filter((each) => each.level === table)]);
  if (studyIds !== undefined) {
    conditions.push({ sql: `s.id = any(${parameters.bind(studyIds)}::bigint[])`, steady: true });
  }
  const below = matched.filter(({ level }) => !tables.includes(level));
  if (below.length > 0) conditions.push(existsBelow(tables[0]!, below, visible));
  conditions.push(...others.filter(needsAttribute).map((key) => hasAttribute(key, tables)));
  return {
    parameters,
    from,
    where: conditions.map(({ sql }) => sql).join(' and '),
    id,
    order: query.newestFirst ? NEWEST_FIRST : id,
    grouped: query.level === 'PATIENT',
    // Chosen studies are of one person, under whatever names.
    patient: studyIds === undefined ? 's.patient_key' : 's.tenant',
    steady: conditions.every(({ steady }) => steady),
    residual: others.some(({ vr }) => vr === 'TM') ? [...others, ...held.filter(({ vr }) => vr === 'DA')] : others,
  };
}

/** As it was received, or as it is served. */
function receivedOrServed(
  conditions: readonly LevelCondition[],
  or: readonly string[],
  parameters: Parameters,
): LevelCondition {
  const received = conditions.map(({ sql }) => sql).join(' and ');
  const sql = `((${received}) or s.id = any(${parameters.bind(or)}::bigint[]))`;
  return { level: 'study', sql, steady: conditions.every(({ steady }) => steady) };
}

/** As the index study_date has them. */
const NEWEST_FIRST = 's.study_date desc nulls last, s.study_time desc nulls last, s.id desc';

/** A key on what has no value (PS3.4 C.2.2.2.7) also matches where the attribute is not. */
const needsAttribute = ({ path, values }: MatchKey): boolean => path.length > 1 || !values.includes(EMPTY_VALUE);

/** Narrows the rows to be matched in memory: what an attribute's text is not in has no value of it. */
function hasAttribute({ path }: MatchKey, tables: readonly Level[]): Condition {
  const level = levelOf(path[0]!);
  if (!tables.includes(level)) return { sql: 'false', steady: true };
  const sql = level === 'instance' ? 'true' : `${aliases[level]}.attributes like '%"${hexOf(path[0]!)}":%'`;
  return { sql, steady: true };
}

export interface Page {
  /** Only rows that arrived later than this one. */
  after?: string;
  offset?: number;
  limit: number;
}

/**
 * The identity numbers of a page of rows, in their order. They alone are sorted and passed over, which where nothing else
 * is asked an index does without its table. A patient has that of the first study.
 */
export function pageOf(plan: Plan, parameters: Parameters, { after, offset = 0, limit }: Page): string {
  const id = plan.grouped ? `min(${plan.id})` : plan.id;
  const later = after === undefined ? 'true' : `${id} > ${parameters.bind(after)}`;
  const rows = plan.grouped
    ? `where ${plan.where} group by ${plan.patient} having ${later}`
    : `where ${plan.where} and ${later}`;
  const window = `limit ${parameters.bind(limit)} offset ${parameters.bind(offset)}`;
  return `select ${id} as id from ${plan.from} ${rows} order by ${plan.grouped ? id : plan.order} ${window}`;
}

type LevelCondition = Condition & { level: Level };

/** The tenant stands with every table, as it leads every index. A series of which every instance was hidden is not there. */
const visibility = (tenant: string): Record<Level, Condition> => ({
  study: { sql: `s.tenant = ${tenant} and s.hidden_at is null`, steady: true },
  series: { sql: `e.tenant = ${tenant} and e.hidden_at is null and e.instance_count > 0`, steady: true },
  instance: { sql: `i.tenant = ${tenant} and i.hidden_at is null and i.served`, steady: true },
});

/** Attributes of an identifier that describe the question: Specific Character Set, Query/Retrieve Level, the answer's AE. */
const descriptive: ReadonlySet<number> = new Set(
  ['SpecificCharacterSet', 'QueryRetrieveLevel', 'QueryRetrieveView', 'RetrieveAETitle', 'RetrieveURL'].map(
    (keyword) => tagOf(keyword)!,
  ),
);

function columnOf(key: MatchKey, fuzzy: boolean): Column | undefined {
  const column = key.path.length === 1 ? columns.get(key.path[0]!) : undefined;
  return column && isHeld(key, column, fuzzy) ? column : undefined;
}

function conditionsByLevel(keys: readonly MatchKey[], query: Query, parameters: Parameters): LevelCondition[] {
  const moment = query.combinedDateTime ? studyMoment(keys, parameters) : undefined;
  return keys
    .filter((key) => moment === undefined || !moment.keys.includes(key))
    .map((key): LevelCondition => {
      const column = columnOf(key, query.fuzzy)!;
      return { level: column.level, ...conditionOf(key, column, query.fuzzy, parameters) };
    })
    .concat(moment === undefined ? [] : { level: 'study', ...moment.condition });
}

/** PS3.4 C.2.2.2.5 with C.5.1.1 (combined datetime matching): a range of Study Dates and one of Study Times are one of moments. */
function studyMoment(
  keys: readonly MatchKey[],
  parameters: Parameters,
): { keys: MatchKey[]; condition: Condition } | undefined {
  const date = keys.find(({ path }) => path[0] === tagOf('StudyDate'));
  const time = keys.find(({ path }) => path[0] === tagOf('StudyTime'));
  if (date?.values.length !== 1 || time?.values.length !== 1) return undefined;
  const days = dateRange(date.values[0]!);
  const times = timeRange(time.values[0]!);
  if (days === undefined || times === undefined) return undefined;
  return { keys: [date, time], condition: momentCondition('s.study_date', 's.study_time', days, times, parameters) };
}

/** Where the objects below those of a level are. */
const belowStudy = 'series e where e.study = s.id';
const instancesBelowStudy = 'series e join instance i on i.series = e.id where e.study = s.id';
const belowSeries = 'instance i where i.series = e.id';

/** One object below fulfils all the conditions, an instance together with its series. */
function existsBelow(level: Level, below: readonly LevelCondition[], visible: Record<Level, Condition>): Condition {
  const instances = below.some((each) => each.level === 'instance');
  const from = level === 'series' ? belowSeries : instances ? instancesBelowStudy : belowStudy;
  const conditions = [
    ...(level === 'study' ? [visible.series] : []),
    ...(instances ? [visible.instance] : []),
    ...below,
  ];
  return {
    sql: `exists (select from ${from} and ${conditions.map(({ sql }) => sql).join(' and ')})`,
    steady: conditions.every(({ steady }) => steady),
  };
}
