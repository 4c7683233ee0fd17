import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reconcile } from './batch.ts';
import { estimateModel } from './estimate.ts';
import { IdentityIndex } from './identity-index.ts';
import type { Sighting } from './sighting.ts';
import { decodeParts, encodeParts } from './snapshot.ts';
import { makeCensus } from './testing/census.ts';
import { makePopulation } from './testing/population.ts';
import { scoreOf } from './testing/score.ts';
import { identifierOf, sighting } from './testing/sightings.ts';

const population = makePopulation({ persons: 1500, seed: 5, hardness: 1 });

test('of a population of several hospitals most records find their person, and hardly two people are taken for one', () => {
  const score = scoreOf(population, reconcile(population.sightings, population.assertions));
  assert.ok(score.precision >= 0.995, `precision ${score.precision}`);
  assert.ok(score.recall >= 0.93, `recall ${score.recall}`);
  assert.ok(score.recallWithReview >= 0.985, `with review ${score.recallWithReview}`);
  for (const kind of ['trauma', 'newborn', 'test', 'overlay']) assert.equal(score.falsePairsByTag[kind] ?? 0, 0, kind);
});

test('in a census nobody is taken for another, and records wrong in most fields are found', () => {
  const census = makeCensus({ persons: 1200, seed: 7 });
  const score = scoreOf(census, reconcile(census.sightings, []));
  assert.equal(score.precision, 1);
  assert.ok(score.recall >= 0.97, `recall ${score.recall}`);
  assert.equal(estimateModel(population.sightings, 'hospital').relatives > 0.1, true);
  assert.equal(estimateModel(census.sightings, 'census').relatives < 0.02, true);
});

test('in a census a name and a home are enough where both are rare, a national number with a slip in it and a name are not', () => {
  const index = new IdentityIndex(estimateModel(makeCensus({ persons: 1200, seed: 8 }).sightings, 'census'));
  const home = '25 Grace Place, Barwon Heads, 2012';
  const [amelia, mitchell] = ['Kimmonth^Amelia', 'Kimmonth^Mitchell'].map((name) =>
    sighting({ name, birthDate: '', address: home, issuer: name }),
  ) as [Sighting, Sighting];
  const [alisa, zac] = [
    { name: 'Haeusler^Alisa', birthDate: '19411013', address: '2 Mertz Place, Ingleburn, 2750', nationalId: '4389662' },
    { name: 'Haren^Alispa', birthDate: '', address: '25 London Circuit, Dandenong, 2207', nationalId: '4089662' },
  ].map((row) => sighting({ ...row, issuer: row.name })) as [Sighting, Sighting];
  index.load([amelia, mitchell, alisa, zac]);
  const [one, other, third, fourth] = [amelia, mitchell, alisa, zac].map((each) => index.personOf(identifierOf(each)));
  assert.equal(one, other);
  assert.notEqual(third, fourth);
});

test('an index that was put away and taken out again answers, and goes on, as before', async () => {
  const [early, late] = [population.sightings.slice(0, 3000), population.sightings.slice(3000, 3200)];
  const index = new IdentityIndex(estimateModel(early, 'test'));
  index.load(early, population.assertions);
  const restored = await restoredFrom(index);
  for (const one of early.slice(0, 300))
    assert.equal(restored.personOf(identifierOf(one)), index.personOf(identifierOf(one)));
  assert.deepEqual(restored.reviews(), index.reviews());
  for (const one of late) assert.deepEqual(restored.put(one), index.put(one));
});

/** By way of bytes, read in pieces of their own. */
async function restoredFrom(index: IdentityIndex): Promise<IdentityIndex> {
  const bytes = Buffer.concat([...encodeParts(index.parts())]);
  let at = 0;
  const restored = new IdentityIndex(index.model);
  const { takers } = restored;
  const read = async (size: number) => {
    at += size;
    return Uint8Array.from(bytes.subarray(at - size, at));
  };
  for await (const part of decodeParts(read)) takers[part.name]!(part);
  for (const _ of restored.ready());
  return restored;
}

test('one by one and all at once end in the same persons', () => {
  const few = population.sightings.slice(0, 1500);
  const model = estimateModel(few, 'test');
  const [all, each] = [new IdentityIndex(model), new IdentityIndex(model)];
  all.load(few);
  for (const one of few.toReversed()) each.put(one);
  for (const one of few) assert.equal(each.personOf(identifierOf(one)), all.personOf(identifierOf(one)));
});

test('a placeholder shared by a thousand records links none, and none of them is slow', () => {
  const index = new IdentityIndex();
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  const name = (at: number): string =>
    [at % 26, Math.floor(at / 26) % 26, Math.floor(at / 676) % 26].map((letter) => letters[letter]).join('');
  const shared = { phone: '415-770-1182', address: '14 Quarry Lane, Ashford, 40213', nationalId: '4821170563' };
  const people = Array.from({ length: 1000 }, (_, at) =>
    sighting({
      ...shared,
      name: `${name(at)}holm^${name(at * 31)}e`,
      birthDate: `${1930 + (at % 90)}0${1 + (at % 9)}${11 + (at % 17)}`,
    }),
  );
  index.load(people);
  const persons = new Set(people.map((one) => index.personOf(identifierOf(one))));
  assert.equal(persons.size, people.length);
});
