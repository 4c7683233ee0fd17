// A model as it was kept, read by a release that may know more: what it does not say of a comparison, or says in levels that
// are others now, is what is shipped.

import { type Comparison, comparisonNames, comparisons, type Levels, type Model, priorModel } from './model.ts';

/** Throws RangeError where the text is no model. */
export function readModel(text: string): Model {
  const kept = parse(text);
  if (typeof kept.version !== 'string' || !(Number(kept.population) > 0)) throw new RangeError('no model of identity');
  const levels = comparisonNames.map((name) => [name, levelsOf(name, kept.levels?.[name])] as const);
  return {
    ...priorModel,
    ...kept,
    levels: Object.fromEntries(levels) as Record<Comparison, Levels>,
    placeholders: { ...priorModel.placeholders, ...kept.placeholders },
    thresholds: { ...priorModel.thresholds, ...kept.thresholds },
    calibration: { ...priorModel.calibration, ...kept.calibration },
  };
}

function parse(text: string): Partial<Model> {
  try {
    const kept: unknown = JSON.parse(text);
    if (typeof kept === 'object' && kept !== null) return kept;
  } catch {
    // Told below.
  }
  throw new RangeError('no model of identity');
}

function levelsOf(name: Comparison, kept: Levels | undefined): Levels {
  const count = comparisons[name].length;
  const fits = (shares: unknown): boolean =>
    Array.isArray(shares) && shares.length === count && shares.every((share) => share >= 0 && share <= 1);
  return kept !== undefined && fits(kept.m) && fits(kept.u) ? kept : priorModel.levels[name];
}
