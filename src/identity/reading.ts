// A sighting as facts: the normalisation of everything in it, once. What the model knows of sites and placeholders is
// applied here, so everything behind deals with values that mean something.

import { placeholderDates, readBirthDate } from './birth-date.ts';
import { readAddress, readNationalId, readPhone } from './contact.ts';
import { type Facts, guessedFlag, noFacts, sexBits } from './facts.ts';
import { fold } from './fold.ts';
import type { Model } from './model.ts';
import { type NameForm, readName } from './name-forms.ts';
import type { NameKind } from './name-words.ts';
import type { Identifier, RegistrationKey, Sighting } from './sighting.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface ReadSighting {
  key: RegistrationKey;
  issuer: string;
  kind: NameKind;
  facts: Facts;
  /** Registrations the source says are the same patient's. */
  claims: RegistrationKey[];
}

const limits = {
  /** Bits by which a reading of a name may be less usual than the most usual one. */
  plausible: 5,
  /** Share of people with a family name of two words. */
  compound: 0.05,
};

export class Reader {
  private readonly model: Model;
  private readonly vocabulary: Vocabulary;
  private readonly phones: Set<string>;
  private readonly nationals: Set<string>;
  private readonly addresses: Set<string>;
  private readonly dates: Set<number>;
  private readonly names: Set<string>;
  private readonly numbers: Set<RegistrationKey>;
  /** By issuer, the prefixes of all sites that mean it: whoever names an identifier need not say which site wrote it. */
  private readonly prefixes = new Map<string, string[]>();

  constructor(model: Model, vocabulary: Vocabulary) {
    const { phones, nationals, addresses, dates, names, numbers } = model.placeholders;
    this.model = model;
    this.vocabulary = vocabulary;
    this.phones = new Set(phones);
    this.nationals = new Set(nationals);
    this.addresses = new Set(addresses);
    this.dates = new Set([...placeholderDates, ...dates]);
    this.names = new Set(names);
    this.numbers = new Set(numbers);
    for (const [site, { issuer, prefixes }] of Object.entries(model.sites)) {
      for (const means of new Set([issuer ?? normaliseIssuer(site), normaliseIssuer(site)])) {
        const known = new Set([...(this.prefixes.get(means) ?? []), ...prefixes]);
        this.prefixes.set(means, [...known].sort(byLength));
      }
    }
  }

  read(sighting: Sighting): ReadSighting {
    const issuer = this.issuerOf(sighting);
    const names = this.namesOf(sighting);
    const key = this.keyOf(sighting, issuer, names.kind);
    const claims = (sighting.otherPatientIds ?? []).map((other) => this.keyOfIdentifier(other));
    const facts = noFacts();
    if (names.kind === 'person' || names.kind === 'none') this.describe(sighting, names.forms, facts);
    return { key, issuer, kind: names.kind, facts, claims: claims.filter((claim) => claim !== key) };
  }

  /** The key of an identifier named in a message: MRG-1, Other Patient IDs, a query. */
  keyOfIdentifier({ issuer, id }: Identifier): RegistrationKey {
    return registrationKey(issuer, this.plainId(id, issuer));
  }

  private describe(sighting: Sighting, forms: NameForm[], facts: Facts): void {
    for (const form of this.plausible(forms)) facts.forms.push(...this.words(form));
    const date = readBirthDate(sighting.birthDate);
    if (date !== 0 && !this.dates.has(date)) facts.dates.push(date);
    facts.sexes = sexBits[(sighting.sex ?? '').trim().toUpperCase().slice(0, 1)] ?? 0;
    const national = readNationalId(sighting.nationalId);
    if (national && !this.nationals.has(`${national.high}:${national.low}`)) {
      facts.nationals.push(national.high, national.low);
    }
    const phone = readPhone(sighting.phone);
    if (phone && !this.phones.has(`${phone.high}:${phone.low}`)) facts.phones.push(phone.high, phone.low);
    const address = readAddress(sighting.address);
    if (address && !this.addresses.has(`${address.number}:${address.street}`)) {
      facts.addresses.push(address.number, address.street, address.letters, address.place);
    }
  }

  /** Of guessed readings those whose words are used as family and as given name in this population. */
  private plausible(forms: NameForm[]): NameForm[] {
    const guessed = forms.filter((form) => form.guessed);
    if (guessed.length < 2) return forms;
    const scores = guessed.map((form) => this.plausibility(form));
    const least = Math.max(...scores) - limits.plausible;
    const kept = guessed.filter((_, at) => scores[at]! >= least);
    const [only, ...others] = kept;
    const settled = others.length === 0 ? [{ ...only!, guessed: false }] : kept;
    return [...forms.filter((form) => !form.guessed), ...settled];
  }

  /** log2 of how usual it is to see these words in these roles. */
  private plausibility({ family, familyFirst, familySecond, given, givenFirst, middle }: NameForm): number {
    const { familyNames, givenNames, rareName } = this.model;
    const share = (names: Record<string, number>, word: string): number => names[word] ?? rareName / 2;
    const whole = familySecond === '' ? share(familyNames, family) : 0;
    const parts =
      share(familyNames, familyFirst) * (familySecond === '' ? 1 : share(familyNames, familySecond) * limits.compound);
    const first = Math.max(share(givenNames, givenFirst), share(givenNames, given));
    const second = middle.length > 1 ? share(givenNames, middle) : 1;
    return (
      Math.log2(Math.max(whole, parts)) + Math.log2(first) + (givenFirst.length === 1 ? -8 : 0) + Math.log2(second)
    );
  }

  private namesOf(sighting: Sighting): { kind: NameKind; forms: NameForm[] } {
    const first = readName(sighting.name);
    if (first.kind !== 'person' && first.kind !== 'none') return first;
    const placeholder =
      first.forms[0] !== undefined && this.names.has(`${first.forms[0].family} ${first.forms[0].given}`);
    if (placeholder) return { kind: 'temporary', forms: [] };
    const forms = [...first.forms];
    for (const other of sighting.otherNames ?? []) forms.push(...readName(other).forms);
    const birth = sighting.birthName === undefined ? [] : readName(sighting.birthName).forms;
    for (const form of birth) {
      const given = form.given === '' ? first.forms[0] : undefined;
      forms.push(given === undefined ? form : { ...given, ...familyOf(form) });
    }
    return { kind: forms.length > 0 ? 'person' : first.kind, forms };
  }

  private words(form: NameForm): number[] {
    const { vocabulary } = this;
    return [
      vocabulary.intern(form.family),
      vocabulary.intern(form.familyFirst),
      vocabulary.intern(form.familySecond),
      vocabulary.intern(form.given),
      vocabulary.intern(form.givenFirst),
      vocabulary.intern(form.middle),
      form.generation | (form.guessed ? guessedFlag : 0),
    ];
  }

  private issuerOf({ issuer, site }: Sighting): string {
    return normaliseIssuer(issuer) || this.model.sites[site]?.issuer || normaliseIssuer(site);
  }

  /**
   * Issuer and number. A number that stands for none, and one given to test patients, names nobody by itself: the name
   * and date are added, so that records which share it are no registration.
   */
  private keyOf(sighting: Sighting, issuer: string, kind: NameKind): RegistrationKey {
    const id = this.plainId(sighting.patientId, issuer, sighting.site);
    if (id === '') return registrationKey(issuer, `?${sighting.id}`);
    const key = registrationKey(issuer, id);
    if (kind === 'test') return `${key}|${fold(sighting.name)}`;
    return fillerId.test(id) || this.numbers.has(key)
      ? `${key}|${fold(sighting.name)}|${sighting.birthDate ?? ''}`
      : key;
  }

  private plainId(id: string, issuer: string, site?: string): string {
    const written = id.trim().toUpperCase();
    const prefixes = this.model.sites[site ?? '']?.prefixes ?? this.prefixes.get(normaliseIssuer(issuer));
    const prefix = prefixes?.find((prefix) => written.startsWith(prefix)) ?? '';
    return plainNumber(written.slice(prefix.length));
  }
}

/** The longest first. */
export const byLength = (a: string, b: string): number => b.length - a.length || (a < b ? -1 : 1);

const fillerId = /^(?:(.)\1{2,}|0|1?23456?7?8?9?0?|NONE|NA|N\/A|UNKNOWN|UNK|TEMP|TEST|NULL|X+)$/;

/** Without the zeros that come and go before it. */
export const plainNumber = (id: string): string =>
  id
    .trim()
    .toUpperCase()
    .replace(/^0+(?=.)/, '');

export const normaliseIssuer = (issuer: string): string => issuer.trim().toUpperCase();

export const registrationKey = (issuer: string, id: string): RegistrationKey => `${normaliseIssuer(issuer)}|${id}`;

/** The reverse, as far as a number goes; what tells apart those who share one is left out. */
export function identifierOf(key: RegistrationKey): Identifier {
  const [issuer = '', id = ''] = key.split('|');
  return { issuer, id };
}

const familyOf = ({ family, familyFirst, familySecond }: NameForm) => ({ family, familyFirst, familySecond });
