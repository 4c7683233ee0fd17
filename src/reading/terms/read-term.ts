// Reads the terms of a contract, with everything that was left out said, and refuses them with all their faults before a case
// can be taken in under them.

import { isZone } from '../../routing/local-time.ts';
import { type Fault, readDocument } from './faults.ts';
import { anyHolds } from './jurisdiction.ts';
import { clockMoments, requestPriorities, type ServiceLevel, type ServiceTerm } from './service-term.ts';
import { type ContractDocument, contractSchema, type TermDocument, termSchema } from './term-schema.ts';

export interface TermOptions {
  contract: string;
  /** Of the term within its contract. */
  name: string;
  /** Ms since the epoch: since when it holds, where it does not say. */
  at: number;
  /** Names that `disclosure.profile` may have; anything where absent. */
  profiles?: ReadonlySet<string>;
}

/** What a term says; the store numbers its versions. */
export type NewTerm = Omit<ServiceTerm, 'version'>;

/** Throws request/malformed. */
export function readTerm(document: unknown, options: TermOptions): NewTerm {
  const further = (term: TermDocument) => termFaults(term, options, []);
  return termOf(readDocument(termSchema, document, 'the term', further), options);
}

export interface NewContract extends Omit<ContractDocument, 'terms'> {
  terms: NewTerm[];
}

/** A contract with its terms. Throws request/malformed. */
export function readContract(document: unknown, options: Omit<TermOptions, 'contract' | 'name'>): NewContract {
  const named = (contract: ContractDocument) =>
    Object.entries(contract.terms ?? {}).map(([name, term]) => ({ term, ...options, contract: contract.id, name }));
  const contract = readDocument(contractSchema, document, 'the contract', (given) => [
    ...orderFaults(given.from, given.to, ['to']),
    ...named(given).flatMap(({ term, ...of }) => termFaults(term, of, ['terms', of.name])),
  ]);
  const { terms: _, ...rest } = contract;
  return { ...rest, terms: named(contract).map(({ term, ...of }) => termOf(term, of)) };
}

/** A term is named in all of an installation: cases hold its name and version. */
export const termId = (contract: string, name: string): string => `${contract}/${name}`;

function termOf(document: TermDocument, { contract, name, at }: TermOptions): NewTerm {
  const { patientAt = [] } = document.jurisdictions ?? {};
  const { jurisdictions, levels = [], payers = [], priors, quality, price, validFrom, ...rest } = document;
  return {
    ...{ sites: [], modalities: [], bodyRegions: [], procedures: [], hours: [], holidays: [], outOfHours: false },
    ...{ subspecialty: { required: 'none' }, critical: 'standard', delivery: [], subProcessors: [] },
    ...rest,
    ...{ id: termId(contract, name), contract, validFrom: validFrom ?? new Date(at).toISOString() },
    levels: levelsOfAll(
      levels.map((level) => ({ from: 'ready', until: 'final', measure: 'each', pauses: [], ...level })),
    ),
    payers: payers.map((payer) => ({ readType: '*', readerAt: '*', ...payer })),
    jurisdictions: { patientAt: [], readerMayBeAt: [], dataMayRestAt: patientAt, blocked: [], ...jurisdictions },
    priors: { lookbackMonths: 24, maxStudies: 5, modalities: [], required: false, ...priors },
    quality: { secondReadRate: 0.05, newStarterCases: 100, blind: true, ...quality },
    price: { multipliers: {}, ...price },
  } as NewTerm;
}

/** A priority of which nothing is said has what the next less urgent has: no case goes without a clock for a word. */
function levelsOfAll(levels: readonly ServiceLevel[]): ServiceLevel[] {
  let before: readonly ServiceLevel[] = [];
  return requestPriorities.flatMap((priority) => {
    const said = levels.filter((level) => level.priority === priority);
    before = said.length > 0 ? said : before.map((level) => ({ ...level, priority }));
    return before;
  });
}

/** What the form cannot say. */
function termFaults(term: TermDocument, { profiles }: TermOptions, root: Fault['path']): Fault[] {
  const { subspecialty, hours = [], holidays = [], levels = [], jurisdictions = {}, disclosure, volume } = term;
  const faults: Fault[] = [];
  const fault = (path: Fault['path'], message: string) => void faults.push({ path: [...root, ...path], message });
  faults.push(...orderFaults(term.validFrom, term.validTo, [...root, 'validTo']));
  if (subspecialty?.relaxAt !== undefined && subspecialty.required !== 'hard') {
    fault(['subspecialty', 'relaxAt'], 'there is nothing to relax: required is not hard');
  }
  hours.forEach(({ zone }, n) => {
    if (!isZone(zone)) fault(['hours', n, 'zone'], `no time zone ${zone}`);
  });
  holidays.forEach((day, n) => {
    if (!isDay(day)) fault(['holidays', n], `no day ${day}`);
  });
  if (term.outOfHours && hours.length === 0) fault(['outOfHours'], 'without hours there is no time outside them');
  const clocks = levels.map(({ priority, from = 'ready', until = 'final' }) => `${priority}: ${from} to ${until}`);
  levels.forEach(({ from = 'ready', until = 'final' }, n) => {
    if (clockMoments.indexOf(from) >= clockMoments.indexOf(until))
      fault(['levels', n, 'until'], `${until} is not after ${from}`);
    if (clocks.indexOf(clocks[n]!) < n) fault(['levels', n], `a level before is of ${clocks[n]}`);
  });
  const { patientAt = [], readerMayBeAt = [], dataMayRestAt = patientAt, blocked = [] } = jurisdictions;
  if (dataMayRestAt.length === 0)
    fault(['jurisdictions'], 'says neither dataMayRestAt nor patientAt: data may rest nowhere');
  readerMayBeAt.forEach((place, n) => {
    if (anyHolds(blocked, place)) fault(['jurisdictions', 'readerMayBeAt', n], `${place} is blocked`);
  });
  if (disclosure.mode === 'pseudonymised' && profiles?.has(disclosure.profile) === false) {
    fault(['disclosure', 'profile'], `no profile ${disclosure.profile}; there are ${[...profiles].join(', ')}`);
  }
  if (volume?.max !== undefined && volume.max < (volume.min ?? 0)) fault(['volume', 'max'], 'is less than min');
  return faults;
}

/** The engine takes the 31st of February for the 3rd of March. */
function isDay(day: string): boolean {
  const at = Date.parse(day);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
}

function orderFaults(from: string | undefined, to: string | undefined, path: Fault['path']): Fault[] {
  if (from === undefined || to === undefined || Date.parse(from) < Date.parse(to)) return [];
  return [{ path, message: `${to} is not after ${from}` }];
}
