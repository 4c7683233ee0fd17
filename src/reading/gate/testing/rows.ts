// A case, a term and a reader that pass every gate, for tests to change.

import type { Reader } from '../../readers/reader.ts';
import type { ServiceTerm } from '../../terms/service-term.ts';
import type { CaseFacts } from '../asked.ts';

export const theFacts = (change: Partial<CaseFacts> = {}): CaseFacts => ({
  client: 'north',
  site: 'a',
  provider: 'telerad',
  patientAt: 'US-NY',
  modality: 'CT',
  priority: 'routine',
  readType: 'final',
  instances: 100,
  priors: 0,
  readBy: [],
  ...change,
});

export const aTerm = (change: Partial<ServiceTerm> = {}): ServiceTerm => ({
  id: 'north-telerad/ct',
  contract: 'north-telerad',
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
  outOfHours: false,
  levels: [],
  jurisdictions: { patientAt: [], readerMayBeAt: [], dataMayRestAt: ['US', 'DE', 'AU'], blocked: [] },
  payers: [],
  disclosure: { mode: 'identified' },
  priors: { lookbackMonths: 24, maxStudies: 5, modalities: [], required: false },
  quality: { secondReadRate: 0, newStarterCases: 0, blind: true },
  critical: 'standard',
  price: { unit: 'exam', amount: '40.00', currency: 'USD', multipliers: {} },
  delivery: [],
  subProcessors: [],
  ...change,
});

const always = { from: '2020-01-01T00:00:00Z' };

export const aReader = (change: Partial<Reader> = {}): Reader => ({
  id: 'ng',
  provider: 'telerad',
  name: 'Ng^Ada',
  at: 'US-NY',
  licences: [{ id: 'NY-1', number: '1', issuer: 'NYSED', validAt: ['US-NY'], period: always, status: 'active' }],
  privileges: [
    {
      id: 'north',
      client: 'north',
      level: 'report',
      readTypes: ['preliminary', 'final', 'second', 'consult', 'trial'],
      modalities: [],
      bodyRegions: [],
      excludedReferrers: [],
      period: always,
    },
  ],
  insurance: [{ period: always, limit: '1000000', currency: 'USD' }],
  subspecialties: [],
  modalities: [],
  languages: ['en'],
  shifts: [{ id: 's1', from: '2026-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z' }],
  startedAt: '2020-01-01',
  status: 'active',
  ...change,
});
