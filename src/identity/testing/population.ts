// A seeded population of imaging patients and what several hospitals say of them over some years: names of many cultures
// made of syllables and of common names, habits of each site, and the errors that registration desks and modalities make.
// For tests and for bench/identity-accuracy.ts: it knows the truth, the engine does not.

import type { Assertion, Identifier, Sighting } from '../sighting.ts';
import { type Person, people } from './people.ts';
import { Random } from './random.ts';
import { type Site, sitesOf, writeSighting } from './sites.ts';

export interface Population {
  sightings: Sighting[];
  assertions: Assertion[];
  /** Who each sighting is of, in their order; and what is difficult about it. */
  truth: { person: string; tags: string[] }[];
}

export interface Profile {
  persons: number;
  seed: number;
  /** Times that every kind of error is as frequent as at an average site. */
  hardness: number;
}

export function makePopulation({ persons, seed, hardness }: Profile): Population {
  const random = new Random(seed);
  const sites = sitesOf(random, 5 + random.below(3));
  const rows: { sighting: Sighting; person: string; tags: string[] }[] = [];
  const assertions: Assertion[] = [];
  for (const person of people(random, persons)) {
    const known: Identifier[] = [];
    for (const site of sites.filter(() => random.chance(0.42)))
      visit(random, person, site, hardness, known, rows, assertions);
  }
  strangers(random, sites, rows, persons);
  overlays(random, sites, rows);
  rows.sort((a, b) => (a.sighting.timestamp < b.sighting.timestamp ? -1 : 1));
  rows.forEach(({ sighting }, at) => {
    sighting.id = `R${at}`;
  });
  return {
    sightings: rows.map(({ sighting }) => sighting),
    assertions,
    truth: rows.map(({ person, tags }) => ({ person, tags })),
  };
}

type Rows = { sighting: Sighting; person: string; tags: string[] }[];

/** All of one person's examinations at one site, under one number or, now and then, two. */
function visit(
  random: Random,
  person: Person,
  site: Site,
  hardness: number,
  known: Identifier[],
  rows: Rows,
  assertions: Assertion[],
): void {
  const numbers = [site.nextNumber()];
  if (random.chance(0.07 * hardness)) numbers.push(site.nextNumber());
  for (const number of numbers) {
    const registered = writeSighting(random, person, site, number, hardness);
    const stranger = random.chance(0.006) ? asStranger(random, person) : undefined;
    for (let study = 0; study <= random.skewed(4); study++) {
      const sighting = registered(study);
      if (known.length > 0 && random.chance(0.04)) sighting.otherPatientIds = [random.pick(known)];
      if (study === 0 && stranger !== undefined)
        rows.push({ ...stranger, sighting: { ...sighting, ...stranger.sighting } });
      else rows.push({ sighting, person: person.id, tags: person.tags });
    }
  }
  known.push(...numbers.map((id) => ({ issuer: site.issuer, id })));
  if (numbers.length === 2 && random.chance(0.4)) {
    const of = numbers.map((id) => ({ issuer: site.issuer, id })) as [
      { issuer: string; id: string },
      { issuer: string; id: string },
    ];
    assertions.push({
      id: `A40-${site.name}-${numbers[0]}`,
      type: 'same',
      of,
      authoritative: true,
      timestamp: '2027-01-01T00:00:00Z',
    });
  }
}

/** What the first sighting under a number says before the name is known: it stays with the person who is named later. */
function asStranger(random: Random, person: Person): { sighting: Partial<Sighting>; person: string; tags: string[] } {
  const isBaby = person.birthDate >= '2021';
  const name = isBaby
    ? `${person.family}^${random.pick(['BABY BOY', 'BABY GIRL', 'BG'])}`
    : `TRAUMA^${random.digits(4)}`;
  const birthDate = isBaby ? person.birthDate : '19000101';
  const unsaid = { address: '', phone: '', nationalId: '' };
  return {
    sighting: { name, birthDate, ...unsaid },
    person: person.id,
    tags: [isBaby ? 'newborn_named' : 'trauma_resolved'],
  };
}

/** Trauma, newborn and test patients: nobody by what they are called. */
function strangers(random: Random, sites: Site[], rows: Rows, persons: number): void {
  for (let number = 0; number < persons / 120; number++) {
    const site = random.pick(sites);
    const [tag, name, date] = random.pick([
      ['trauma', `TRAUMA^${random.pick(['OSCAR', 'PAPA', 'SIERRA', 'TANGO'])}${number}`, '19000101'],
      ['trauma', random.pick(['DOE^JANE', 'UNKNOWN^UNKNOWN', 'INCONNU^X', 'NN^NN']), random.pick(['', '19700101'])],
      [
        'newborn',
        `${random.pick(['HALVORSEN', 'OYELARAN', 'BRANCATO'])}^${random.pick(['BABYGIRL', 'BABY BOY', 'BOY B', 'NEWBORN'])}`,
        '20260214',
      ],
      ['test', random.pick(['TEST^TEST', 'PHANTOM^CT', 'ZZZTEST^MR', 'QA^DAILY']), ''],
    ] as const);
    const patientId = tag === 'test' ? random.pick(['000000', '999999', 'TEST1']) : site.nextNumber();
    const sighting = {
      id: '',
      site: site.name,
      issuer: site.issuer,
      patientId,
      name,
      birthDate: date,
      sex: random.pick(['M', 'F']),
      timestamp: random.time(),
    };
    rows.push({
      sighting,
      person: tag === 'test' ? `${tag} ${site.name} ${patientId} ${name}` : `${tag} ${number}`,
      tags: [tag],
    });
  }
}

/** One study stored under a stranger's number. */
function overlays(random: Random, sites: Site[], rows: Rows): void {
  const own = rows.length;
  for (let number = 0; number < own / 1500; number++) {
    const [victim, owner] = [rows[random.below(own)]!, rows[random.below(own)]!];
    if (owner.person === victim.person || victim.tags.length > 0 || owner.tags.length > 0) continue;
    const site = sites.find(({ name }) => name === owner.sighting.site)!;
    const { name, birthDate, sex } = victim.sighting;
    const sighting = {
      id: '',
      site: site.name,
      issuer: site.issuer,
      patientId: owner.sighting.patientId,
      name,
      timestamp: random.time(),
    };
    rows.push({
      sighting: { ...sighting, birthDate: birthDate ?? '', sex: sex ?? '' },
      person: victim.person,
      tags: ['overlay'],
    });
  }
}
