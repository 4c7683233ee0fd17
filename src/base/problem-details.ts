// What an HTTP client is told when a request fails: RFC 9457 problem details, with the request id under which the log has
// more. Never a stack trace.

import { STATUS_CODES } from 'node:http';
import type { Problem } from './problem.ts';

/** `members` are added to the body (RFC 9457 3.2). */
export function problemDetails(problem: Problem, requestId: string, members: Record<string, unknown> = {}): object {
  const { http: status } = problem.answers;
  return {
    type: `urn:fascia:problem:${problem.code}`,
    title: STATUS_CODES[status] ?? 'Client Closed Request',
    status,
    detail: problem.message,
    instance: `urn:uuid:${requestId}`,
    requestId,
    ...members,
  };
}
