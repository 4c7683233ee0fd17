// What a client and a reading provider agreed on: operative terms as rows beside the FHIR Contract that wraps them. Every case
// keeps the term and the version it was taken in under, so that what is agreed later never rewrites an older case.

/** R4 request-priority, most urgent last. HL7 v2 table 0485: S stat, A asap, R routine; urgent has no letter of its own. */
export const requestPriorities = ['routine', 'urgent', 'asap', 'stat'] as const;
export type RequestPriority = (typeof requestPriorities)[number];

/** What a reading is for. `trial`: one of two independent blinded readings of a research study. */
export const readTypes = ['preliminary', 'final', 'second', 'consult', 'trial'] as const;
export type ReadType = (typeof readTypes)[number];

/** ISO 3166-1 alpha-2 or ISO 3166-2: `DE`, `US-NY`. A country holds all of its subdivisions. */
export type Jurisdiction = string;

/** Whoever a pause, a delay or a fault is put down to. */
export type Cause = 'client' | 'provider' | 'exchange';

/** Moments of a case that a clock can run between (clocks.ts). */
export const clockMoments = [
  'order',
  'exam-end',
  'first-image',
  'last-image',
  'ready',
  'offer',
  'claim',
  'open',
  'draft',
  'preliminary',
  'final',
  'delivered',
  'seen',
] as const;
export type ClockMoment = (typeof clockMoments)[number];

export interface ServiceLevel {
  priority: RequestPriority;
  /** The clock runs from one moment to the other. */
  from: ClockMoment;
  until: ClockMoment;
  minutes: number;
  /** `p95`: ninety-five of a hundred in a month; `each`: every one. */
  measure: 'p95' | 'each';
  /** Hold and park reasons that stop the clock, when the client caused them. */
  pauses: readonly string[];
  /** Credited to the client for each that is late, in the currency of the price. */
  penalty?: string;
}

export interface ServiceHours {
  /** 0 is Sunday. */
  days: readonly number[];
  /** HH:MM in `zone`; `to` may lie before `from`: over midnight. */
  from: string;
  to: string;
  zone: string;
}

export interface ServiceTerm {
  id: string;
  contract: string;
  version: number;
  /** ISO 8601 instants; `validTo` is the first moment it no longer holds. */
  validFrom: string;
  validTo?: string;
  /** Empty: all of the client's. */
  sites: readonly string[];
  /** Modality (0008,0060); empty: any. */
  modalities: readonly string[];
  /** Body regions of the RadLex Playbook; empty: any. */
  bodyRegions: readonly string[];
  /** Procedure codes, `code^scheme`; empty: any. */
  procedures: readonly string[];
  subspecialty: {
    required: 'hard' | 'prefer' | 'none' /** Share of the SLA after which `hard` becomes `prefer`. */;
    relaxAt?: number;
  };
  readType: ReadType;
  /** Empty: at all hours. */
  hours: readonly ServiceHours[];
  holidays: readonly string[];
  outOfHours: boolean;
  levels: readonly ServiceLevel[];
  jurisdictions: {
    /** Empty: anywhere. */
    patientAt: readonly Jurisdiction[];
    /** Empty: anywhere that the other gates allow. */
    readerMayBeAt: readonly Jurisdiction[];
    /** Empty: nowhere. */
    dataMayRestAt: readonly Jurisdiction[];
    /** Neither readers nor data, also where they may only be within one of these. */
    blocked: readonly Jurisdiction[];
    /** By which data may leave where the patient is (GDPR 44-49); absent: it may not. */
    transfer?: { mechanism: 'adequacy' | 'SCC' | 'BCR' | 'other'; evidence: string; validUntil: string };
    /** Distinct persons whose data one recipient may be given in 12 months (28 CFR 202). */
    personsPerRecipient?: number;
  };
  /** Readings of a payer's patients that a reader in a country may not make; the first row that fits decides. */
  payers: readonly { payer: string; readType: ReadType | '*'; readerAt: Jurisdiction | '*'; allowed: boolean }[];
  disclosure: { mode: 'identified' } | { mode: 'pseudonymised'; profile: string } | { mode: 'none' };
  priors: { lookbackMonths: number; maxStudies: number; modalities: readonly string[]; required: boolean };
  quality: { secondReadRate: number; newStarterCases: number; blind: boolean };
  /** How it is signed; absent: as the node has it. */
  signing?: { stepUp: boolean };
  /** Name of the policy of critical results (critical/policy.ts). */
  critical: string;
  price: {
    unit: 'exam' | 'RVU' | 'minute' | 'image';
    /** Decimal text, `12.50`: money is never a float. */
    amount: string;
    currency: string;
    multipliers: { stat?: string; night?: string; second?: string };
    /** Share of the price of a case that was cancelled or rejected, by how far it had come. */
    parts?: { claimed?: string; opened?: string };
  };
  volume?: { min?: number; max?: number; overflowTo?: string };
  /** Names of destinations that a report has to reach. */
  delivery: readonly string[];
  /** Providers that may be asked when the first cannot (GDPR 28 (2)). */
  subProcessors: readonly string[];
}

/** Which version of which term a case was taken in under. */
export interface TermReference {
  id: string;
  version: number;
}
