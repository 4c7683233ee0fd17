import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reconcile } from './batch.ts';
import { estimateModel } from './estimate.ts';
import { nobodysNames, nobodysNumbers } from './nobodys.ts';
import { makePopulation } from './testing/population.ts';
import { sighting } from './testing/sightings.ts';

const population = makePopulation({ persons: 1500, seed: 9, hardness: 1 });
const date = (at: number): string => `${1930 + (at % 80)}0${1 + (at % 9)}1${at % 10}`;

test('what a desk writes for whoever it does not know is learned as nobody’s name, and links none of them', () => {
  const unknown = Array.from({ length: 24 }, (_, at) =>
    sighting({
      name: 'LEITSTELLE^RUFNAME',
      birthDate: date(at % 12),
      sex: at % 3 === 0 ? 'F' : 'M',
      patientId: `N${at}01`,
    }),
  );
  const feed = [...population.sightings, ...unknown];
  assert.deepEqual(nobodysNames(feed), ['leitstelle rufname']);
  const { persons } = reconcile(feed, [], estimateModel(feed, 'test'));
  assert.equal(new Set(persons.slice(-unknown.length)).size, unknown.length);
});

test('a family of which many are called alike, and a name that many bear, are people', () => {
  const fathersAndSons = Array.from({ length: 12 }, (_, at) =>
    sighting({ name: 'SZYMBORSKI^KAZIMIERZ', birthDate: date(at), sex: 'M', patientId: `K${at}01` }),
  );
  const frequent = Array.from({ length: 40 }, (_, at) =>
    sighting({
      name: `NGUYEN^${['LINH', 'ANH', 'KIM'][at % 3]}`,
      birthDate: date(at),
      sex: 'MF'[at % 2]!,
      patientId: `L${at}01`,
    }),
  );
  assert.deepEqual(nobodysNames([...population.sightings, ...fathersAndSons, ...frequent]), []);
});

test('a number under which all kinds of people stand is nobody’s; one of two people is an overlay', () => {
  const shared = (patientId: string, count: number) =>
    Array.from({ length: count }, (_, at) =>
      sighting({ patientId, name: `FAMILY${'ABCDEFGHIJ'[at]}^GIVEN${'KLMNOPQRST'[at]}`, birthDate: date(at) }),
    );
  const feed = [...population.sightings, ...shared('0055443', 8), ...shared('77112', 2)];
  assert.deepEqual(nobodysNumbers(feed, {}), ['NORTH|55443']);
});
