// Whether whoever reads a case, or will, is not to know what was found in its study before. A second reading for a review is
// blind where the term says so, one for research always; an over-reading is as its term says, until its reader has written down
// what they found themselves and compares.

import type { ServiceTerm } from '../terms/service-term.ts';
import type { ReadingCase } from './reading-case.ts';

/** `partOf`: the case that it is a further reading of. `term`: the version that it was taken in under; unknown is blind. */
export function isBlind(
  { state, facts: { readType }, preliminary, isCompared }: ReadingCase,
  partOf: string | undefined,
  term: Pick<ServiceTerm, 'quality'> | undefined,
): boolean {
  const isTerms = term?.quality.blind !== false;
  if (partOf !== undefined && readType === 'trial') return !isRead.has(state);
  if (partOf !== undefined && readType === 'second') return isTerms && !isRead.has(state);
  if (preliminary === undefined || isCompared || !isTerms) return false;
  // Of what was asked for as preliminary nobody is to make more, unless somebody does.
  return state === 'over-read' || state === 'parked' || (state === 'preliminary' && readType !== 'preliminary');
}

const isRead: ReadonlySet<string> = new Set([
  ...['preliminary', 'final', 'delivered', 'answered', 'closed', 'cancelled', 'rejected', 'in-error'],
]);
