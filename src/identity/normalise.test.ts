import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareDates, dateLevels, readBirthDate } from './birth-date.ts';
import { readAddress, readNationalId, readPhone } from './contact.ts';
import { fold } from './fold.ts';
import { readName } from './name-forms.ts';
import { learnPlaceholders } from './placeholders.ts';
import { canonical } from './romanisation.ts';
import { learnSites } from './site-profile.ts';
import { sighting } from './testing/sightings.ts';
import { addressMoved, addressSimilar, bestAddress } from './value-levels.ts';
import { alike, different, similar, Vocabulary } from './vocabulary.ts';

const readings = (name: string): string[] => readName(name).forms.map(({ family, given }) => `${family}/${given}`);

test('names are folded to Latin letters, and UTF-8 that was read as Latin-1 is repaired', () => {
  assert.equal(fold('MÜLLER-Łukasik'), 'mueller lukasik');
  assert.equal(fold('Шевченко'), 'shevchenko');
  assert.equal(fold('ヤマモト'), 'yamamoto');
  assert.equal(fold('최상호'), 'choesangho');
  assert.equal(fold('WiÅ\u009bniewski'), 'wisniewski');
});

test('PS3.5 6.2.1: every group of a name is a reading of it', () => {
  assert.deepEqual(readings('Yamada^Tarou=山田^太郎=やまだ^たろう'), ['yamada/tarou', '山田/太郎', 'yamada/tarou']);
  assert.deepEqual(readings('VAN DEN BERG^PIET^^DR^JR'), ['vandenberg/piet']);
  assert.equal(readName('OKAFOR^EMEKA^^^JR').forms[0]!.generation, 2);
});

test('a name without carets is read both ways, one with a comma only one', () => {
  assert.deepEqual(readings('Okafor, Emeka'), ['okafor/emeka']);
  assert.deepEqual(readings('Okafor Emeka'), ['okafor/emeka', 'emeka/okafor']);
});

test('names that mean nobody are known for what they are', () => {
  const kinds = [
    'DOE^JANE',
    'Unknown^Female',
    'TRAUMA^ALPHA7',
    'OKAFOR^BABY BOY',
    'TEST^PATIENT',
    'ZZZ^DO NOT USE',
    'Boy^George',
    'Test^Maria',
  ];
  assert.deepEqual(
    kinds.map((name) => readName(name).kind),
    ['temporary', 'temporary', 'temporary', 'newborn', 'test', 'test', 'person', 'test'],
  );
});

test('one name in several spellings is alike, two names are different', () => {
  const vocabulary = new Vocabulary();
  const relation = (a: string, b: string): number => vocabulary.relation(vocabulary.intern(a), vocabulary.intern(b));
  for (const [a, b] of [
    ['petrov', 'petroff'],
    ['muller', 'mueller'],
    ['william', 'bill'],
    ['wang', 'wong'],
    ['muhammad', 'mohammed'],
  ] as const) {
    assert.equal(relation(a, b), alike, `${a} ${b}`);
  }
  assert.equal(relation('thorlacius', 'thorlacisu'), similar);
  assert.equal(relation('maria', 'astrid'), different);
  assert.equal(canonical('schewtschenko'), canonical('shevchenko'));
});

test('birth dates that stand for unknown are none; others agree by level', () => {
  assert.deepEqual(['19000101', '00010101', '', '19631317', '1963'].map(readBirthDate), [0, 0, 0, 0, 19630000]);
  const level = (a: number, b: number): string => dateLevels[compareDates(a, b)]!;
  assert.equal(level(19630517, 19630517), 'same');
  assert.equal(level(19630507, 19630705), 'swapped');
  assert.equal(level(19630517, 19630571), 'typo');
  assert.equal(level(19630517, 19640517), 'year');
  assert.equal(level(19630517, 19630101), 'partial');
  assert.equal(level(19630517, 19911203), 'different');
});

test('phones, national ids and addresses agree whatever their punctuation, and fillers are none', () => {
  assert.deepEqual(readPhone('+1 (415) 770-1182'), readPhone('415.770.1182'));
  assert.deepEqual(['000-000-0000', '5555555555', '1234567890'].map(readPhone), [undefined, undefined, undefined]);
  assert.deepEqual(readNationalId('170-56-3482'), readNationalId('170563482'));
  assert.deepEqual(readAddress('14 Quarry Lane Apt 3, Ashford, 40213')?.street, readAddress('14 QUARRY LN #3')?.street);
  assert.deepEqual(['HOMELESS', 'General Delivery', 'same'].map(readAddress), [undefined, undefined, undefined]);
});

test('a prefix that comes and goes before the same number is learned from the feed, one that belongs to it is not', () => {
  const people = Array.from({ length: 12 }, (_, at) => `FAMILY${'ABCDEFGHIJKL'[at]}^GIVEN`);
  const feed = people.flatMap((name, at) => [
    sighting({ patientId: `77${at}01`, name, issuer: 'AUTHORITY' }),
    sighting({ patientId: `Q-77${at}01`, name, issuer: '' }),
    sighting({ patientId: `K88${at}02`, name }),
  ]);
  const profile = learnSites(feed).NORTH!;
  assert.deepEqual(profile.prefixes, ['Q-']);
});

test('a phone that many families share is a placeholder', () => {
  const feed = Array.from({ length: 20 }, (_, at) =>
    sighting({ name: `FAMILY${'ABCDEFGHIJKLMNOPQRST'[at]}^GIVEN`, phone: '800-123-4567' }),
  );
  assert.equal(learnPlaceholders(feed, {}).phones.length, 1);
  assert.equal(learnPlaceholders(feed.slice(0, 3), {}).phones.length, 0);
});

test('a house that is not numbered is a home of its street, not another one; another house is another home', () => {
  const home = (text: string): number[] => {
    const { number, street, letters, place } = readAddress(text)!;
    return [number, street, letters, place];
  };
  const known = home('764 Bradfield Street, Mount Colah, 4053');
  assert.equal(bestAddress(known, home('Bradfield Street, Mount Colah, 4035')), addressSimilar);
  assert.equal(bestAddress(known, home('Bradfeld Street, Mount Colah, 4053')), addressSimilar);
  assert.equal(bestAddress(known, home('12 Bradfield Street, Mount Colah, 4035')), addressMoved);
  assert.equal(bestAddress(known, home('Longstaff Street, Mount Colah, 4053')), addressMoved);
});
