// Patients as two hospitals registered them, as many as wanted without holding them: what speed is measured on. Accuracy is
// measured on populations with errors (src/identity/testing/population.ts).

import { type Person, people } from '../../src/identity/testing/people.ts';
import { Random } from '../../src/identity/testing/random.ts';
import type { LoggedSighting } from '../../src/ingest/identify/logged.ts';

const hospitals = ['NORTH', 'SOUTH'];

/** Everybody at one hospital, every second person at the other as well. */
export function* registrations(persons: number, seed = 41): Generator<LoggedSighting> {
  let number = 0;
  for (const person of people(new Random(seed), persons)) {
    const times = number % 2 === 0 ? 2 : 1;
    for (let time = 0; time < times; time++) yield registrationOf(person, hospitals[(number + time) % 2]!, number);
    number++;
  }
}

function registrationOf(person: Person, hospital: string, number: number): LoggedSighting {
  return {
    site: hospital,
    issuer: hospital,
    patientId: `${100_000 + number}`,
    name: [person.family, person.given, person.middle].join('^'),
    birthDate: person.birthDate,
    sex: person.sex,
    address: person.addresses[0]!,
    phone: person.phones[0]!,
    nationalId: person.nationalId,
    timestamp: new Date(Date.UTC(2020, 0, 1) + number * 60_000).toISOString(),
    medium: 'hl7',
  } as LoggedSighting;
}
