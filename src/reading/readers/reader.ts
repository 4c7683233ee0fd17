// Who reads: licences, privileges, insurance, skills, and when they are there.

import type { Jurisdiction, ReadType } from '../terms/service-term.ts';

/** Half-open, ISO 8601 instants; without an end while nobody knows of one. */
export interface Period {
  from: string;
  to?: string;
}

export interface Licence {
  id: string;
  number: string;
  issuer: string;
  /** Where it entitles to read for patients, and to sit and read. */
  validAt: readonly Jurisdiction[];
  period: Period;
  status: 'active' | 'suspended' | 'revoked';
  verifiedAt?: string;
  /** SHA-256 of what was shown for it. */
  evidence?: string;
}

/** What a client lets a reader do; the narrower of several decides. */
export interface Privilege {
  id: string;
  client: string;
  /** Absent: all of the client's. */
  site?: string;
  level: 'none' | 'view' | 'draft' | 'report';
  readTypes: readonly ReadType[];
  /** Empty: any. */
  modalities: readonly string[];
  bodyRegions: readonly string[];
  /** Those whose orders this reader is not to read. */
  excludedReferrers: readonly string[];
  period: Period;
}

export interface Shift extends Period {
  id: string;
  to: string;
}

export interface Reader {
  id: string;
  /** Organisation that the reader reads for. */
  provider: string;
  /** As a PN. */
  name: string;
  /** Where the reader sits. */
  at: Jurisdiction;
  licences: readonly Licence[];
  privileges: readonly Privilege[];
  insurance: readonly { period: Period; limit: string; currency: string }[];
  /** `neuro`, `chest`, `body`, `msk`, `breast`, `paediatric`, `nuclear`, …: see subspecialty.ts. */
  subspecialties: readonly string[];
  modalities: readonly string[];
  /** BCP 47. */
  languages: readonly string[];
  /** Of the display; mammograms need one that is in date. */
  displayCalibratedUntil?: string;
  team?: string;
  shifts: readonly Shift[];
  /** Everything the reader reported so far counts: new starters are read again in full. */
  startedAt: string;
  status: 'active' | 'suspended';
}
