// Readings of a trial as rows: who read what and how, whether a third had to, and what counts at the end.

import type { TrialOutcome, TrialQuestion, TrialReading } from './adjudicate.ts';
import { outcomeOf } from './adjudicate.ts';

export interface ReadTimePoint {
  subject: string;
  visit: string;
  readings: readonly TrialReading[];
}

const whose = ['first', 'second', 'adjudicator'] as const;

export const trialColumns = (questions: readonly TrialQuestion[]): string[] => [
  'subject',
  'visit',
  'state',
  'differing',
  ...whose.flatMap((who) => [`${who} reader`, ...questions.map(({ name }) => `${who} ${name}`)]),
  ...questions.map(({ name }) => `final ${name}`),
];

/** A time point that nobody has read yet has a row too: what is missing is seen. */
export function trialRow(
  questions: readonly TrialQuestion[],
  { subject, visit, readings }: ReadTimePoint,
): Record<string, string> {
  const outcome = outcomeOf(questions, readings);
  const row: Record<string, string> = { subject, visit, state: outcome.state, differing: differencesOf(outcome) };
  for (const [at, { reader, answers }] of readings.entries()) {
    row[`${whose[at]} reader`] = reader;
    for (const { name } of questions) row[`${whose[at]} ${name}`] = answers[name] ?? '';
  }
  if ('answers' in outcome) for (const { name } of questions) row[`final ${name}`] = outcome.answers[name] ?? '';
  return row;
}

const differencesOf = (outcome: TrialOutcome): string => ('differing' in outcome ? outcome.differing.join('; ') : '');
