// A study's procedure in standard terms: what the description, the series and the header say, read by the lexicon, proposed
// by the rules, decided by the model, with a confidence that can be believed. What a person decided before comes first.

import { type Candidate, candidatesOf, confidenceOf, decide, type JudgeModel, readJudge } from '../learning/judge.ts';
import { type AnswerBook, answered } from './answers.ts';
import { type Evidence, evidenceOf } from './evidence.ts';
import { decisionsOf, type Field, fields, seenOf, textOf } from './features.ts';
import { Lexicon } from './lexicon.ts';
import { procedureModelText } from './model.generated.ts';
import type { Decisions, Procedure, ProcedureInput } from './procedure.ts';
import { resultOf } from './result.ts';
import { type Proposal, propose } from './rules.ts';

/** Confidence from which a procedure stands without a person. */
export const reviewBelow = 0.95;

const limits = {
  /** Probability from which a part is taken from words that are not in the lexicon. */
  partByLetters: 0.7,
  /** Probability from which a modality is taken from the part and the signs, where neither header nor text names it. */
  modalityByContext: 0.9,
  /** Candidates of a field that a person is shown: the likeliest, and none that hardly could be. */
  candidates: 5,
  leastCandidate: 0.01,
};

/** A procedure for a person to look at. */
export interface Weighed {
  /** As it is read. */
  procedure: Procedure;
  /** What else each field may be, the likeliest first, with what is read among them, unless that is that nothing is known. */
  candidates: Record<Field, Candidate[]>;
}

export class ProcedureNormaliser {
  readonly #lexicon: Lexicon;
  readonly #model: JudgeModel<Field>;

  constructor(model = procedureModelText, lexicon = new Lexicon()) {
    this.#lexicon = lexicon;
    this.#model = readJudge(model);
  }

  normalise(input: ProcedureInput, answers?: AnswerBook): Procedure {
    const decided = answers && answered(answers, input);
    if (decided !== undefined) return decided;
    const evidence = evidenceOf(input, this.#lexicon);
    const proposal = propose(evidence);
    const seen = seenOf(evidence, proposal);
    const verdict = decide(this.#model, seen);
    const confidence = confidenceOf(this.#model, seen, verdict);
    // Where no word names a part, the letters of unknown ones must tell it clearly.
    if (proposal.focus === 'unspecified' && verdict.sure.focus < limits.partByLetters)
      verdict.values.focus = 'unspecified';
    if (proposal.modality === '' && verdict.sure.modality < limits.modalityByContext) verdict.values.modality = '';
    const result = resultOf(evidence, proposal, decisionsOf(verdict.values));
    return { ...result, confidence, reasons: reasonsOf(evidence, proposal) };
  }

  /** What is read, and what it may be instead. */
  weigh(input: ProcedureInput): Weighed {
    const procedure = this.normalise(input);
    const evidence = evidenceOf(input, this.#lexicon);
    const all = candidatesOf(this.#model, seenOf(evidence, propose(evidence)));
    const shown = fields.map((field) => {
      const read = textOf(procedure, field);
      const likely = all[field].filter(({ value, probability }, at) => {
        return value !== '' && (value === read || (at < limits.candidates && probability >= limits.leastCandidate));
      });
      return [field, likely] as const;
    });
    return { procedure, candidates: Object.fromEntries(shown) as Weighed['candidates'] };
  }

  /** What a person decided, with what follows from it: region and codes. */
  decided(input: ProcedureInput, decisions: Decisions): Omit<Procedure, 'confidence' | 'reasons'> {
    const evidence = evidenceOf(input, this.#lexicon);
    return resultOf(evidence, propose(evidence), decisions);
  }
}

function reasonsOf({ unknown }: Evidence, { oddities }: Proposal): string[] {
  const reasons: string[] = [...oddities];
  if (unknown.length > 0) reasons.push(`${unknown.length} unknown words`);
  return reasons;
}
