// How long a question waits in process against many resident persons, by name, date and home and without a number, every third
// name lacking a letter; and how long it takes to take all of them in at once. By the model that is shipped.
// Usage: identity-match [PERSONS]

import { IdentityIndex } from '../src/identity/identity-index.ts';
import type { Sighting } from '../src/identity/sighting.ts';
import { percentiles } from './support/percentiles.ts';
import { registrations } from './support/registrations.ts';

const persons = Number(process.argv[2] ?? 1_000_000);
const questions = 8000;
const asked: Sighting[] = [];
const index = new IdentityIndex();

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;
const megabytes = (): string => `${Math.round(process.memoryUsage().rss / 1e6)} MB`;

let count = 0;
const beforeGathering = performance.now();
for (const said of registrations(persons)) {
  const registration = { ...said, id: `${++count}` } as Sighting;
  if (count % Math.ceil(persons / questions) === 0) asked.push(questionOf(registration));
  index.gather(registration);
}
console.log(`${count} registrations made and read in ${seconds(beforeGathering)}; ${megabytes()}`);

const beforeDeciding = performance.now();
index.decideAll();
console.log(`decided in ${seconds(beforeDeciding)}; ${megabytes()}`);

for (const run of ['first', 'again']) {
  const waits = asked.map((question) => {
    const since = performance.now();
    index.match(question, { limit: 3 });
    return performance.now() - since;
  });
  const sum = waits.reduce((total, wait) => total + wait, 0);
  const thousandths = percentiles(waits.map((wait) => wait * 1000)).replaceAll(' ms', ' µs');
  console.log(`$match, ${run}: ${thousandths}; ${Math.round((1000 * waits.length) / sum)}/s`);
}

function questionOf(said: Sighting): Sighting {
  const [family = '', given = ''] = said.name.split('^');
  const written = Number(said.patientId) % 3 === 0 ? family.slice(0, 2) + family.slice(3) : family;
  return { ...said, id: 'question', site: '', issuer: '', patientId: '', nationalId: '', name: `${written}^${given}` };
}
