// Whether a data set matches the keys of a query, in memory: PS3.4 C.2.2.2, for worklists, for what has no column in the
// catalogue, and for routing. Text is compared decoded, so the character sets of key and data set do not matter.

import type { DataSet } from './dataset.ts';
import { beginsWithin, dateInterval, dateTimeInterval, type Interval, timeInterval } from './date-time.ts';
import { entryOf, tagOf } from './dictionary.ts';
import { namesMatch } from './match-names.ts';
import type { MatchKey } from './query.ts';
import { type VR, vrs } from './vr.ts';
import { hasWildcard, matchesPattern } from './wildcards.ts';

export interface MatchOptions {
  /** PS3.4 C.2.2.2.1.3: person names match by sound and beginnings of words. */
  fuzzy: boolean;
  /** PS3.4 C.2.2.2.5: a range of dates with a range of times of the same moment is one range. */
  combinedDateTime?: boolean;
}

/** Whether all keys match. A key that matches everything (C.2.2.2.3) does so where the attribute is absent, too. */
export function matches(dataset: DataSet, keys: readonly MatchKey[], options: MatchOptions): boolean {
  const asking = keys.filter((key) => !isUniversal(key));
  const own = asking.filter(({ path }) => path.length === 1);
  const moments = options.combinedDateTime ? combinedMoments(own) : [];
  const combined = new Set(moments.flatMap(({ date, time }) => [date, time]));
  return (
    moments.every((pair) => momentMatches(dataset, pair)) &&
    own.every((key) => combined.has(key) || keyMatches(dataset, key, options)) &&
    [...bySequence(asking)].every(([sequence, within]) =>
      dataset.items(sequence).some((item) => matches(item, within, options)),
    )
  );
}

/** PS3.4 C.2.2.2.3; and a lone asterisk, C.2.2.2.4. */
function isUniversal({ values }: MatchKey): boolean {
  return values.every((value) => value === '') || values.some((value) => /^\*+$/.test(value));
}

/** PS3.4 C.2.2.2.6: the keys within a sequence, which one item has to match together. */
function bySequence(keys: readonly MatchKey[]): Map<number, MatchKey[]> {
  const sequences = new Map<number, MatchKey[]>();
  for (const key of keys) {
    const [first, ...rest] = key.path;
    if (first === undefined || rest.length === 0) continue;
    sequences.set(first, [...(sequences.get(first) ?? []), { ...key, path: rest }]);
  }
  return sequences;
}

function keyMatches(dataset: DataSet, { path, vr, values }: MatchKey, options: MatchOptions): boolean {
  const stored = dataset.texts(path[0]!).filter((value) => value !== '');
  const compare = comparisonOf(vr, options);
  return values.some((wanted) => {
    // PS3.4 C.2.2.2.7: two quotation marks ask for what has no value.
    if (wanted === '""') return stored.length === 0 && dataset.items(path[0]!).length === 0;
    return stored.some((value) => compare(value, wanted));
  });
}

type Compare = (stored: string, wanted: string) => boolean;

/** PS3.4 C.2.2.2.1, C.2.2.2.4 and C.2.2.2.5: which kind of matching a VR has. */
function comparisonOf(vr: VR, { fuzzy }: MatchOptions): Compare {
  switch (vr) {
    case 'PN':
      return (stored, wanted) => namesMatch(stored, wanted, fuzzy);
    case 'DA':
      return inRange(dateInterval);
    case 'TM':
      return inRange(timeInterval);
    case 'DT':
      return inRange(dateTimeInterval);
    case 'IS':
    case 'DS':
      return (stored, wanted) => stored === wanted || Number(stored) === Number(wanted);
    case 'UI':
    case 'AS':
      return (stored, wanted) => stored === wanted;
    default:
      return vrs[vr].kind === 'text' ? textMatches : (stored, wanted) => stored === wanted;
  }
}

const textMatches: Compare = (stored, wanted) =>
  hasWildcard(wanted) ? matchesPattern(stored, wanted) : stored === wanted;

/** What is no date or time in the key or the data set is compared as text. */
const inRange =
  (read: (text: string) => Interval | undefined): Compare =>
  (stored, wanted) => {
    const key = read(wanted);
    const value = read(stored);
    return key === undefined || value === undefined ? stored === wanted : beginsWithin(value, key);
  };

interface Moment {
  date: MatchKey;
  time: MatchKey;
  days: Interval;
  times: Interval;
}

/** The pairs of keys, such as StudyDate and StudyTime, that each ask for a range. */
function combinedMoments(keys: readonly MatchKey[]): Moment[] {
  return keys.flatMap((date) => {
    const timeTag =
      date.vr === 'DA' ? tagOf((entryOf(date.path[0]!)?.keyword ?? '').replace(/Date$/, 'Time')) : undefined;
    const time = keys.find(({ path, vr }) => vr === 'TM' && path[0] === timeTag);
    if (time === undefined || ![date, time].every(isOneRange)) return [];
    const days = dateInterval(date.values[0]!);
    const times = timeInterval(time.values[0]!);
    return days && times ? [{ date, time, days, times }] : [];
  });
}

const isOneRange = ({ values }: MatchKey): boolean => values.length === 1 && values[0]!.includes('-');

/** From the first time of the first day to the last time of the last; what has no time is there if its whole day is. */
function momentMatches(dataset: DataSet, { date, time, days, times }: Moment): boolean {
  const day = dateInterval(dataset.text(date.path[0]!) ?? '');
  if (day === undefined) return false;
  const at = timeInterval(dataset.text(time.path[0]!) ?? '');
  const from = days.from + (Number.isFinite(times.from) ? times.from : 0);
  const lastDay = days.to - (day.to - day.from);
  const to = Number.isFinite(times.to) ? lastDay + times.to : days.to;
  if (at === undefined) return day.from >= from && day.to <= to;
  return beginsWithin({ from: day.from + at.from, to: day.from + at.to }, { from, to });
}
