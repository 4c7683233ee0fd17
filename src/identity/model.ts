// What the engine believes of a population: how often values agree among records of one person (m) and of two (u), how
// common each name is, what stands for "unknown", what each site does to its numbers. A plain value with a version; the
// same records, assertions and model always give the same partition.

import { dateLevels } from './birth-date.ts';
import type { RegistrationKey } from './sighting.ts';

/** Every comparison and its levels; level 0 is "one of them does not say", which is no evidence (missing at random). */
export const comparisons = {
  family: ['missing', 'same', 'alike', 'similar', 'different', 'part'],
  given: ['missing', 'same', 'alike', 'similar', 'different', 'part'],
  middle: ['missing', 'same', 'initial', 'different'],
  order: ['straight', 'crossed'],
  date: dateLevels,
  sex: ['missing', 'same', 'different'],
  national: ['missing', 'same', 'typo', 'different'],
  phone: ['missing', 'same', 'typo', 'different'],
  address: ['missing', 'same', 'moved', 'similar'],
  generation: ['missing', 'same', 'different'],
  issuer: ['other', 'same'],
  claim: ['none', 'claimed'],
} as const;

export type Comparison = keyof typeof comparisons;

export const comparisonNames = Object.keys(comparisons) as Comparison[];

/** Place of each comparison where all of them stand in a row. */
export const at = Object.fromEntries(comparisonNames.map((name, place) => [name, place])) as Record<Comparison, number>;

/** Probability of each level among pairs of one person (m) and of two (u); of level 0 they are not used. */
export interface Levels {
  m: number[];
  u: number[];
}

export interface Model {
  version: string;
  /** Registrations it was estimated from: the prior odds of two at random being one person are about 2 in this many. */
  population: number;
  levels: Record<Comparison, Levels>;
  /** Share of pairs with equal names, sex and birth date that are two people all the same. */
  namesakes: number;
  /** Share of pairs of one family name and one home that are two people: given name and birth date are others. */
  relatives: number;
  /** Share of people with each family or given name, the frequent ones; a name not listed has `rareName`. */
  familyNames: Record<string, number>;
  givenNames: Record<string, number>;
  /** Share of people with each whole name (family^given) that several people of different birth dates bear. */
  fullNames: Record<string, number>;
  /** Bits by which two of one family name have one given name more often than two of different ones. */
  nameAffinity: number;
  rareName: number;
  /** Pairs of words that certain links showed to be one name. */
  variants: [string, string][];
  placeholders: Placeholders;
  sites: Record<string, SiteProfile>;
  thresholds: Thresholds;
  calibration: Calibrations;
}

/** Evidence in bits to calibrated log-odds in bits: steps of an isotonic fit, ascending. */
export interface Calibration {
  bits: number[];
  logOdds: number[];
}

/** By what the doubt about a pair is. */
export interface Calibrations {
  /** Nothing but the weight of the evidence. */
  weighed: Calibration;
  /** Too little is known, or another fits as well. */
  scarce: Calibration;
  /** Something says that they are two. */
  contradicted: Calibration;
}

/** Log-odds in bits, before calibration. */
export interface Thresholds {
  /** From which two are joined; from which they are weighed together with all others; from which a person is asked. */
  join: number;
  connect: number;
  review: number;
  /** By which the best person must be ahead of another that cannot be the same. */
  margin: number;
}

/** Values that this feed uses for "unknown", as normalised. */
export interface Placeholders {
  phones: string[];
  nationals: string[];
  addresses: string[];
  dates: number[];
  /** Family and given name. */
  names: string[];
  /** Numbers under one issuer that are nobody's own, as they are without what was learned. */
  numbers: RegistrationKey[];
}

/** What a site does to its numbers, learned from its own feed. */
export interface SiteProfile {
  /** The issuer it means when it sends none. */
  issuer?: string;
  /** Prefixes that come and go before the same number. */
  prefixes: string[];
  /** True where numbers are padded with zeros to one width. */
  padded: boolean;
}

/** Before anything was learned: the levels of an average hospital group, names of unknown frequency. */
export const priorModel: Model = {
  version: 'prior-1',
  population: 30_000,
  levels: {
    family: { m: [0, 0.82, 0.05, 0.03, 0.06, 0.04], u: [0, 0.004, 0.002, 0.006, 0.985, 0.003] },
    given: { m: [0, 0.87, 0.05, 0.035, 0.015, 0.03], u: [0, 0.012, 0.006, 0.008, 0.96, 0.014] },
    middle: { m: [0, 0.55, 0.4, 0.05], u: [0, 0.03, 0.08, 0.89] },
    order: { m: [0.97, 0.03], u: [0.5, 0.5] },
    date: {
      m: [0, 0.94, 0.007, 0.014, 0.007, 0.02, 0.004, 0.008],
      u: [0, 0.00004, 0.00003, 0.0003, 0.0003, 0.0006, 0.0012, 0.9975],
    },
    sex: { m: [0, 0.985, 0.015], u: [0, 0.5, 0.5] },
    national: { m: [0, 0.95, 0.03, 0.02], u: [0, 0.00002, 0.00001, 0.99997] },
    phone: { m: [0, 0.6, 0.02, 0.38], u: [0, 0.00005, 0.00001, 0.99994] },
    address: { m: [0, 0.63, 0.34, 0.03], u: [0, 0.00008, 0.99982, 0.0001] },
    generation: { m: [0, 0.97, 0.03], u: [0, 0.3, 0.7] },
    issuer: { m: [0.92, 0.08], u: [0.8, 0.2] },
    claim: { m: [0.95, 0.05], u: [0.99999, 0.00001] },
  },
  namesakes: 0.003,
  relatives: 0.5,
  familyNames: {},
  givenNames: {},
  fullNames: {},
  nameAffinity: 0,
  rareName: 0.01,
  variants: [],
  placeholders: { phones: [], nationals: [], addresses: [], dates: [], names: [], numbers: [] },
  sites: {},
  thresholds: { join: 5, connect: 0, review: -10, margin: 3 },
  calibration: {
    weighed: { bits: [-40, 40], logOdds: [-40, 40] },
    scarce: { bits: [-40, 40], logOdds: [-40, 40] },
    // Never more than even odds.
    contradicted: { bits: [-40, 0, 40], logOdds: [-40, 0, 0] },
  },
};

/** Bits of evidence that make it as likely as not that two records taken at random are of one person. */
export const priorBits = (model: Model): number => Math.log2(model.population / 2);

/** Calibrated probability of log-odds in bits. */
export const probabilityOf = (model: Model, value: number, doubt: keyof Calibrations = 'weighed'): number =>
  calibrated(model.calibration[doubt], value);

/** The same by one curve: linear between the steps of the fit. */
export function calibrated({ bits, logOdds }: Calibration, value: number): number {
  let step = 1;
  while (step < bits.length - 1 && value > bits[step]!) step++;
  const [from, to] = [bits[step - 1]!, bits[step]!];
  const share = Math.min(1, Math.max(0, (value - from) / (to - from)));
  const odds = logOdds[step - 1]! + share * (logOdds[step]! - logOdds[step - 1]!);
  return 1 / (1 + 2 ** -odds);
}
