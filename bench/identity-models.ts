// What a node gains by learning its model: who is who by the model that is shipped, and by one learned from the same
// records without labels; how long learning and its trial take; and how probabilities shown agree with the truth before and
// after half of the doubtful pairs were decided by people who are always right.
// Usage: identity-models [PERSONS]

import { reconcile } from '../src/identity/batch.ts';
import { makeCandidate } from '../src/identity/candidate.ts';
import { judgePairs, scoreDecided } from '../src/identity/decided-pairs.ts';
import { IdentityIndex } from '../src/identity/identity-index.ts';
import { type Model, priorModel } from '../src/identity/model.ts';
import type { Assertion } from '../src/identity/sighting.ts';
import { makePopulation, type Population } from '../src/identity/testing/population.ts';
import { scoreOf } from '../src/identity/testing/score.ts';
import { objectionsTo, tryModels } from '../src/identity/trial.ts';

const persons = Number(process.argv[2] ?? 5_000);
const draws = [1, 2.5].map((hardness, at) => makePopulation({ persons: 1_500, seed: 900 + at, hardness }));

console.log('| population | model | precision | recall | with review | reviews per 10k | persons of several |');
console.log('|---|---|---|---|---|---|---|');
for (const [name, seed, hardness] of [
  ['standard', 61, 1],
  ['standard', 62, 1],
  ['hard', 61, 2.5],
  ['hard', 62, 2.5],
] as const) {
  const population = makePopulation({ persons, seed, hardness });
  const copy = copyOf(population, []);
  const began = performance.now();
  const learned = makeCandidate(copy);
  const estimated = performance.now();
  const trial = tryModels(copy, { inForce: priorModel, candidate: learned }, draws);
  const tried = performance.now();
  for (const [what, model] of Object.entries({ shipped: priorModel, learned })) {
    const score = scoreOf(population, reconcile(population.sightings, population.assertions, model));
    const impure = Math.round((score.impurePer10k * score.records) / 10_000);
    console.log(
      `| ${name}, seed ${seed} (${score.records}) | ${what} | ${score.precision.toFixed(5)} | ${score.recall.toFixed(4)} | ` +
        `${score.recallWithReview.toFixed(4)} | ${score.reviewsPer10k.toFixed(0)} | ${impure} |`,
    );
  }
  const decisions = decisionsOf(population, learned);
  const taught = makeCandidate(
    copyOf(
      population,
      decisions.filter((_, at) => at % 2 === 0),
    ),
  );
  const held = decisions.filter((_, at) => at % 2 === 1);
  console.error(
    `${name} ${seed}: estimated in ${seconds(estimated - began)}, tried in ${seconds(tried - estimated)}, ` +
      `${trial.change.joined} persons joined, ${trial.change.split} split; objections: ` +
      `${objectionsTo(trial, { isFirst: true }).join('; ') || 'none'}; wrong by ${surpriseAt(learned, population, held)} bits for each ` +
      `pair held back before ${decisions.length - held.length} decisions, ${surpriseAt(taught, population, held)} after`,
  );
}

function copyOf({ sightings, assertions }: Population, decisions: readonly Assertion[]) {
  return { sightings, statements: [...assertions, ...decisions], ofSightings: sightings.length };
}

/** Every doubtful pair, decided as it is. */
function decisionsOf({ sightings, assertions, truth }: Population, model: Model): Assertion[] {
  return reconcile(sightings, assertions, model).reviews.map(({ a, b }, at) => ({
    id: `D${at}`,
    type: truth[a]!.person === truth[b]!.person ? 'same' : 'different',
    of: [identifierAt(a), identifierAt(b)],
    authoritative: true,
    timestamp: '2027-02-01T00:00:00Z',
    decidedBy: 'reviewer',
  }));

  function identifierAt(place: number) {
    const { issuer, site, patientId } = sightings[place]!;
    return { issuer: issuer || site, id: patientId };
  }
}

function surpriseAt(model: Model, { sightings, assertions }: Population, decisions: readonly Assertion[]): string {
  const index = new IdentityIndex(model);
  index.load(sightings, assertions);
  const pairs = decisions.map(({ of, type }) => ({ of, same: type === 'same' }));
  return scoreDecided(index, judgePairs(index, pairs)).surprise.toFixed(3);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
