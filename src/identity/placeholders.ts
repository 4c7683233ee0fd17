// Values that a feed uses for "unknown", learned from how many different people share them: a phone of a household has a
// handful of names behind it, a placeholder has as many as there are records.

import { readBirthDate } from './birth-date.ts';
import { readAddress, readNationalId, readPhone } from './contact.ts';
import type { Placeholders, SiteProfile } from './model.ts';
import { readName } from './name-forms.ts';
import { nobodysNames, nobodysNumbers } from './nobodys.ts';
import type { Sighting } from './sighting.ts';

const limits = {
  /** Family names behind one phone or address before it is nobody's. */
  families: 6,
  /** People behind one national id. */
  holders: 5,
  /** Times that a birth date is more frequent than its neighbours in rank. */
  dateExcess: 6,
};

export function learnPlaceholders(
  sightings: Iterable<Sighting>,
  sites: Readonly<Record<string, SiteProfile>>,
): Placeholders {
  const [phones, nationals, addresses] = [
    new Map<string, Set<string>>(),
    new Map<string, Set<string>>(),
    new Map<string, Set<string>>(),
  ];
  const dates = new Map<number, Set<string>>();
  for (const sighting of sightings) {
    const form = readName(sighting.name).forms[0];
    if (form === undefined) continue;
    const names = [form.familyFirst, form.givenFirst].toSorted();
    const phone = readPhone(sighting.phone);
    if (phone) note(phones, `${phone.high}:${phone.low}`, names[0]!);
    const address = readAddress(sighting.address);
    if (address) note(addresses, `${address.number}:${address.street}`, `${names[0]}${address.place}`);
    const national = readNationalId(sighting.nationalId);
    if (national) note(nationals, `${national.high}:${national.low}`, `${names.join()} ${sighting.birthDate ?? ''}`);
    const date = readBirthDate(sighting.birthDate);
    if (date !== 0) note(dates, date, names.join());
  }
  return {
    phones: over(phones, limits.families),
    nationals: over(nationals, limits.holders),
    addresses: over(addresses, 20),
    dates: unusualDates(dates),
    names: nobodysNames(sightings),
    numbers: nobodysNumbers(sightings, sites),
  };
}

function note<K>(table: Map<K, Set<string>>, key: K, holder: string): void {
  const holders = table.get(key);
  if (holders === undefined) table.set(key, new Set([holder]));
  else if (holders.size < 1000) holders.add(holder);
}

const over = (table: Map<string, Set<string>>, most: number): string[] =>
  [...table]
    .filter(([, holders]) => holders.size > most)
    .map(([value]) => value)
    .toSorted();

/** Dates with many more names than the busiest ordinary day. */
function unusualDates(dates: Map<number, Set<string>>): number[] {
  const sizes = [...dates.values()].map((names) => names.size).toSorted((a, b) => a - b);
  const ordinary = sizes[Math.floor(sizes.length * 0.99)] ?? 0;
  const most = Math.max(8, ordinary * limits.dateExcess);
  return [...dates]
    .filter(([date, names]) => date % 10_000 !== 0 && names.size > most)
    .map(([date]) => date)
    .toSorted((a, b) => a - b);
}
