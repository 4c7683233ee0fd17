// A review of one reading: a second reader reads it without knowing the first, both are compared, the author answers, and who
// disagrees has it arbitrated. What comes of it at the end is an addendum and a notice to the site. READING B3, QA loop.

import { Problem } from '../../base/problem.ts';
import { type Difference, differenceOf, type RadpeerScore } from './radpeer.ts';
import type { SampleReason } from './sample.ts';

export type ReviewState = 'awaits-reading' | 'awaits-score' | 'awaits-author' | 'awaits-arbitration' | 'closed';

export interface Review {
  id: string;
  case: string;
  why: SampleReason;
  author: string;
  /** Of the version that is reviewed. */
  version: number;
  /** The case of the second reading; whoever reads it is told neither the author nor the report. */
  secondCase?: string;
  reviewer?: string;
  score?: RadpeerScore;
  difference?: Difference;
  response?: 'accepts' | 'contests';
  /** Whether the arbiter found the reviewer right. */
  upheld?: boolean;
  state: ReviewState;
}

export type ReviewStep =
  | { kind: 'read'; reviewer: string }
  | { kind: 'score'; by: string; score: RadpeerScore }
  | { kind: 'respond'; by: string; response: 'accepts' | 'contests' }
  | { kind: 'arbitrate'; by: string; upheld: boolean };

const stateBefore: Readonly<Record<ReviewStep['kind'], ReviewState>> = {
  read: 'awaits-reading',
  score: 'awaits-score',
  respond: 'awaits-author',
  arbitrate: 'awaits-arbitration',
};

/** Throws reading/review-not-now, auth/forbidden: nobody judges a reading of their own. */
export function reviewAfter(review: Review, step: ReviewStep): Review {
  if (review.state !== stateBefore[step.kind]) {
    throw new Problem('reading/review-not-now', { step: step.kind, state: review.state });
  }
  switch (step.kind) {
    case 'read':
      requireOther(step.reviewer, [review.author], 'review a reading of its own');
      return { ...review, reviewer: step.reviewer, state: 'awaits-score' };
    case 'score': {
      requireOther(step.by, [review.author], 'score a reading of its own');
      const difference = differenceOf(step.score);
      const state = difference === 'none' ? 'closed' : 'awaits-author';
      return { ...review, score: step.score, difference, state };
    }
    case 'respond':
      if (step.by !== review.author) throw new Problem('auth/forbidden', { action: 'answer for another reader' });
      return {
        ...review,
        response: step.response,
        state: step.response === 'accepts' ? 'closed' : 'awaits-arbitration',
      };
    case 'arbitrate':
      requireOther(step.by, [review.author, review.reviewer], 'arbitrate about its own reading');
      return { ...review, upheld: step.upheld, state: 'closed' };
  }
}

function requireOther(who: string, not: readonly (string | undefined)[], action: string): void {
  if (not.includes(who)) throw new Problem('auth/forbidden', { action });
}

/** Whether the reading differs in what was found right at the end: then an addendum is owed, and the site is told. */
export function isDiscrepancy({ state, difference, response, upheld }: Review): boolean {
  return (
    state === 'closed' &&
    difference !== undefined &&
    difference !== 'none' &&
    (response === 'accepts' || upheld === true)
  );
}
