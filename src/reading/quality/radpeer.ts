// How a second reader scores the first (RADPEER): 1 agrees; 2 an understandable miss, 3 one that should be made most of the time;
// a: not likely to matter for the patient, b: likely.

export const radpeerScores = ['1', '2a', '2b', '3a', '3b'] as const;
export type RadpeerScore = (typeof radpeerScores)[number];

export type Difference = 'none' | 'minor' | 'major';

/** What matters for the patient is major, whoever could have seen it. */
export const differenceOf = (score: RadpeerScore): Difference =>
  score === '1' ? 'none' : score.endsWith('b') ? 'major' : 'minor';
