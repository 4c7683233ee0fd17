// A tenant's model of procedures: learned from the shipped generator and from what persons decided here, and its trial beside
// the model in force. Pure of the catalogue: everything is in the task.

import { writeJudge } from '../../normalize/learning/judge.ts';
import { procedureModelText } from '../../normalize/procedures/model.generated.ts';
import type { ProcedureTrial } from '../../normalize/procedures/training/objections.ts';
import { type Answer, type Size, trainProcedures } from '../../normalize/procedures/training/train-procedures.ts';
import { tryProcedureModel } from '../../normalize/procedures/training/trial.ts';

export interface TrainingTask {
  answers: readonly Answer[];
  /** Weights in force; absent for those that are shipped. */
  inForce?: string | undefined;
  /** Of the trial: other rows each time. The model itself is always learned from the same. */
  seed: number;
  /** Smaller in tests. */
  size?: Size | undefined;
}

export interface TrainedModel {
  weights: string;
  trial: ProcedureTrial;
}

/** With which tools/train-normalise.ts makes the model that is shipped: answers alone make the difference. */
const shippedSeed = 1;

export function trainProcedureModel({ answers, inForce, seed, size }: TrainingTask): TrainedModel {
  const weightsOf = (some: readonly Answer[]): string => writeJudge(trainProcedures(shippedSeed, some, size));
  const taught = answers.filter((_, at) => at % 2 === 0);
  const unseen = answers.filter((_, at) => at % 2 === 1);
  const candidate = weightsOf(answers);
  const tried = { inForce: inForce ?? procedureModelText, candidate, halfTaught: weightsOf(taught) };
  return { weights: candidate, trial: tryProcedureModel({ ...tried, answers, unseen, seed }) };
}
