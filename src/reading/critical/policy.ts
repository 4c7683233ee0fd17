// Who is told of a critical result, by which ways, and how long each has to answer: data, named by a term (`critical`). The
// categories are those of the ACR's work group: 1 within minutes, 2 within hours, 3 within days.

import { Problem } from '../../base/problem.ts';

export const criticalCategories = [1, 2, 3] as const;
export type CriticalCategory = (typeof criticalCategories)[number];

/** RadLex: how a category is coded in a report. */
export const categoryCodes: Readonly<Record<CriticalCategory, string>> = {
  1: 'RID49480^RADLEX',
  2: 'RID49481^RADLEX',
  3: 'RID49482^RADLEX',
};

/** `console`: shown to the desk of the client; `fhir`: a Communication, of which subscribers are told; else a destination. */
export type CriticalChannel = 'console' | 'fhir' | `destination:${string}`;

export interface CriticalRung {
  /** A role at the client's that answers for patients: `referrer`, `ward`, `on-call`. */
  recipient: string;
  channels: readonly CriticalChannel[];
  /** How long it has before the next is told. */
  minutes: number;
}

export interface CriticalLadder {
  rungs: readonly CriticalRung[];
  /** Told when nobody answered: the loop is exhausted then, and stays open until somebody acknowledges. */
  lead: Omit<CriticalRung, 'minutes'>;
  /** Whether whoever acknowledges must have said the finding back. */
  readBack: boolean;
}

export interface CriticalPolicy {
  name: string;
  ladders: Readonly<Record<CriticalCategory, CriticalLadder>>;
}

const everywhere = ['fhir', 'console'] as const satisfies readonly CriticalChannel[];
const lead = { recipient: 'clinical-lead', channels: everywhere };

/** What holds where a client has said nothing else: an answer within 60 minutes, 3 hours, 3 days at the latest. */
export const standardPolicy: CriticalPolicy = {
  name: 'standard',
  ladders: {
    1: {
      rungs: [
        { recipient: 'referrer', channels: everywhere, minutes: 15 },
        { recipient: 'ward', channels: everywhere, minutes: 15 },
        { recipient: 'on-call', channels: everywhere, minutes: 15 },
      ],
      lead,
      readBack: true,
    },
    2: {
      rungs: [
        { recipient: 'referrer', channels: everywhere, minutes: 60 },
        { recipient: 'ward', channels: everywhere, minutes: 60 },
        { recipient: 'on-call', channels: everywhere, minutes: 60 },
      ],
      lead,
      readBack: false,
    },
    3: {
      rungs: [
        { recipient: 'referrer', channels: everywhere, minutes: 2 * 1440 },
        { recipient: 'ward', channels: everywhere, minutes: 1440 },
      ],
      lead,
      readBack: false,
    },
  },
};

/** Throws request/malformed: a ladder without a rung would tell nobody, a rung without time would pass somebody over. */
export function checkPolicy(policy: CriticalPolicy): void {
  for (const category of criticalCategories) {
    const { rungs, lead: last } = policy.ladders[category];
    const faulty = (reason: string) => new Problem('request/malformed', { reason: `category ${category}: ${reason}` });
    if (rungs.length === 0) throw faulty('nobody is told');
    if (last.channels.length === 0) throw faulty('nobody can tell the clinical lead');
    for (const { recipient, channels, minutes } of rungs) {
      if (channels.length === 0) throw faulty(`nobody can tell ${recipient}`);
      if (!(minutes > 0)) throw faulty(`${recipient} has no time to answer`);
    }
  }
}
