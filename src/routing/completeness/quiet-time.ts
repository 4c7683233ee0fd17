// How long a source is quiet before nothing more comes, learned from the longest pauses within its studies: a quantile of
// them, with a floor. A new source is treated as a plain one until enough of its studies are over. A plain value: kept as
// JSON beside the source.

import type { QuietTimes } from './study-arrival.ts';

/** Counts of studies by their longest pause; a bucket is a quarter of an octave. */
export interface PauseCounts {
  study: number[];
  series: number[];
}

export const limits = {
  /** Studies of a thousand that are to be whole when they count as complete. */
  wholePerMille: 980,
  /** The pause that was long enough for so many, times this. */
  margin: 1.25,
  floorMs: 5000,
  ceilingMs: 45 * 60_000,
  /** A longer pause is another visit of the patient, and nothing is learned from it. */
  visitMs: 6 * 3_600_000,
  /** What is believed of a source not known yet, and how many studies it takes to believe otherwise. */
  plain: { studyMs: 60_000, seriesMs: 15_000 },
  plainStudies: 20,
  /** When so many were counted, all counts are halved: a source may change its ways. */
  remembered: 2000,
} as const;

const BUCKETS = 80;
const FIRST_BUCKET_MS = 100;

export const noPauses = (): PauseCounts => ({ study: [], series: [] });

/** `longest` of a study that is over. */
export function learnPauses(counts: PauseCounts, longest: QuietTimes): PauseCounts {
  return { study: learned(counts.study, longest.studyMs), series: learned(counts.series, longest.seriesMs) };
}

export function quietTimes(counts: PauseCounts): QuietTimes {
  const studyMs = quantile(counts.study, limits.plain.studyMs);
  // A series pauses within the pauses of its study.
  return { studyMs, seriesMs: Math.min(studyMs, quantile(counts.series, limits.plain.seriesMs)) };
}

function learned(counts: readonly number[], pauseMs: number): number[] {
  if (pauseMs > limits.visitMs) return [...counts];
  const more = Array.from({ length: BUCKETS }, (_, bucket) => counts[bucket] ?? 0);
  more[bucketOf(pauseMs)]!++;
  const sum = more.reduce((total, count) => total + count, 0);
  return sum < limits.remembered ? more : more.map((count) => count / 2);
}

function quantile(counts: readonly number[], plainMs: number): number {
  const own = counts.reduce((total, count) => total + count, 0);
  const believed = [...counts];
  const plain = bucketOf(plainMs / limits.margin);
  for (let bucket = believed.length; bucket <= plain; bucket++) believed.push(0);
  // Fades as the source becomes known, or one odd value would be believed for ever.
  believed[plain]! += (limits.plainStudies * limits.plainStudies) / (limits.plainStudies + own);
  const wanted = (believed.reduce((total, count) => total + count, 0) * limits.wholePerMille) / 1000;
  let bucket = 0;
  for (let sum = believed[0]!; sum < wanted; sum += believed[bucket]!) bucket++;
  const endMs = FIRST_BUCKET_MS * 2 ** ((bucket + 1) / 4);
  return Math.min(limits.ceilingMs, Math.max(limits.floorMs, endMs * limits.margin));
}

const bucketOf = (ms: number): number =>
  Math.min(BUCKETS - 1, Math.max(0, Math.floor(4 * Math.log2(Math.max(ms, 1) / FIRST_BUCKET_MS))));
