// Random worlds for the gates: one case, one term, one reader, told plainly in whole minutes and short lists, and the same as
// the rows that the gates read. Rows are drawn so that most gates are open, and each closes now and then.

import type { Privilege, Reader } from '../../readers/reader.ts';
import type { ReadType, ServiceTerm } from '../../terms/service-term.ts';
import { aReader, aTerm, theFacts } from './rows.ts';

/** Minutes since SUNDAY; `to` absent: without an end. */
export interface Span {
  from: number;
  to?: number;
}

export interface World {
  at: number;
  stage: 'offer' | 'claim' | 'sign';
  patientAt: string;
  readerAt: string;
  site: string;
  modality: string;
  region: string | undefined;
  readType: ReadType;
  payer: string | undefined;
  referrer: string | undefined;
  language: string | undefined;
  needs: string | undefined;
  provider: string;
  readBy: string[];
  suspended: boolean;
  readerProvider: string;
  shifts: Span[];
  licences: { places: string[]; status: 'active' | 'suspended' | 'revoked'; span: Span }[];
  privileges: {
    client: string;
    site: string | undefined;
    level: Privilege['level'];
    readTypes: ReadType[];
    modalities: string[];
    regions: string[];
    excluded: string[];
    span: Span;
  }[];
  insurances: Span[];
  subspecialties: string[];
  readerModalities: string[];
  languages: string[];
  calibratedUntil: number | undefined;
  partners: string[];
  outOfHours: boolean;
  hours: { days: number[]; from: number; to: number }[];
  holidays: number[];
  patientPlaces: string[];
  readerPlaces: string[];
  restPlaces: string[];
  blocked: string[];
  transferUntil: number | undefined;
  limit: number | undefined;
  payers: { payer: string; readType: string; readerAt: string; allowed: boolean }[];
  required: 'hard' | 'prefer' | 'none';
  relaxAt: number | undefined;
  persons: { given: number; isAmong: boolean } | undefined;
  restsAt: string | undefined;
  ownDiscrepancy: boolean;
  elapsed: number | undefined;
  widened: boolean;
}

export const places = ['US', 'US-NY', 'US-CA', 'DE', 'DE-BY', 'IN'];
/** Sunday. */
const SUNDAY = Date.UTC(2026, 10, 1);
export const DAY = 1440;

/** Mulberry32: the same seed, the same worlds. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function randomWorld(random: () => number): World {
  const chance = (p: number) => random() < p;
  const one = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)]!;
  const some = <T>(of: readonly T[], p: number): T[] => of.filter(() => chance(p));
  const perhaps = <T>(p: number, value: () => T): T | undefined => (chance(p) ? value() : undefined);
  const times = <T>(most: number, value: () => T): T[] =>
    Array.from({ length: Math.ceil(random() * most) }, () => value());
  const at = Math.floor(random() * 14 * DAY);
  // Half of all bounds lie at the moment itself or a minute beside it.
  const near = () => (chance(0.2) ? at + one([-1, 0, 1]) : Math.floor((random() * 3 - 1) * 14 * DAY));
  const span = (): Span => {
    if (chance(0.8)) return { from: -20 * DAY, ...(chance(0.6) && { to: 60 * DAY }) };
    const from = near();
    return { from, ...(chance(0.7) && { to: Math.max(from + 1, near()) }) };
  };
  const modalities = ['CT', 'MR', 'MG'];
  const regions = ['HEAD', 'CHEST'];
  const types: ReadType[] = ['preliminary', 'final', 'second'];
  const patientAt = one(places);
  const readerAt = chance(0.6) ? patientAt : one(places);
  const any = (of: readonly string[]) => (chance(0.7) ? [] : some(of, 0.6));
  return {
    at,
    stage: one(['offer', 'claim', 'sign']),
    patientAt,
    readerAt,
    site: one(['a', 'b']),
    modality: one(modalities),
    region: perhaps(0.8, () => one(regions)),
    readType: one(types),
    payer: perhaps(0.5, () => one(['medicare', 'own'])),
    referrer: perhaps(0.5, () => one(['r1', 'r2'])),
    language: perhaps(0.5, () => one(['en-GB', 'DE', 'fr-CA'])),
    needs: perhaps(0.6, () => one(['neuro', 'chest'])),
    provider: 'telerad',
    readBy: chance(0.1) ? some(['me', 'other'], 0.6) : [],
    suspended: chance(0.03),
    readerProvider: chance(0.9) ? 'telerad' : one(['partner', 'stranger']),
    shifts: chance(0.9) ? times(2, span) : [],
    licences: [
      ...times(3, () => ({
        places: chance(0.7) ? [patientAt, readerAt] : some(places, 0.5),
        status: chance(0.9) ? ('active' as const) : one(['suspended', 'revoked'] as const),
        span: span(),
      })),
    ],
    privileges: times(4, () => ({
      client: chance(0.9) ? 'north' : 'south',
      site: perhaps(0.3, () => one(['a', 'b'])),
      level: chance(0.75) ? 'report' : one(['none', 'view', 'draft', 'report'] as const),
      readTypes: chance(0.85) ? types : some(types, 0.6),
      modalities: any(modalities),
      regions: any(regions),
      excluded: chance(0.1) ? some(['r1', 'r2'], 0.5) : [],
      span: span(),
    })),
    insurances: chance(0.95) ? times(2, span) : [],
    subspecialties: some(['neuro', 'chest'], 0.7),
    readerModalities: chance(0.7) ? [] : some(modalities, 0.7),
    languages: some(['en', 'de-AT', 'FR'], 0.8),
    calibratedUntil: perhaps(0.9, near),
    partners: some(['partner'], 0.6),
    outOfHours: chance(0.3),
    hours: chance(0.6)
      ? []
      : times(3, () => ({
          days: some([0, 1, 2, 3, 4, 5, 6], 0.8),
          from: Math.floor(random() * 4) * 360,
          to: Math.floor(random() * 4) * 360,
        })),
    holidays: chance(0.3) ? [Math.floor(at / DAY) - one([0, 1]), 3] : [],
    patientPlaces: any(places),
    readerPlaces: any(places),
    restPlaces: chance(0.8) ? places : some(places, 0.6),
    blocked: chance(0.9) ? [] : some(places, 0.2),
    transferUntil: perhaps(0.8, () => (chance(0.7) ? 60 * DAY : near())),
    limit: perhaps(0.2, () => 5),
    payers: times(3, () => ({
      payer: one(['medicare', 'own']),
      readType: one(['*', ...types]),
      readerAt: one(['*', ...places]),
      allowed: chance(0.6),
    })),
    required: one(['hard', 'prefer', 'none']),
    relaxAt: perhaps(0.5, () => 0.5),
    persons: perhaps(0.9, () => ({ given: 3 + Math.floor(random() * 4), isAmong: chance(0.3) })),
    restsAt: perhaps(0.5, () => one(places)),
    ownDiscrepancy: chance(0.03),
    elapsed: perhaps(0.8, () => one([0, 0.49, 0.5, 0.9])),
    widened: chance(0.5),
  };
}

const iso = (minutes: number): string => new Date(SUNDAY + minutes * 60_000).toISOString();
const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const period = ({ from, to }: Span) => ({ from: iso(from), ...(to !== undefined && { to: iso(to) }) });

/** The same world as the arguments of `gates`. */
export function rowsOf(world: World) {
  const { payer, referrer, language, needs, region, restsAt, elapsed, persons } = world;
  const facts = theFacts({
    ...{ client: 'north', site: world.site, provider: world.provider, patientAt: world.patientAt },
    ...{ modality: world.modality, readType: world.readType, readBy: world.readBy },
    ...(region !== undefined && { bodyRegion: region }),
    ...(payer !== undefined && { payer }),
    ...(referrer !== undefined && { referrer }),
    ...(language !== undefined && { language }),
    ...(needs !== undefined && { subspecialty: needs }),
  });
  const known = {
    ...{ ownDiscrepancy: world.ownDiscrepancy, widened: world.widened },
    ...(persons && { persons }),
    ...(restsAt !== undefined && { dataRestsAt: restsAt }),
    ...(elapsed !== undefined && { elapsed }),
  };
  const at = SUNDAY + world.at * 60_000;
  return { facts, term: termOf(world), reader: readerOf(world), at, stage: world.stage, known };
}

function termOf(world: World): ServiceTerm {
  const { transferUntil, limit, relaxAt } = world;
  return aTerm({
    outOfHours: world.outOfHours,
    hours: world.hours.map(({ days, from, to }) => ({ days, from: clock(from), to: clock(to), zone: 'UTC' })),
    holidays: world.holidays.map((day) => iso(day * DAY).slice(0, 10)),
    subspecialty: { required: world.required, ...(relaxAt !== undefined && { relaxAt }) },
    jurisdictions: {
      patientAt: world.patientPlaces,
      readerMayBeAt: world.readerPlaces,
      dataMayRestAt: world.restPlaces,
      blocked: world.blocked,
      ...(transferUntil !== undefined && {
        transfer: { mechanism: 'SCC' as const, evidence: 'e', validUntil: iso(transferUntil) },
      }),
      ...(limit !== undefined && { personsPerRecipient: limit }),
    },
    payers: world.payers as ServiceTerm['payers'],
    subProcessors: world.partners,
  });
}

function readerOf(world: World): Reader {
  const { calibratedUntil } = world;
  return aReader({
    ...{ id: 'me', provider: world.readerProvider, at: world.readerAt },
    status: world.suspended ? 'suspended' : 'active',
    shifts: world.shifts.map((span, n) => ({
      id: `s${n}`,
      ...period(span),
      to: iso(span.to ?? 1000 * DAY),
    })),
    licences: world.licences.map((each, n) => ({
      ...{ id: `L${n}`, number: '1', issuer: 'board', validAt: each.places, status: each.status },
      period: period(each.span),
    })),
    privileges: world.privileges.map((each, n) => ({
      ...{ id: `P${n}`, client: each.client, level: each.level, readTypes: each.readTypes },
      ...{ modalities: each.modalities, bodyRegions: each.regions, excludedReferrers: each.excluded },
      ...(each.site !== undefined && { site: each.site }),
      period: period(each.span),
    })),
    insurance: world.insurances.map((span) => ({ period: period(span), limit: '1000000', currency: 'USD' })),
    subspecialties: world.subspecialties,
    modalities: world.readerModalities,
    languages: world.languages,
    ...(calibratedUntil !== undefined && { displayCalibratedUntil: iso(calibratedUntil) }),
  });
}
