// Names and numbers that a feed writes for whoever it does not know, learned from how many different people stand under
// them: those of a person have one birth date and one given name, whatever was mistyped.

import { readBirthDate } from './birth-date.ts';
import { sexBits } from './facts.ts';
import type { SiteProfile } from './model.ts';
import { readName } from './name-forms.ts';
import { normaliseIssuer, plainNumber, registrationKey } from './reading.ts';
import type { RegistrationKey, Sighting } from './sighting.ts';

const limits = {
  /** Birth dates under one name. */
  nameDates: 8,
  /** Share of all with the family name that the name must have: a frequent family name has many given names. */
  ofFamily: 0.5,
  /** Share of the rarer sex: a given name has one. */
  otherSex: 0.15,
  /** Birth dates, and given names, under one number. An overlay has two people. */
  numberHolders: 6,
  /** How many of each are told apart. */
  counted: 64,
};

/** Family and given name, as Reader takes them. */
export function nobodysNames(sightings: Iterable<Sighting>): string[] {
  const names = new Map<string, { family: string; dates: Set<number>; registrations: Map<string, number> }>();
  const families = new Map<string, Set<string>>();
  for (const { name, birthDate, sex, site, issuer, patientId } of sightings) {
    const form = readName(name).forms[0];
    if (form === undefined || form.guessed || form.given === '') continue;
    const key = `${form.family} ${form.given}`;
    const seen = names.get(key) ?? { family: form.family, dates: new Set(), registrations: new Map() };
    names.set(key, seen);
    const registration = `${issuer || site}|${patientId}`;
    const date = readBirthDate(birthDate);
    if (date !== 0) addTo(seen.dates, date);
    seen.registrations.set(registration, sexBits[(sex ?? '').trim().toUpperCase().slice(0, 1)] ?? 0);
    families.set(form.family, (families.get(form.family) ?? new Set()).add(registration));
  }
  const isNobodys = ({ family, dates, registrations }: NonNullable<ReturnType<typeof names.get>>): boolean =>
    dates.size >= limits.nameDates &&
    registrations.size >= families.get(family)!.size * limits.ofFamily &&
    shareOfRarerSex([...registrations.values()]) >= limits.otherSex;
  return [...names]
    .filter(([, seen]) => isNobodys(seen))
    .map(([name]) => name)
    .toSorted();
}

function shareOfRarerSex(sexes: number[]): number {
  const counts = [sexBits.F, sexBits.M].map((sex) => sexes.filter((each) => each === sex).length);
  return Math.min(...counts) / Math.max(1, counts[0]! + counts[1]!);
}

export function nobodysNumbers(
  sightings: Iterable<Sighting>,
  sites: Readonly<Record<string, SiteProfile>>,
): RegistrationKey[] {
  const numbers = new Map<RegistrationKey, { dates: Set<number>; givens: Set<string> }>();
  for (const { name, birthDate, site, issuer, patientId } of sightings) {
    const number = plainNumber(patientId);
    const [form, date] = [readName(name).forms[0], readBirthDate(birthDate)];
    if (number === '' || form === undefined || date === 0) continue;
    const key = registrationKey(normaliseIssuer(issuer) || sites[site]?.issuer || normaliseIssuer(site), number);
    const seen = numbers.get(key) ?? { dates: new Set(), givens: new Set() };
    numbers.set(key, seen);
    addTo(seen.dates, date);
    addTo(seen.givens, form.givenFirst);
  }
  return [...numbers]
    .filter(([, { dates, givens }]) => Math.min(dates.size, givens.size) >= limits.numberHolders)
    .map(([key]) => key)
    .toSorted();
}

function addTo<T>(set: Set<T>, value: T): void {
  if (set.size < limits.counted) set.add(value);
}
