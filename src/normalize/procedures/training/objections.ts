// What speaks against a model that was tried beside the one in force (trial.ts): whatever it does worse. Apart from the trial,
// whose words and rows nobody else needs in memory.

const limits = {
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
