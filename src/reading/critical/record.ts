// What has to be on record of a critical result: what was found, when, who told it, who received it, when, and how (ACR practice
// parameter for communication). Read from the log of the case, so that it is what happened and not what was filled in.

import type { Actor, CaseEvent } from '../case/case-event.ts';
import type { CriticalCategory } from './policy.ts';

export interface CriticalRecord {
  loop: string;
  category: CriticalCategory;
  finding: string;
  foundAt: number;
  /** Who flagged it. */
  toldBy: Actor;
  /** Everybody who was told, in order. */
  told: readonly { recipient: string; channel: string; at: number }[];
  /** Absent while nobody has. */
  received?: { by: string; at: number; method: string; readBack: boolean };
  isExhausted: boolean;
}

/** By loop, in the order in which they were flagged. */
export function criticalRecords(events: readonly CaseEvent[]): CriticalRecord[] {
  const records = new Map<string, CriticalRecord>();
  for (const event of events) {
    if (event.kind === 'critical-flagged') {
      const { loop, category, finding, at, by } = event;
      records.set(loop, { loop, category, finding, foundAt: at, toldBy: by, told: [], isExhausted: false });
      continue;
    }
    const record = 'loop' in event ? records.get(event.loop) : undefined;
    if (record !== undefined) records.set(record.loop, followed(record, event));
  }
  return [...records.values()];
}

function followed(record: CriticalRecord, event: CaseEvent): CriticalRecord {
  switch (event.kind) {
    case 'critical-notified': {
      const { recipient, channel, at } = event;
      return { ...record, told: [...record.told, { recipient, channel, at }] };
    }
    case 'critical-acknowledged': {
      // The first who has received it is who answers for it.
      const { recipient: by, at, method, readBack } = event;
      return { ...record, received: record.received ?? { by, at, method, readBack } };
    }
    case 'critical-exhausted':
      return { ...record, isExhausted: true };
    default:
      return record;
  }
}
