// What UPS-RS says in a Warning header where it refuses: PS3.18 11.6.3, 11.7.3, 11.8.3.

import type { ProblemCode } from '../../base/problem.ts';

const inconsistent = 'The submitted request is inconsistent with the current state of the UPS Instance.';

const texts: Partial<Record<ProblemCode, string>> = {
  'workitem/no-transaction': 'The Transaction UID is missing.',
  'workitem/wrong-transaction': 'The Transaction UID is incorrect.',
  'workitem/final': inconsistent,
  'workitem/claimed': inconsistent,
  'workitem/never-scheduled-again': inconsistent,
  'workitem/not-finished': inconsistent,
  'workitem/not-in-progress': inconsistent,
  'workitem/completed': 'The UPS is already in the requested state of COMPLETED.',
};

export function conflictHeaders(code: ProblemCode): Record<string, string> {
  const text = texts[code];
  return text === undefined ? {} : { Warning: `299 -: ${text}` };
}
