// How well records of one person are found, and how often two people are taken for one: on populations made here with
// other names, sites, habits and errors for each seed, and on the shared sample where it lies (FASCIA_SHARED). The model is
// estimated from each population itself. One line for each.
// Usage: identity-accuracy [PERSONS]

import { reconcile } from '../src/identity/batch.ts';
import { makePopulation } from '../src/identity/testing/population.ts';
import { type Score, scoreOf } from '../src/identity/testing/score.ts';
import { febrlSets } from './support/febrl.ts';
import { imagingSample } from './support/imaging-sample.ts';

const persons = Number(process.argv[2] ?? 10_000);

const line = (
  name: string,
  { records, precision, recall, recallWithReview, reviewsPer10k, impurePer10k, falsePairsByTag }: Score,
): string =>
  `${name.padEnd(18)} records ${records}  P ${precision.toFixed(5)}  R ${recall.toFixed(4)}  with review ${recallWithReview.toFixed(4)}  ` +
  `per 10k: reviews ${reviewsPer10k.toFixed(0)}, impure ${impurePer10k.toFixed(2)}  false pairs ${JSON.stringify(falsePairsByTag)}`;

for (const [profile, hardness] of [
  ['standard', 1],
  ['hard', 2.5],
] as const) {
  for (const seed of [11, 12, 13]) {
    const population = makePopulation({ persons, seed, hardness });
    const score = scoreOf(population, reconcile(population.sightings, population.assertions));
    console.log(line(`${profile} ${seed}`, score));
  }
}
for (const [name, population] of [...imagingSample(), ...febrlSets()]) {
  console.log(line(name, scoreOf(population, reconcile(population.sightings, population.assertions))));
}
