import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Directory } from './directory.ts';
import { IdentityIndex } from './identity-index.ts';
import { identifierOf, sighting } from './testing/sightings.ts';

const people = [
  sighting({ name: 'VAN DEN HEUVEL^MEINA', birthDate: '19520913' }),
  sighting({ name: 'MÜLLER^JÖRG', birthDate: '19470130' }),
  sighting({ name: 'Garcia Lopez, Maria', birthDate: '1947' }),
  sighting({ name: 'MULDER^ANNA', birthDate: '19520913', otherNames: ['JANSEN^ANNA'] }),
];
const index = new IdentityIndex();
index.load(people.slice(0, 2));
const directory = new Directory(index);
directory.named('anybody', false);
for (const one of people.slice(2)) index.put(one);

const places = (found: Set<string> | undefined): number[] =>
  people.flatMap((one, place) => (found!.has(index.personOf(identifierOf(one))!) ? [place] : []));

test('a search by the beginning of any word of a name finds whoever bears it, also who came since the last search', () => {
  assert.deepEqual(places(directory.named('mu', false)), [1, 3]);
  assert.deepEqual(places(directory.named('m', false)), [0, 1, 2, 3]);
  assert.deepEqual(places(directory.named('Mueller', false)), [1]);
  assert.deepEqual(places(directory.named('heuvel', false)), [0]);
  assert.deepEqual(places(directory.named('lopez', false)), [2]);
  assert.deepEqual(places(directory.named('jansen', false)), [3]);
  assert.deepEqual(places(directory.named('ulder', false)), []);
});

test('a search inside names finds what they hold; one that says nothing of a name is none', () => {
  assert.deepEqual(places(directory.named('ulder', true)), [3]);
  assert.equal(directory.named(' ^ ', false), undefined);
});

test('a search by birth date finds that day alone, and everybody is everybody', () => {
  assert.deepEqual(places(directory.bornOn('19520913')), [0, 3]);
  assert.deepEqual(places(directory.bornOn('19470130')), [1]);
  assert.equal(directory.all().size, people.length);
});
