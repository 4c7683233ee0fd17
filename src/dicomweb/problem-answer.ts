// What a client is told when a request fails: problem details (RFC 9457) under the status of the problem's row.

import { problemHeaders } from '../base/http/problem-headers.ts';
import type { Problem } from '../base/problem.ts';
import { problemDetails } from '../base/problem-details.ts';
import type { Answer } from './exchange.ts';
import { conflictHeaders } from './ups/conflict.ts';

/** The answer to a request that failed with `problem`; `members` are added to the body (RFC 9457 3.2). */
export function problemAnswer(problem: Problem, requestId: string, members: Record<string, unknown> = {}): Answer {
  const { http: status } = problem.answers;
  return {
    status,
    headers: {
      'Content-Type': 'application/problem+json',
      'Cache-Control': 'no-store',
      ...problemHeaders(status, problem),
      ...conflictHeaders(problem.code),
    },
    body: JSON.stringify(problemDetails(problem, requestId, members)),
  };
}
