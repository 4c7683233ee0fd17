// Readings for research: two readers who know nothing of each other answer the same questions; where they differ in one that
// decides, a third who knows neither answers too, and that counts. BICR as regulators know it.

import { Problem } from '../../base/problem.ts';

export interface TrialQuestion {
  name: string;
  /** `number`: equal within `tolerance`. */
  kind: 'code' | 'number';
  tolerance?: number;
  /** Whether a difference in it calls for the third reader. */
  decides: boolean;
}

export type TrialAnswers = Readonly<Record<string, string>>;

export interface TrialReading {
  case: string;
  reader: string;
  answers: TrialAnswers;
}

export type TrialOutcome =
  | { state: 'awaits-readings' }
  | { state: 'awaits-adjudication'; differing: readonly string[] }
  | { state: 'agreed' | 'adjudicated'; answers: TrialAnswers; differing: readonly string[] };

/** Throws request/malformed: a question without an answer, or one that is no number where one is asked for. */
export function checkAnswers(questions: readonly TrialQuestion[], answers: TrialAnswers): void {
  for (const { name, kind } of questions) {
    const answer = answers[name]?.trim() ?? '';
    if (answer === '') throw new Problem('request/malformed', { reason: `${name} has no answer` });
    if (kind === 'number' && !/^-?\d+(\.\d+)?$/.test(answer)) {
      throw new Problem('request/malformed', { reason: `${name} is no number` });
    }
  }
}

/** Names of the questions that two readings answer differently. */
export function differing(questions: readonly TrialQuestion[], one: TrialAnswers, other: TrialAnswers): string[] {
  return questions
    .filter((question) => !isSame(question, one[question.name]!, other[question.name]!))
    .map(({ name }) => name);
}

function isSame({ kind, tolerance = 0 }: TrialQuestion, one: string, other: string): boolean {
  if (kind === 'code') return one.trim() === other.trim();
  return Math.abs(Number(one) - Number(other)) <= tolerance;
}

/**
 * What two readings and, where they differ, the third come to. Of what they agree on the first reading's answer counts;
 * numbers that are alike count as they were read first.
 */
export function outcomeOf(questions: readonly TrialQuestion[], readings: readonly TrialReading[]): TrialOutcome {
  const [first, second, third] = readings;
  if (first === undefined || second === undefined) return { state: 'awaits-readings' };
  const differ = differing(questions, first.answers, second.answers);
  const deciding = questions.filter(({ name, decides }) => decides && differ.includes(name));
  if (deciding.length === 0) return { state: 'agreed', answers: first.answers, differing: differ };
  if (third === undefined) return { state: 'awaits-adjudication', differing: differ };
  return { state: 'adjudicated', answers: third.answers, differing: differ };
}

/** Cohen's kappa of two readers over coded answers; undefined where both always say one and the same thing. */
export function kappa(pairs: readonly (readonly [string, string])[]): number | undefined {
  if (pairs.length === 0) return undefined;
  const shares = (at: 0 | 1, answer: string) => pairs.filter((pair) => pair[at] === answer).length / pairs.length;
  const answers = new Set(pairs.flat());
  const observed = pairs.filter(([one, other]) => one === other).length / pairs.length;
  const expected = [...answers].reduce((sum, answer) => sum + shares(0, answer) * shares(1, answer), 0);
  return expected === 1 ? undefined : (observed - expected) / (1 - expected);
}
