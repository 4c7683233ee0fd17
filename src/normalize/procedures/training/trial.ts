// A model that learned from answers, tried beside the one in force: on rows drawn for this trial, of our generator and of
// hospitals of other words, and on what persons decided. What speaks against it then: objections.ts.

import { fields, textOf } from '../features.ts';
import { Lexicon } from '../lexicon.ts';
import { ProcedureNormaliser, reviewBelow } from '../normalise-procedure.ts';
import type { Decisions, ProcedureInput } from '../procedure.ts';
import { HeldOutRows } from '../testing/held-out.ts';
import { RowGenerator } from './generator.ts';
import type { Beside, ProcedureTrial, TrialScore } from './objections.ts';
import type { Answer } from './train-procedures.ts';

const limits = {
  /** Drawn of each kind. */
  rows: 3000,
};

interface TrueRow {
  input: ProcedureInput;
  truth: Decisions;
  ambiguous: boolean;
}

export interface Tried {
  /** As judge.ts writes them. */
  inForce: string;
  candidate: string;
  /** What learned of the first half of the answers. */
  halfTaught: string;
  answers: readonly Answer[];
  /** Of the answers, those that `halfTaught` did not learn of. */
  unseen: readonly Answer[];
  seed: number;
}

export function tryProcedureModel({ inForce, candidate, halfTaught, answers, unseen, seed }: Tried): ProcedureTrial {
  const lexicon = new Lexicon();
  const [before, after, half] = [inForce, candidate, halfTaught].map(
    (model) => new ProcedureNormaliser(model, lexicon),
  );
  const beside = (rows: readonly TrueRow[], other = after!): Beside => ({
    inForce: scoreOf(before!, rows),
    candidate: scoreOf(other, rows),
  });
  const [generator, hospitals] = [new RowGenerator(seed), new HeldOutRows(seed)];
  return {
    generated: beside(Array.from({ length: limits.rows }, () => generator.row())),
    heldOut: beside(Array.from({ length: limits.rows }, () => hospitals.row())),
    answers: beside(answers.map(rowOf)),
    foretold: beside(unseen.map(rowOf), half!),
  };
}

const rowOf = ({ input, decisions }: Answer): TrueRow => ({ input, truth: decisions, ambiguous: false });

/** A row of which a person would ask is right when nobody is sure of it. */
function scoreOf(normaliser: ProcedureNormaliser, rows: readonly TrueRow[]): TrialScore {
  const score = { rows: rows.length, right: 0, sure: 0, rightOfSure: 0 };
  for (const { input, truth, ambiguous } of rows) {
    const found = normaliser.normalise(input);
    const isSure = found.confidence >= reviewBelow;
    const isRight = ambiguous ? !isSure : fields.every((field) => textOf(found, field) === textOf(truth, field));
    if (isRight) score.right++;
    if (isSure) score.sure++;
    if (isSure && isRight) score.rightOfSure++;
  }
  return score;
}
