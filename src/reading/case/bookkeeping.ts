// What is noted of a case while somebody works at it, and takes nothing from what they saw: that a report arrived or was looked
// at, who was told of a critical result, that time has passed, that a review was drawn. A person's entry follows it as if it had
// come after.

import type { CaseHappening } from './case-event.ts';

const kinds = [
  'delivered',
  'delivery-failed',
  'seen',
  'escalated',
  'sampled',
  'critical-notified',
  'critical-escalated',
  'critical-exhausted',
  'critical-acknowledged',
  'revealed',
] as const satisfies readonly CaseHappening['kind'][];

export const bookkeeping: ReadonlySet<string> = new Set(kinds);
