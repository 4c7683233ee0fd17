// How likely it is that two are one person, told by people who looked: evidence in bits against the share of pairs they
// called one. It rises with the evidence, and where few have looked it stays what is shipped.

import { type Calibration, type Calibrations, calibrated, priorModel, type Thresholds } from './model.ts';

export const limits = {
  /** Decisions that what is shipped counts for, at each step. */
  shippedDecisions: 30,
  /** Log-odds in bits: from where to where people are listened to, and the width of a step. */
  least: -16,
  most: 16,
  step: 2,
  /** Bits by which people may move the evidence from which two are joined, or shown. */
  movedThreshold: 3,
  /** What is thought less likely surprises no more. */
  leastProbability: 1e-6,
} as const;

/** A pair that a person decided. */
export interface Judged {
  /** Log-odds in bits, before anything was learned of decisions. */
  bits: number;
  same: boolean;
}

const shipped = priorModel.calibration;

/** The isotonic fit to these decisions and to what is shipped; beyond the steps it is what is shipped. */
export function calibrate(judged: readonly Judged[], doubt: keyof Calibrations = 'weighed'): Calibration {
  const before = shipped[doubt];
  if (judged.length === 0) return before;
  const steps = stepsOf(judged, before);
  const odds = isotonic(steps.map(({ same, all }) => ({ value: same / all, weight: all }))).map((share) =>
    Math.log2(share / (1 - share)),
  );
  return {
    bits: [before.bits[0]!, ...steps.map(({ bits }) => bits), before.bits.at(-1)!],
    logOdds: [Math.min(before.logOdds[0]!, odds[0]!), ...odds, Math.max(before.logOdds.at(-1)!, odds.at(-1)!)],
  };
}

function stepsOf(judged: readonly Judged[], before: Calibration): { bits: number; same: number; all: number }[] {
  const { least, most, step, shippedDecisions } = limits;
  const steps = Array.from({ length: (most - least) / step + 1 }, (_, at) => {
    const bits = least + at * step;
    return { bits, same: shippedDecisions * calibrated(before, bits), all: shippedDecisions };
  });
  for (const { bits, same } of judged) {
    const nearest = steps[Math.min(steps.length - 1, Math.max(0, Math.round((bits - least) / step)))]!;
    nearest.all++;
    if (same) nearest.same++;
  }
  return steps;
}

/** The nearest values that never fall, by pooling adjacent violators. */
function isotonic(points: readonly { value: number; weight: number }[]): number[] {
  const pools: { value: number; weight: number; count: number }[] = [];
  for (const { value, weight } of points) {
    pools.push({ value, weight, count: 1 });
    for (let last = pools.length - 1; last > 0 && pools[last - 1]!.value >= pools[last]!.value; last--) {
      const [one, other] = pools.splice(last - 1, 2) as [(typeof pools)[0], (typeof pools)[0]];
      const both = one.weight + other.weight;
      const value = (one.value * one.weight + other.value * other.weight) / both;
      pools.push({ value, weight: both, count: one.count + other.count });
    }
  }
  return pools.flatMap(({ value, count }) => new Array<number>(count).fill(value));
}

/** Thresholds of evidence at which the calibrated odds of what is weighed are those that the shipped thresholds mean. */
export function thresholdsOf(calibration: Calibration): Thresholds {
  const { join, connect, review, margin } = priorModel.thresholds;
  const moved = (threshold: number): number => {
    const meant = evidenceFor(calibration, logOddsOf(shipped.weighed, threshold));
    return Math.min(threshold + limits.movedThreshold, Math.max(threshold - limits.movedThreshold, meant));
  };
  const joins = moved(join);
  return { join: joins, connect: Math.min(connect, joins), review: moved(review), margin };
}

const logOddsOf = (calibration: Calibration, bits: number): number => {
  const probability = calibrated(calibration, bits);
  return Math.log2(probability / (1 - probability));
};

/** The least evidence that has these log-odds: the inverse of the curve. */
function evidenceFor({ bits, logOdds }: Calibration, wanted: number): number {
  const at = logOdds.findIndex((odds) => odds >= wanted);
  if (at <= 0) return bits[at < 0 ? bits.length - 1 : 0]!;
  const share = (wanted - logOdds[at - 1]!) / (logOdds[at]! - logOdds[at - 1]!);
  return bits[at - 1]! + share * (bits[at]! - bits[at - 1]!);
}

/** Bits by which these decisions surprise whoever believed the curve, all together. */
export function surpriseOf(curve: Calibration, judged: readonly Judged[]): number {
  let bits = 0;
  for (const { bits: evidence, same } of judged) {
    const probability = calibrated(curve, evidence);
    bits -= Math.log2(Math.max(same ? probability : 1 - probability, limits.leastProbability));
  }
  return bits;
}
