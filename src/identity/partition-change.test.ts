import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IdentityIndex } from './identity-index.ts';
import { type Model, priorModel } from './model.ts';
import { readModel } from './model-text.ts';
import { changeBetween, lostIds } from './partition-change.ts';
import { identifierOf, sighting } from './testing/sightings.ts';

const indexOf = (model: Model, sightings: Parameters<IdentityIndex['load']>[0]): IdentityIndex => {
  const index = new IdentityIndex(model);
  index.load(sightings);
  return index;
};
const unbelieving: Model = { ...priorModel, thresholds: { ...priorModel.thresholds, join: 60 } };

test('persons made of several and several made of one are told, with the sightings of all; whoever is alone is not', () => {
  const [a, b] = [sighting({}), sighting({ site: 'SOUTH' })];
  const alone = sighting({ name: 'OKONKWO^CHIDI', birthDate: '19800101', sex: 'M' });
  const [two, one] = [indexOf(unbelieving, [a, b, alone]), indexOf(priorModel, [a, b, alone])];
  const joined = changeBetween(two, one);
  assert.deepEqual([joined.persons, joined.joined.length, joined.split], [3, 1, 0]);
  assert.deepEqual(joined.moved, [a.id, b.id]);
  const split = changeBetween(one, two);
  assert.deepEqual([split.persons, split.joined.length, split.split], [2, 0, 1]);
  assert.deepEqual(split.moved, [a.id, b.id]);
  assert.deepEqual(changeBetween(one, one).moved, []);
});

test('an id is lost where the number it was made of is read otherwise, and a sighting leads to whoever had it', () => {
  const prefixed = sighting({ patientId: 'Q-771', timestamp: '2020-01-01T00:00:00Z' });
  const later = sighting({ site: 'SOUTH' });
  const [before, after] = [
    indexOf(priorModel, [prefixed, later]),
    indexOf({ ...priorModel, sites: { NORTH: { prefixes: ['Q-'], padded: true } } }, [prefixed, later]),
  ];
  const id = before.personOf(identifierOf(prefixed))!;
  assert.equal(after.persons.find(id), undefined);
  const lost = new Map<string, string>();
  for (const _ of lostIds(before, after, lost));
  assert.deepEqual([...lost], [[id, prefixed.id]]);
  assert.equal(after.sighted.personOf(prefixed.id), after.personOf(identifierOf(later)));
});

test('an identifier is found by the prefix of any site that means its issuer', () => {
  const sites = { CT1: { issuer: 'NORTH', prefixes: ['Q-'], padded: true } };
  const one = sighting({ site: 'CT1', issuer: 'NORTH', patientId: 'Q-00771' });
  const unnamed = sighting({ site: 'CT1', issuer: 'CT1', patientId: 'Q-5' });
  const index = indexOf({ ...priorModel, sites }, [one, unnamed]);
  for (const id of ['Q-771', '771', '000771']) assert.ok(index.personOf({ issuer: 'NORTH', id }), id);
  for (const id of ['Q-5', '5']) assert.ok(index.personOf({ issuer: 'CT1', id }), id);
});

test('a model that was kept is read again; what a later release knows more is as it is shipped', () => {
  assert.deepEqual(readModel(JSON.stringify(priorModel)), priorModel);
  const { claim: _, ...older } = priorModel.levels;
  const { names: __, ...placeholders } = priorModel.placeholders;
  const kept = { ...priorModel, levels: { ...older, date: { m: [0, 1], u: [0, 1] } }, placeholders, version: 'v3' };
  assert.deepEqual(readModel(JSON.stringify(kept)), { ...priorModel, version: 'v3' });
  for (const text of ['', '7', 'null', '{}', '{"version":"v1","population":0}']) {
    assert.throws(() => readModel(text), RangeError, text);
  }
});
