// The Modality Worklist: PS3.4 K.6. Columns answer the keys that stations ask with; what has none is matched on the answer
// itself, in memory.

import { fromJson } from '../dicom/json.ts';
import { matches } from '../dicom/match.ts';
import type { AnswerForm, MatchKey, WorklistQuery } from '../dicom/query.ts';
import { hasWildcard } from '../dicom/wildcards.ts';
import type { Database } from '../storage/database.ts';
import { conditionOf, isHeld, isUniversal } from '../storage/search/condition.ts';
import { dateRange, momentCondition, timeRange } from '../storage/search/date-condition.ts';
import { Parameters } from '../storage/search/statement.ts';
import {
  pathKey,
  startDate,
  startTime,
  stationAeTitle,
  stepPath,
  stepStatus,
  worklistColumns,
} from './worklist-columns.ts';

export const limits = {
  /** Answers of one query; one that is so wide is for nobody's screen. */
  answers: 100_000,
  /** Rows that are read and written together: meanwhile nothing else of the node runs. */
  together: 200,
} as const;

/** The answers in the order in which they are scheduled, some at a time. */
export async function* worklistAnswers(
  database: Database,
  tenant: number,
  query: WorklistQuery,
  form: AnswerForm,
): AsyncGenerator<readonly Uint8Array[]> {
  const asking = query.keys.filter((key) => !isUniversal(key));
  const { where, parameters, residual } = planOf(tenant, asking, query.fuzzy);
  const found = await database.query<{ id: string }>(
    `select s.id from scheduled_step s where ${where}
     order by s.start_date, s.start_time, s.id limit ${limits.answers}`,
    [...parameters.values],
  );
  const station = singleStation(asking);
  for (let at = 0; at < found.length; at += limits.together) {
    const ids = found.slice(at, at + limits.together).map(({ id }) => id);
    const rows = await database.query<{ item: string; is_unassigned: boolean }>(
      `select s.item, cardinality(s.station_ae_titles) = 0 as is_unassigned
       from unnest($1::bigint[]) with ordinality as a (id, place) join scheduled_step s on s.id = a.id order by a.place`,
      [ids],
    );
    const items = rows
      .filter(({ item }) => residual.length === 0 || matches(fromJson(JSON.parse(item)), residual, query))
      .map(({ item, is_unassigned }) => (is_unassigned && station !== undefined ? assigned(item, station) : item));
    yield items.map((item) => form.encode(item));
  }
}

interface WorklistPlan {
  where: string;
  parameters: Parameters;
  /** Keys that no column answers. */
  residual: MatchKey[];
}

function planOf(tenant: number, asking: readonly MatchKey[], fuzzy: boolean): WorklistPlan {
  const parameters = new Parameters();
  const conditions = [`s.tenant = ${parameters.bind(tenant)}`];
  // Steps that are over or held are shown to whoever asks for such, and to nobody else.
  if (!asking.some(({ path }) => pathKey(path) === stepStatus)) conditions.push('s.is_open');
  const moment = momentOf(asking);
  if (moment !== undefined) {
    conditions.push(momentCondition('s.start_date', 's.start_time', moment.days, moment.times, parameters).sql);
  }
  const residual: MatchKey[] = [];
  for (const key of asking) {
    const path = pathKey(key.path);
    const column = worklistColumns.get(path);
    if (moment !== undefined && (path === startDate || path === startTime)) continue;
    if (column === undefined || !isHeld(key, column, fuzzy)) residual.push(key);
    else {
      const { sql } = conditionOf(key, column, fuzzy, parameters);
      // Nobody was assigned: any station may.
      conditions.push(path === stationAeTitle ? `(cardinality(s.station_ae_titles) = 0 or ${sql})` : `(${sql})`);
    }
  }
  return { where: conditions.join(' and '), parameters, residual };
}

/** Table K.6-1, Scheduled Procedure Step Start Date: two ranges are the one from the first moment to the last. */
function momentOf(asking: readonly MatchKey[]) {
  const valueAt = (wanted: string) => asking.find(({ path }) => pathKey(path) === wanted)?.values;
  const [days = [], times = []] = [valueAt(startDate), valueAt(startTime)];
  if (days.length !== 1 || times.length !== 1) return undefined;
  const ranges = { days: dateRange(days[0]!), times: timeRange(times[0]!) };
  return ranges.days && ranges.times ? { days: ranges.days, times: ranges.times } : undefined;
}

/** The station that asks for its own work. */
function singleStation(asking: readonly MatchKey[]): string | undefined {
  const values = asking.find(({ path }) => pathKey(path) === stationAeTitle)?.values ?? [];
  return values.length === 1 && !hasWildcard(values[0]!) && values[0] !== '""' ? values[0] : undefined;
}

const [SEQUENCE, STATION] = stepPath('ScheduledStationAETitle').map((tag) => tag.toString(16).padStart(8, '0'));

/** Whoever asks for the work of a station, and is told of what any may do, is told that this one may. */
function assigned(item: string, station: string): string {
  const json = JSON.parse(item);
  for (const step of json[SEQUENCE!].Value) step[STATION!] = { vr: 'AE', Value: [station] };
  return JSON.stringify(json);
}
