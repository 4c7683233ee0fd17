// A new model from what a node was told: estimated from sightings without labels, then calibrated by what people decided.

import { calibrate, type Judged, surpriseOf, thresholdsOf } from './calibration.ts';
import { byDoubt, judgePairs, splitStatements } from './decided-pairs.ts';
import { estimateModel } from './estimate.ts';
import { IdentityIndex } from './identity-index.ts';
import { type Calibration, type Calibrations, type Model, priorModel } from './model.ts';
import type { Assertion, Sighting } from './sighting.ts';

/** What a node was told of one tenant's patients, or the last of it. */
export interface FeedCopy {
  sightings: readonly Sighting[];
  /** Those that hold. */
  statements: readonly Assertion[];
  /** Sightings of which these are a part. */
  ofSightings: number;
}

/** The same copy makes the same model, whatever was in force before. */
export function makeCandidate({ sightings, statements, ofSightings }: FeedCopy): Model {
  const estimated = estimateModel(sightings, 'candidate');
  // How unlikely two at random are one person depends on all that are known.
  const model = { ...estimated, population: Math.round((estimated.population * ofSightings) / sightings.length) };
  const { said, decided } = splitStatements(statements);
  if (decided.length === 0) return model;
  const index = new IdentityIndex(model);
  index.load(sightings, said);
  const judged = byDoubt(judgePairs(index, decided));
  const calibration: Calibrations = {
    weighed: curveOf(judged.weighed, 'weighed'),
    scarce: curveOf(judged.scarce, 'scarce'),
    contradicted: curveOf(judged.contradicted, 'contradicted'),
  };
  return { ...model, calibration, thresholds: thresholdsOf(calibration.weighed) };
}

/** What is shipped, unless what one half of the decisions says makes the other half less surprising. */
function curveOf(judged: readonly Judged[], doubt: keyof Calibrations): Calibration {
  const [one, other] = [0, 1].map((half) => judged.filter((_, at) => at % 2 === half)) as [Judged[], Judged[]];
  const shipped = priorModel.calibration[doubt];
  const learned = surpriseOf(calibrate(one, doubt), other) + surpriseOf(calibrate(other, doubt), one);
  return learned < surpriseOf(shipped, judged) ? calibrate(judged, doubt) : shipped;
}
