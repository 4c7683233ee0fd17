// What a case and a term may be, for tests: the least that is whole.

import type { CaseFacts } from '../gate/asked.ts';
import type { ServiceTerm } from '../terms/service-term.ts';

export const someFacts = (over: Partial<CaseFacts> = {}): CaseFacts => ({
  client: 'north',
  site: 'north-main',
  provider: 'nightowl',
  patientAt: 'DE',
  modality: 'CT',
  bodyRegion: 'HEAD',
  subspecialty: 'neuro',
  priority: 'urgent',
  readType: 'final',
  instances: 0,
  priors: 0,
  readBy: [],
  ...over,
});

/** Routine in a day, urgent in an hour, STAT in half of one; the clock stands still while the client is asked. */
export const someTerm = (over: Partial<ServiceTerm> = {}): ServiceTerm => ({
  id: 'north-nightowl-ct',
  contract: 'north-nightowl',
  version: 1,
  validFrom: '2026-01-01T00:00:00Z',
  sites: [],
  modalities: ['CT'],
  bodyRegions: [],
  procedures: [],
  subspecialty: { required: 'none' },
  readType: 'final',
  hours: [],
  holidays: [],
  outOfHours: true,
  levels: (
    [
      ['routine', 1440],
      ['urgent', 60],
      ['asap', 45],
      ['stat', 30],
    ] as const
  ).map(([priority, minutes]) => ({
    priority,
    from: 'ready',
    until: 'final',
    minutes,
    measure: 'each',
    pauses: ['question-to-site', 'identity-unclear'],
  })),
  jurisdictions: { patientAt: ['DE'], readerMayBeAt: ['DE'], dataMayRestAt: ['DE'], blocked: [] },
  payers: [],
  disclosure: { mode: 'identified' },
  priors: { lookbackMonths: 36, maxStudies: 5, modalities: [], required: false },
  quality: { secondReadRate: 0.05, newStarterCases: 20, blind: true },
  critical: 'default',
  price: { unit: 'exam', amount: '40.00', currency: 'EUR', multipliers: {} },
  delivery: [],
  subProcessors: [],
  ...over,
});
