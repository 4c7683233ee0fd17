// A study's procedure in standard terms: what the description, the series and the header say, read by the lexicon, proposed
// by the rules, decided by the model, with a confidence that can be believed. What a person decided before comes first.

import { type AnswerBook, answered } from './answers.ts';
import { type Evidence, evidenceOf } from './evidence.ts';
import { confidenceOf, decide, type ProcedureModel, readModel } from './judge.ts';
import { Lexicon } from './lexicon.ts';
import { procedureModelText } from './model.generated.ts';
import type { Procedure, ProcedureInput } from './procedure.ts';
import { resultOf } from './result.ts';
import { type Proposal, propose } from './rules.ts';

/** Confidence from which a procedure stands without a person. */
export const reviewBelow = 0.95;

export class ProcedureNormaliser {
  readonly #lexicon = new Lexicon();
  readonly #model: ProcedureModel;

  constructor(model = procedureModelText) {
    this.#model = readModel(model);
  }

  normalise(input: ProcedureInput, answers?: AnswerBook): Procedure {
    const decided = answers && answered(answers, input);
    if (decided !== undefined) return decided;
    const evidence = evidenceOf(input, this.#lexicon);
    const proposal = propose(evidence);
    const judgement = decide(this.#model, evidence, proposal);
    const confidence = confidenceOf(this.#model, evidence, proposal, judgement);
    const result = resultOf(evidence, proposal, judgement.decisions);
    return { ...result, confidence, reasons: reasonsOf(evidence, proposal) };
  }
}

function reasonsOf({ unknown }: Evidence, { oddities }: Proposal): string[] {
  const reasons: string[] = [...oddities];
  if (unknown.length > 0) reasons.push(`${unknown.length} unknown words`);
  return reasons;
}
