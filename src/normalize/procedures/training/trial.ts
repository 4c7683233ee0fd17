// A model that learned from answers, tried beside the one in force: on rows drawn for this trial, of our generator and of
// hospitals of other words, and on what persons decided. Whatever is worse is an objection.

import { fields, textOf } from '../features.ts';
import { Lexicon } from '../lexicon.ts';
import { ProcedureNormaliser, reviewBelow } from '../normalise-procedure.ts';
import type { Decisions, ProcedureInput } from '../procedure.ts';
import { HeldOutRows } from '../testing/held-out.ts';
import { RowGenerator } from './generator.ts';
import type { Answer } from './train-procedures.ts';

const limits = {
  /** Drawn of each kind. */
  rows: 3000,
  /** Standard deviations of chance that fewer right rows are worth. */
  deviations: 2,
  /** Of what is told with confidence, the share that must be right, unless the model in force has less. */
  rightOfSure: 0.98,
  /** Share of rows that may go to a person beside those that do. */
  lessSure: 0.03,
};

/** Of rows whose truth is known. */
export interface TrialScore {
  rows: number;
  right: number;
  sure: number;
  rightOfSure: number;
}

export interface Beside {
  inForce: TrialScore;
  candidate: TrialScore;
}

export interface ProcedureTrial {
  generated: Beside;
  heldOut: Beside;
  /** What persons decided. */
  answers: Beside;
  /** What persons decided of one half, read by a model that learned of the other half only. */
  foretold: Beside;
}

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

/** Why a model is not put in force; nothing where it is no worse. */
export function objectionsTo({ generated, heldOut, answers, foretold }: ProcedureTrial): string[] {
  return [
    ...worse('generated rows', generated),
    ...worse('rows of other hospitals', heldOut),
    ...(answers.candidate.right < answers.inForce.right ? ['fewer of the answers are read as persons decided'] : []),
    ...(foretold.candidate.right < foretold.inForce.right - chanceOf(foretold.inForce)
      ? ['what was learned of one half of the answers foretells the other half worse']
      : []),
  ];
}

function* worse(which: string, { inForce, candidate }: Beside): Iterable<string> {
  if (candidate.right < inForce.right - chanceOf(inForce)) yield `fewer ${which} are right`;
  const share = ({ rightOfSure, sure }: TrialScore): number => rightOfSure / Math.max(1, sure);
  if (share(candidate) < Math.min(limits.rightOfSure, share(inForce)))
    yield `of ${which} that are told with confidence fewer are right`;
  if (candidate.sure < inForce.sure - limits.lessSure * inForce.rows) yield `fewer ${which} are told with confidence`;
}

/** How many of as many rows may be wrong by chance. */
function chanceOf({ rows, right }: TrialScore): number {
  const share = right / Math.max(1, rows);
  return limits.deviations * Math.sqrt(rows * share * (1 - share));
}
