// What RFC 9110 and RFC 6750 ask an answer to a failure to say besides its status.

import type { Problem } from '../problem.ts';

/** What a client is told to wait after 429 and 503. */
const RETRY_AFTER_SECONDS = '5';

const CHALLENGE = 'Bearer realm="fascia"';

/** `status`: of the answer, which need not be that of one failure in it. */
export function problemHeaders(status: number, problem?: Problem): Record<string, string> {
  if (status === 401) return { 'WWW-Authenticate': challengeOf(problem) };
  if (status === 403 && problem?.code === 'auth/forbidden') {
    return { 'WWW-Authenticate': `${CHALLENGE}, error="insufficient_scope"` };
  }
  if (status === 429 || status === 503) return { 'Retry-After': RETRY_AFTER_SECONDS };
  return {};
}

/** RFC 6750 3.1: who showed nothing is told of no error. */
function challengeOf(problem: Problem | undefined): string {
  const isMissing = problem?.code !== 'auth/unauthenticated' || problem.details.reason === 'none was given';
  return isMissing ? CHALLENGE : `${CHALLENGE}, error="invalid_token"`;
}
