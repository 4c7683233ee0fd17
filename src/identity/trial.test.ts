import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FeedCopy, makeCandidate } from './candidate.ts';
import { splitStatements } from './decided-pairs.ts';
import { IdentityIndex } from './identity-index.ts';
import { type Model, priorModel, probabilityOf } from './model.ts';
import type { Assertion, Sighting } from './sighting.ts';
import { makePopulation } from './testing/population.ts';
import { identifierOf, sighting } from './testing/sightings.ts';
import { objectionsTo, tryModels } from './trial.ts';

const draws = [makePopulation({ persons: 500, seed: 3, hardness: 1 })];
const feed = makePopulation({ persons: 500, seed: 4, hardness: 1 });
const copy: FeedCopy = {
  sightings: feed.sightings,
  statements: feed.assertions,
  ofSightings: feed.sightings.length,
};
const learned = makeCandidate(copy);

/** To it everybody is somebody else. */
const suspicious: Model = { ...learned, thresholds: { ...learned.thresholds, join: 60, connect: 60, review: 60 } };

const decision = (type: 'same' | 'different', one: Sighting, other: Sighting, at = 1): Assertion => ({
  id: `D${at}`,
  type,
  of: [identifierOf(one), identifierOf(other)],
  authoritative: true,
  timestamp: `2027-02-0${at}T00:00:00Z`,
  decidedBy: 'reviewer',
});

test('the same feed makes the same model, and one twice as large makes strangers twice as unlikely to be one', () => {
  assert.deepEqual(makeCandidate(copy), learned);
  const part = makeCandidate({ ...copy, ofSightings: copy.sightings.length * 2 });
  assert.equal(part.population, learned.population * 2);
});

test('a model learned from the feed may take the place of the one that is shipped; one that finds fewer may not', () => {
  const trial = tryModels(copy, { inForce: priorModel, candidate: learned }, draws);
  assert.deepEqual(objectionsTo(trial, { isFirst: true }), []);
  const worse = objectionsTo(tryModels(copy, { inForce: learned, candidate: suspicious }, draws), { isFirst: false });
  assert.match(
    worse.join('; '),
    /of known population 1 it finds \d+\.\d\d %, not .* % of what was said of patients would be of others/,
  );
});

test('a model that makes more persons of several people than chance explains may not take the place of another', () => {
  const trial = tryModels(copy, { inForce: learned, candidate: learned }, draws);
  const impure = (count: number): typeof trial => ({
    ...trial,
    drawn: trial.drawn.map(({ inForce, candidate }) => ({
      inForce: { ...inForce, impure: 3 },
      candidate: { ...candidate, impure: count },
    })),
  });
  assert.deepEqual(objectionsTo(impure(7), { isFirst: false }), []);
  assert.deepEqual(objectionsTo(impure(8), { isFirst: false }), [
    'of known populations it makes 8 persons of several, the model in force 3',
  ]);
});

test('a model that judges worse than people did is objected to, and who joins persons that people decided on, too', () => {
  const [a, b] = [
    sighting({ name: 'VESTERGAARD^INGEBORG' }),
    sighting({ site: 'SOUTH', name: 'VESTERGAARD^INGEBORG' }),
  ];
  const [c, d] = [
    sighting({ name: 'OYELARAN^TEMITOPE', birthDate: '19710203' }),
    sighting({ site: 'SOUTH', name: 'OYELARAN^TEMITOPE', birthDate: '19710203' }),
  ];
  const statements = [decision('different', a, b), decision('same', c, d)];
  const told: FeedCopy = { sightings: [a, b, c, d], statements, ofSightings: 4 };
  const trial = tryModels(told, { inForce: priorModel, candidate: suspicious }, []);
  assert.deepEqual([trial.decided.inForce.falselyJoined, trial.decided.candidate.falselyJoined], [1, 0]);
  assert.deepEqual([trial.decided.inForce.joined, trial.decided.candidate.joined], [1, 0]);
  assert.match(
    objectionsTo(trial, { isFirst: true }).join(),
    /it finds 0.00 % of the pairs that people called one person/,
  );
  const back = tryModels(told, { inForce: suspicious, candidate: priorModel }, []);
  assert.match(objectionsTo(back, { isFirst: true }).join(), /joins 1 pairs that people called two persons/);

  const [e, f] = [sighting({ site: 'EAST' }), sighting({ site: 'WEST' })];
  const apart = { ...told, sightings: [a, b, e, f], statements: [decision('same', a, b), decision('same', e, f, 2)] };
  const { change } = tryModels(apart, { inForce: suspicious, candidate: priorModel }, []);
  assert.deepEqual([change.persons, change.joined, change.split, change.moved, change.joinedDecided], [2, 1, 0, 4, 1]);
});

test('the last word of people on a pair counts, whichever of the two is named first; systems are no people', () => {
  const [a, b] = [sighting({}), sighting({ site: 'SOUTH' })];
  const system = { ...decision('same', a, b), id: 'A40', decidedBy: undefined };
  const { said, decided } = splitStatements([decision('different', b, a, 2), decision('same', a, b, 1), system]);
  assert.deepEqual(
    said.map(({ id }) => id),
    ['A40'],
  );
  assert.deepEqual(
    decided.map(({ same }) => same),
    [false],
  );
});

test('what people decide of doubtful pairs is believed in the next probabilities', () => {
  const index = new IdentityIndex(learned);
  index.load(feed.sightings, feed.assertions);
  const scarce = index.reviews().filter(({ reason }) => reason === 'support');
  const statements = scarce.map(
    ({ registrations }, at): Assertion => ({
      id: `D${at}`,
      type: 'different',
      of: registrations.map(readKey) as unknown as Assertion['of'],
      authoritative: true,
      timestamp: '2027-02-01T00:00:00Z',
      decidedBy: 'reviewer',
    }),
  );
  const taught = makeCandidate({ ...copy, statements: [...copy.statements, ...statements] });
  assert.ok(scarce.length > 10);
  const [before, after] = [learned, taught].map((model) =>
    scarce.reduce((sum, { probability }) => sum + probabilityOf(model, logOdds(probability), 'scarce'), 0),
  );
  assert.ok(after! < before! * 0.95, `${after} of ${before}`);
  assert.deepEqual(taught.thresholds, learned.thresholds, 'what people say of such pairs joins nobody');
});

const logOdds = (probability: number): number => Math.log2(probability / (1 - probability));

function readKey(key: string): { issuer: string; id: string } {
  const bar = key.indexOf('|');
  return { issuer: key.slice(0, bar), id: key.slice(bar + 1) };
}
