// Logs of cases that were read, as a bill sees them: of one kind by name, and any, by chance.

import type { CaseEvent, CaseHappening } from '../../case/case-event.ts';
import type { CaseFacts } from '../../gate/asked.ts';
import type { ServiceTerm } from '../../terms/service-term.ts';
import { ownRelativeValues, RelativeValues } from '../relative-value.ts';

export const MINUTE_MS = 60_000;
const DAY = Date.UTC(2026, 10, 10);

export const ownValues = new RelativeValues(ownRelativeValues);

export const billedFacts = (over: Partial<CaseFacts> = {}): CaseFacts => ({
  client: 'north',
  site: 'main',
  provider: 'nightowl',
  patientAt: 'DE',
  modality: 'CT',
  bodyRegion: 'HEAD',
  priority: 'urgent',
  readType: 'final',
  instances: 0,
  priors: 0,
  readBy: [],
  ...over,
});

export const billedTerm = (over: Partial<ServiceTerm> = {}): ServiceTerm => ({
  id: 'term',
  contract: 'contract',
  version: 1,
  validFrom: '2026-01-01T00:00:00Z',
  sites: [],
  modalities: [],
  bodyRegions: [],
  procedures: [],
  subspecialty: { required: 'none' },
  readType: 'final',
  hours: [],
  holidays: [],
  outOfHours: true,
  levels: [],
  jurisdictions: { patientAt: [], readerMayBeAt: [], dataMayRestAt: [], blocked: [] },
  payers: [],
  disclosure: { mode: 'identified' },
  priors: { lookbackMonths: 0, maxStudies: 0, modalities: [], required: false },
  quality: { secondReadRate: 0, newStarterCases: 0, blind: true },
  critical: 'standard',
  price: { unit: 'exam', amount: '40.00', currency: 'EUR', multipliers: {} },
  delivery: [],
  subProcessors: [],
  ...over,
});

export interface Read {
  facts?: Partial<CaseFacts>;
  /** Of the day, UTC. */
  readyHour?: number;
  instances?: number;
  /** From opened until signed, and how much of it was parked for a question to the site. */
  openMs?: number;
  parkedMs?: number;
  signs?: 'final-signed' | 'preliminary-signed';
  /** Said before it was ready. */
  before?: readonly CaseHappening[];
}

export function readLog(read: Read = {}): readonly CaseEvent[] {
  const { facts, readyHour = 12, instances = 100, openMs = 10 * MINUTE_MS, parkedMs = 0, before = [] } = read;
  const reader = 'ada';
  const readyAt = DAY + readyHour * 60 * MINUTE_MS;
  const report = {
    version: 1,
    reader,
    textHash: 'h',
    entitlement: { licences: ['l'], privilege: 'p', checkedAt: readyAt },
    overridden: [],
  };
  const term = { id: 'term', version: 1 };
  const parked: Timed[] =
    parkedMs === 0
      ? []
      : [
          { at: readyAt + MINUTE_MS, kind: 'parked', reader, reason: 'question-to-site', cause: 'client' },
          { at: readyAt + MINUTE_MS + parkedMs, kind: 'resumed', reader },
        ];
  return logOf([
    { at: readyAt - 2 * MINUTE_MS, kind: 'announced', facts: billedFacts(facts), term },
    { kind: 'images-arrived', instances },
    ...before,
    { at: readyAt, kind: 'ready', instances, priors: 0 },
    { kind: 'claimed', reader, transactionUid: '2.25.1', leaseUntil: readyAt + MINUTE_MS },
    { kind: 'opened', reader },
    ...parked,
    { at: readyAt + openMs, kind: read.signs ?? 'final-signed', report },
  ]);
}

export type Timed = CaseHappening & { at?: number };

/** Numbered; what says no time happens when the entry before it did. */
export function logOf(happenings: readonly Timed[]): readonly CaseEvent[] {
  let last = 0;
  return happenings.map((happening, index) => {
    last = happening.at ?? last;
    return { by: { kind: 'exchange', id: 'test' }, ...happening, sequence: index + 1, at: last };
  });
}
