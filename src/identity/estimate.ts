// The model of a population, from its own records and without labels: what its sites do, which values mean "unknown", how
// common each name is, and by expectation-maximisation how often values agree among records of one person.

import { readBirthDate } from './birth-date.ts';
import { learnLevels } from './learn-levels.ts';
import { type Model, priorModel } from './model.ts';
import { readName } from './name-forms.ts';
import { learnPlaceholders } from './placeholders.ts';
import type { Sighting } from './sighting.ts';
import { learnSites } from './site-profile.ts';

const limits = {
  leastNameCount: 2,
  /** Birth dates under one whole name before its share is known. */
  leastBearers: 3,
};

/** A model of these sightings, starting from `from`. */
export function estimateModel(
  sightings: Iterable<Sighting> & { length: number },
  version: string,
  from: Model = priorModel,
): Model {
  return learnLevels(sightings, { ...from, version, ...describeFeed(sightings) });
}

/** What is counted and not estimated: names, habits of sites, values that mean "unknown". */
export function describeFeed(
  sightings: Iterable<Sighting>,
): Pick<
  Model,
  'sites' | 'placeholders' | 'familyNames' | 'givenNames' | 'rareName' | 'population' | 'fullNames' | 'nameAffinity'
> {
  const sites = learnSites(sightings);
  return {
    sites,
    placeholders: learnPlaceholders(sightings, sites),
    ...nameShares(sightings),
    ...wholeNames(sightings),
  };
}

/** Shares among registrations, each name of a registration once. */
function nameShares(
  sightings: Iterable<Sighting>,
): Pick<Model, 'familyNames' | 'givenNames' | 'rareName' | 'population'> {
  const families = new Map<string, number>();
  const givens = new Map<string, number>();
  const seen = new Set<string>();
  const registrations = new Set<string>();
  for (const sighting of sightings) {
    registrations.add(`${sighting.site}|${sighting.patientId}`);
    const { forms } = readName(sighting.name);
    for (const form of forms) {
      if (form.guessed) continue;
      const key = `${sighting.site}|${sighting.patientId}|${form.family}|${form.givenFirst}`;
      if (seen.has(key)) continue;
      seen.add(key);
      for (const word of new Set([form.family, form.familyFirst, form.familySecond])) count(families, word);
      for (const word of new Set([form.given, form.givenFirst])) count(givens, word);
    }
  }
  const total = Math.max(1, registrations.size);
  return {
    population: total,
    rareName: Math.max(1 / total, 0.00002),
    familyNames: shares(families, total),
    givenNames: shares(givens, total),
  };
}

/** Shares among people, as far as they can be told apart by name and birth date; and how far families have given names of their own. */
function wholeNames(sightings: Iterable<Sighting>): Pick<Model, 'fullNames' | 'nameAffinity'> {
  const bearers = new Map<string, Set<number>>();
  for (const { name, birthDate } of sightings) {
    const form = readName(name).forms[0];
    const date = readBirthDate(birthDate);
    if (form === undefined || form.guessed || date % 10_000 <= 101) continue;
    const full = `${form.family}^${form.givenFirst}`;
    const dates = bearers.get(full);
    if (dates === undefined) bearers.set(full, new Set([date]));
    else dates.add(date);
  }
  const people = [...bearers.values()].reduce((sum, dates) => sum + dates.size, 0);
  const shared = [...bearers].filter(([, dates]) => dates.size >= limits.leastBearers);
  return {
    fullNames: Object.fromEntries(shared.map(([full, dates]) => [full, dates.size / people])),
    nameAffinity: affinityOf(bearers, people),
  };
}

/** How much more often two people agree on both names than they would if each were drawn by itself. */
function affinityOf(bearers: ReadonlyMap<string, ReadonlySet<number>>, people: number): number {
  const [families, givens] = [new Map<string, number>(), new Map<string, number>()];
  const whole = new Map<string, number>();
  for (const [full, { size }] of bearers) {
    const [family, given] = full.split('^') as [string, string];
    families.set(family, (families.get(family) ?? 0) + size);
    givens.set(given, (givens.get(given) ?? 0) + size);
    whole.set(full, size);
  }
  const agreeing = (table: ReadonlyMap<string, number>): number =>
    [...table.values()].reduce((sum, size) => sum + size * (size - 1), 0) / (people * (people - 1));
  const byChance = agreeing(families) * agreeing(givens);
  return byChance > 0 ? Math.max(0, Math.log2(agreeing(whole) / byChance)) : 0;
}

function count(table: Map<string, number>, word: string): void {
  if (word !== '') table.set(word, (table.get(word) ?? 0) + 1);
}

const shares = (table: Map<string, number>, total: number): Record<string, number> =>
  Object.fromEntries(
    [...table].filter(([, times]) => times >= limits.leastNameCount).map(([word, times]) => [word, times / total]),
  );
