// Which records are looked at together. Every key has all its parts or is not made; a key that too many records share is
// passed over, each has a finer sibling that still finds what belongs together.

import {
  addressStride,
  digitsStride,
  type Facts,
  formFamily,
  formFamilyFirst,
  formFlags,
  formGivenFirst,
  formStride,
} from './facts.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Salts that keep the kinds of keys apart. */
const [nationalKey, phoneKey, addressKey, dateKey, yearKey, monthDayKey, nameKey, dateFamilyKey, monthKey, claimKey] = [
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
] as const;
const [houseKey, streetKey, numberHeadKey, numberTailKey, nameHouseKey, namePlaceKey] = [
  11, 12, 13, 14, 15, 16,
] as const;
const [wordKey, dayKey, wordInitialKey, yearMonthKey, yearDayKey, bareMonthDayKey] = [17, 18, 19, 20, 21, 22] as const;

/** Digits of a national number that are enough to look for it by either half. */
const half = 10_000;

/** The keys of `facts` in `keys`, each once; with `isWide` also those that find records with errors in most fields. */
export function keysOf(facts: Facts, vocabulary: Vocabulary, keys: Set<number>, isWide: boolean): Set<number> {
  keys.clear();
  if (isWide) wideKeys(facts, vocabulary, keys);
  const { nationals, phones, addresses, dates, forms, claims, registrations } = facts;
  for (let at = 0; at < nationals.length; at += digitsStride)
    keys.add(mix(nationalKey, nationals[at]!, nationals[at + 1]!));
  for (let at = 0; at < phones.length; at += digitsStride) keys.add(mix(phoneKey, phones[at]!, phones[at + 1]!));
  for (let at = 0; at < addresses.length; at += addressStride) {
    const [number, street, place] = [addresses[at]!, addresses[at + 1]!, addresses[at + 3]!];
    if (number !== 0) keys.add(mix(addressKey, number, street));
    if (place === 0) continue;
    if (number !== 0) keys.add(mix(houseKey, number, place));
    keys.add(mix(streetKey, street, place));
  }
  for (const claim of claims) keys.add(mix(claimKey, claim, 0));
  for (const registration of registrations) keys.add(mix(claimKey, registration, 0));
  for (let at = 0; at < forms.length; at += formStride) nameKeys(forms, at, dates, vocabulary, keys);
  return keys;
}

/**
 * Either half of the national number; each word of the name with house or postal code, or with the initial of the other word;
 * any two of year, month and day.
 */
function wideKeys({ nationals, addresses, forms, dates }: Facts, vocabulary: Vocabulary, keys: Set<number>): void {
  for (let at = 0; at < nationals.length; at += digitsStride) {
    const number = nationals[at]! * 1e9 + nationals[at + 1]!;
    if (number < half * 10) continue;
    let head = number;
    while (head >= half) head = Math.floor(head / 10);
    keys.add(mix(numberHeadKey, head, 0)).add(mix(numberTailKey, number % half, 0));
  }
  for (let form = 0; form < forms.length; form += formStride) {
    const [family, given] = [forms[form + formFamilyFirst]!, forms[form + formGivenFirst]!];
    if (family === 0 || given === 0) continue;
    for (const [word, other] of [
      [family, given],
      [given, family],
    ] as const) {
      keys.add(mix(wordInitialKey, vocabulary.canonicalOf(word), vocabulary.initialOf(other)));
    }
  }
  for (const date of dates) {
    const monthDay = date % 10_000;
    if (monthDay === 0) continue;
    keys.add(mix(yearMonthKey, Math.floor(date / 100), 0)).add(mix(bareMonthDayKey, monthDay, 0));
    keys.add(mix(yearDayKey, Math.floor(date / 10_000), date % 100));
  }
  for (let at = 0; at < addresses.length; at += addressStride) {
    for (let form = 0; form < forms.length; form += formStride) {
      for (const word of [forms[form + formFamilyFirst]!, forms[form + formGivenFirst]!]) {
        if (word === 0) continue;
        const sound = vocabulary.canonicalOf(word);
        if (addresses[at] !== 0) keys.add(mix(nameHouseKey, sound, addresses[at]!));
        if (addresses[at + 3] !== 0) keys.add(mix(namePlaceKey, sound, addresses[at + 3]!));
      }
    }
  }
}

function nameKeys(forms: number[], at: number, dates: number[], vocabulary: Vocabulary, keys: Set<number>): void {
  const family = forms[at + formFamily]!;
  const first = forms[at + formFamilyFirst]!;
  const given = forms[at + formGivenFirst]!;
  const familySound = vocabulary.canonicalOf(first);
  const givenSound = vocabulary.canonicalOf(given);
  const pair = family === 0 || given === 0 ? 0 : unordered(familySound, givenSound);
  const familiar = pair === 0 ? 0 : unordered(vocabulary.familiarOf(first), vocabulary.familiarOf(given));
  if (pair !== 0) keys.add(mix(nameKey, pair, 0));
  for (const date of dates) {
    const year = Math.floor(date / 10_000);
    const monthDay = date % 10_000;
    if (pair !== 0) keys.add(mix(yearKey, pair, year)).add(mix(yearKey, familiar, year));
    if (monthDay === 0) continue;
    if (pair !== 0) keys.add(mix(monthDayKey, pair, monthDay)).add(mix(monthDayKey, familiar, monthDay));
    for (const word of [family, first, given]) {
      if (word === 0) continue;
      keys.add(mix(dateKey, date, vocabulary.initialOf(word)));
      keys.add(mix(dateFamilyKey, date, vocabulary.canonicalOf(word)));
    }
    if (family !== 0) keys.add(mix(monthKey, familySound, Math.floor(date / 100)));
  }
}

/** Adds the keys by which a directory finds `facts`: every word of every name, and every date. */
export function directoryKeys({ forms, dates }: Facts, keys: Set<number>): void {
  for (let at = 0; at < forms.length; at++) {
    if (at % formStride !== formFlags && forms[at] !== 0) keys.add(keyOfWord(forms[at]!));
  }
  for (const date of dates) keys.add(keyOfDay(date));
}

export const keyOfWord = (word: number): number => mix(wordKey, word, 0);

export const keyOfDay = (date: number): number => mix(dayKey, date, 0);

/** The same for (a, b) and (b, a). */
const unordered = (a: number, b: number): number => ((a ^ b) + Math.imul(a & b, 31)) | 0 || 1;

/** 32 bits of three numbers. */
function mix(kind: number, a: number, b: number): number {
  let value = Math.imul(kind, 0x9e3779b1) ^ a;
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b) ^ b;
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  value ^= value >>> 16;
  return value === 0 ? 1 : value;
}
