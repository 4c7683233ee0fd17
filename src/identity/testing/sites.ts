// How each hospital of a made-up population writes what it is told: its numbers, its order of names, its unknowns; and how
// its desks and modalities get things wrong.

import type { Sighting } from '../sighting.ts';
import type { Person } from './people.ts';
import type { Random } from './random.ts';

export interface Site {
  name: string;
  issuer: string;
  style: 'caret' | 'upper' | 'comma' | 'spaces';
  prefix: string;
  width: number;
  unknownDate: string;
  nextNumber(): string;
}

const placeholders = {
  phones: ['0000000000', '111-111-1111', '800-000-0000'],
  addresses: ['NO FIXED ABODE', 'UNKNOWN', 'REFUSED'],
  nationals: ['0000000000', '8888888888'],
};

export function sitesOf(random: Random, count: number): Site[] {
  return Array.from({ length: count }, (_, at) => {
    let number = 30_000 * (1 + random.below(9));
    const width = random.pick([6, 7, 8]);
    const lead = random.chance(0.2) ? 'K' : '';
    return {
      name: `CLINIC${at}`,
      issuer: random.chance(0.5) ? `CLINIC${at}` : `1.3.6.1.4.1.99999.${at}&ISO`,
      style: random.pick(['caret', 'upper', 'comma', 'spaces'] as const),
      prefix: random.chance(0.5) ? `${random.pick(['MR', 'H', 'W', 'ST'])}-` : '',
      width,
      unknownDate: random.pick(['', '19000101', '19010101', '18991231']),
      nextNumber: () => {
        number += 1 + random.below(3);
        return lead + String(number).padStart(width, '0');
      },
    };
  });
}

/** What one registration says, errors made once; each study repeats it with the slips of its own modality. */
export function writeSighting(
  random: Random,
  person: Person,
  site: Site,
  number: string,
  hardness: number,
): (study: number) => Sighting {
  const slip = (probability: number): boolean => random.chance(probability * hardness);
  const family = slip(0.02) ? mistype(random, familyOf(random, person, slip)) : familyOf(random, person, slip);
  const plain = person.forms.length > 0 && slip(0.07) ? random.pick(person.forms) : person.given;
  const given = slip(0.02) ? mistype(random, plain) : plain;
  const middle =
    person.middle === '' || random.chance(0.45) ? '' : random.chance(0.5) ? person.middle[0]! : person.middle;
  const generation = person.generation !== '' && random.chance(0.4) ? person.generation : '';
  const [first, second] = slip(0.02) ? [given, family] : [family, given];
  const birthDate = dateOf(random, person.birthDate, site, slip);
  const address = random.chance(0.48)
    ? maybe(random, random.pick(person.addresses), placeholders.addresses, slip)
    : undefined;
  const phone = random.chance(0.42)
    ? maybe(random, phoneOf(random, random.pick(person.phones)), placeholders.phones, slip)
    : undefined;
  const ownId = person.relativesId !== undefined && slip(0.003) ? person.relativesId : person.nationalId;
  const nationalId = random.chance(0.34) ? maybe(random, ownId, placeholders.nationals, slip) : undefined;
  const sex = slip(0.01) ? (person.sex === 'M' ? 'F' : 'M') : slip(0.02) ? '' : person.sex;
  const begun = random.time();
  return (study) => ({
    id: '',
    site: site.name,
    issuer: random.chance(0.15) ? '' : site.issuer,
    patientId:
      site.prefix !== '' && random.chance(0.05)
        ? site.prefix + number
        : random.chance(0.01)
          ? number.replace(/^0+/, '')
          : number,
    name: nameOf(site, first, second, middle, generation),
    birthDate,
    sex,
    timestamp: study === 0 ? begun : random.time(),
    ...(study === 0 && address !== undefined
      ? { address: random.chance(0.5) ? address.toUpperCase() : short(address) }
      : {}),
    ...(study === 0 && phone !== undefined ? { phone } : {}),
    ...(nationalId !== undefined && random.chance(0.7) ? { nationalId } : {}),
    medium: study === 0 ? 'hl7' : 'dicom',
  });
}

function familyOf(random: Random, person: Person, slip: (probability: number) => boolean): string {
  if (person.birthFamily !== undefined && random.chance(0.35)) {
    return random.chance(0.25) ? `${person.birthFamily}-${person.family}` : person.birthFamily;
  }
  return person.familyForms.length > 0 && slip(0.12) ? random.pick(person.familyForms) : person.family;
}

function dateOf(random: Random, date: string, site: Site, slip: (probability: number) => boolean): string {
  if (slip(0.015)) return site.unknownDate;
  if (slip(0.006)) return date.slice(0, 4);
  if (slip(0.006)) return `${date.slice(0, 4)}0101`;
  if (Number(date.slice(6)) <= 12 && slip(0.01)) return date.slice(0, 4) + date.slice(6) + date.slice(4, 6);
  if (slip(0.012)) return `${date.slice(0, 6)}${String(1 + random.below(28)).padStart(2, '0')}`;
  return slip(0.006) ? `${Number(date.slice(0, 4)) + random.pick([-1, 1])}${date.slice(4)}` : date;
}

function nameOf({ style }: Site, family: string, given: string, middle: string, generation: string): string {
  if (style === 'comma') return `${family}, ${[given, middle, generation].filter((part) => part !== '').join(' ')}`;
  if (style === 'spaces') return [family, given, middle].filter((part) => part !== '').join(' ');
  const text = [family, given, middle, '', generation].join('^').replace(/\^+$/, '');
  return style === 'upper' ? text.toUpperCase() : text;
}

function mistype(random: Random, text: string): string {
  const at = random.below(text.length);
  return random.pick([
    text.slice(0, at) + text.slice(at + 1),
    text.slice(0, at) + text[at]! + text.slice(at),
    text.slice(0, at) + (text[at + 1] ?? '') + text[at] + text.slice(at + 2),
    `${text.slice(0, at)}${random.pick(['a', 'e', 'n', 's', 'r'])}${text.slice(at + 1)}`,
  ]);
}

const maybe = (random: Random, value: string, unknowns: string[], slip: (probability: number) => boolean): string =>
  slip(0.03) ? random.pick(unknowns) : value;

const phoneOf = (random: Random, digits: string): string =>
  random.pick([
    digits,
    `+1${digits}`,
    `(${digits.slice(0, 3)}) ${digits.slice(3, 6)}-${digits.slice(6)}`,
    `${digits.slice(0, 3)}-${digits.slice(3, 6)}-${digits.slice(6)}`,
  ]);

const short = (address: string): string =>
  address
    .replace('Street', 'St')
    .replace('Avenue', 'Ave')
    .replace('Road', 'Rd')
    .replace('Lane', 'Ln')
    .replace('Court', 'Ct')
    .replace(' Apt ', ' #');
