import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IdentityIndex } from './identity-index.ts';
import type { Sighting } from './sighting.ts';
import { indexOf, merge, partition, samePerson } from './testing/indexes.ts';
import { identifierOf, sighting } from './testing/sightings.ts';

test('A40 of a number that two people stand under is meant of whoever is like the other side', () => {
  const owner = sighting({ patientId: '901', name: 'MOROZOV^YURI', birthDate: '19560103', sex: 'M' });
  const strangers = ['ADLER^ANTJE', 'ZETTEL^ZOE'].map((name) =>
    sighting({ patientId: '902', name, birthDate: '19820401' }),
  );
  for (const stranger of strangers) {
    const again = sighting({ patientId: '902', name: 'MOROZOV^YURI', birthDate: '19560103', sex: 'M' });
    const index = indexOf(owner, stranger, again);
    index.assert(merge(owner, stranger));
    const person = index.sighted.personOf(owner.id);
    assert.equal(index.sighted.personOf(again.id), person);
    assert.notEqual(index.sighted.personOf(stranger.id), person);
  }
});

test('A40 of the owning authority is honoured at once and twice is once; of another it changes nothing', () => {
  const [a, b] = [sighting({}), sighting({ name: 'OKONKWO^CHIDI', birthDate: '19881224', sex: 'M' })];
  const index = indexOf(a, b);
  assert.deepEqual(index.assert(merge(a, b, { id: 'stranger', authoritative: false })), []);
  assert.equal(samePerson(index, a, b), false);
  assert.equal(index.assert(merge(a, b)).length, 1);
  assert.equal(samePerson(index, a, b), true);
  assert.deepEqual(index.assert(merge(a, b)), []);
});

test('A40 that joins a woman and a man of other birth dates is applied, and waits for a person until one has looked', () => {
  const [a, b] = [sighting({}), sighting({ name: 'OKONKWO^CHIDI', birthDate: '19881224', sex: 'M' })];
  const index = indexOf(a, b);
  index.assert(merge(a, b));
  assert.equal(samePerson(index, a, b), true);
  assert.deepEqual(
    index.reviews().map(({ reason, persons }) => [reason, persons[0] === persons[1]]),
    [['joined', true]],
  );
  index.assert(merge(a, b, { id: 'looked', decidedBy: 'reviewer', timestamp: '2026-02-02T00:00:00Z' }));
  assert.equal(samePerson(index, a, b), true);
  assert.deepEqual(index.reviews(), []);
  index.assert(merge(a, b, { id: 'two', type: 'different', timestamp: '2026-02-03T00:00:00Z' }));
  assert.equal(samePerson(index, a, b), false);
});

test('A40 that joins two spellings of one person asks nobody', () => {
  const [a, b] = [sighting({}), sighting({ name: 'VESTERGARD^INGEBORG' })];
  const index = indexOf(a, b);
  index.assert(merge(a, b));
  assert.deepEqual(index.reviews(), []);
});

test('chains and cycles of A40 end in one person', () => {
  const chain = ['OKONKWO^CHIDI', 'LINDQVIST^MAJA', 'MOREAU^ODILE'].map((name, at) =>
    sighting({ name, birthDate: `19${60 + at}0417` }),
  );
  const [a, b, c] = chain as [Sighting, Sighting, Sighting];
  const index = indexOf(a, b, c);
  for (const [one, other] of [
    [a, b],
    [b, c],
    [c, a],
    [b, a],
  ] as const)
    index.assert(merge(one, other));
  assert.equal(partition(index, chain).length, 1);
});

test('unmerge restores exactly the persons that were before', () => {
  const people = [
    sighting({}),
    sighting({ site: 'SOUTH' }),
    sighting({ site: 'NORTH', name: 'OKONKWO^CHIDI', birthDate: '19881224', sex: 'M' }),
    sighting({ site: 'WEST', name: 'OKONKWO^CHIDI', birthDate: '19881224', sex: 'M' }),
  ];
  const index = indexOf(...people);
  const before = partition(index, people);
  index.assert(merge(people[0]!, people[2]!));
  assert.equal(partition(index, people).length, 1);
  index.retract(merge(people[0]!, people[2]!).id);
  assert.deepEqual(partition(index, people), before);
});

test('a reviewer who says that two are two is believed, until a later merge', () => {
  const [a, b] = [sighting({}), sighting({ site: 'SOUTH' })];
  const index = indexOf(a, b);
  index.assert(merge(a, b, { id: 'apart', type: 'different', timestamp: '2026-03-01T00:00:00Z' }));
  assert.equal(samePerson(index, a, b), false);
  index.assert(merge(a, b, { id: 'together', timestamp: '2026-04-01T00:00:00Z' }));
  assert.equal(samePerson(index, a, b), true);
});

test('two whom somebody looked at and called two are not shown again; where a source said so they are', () => {
  const [a, b] = [sighting({}), sighting({ site: 'SOUTH' })];
  for (const decidedBy of [undefined, 'reviewer']) {
    const index = indexOf(a, b);
    index.assert(merge(a, b, { id: 'apart', type: 'different', ...(decidedBy && { decidedBy }) }));
    assert.deepEqual(
      index.reviews().map(({ reason }) => reason),
      decidedBy === undefined ? ['asserted'] : [],
    );
  }
});

test('a change tells who became whom, and ids stay those of the oldest registration', () => {
  const [a, b] = [sighting({}), sighting({ site: 'SOUTH' })];
  const index = new IdentityIndex();
  const [first] = index.put(a);
  assert.equal(first!.from, undefined);
  assert.deepEqual(index.put(b), [{ registration: `SOUTH|${b.patientId}`, from: undefined, to: first!.to }]);
  assert.deepEqual(index.put(b), []);
});

test('other patient ids are the word of a source, and yield to a contradiction', () => {
  const a = sighting({ site: 'NORTH', name: 'VESTERGAARD^INGEBORG' });
  const b = sighting({
    site: 'SOUTH',
    name: 'VESTERGAARD-RIIS^INGA',
    birthDate: '',
    otherPatientIds: [identifierOf(a)],
  });
  const c = sighting({
    site: 'WEST',
    name: 'OKONKWO^CHIDI',
    birthDate: '19881224',
    sex: 'M',
    otherPatientIds: [identifierOf(a)],
  });
  const index = indexOf(a, b, c);
  assert.deepEqual([samePerson(index, a, b), samePerson(index, a, c)], [false, false]);
});
