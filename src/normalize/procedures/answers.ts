// What persons decided in review. An answer latches: the same text with the same codes and header values gets it from then
// on, without a model; all answers together are rows to train on.

import { tokensOf } from './fold.ts';
import type { Procedure, ProcedureInput } from './procedure.ts';

/** Answers by key. */
export type AnswerBook = ReadonlyMap<string, Omit<Procedure, 'confidence' | 'reasons'>>;

/** What an answer holds for: the folded texts, the header values and the sender's codes. */
export function answerKey({
  modality,
  bodyPart,
  laterality,
  studyDescription,
  seriesDescriptions,
  contrastAgent,
  codes = [],
}: ProcedureInput): string {
  const texts = [studyDescription, bodyPart, contrastAgent, ...[...seriesDescriptions].sort()].map((text) =>
    tokensOf(text).join(' '),
  );
  return JSON.stringify([
    modality.trim().toUpperCase(),
    laterality.trim().toUpperCase(),
    ...texts,
    ...[...codes].sort(),
  ]);
}

export function answered(book: AnswerBook, input: ProcedureInput): Procedure | undefined {
  const answer = book.get(answerKey(input));
  return answer && { ...answer, confidence: 1, reasons: ['a person decided'] };
}
