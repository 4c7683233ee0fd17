// The pause GE may put after each volume. Repetition Time (0018,0080) leaves it out, so that the time from one volume to
// the next is the sum of both. The multi-phase sequence shows it in its trigger times as well, and may vary it.

import type { FactSource } from '../../fact.ts';
import type { Series } from '../series.ts';
import { geTags } from './mappings.ts';

/** What two trigger times may differ by and be called the same. */
const TOLERANCE_MS = 2;

/** Undefined where there is none. */
export function groupDelay(series: Series): { seconds: number; source: FactSource } | undefined {
  const { frame } = series.first;
  const seconds = frame.number(geTags.groupDelay);
  if (seconds !== undefined && seconds > 0) return { seconds, source: frame.source(geTags.groupDelay) };
  const repetitionMs = series.first.number('RepetitionTime');
  const [interval] = volumeIntervalsMs(series);
  if (repetitionMs === undefined || interval === undefined || hasVaryingDelay(series)) return undefined;
  const delayMs = interval - repetitionMs;
  return delayMs > TOLERANCE_MS ? { seconds: delayMs / 1000, source: frame.source('TriggerTime') } : undefined;
}

export function hasVaryingDelay(series: Series): boolean {
  const intervals = volumeIntervalsMs(series);
  return Math.max(...intervals) - Math.min(...intervals) > TOLERANCE_MS;
}

/** From the trigger time of one volume's lowest plane to that of the next; none where sequences write no such times. */
function volumeIntervalsMs({ volumes }: Series): number[] {
  const times = volumes.map(([lowest]) => lowest?.frame.number('TriggerTime'));
  if (times.length < 2 || times.includes(undefined) || new Set(times).size < times.length) return [];
  return times.slice(1).map((time, i) => time! - times[i]!);
}
