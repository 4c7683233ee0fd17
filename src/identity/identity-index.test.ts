import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { IdentityIndex } from './identity-index.ts';
import type { Sighting } from './sighting.ts';
import { indexOf, merge, partition, samePerson } from './testing/indexes.ts';
import { identifierOf, sighting } from './testing/sightings.ts';

test('one woman at two hospitals with one name and birth date is one person', () => {
  const [a, b] = [sighting({ site: 'NORTH' }), sighting({ site: 'SOUTH', name: 'Vestergaard^Ingeborg^M' })];
  const index = indexOf(a, b);
  assert.equal(samePerson(index, a, b), true);
  assert.deepEqual(index.reviews(), []);
});

test('twins with one birth date, address and phone stay two people', () => {
  const home = { birthDate: '20110903', address: '14 Quarry Lane, Ashford, 40213', phone: '415-770-1182' };
  const a = sighting({ ...home, name: 'VESTERGAARD^FREJA' });
  const b = sighting({ ...home, site: 'SOUTH', name: 'VESTERGAARD^ASTRID' });
  assert.equal(samePerson(indexOf(a, b), a, b), false);
});

test('twins whose names differ by one letter stay two people once each name is seen twice', () => {
  const home = { birthDate: '20110903', sex: 'M', address: '14 Quarry Lane, Ashford, 40213' };
  const names = ['VESTERGAARD^RASMUS', 'VESTERGAARD^RASMUT'];
  const [a, b, c, d] = ['NORTH', 'SOUTH', 'WEST', 'EAST'].map((site, at) =>
    sighting({ ...home, site, name: names[at % 2]! }),
  );
  const index = indexOf(a!, b!, c!, d!);
  assert.deepEqual(
    [samePerson(index, a!, c!), samePerson(index, b!, d!), samePerson(index, a!, b!)],
    [true, true, false],
  );
});

test('junior and senior of one name, address and phone stay two people', () => {
  const home = { sex: 'M', address: '14 Quarry Lane, Ashford, 40213', phone: '415-770-1182' };
  const senior = sighting({ ...home, name: 'VESTERGAARD^HOLGER^^^SR', birthDate: '19480212' });
  const junior = sighting({ ...home, site: 'SOUTH', name: 'VESTERGAARD^HOLGER^^^JR', birthDate: '19480212' });
  assert.equal(samePerson(indexOf(senior, junior), senior, junior), false);
  const dated = sighting({ ...home, site: 'SOUTH', name: 'VESTERGAARD^HOLGER', birthDate: '19750830' });
  assert.equal(samePerson(indexOf(senior, dated), senior, dated), false);
});

test('a household of one address and phone is no person', () => {
  const home = { address: '14 Quarry Lane, Ashford, 40213', phone: '415-770-1182' };
  const members = [
    sighting({ ...home, name: 'VESTERGAARD^INGEBORG', birthDate: '19630517' }),
    sighting({ ...home, site: 'SOUTH', name: 'VESTERGAARD^HOLGER', birthDate: '19610228', sex: 'M' }),
    sighting({ ...home, site: 'WEST', name: 'VESTERGAARD^FREJA', birthDate: '19951130' }),
  ];
  assert.equal(partition(indexOf(...members), members).length, 3);
});

test('a maiden name is followed where the national id or the home says so', () => {
  const before = sighting({ name: 'VESTERGAARD^INGEBORG', nationalId: '170563-4821' });
  const after = sighting({ site: 'SOUTH', name: 'THORLACIUS^INGEBORG', nationalId: '1705634821' });
  const hyphen = sighting({ site: 'WEST', name: 'THORLACIUS-VESTERGAARD^INGEBORG' });
  const index = indexOf(before, after, hyphen);
  assert.deepEqual([samePerson(index, before, after), samePerson(index, before, hyphen)], [true, true]);
});

test('another family name with nothing else to support it goes to review', () => {
  const before = sighting({ name: 'VESTERGAARD^MARY' });
  const after = sighting({ site: 'SOUTH', name: 'THORLACIUS^MARY' });
  const index = indexOf(before, after);
  assert.equal(samePerson(index, before, after), false);
});

test('equal MRN text of two issuers is no evidence', () => {
  const a = sighting({ site: 'NORTH', patientId: '4711' });
  const b = sighting({ site: 'SOUTH', patientId: '4711', name: 'OKONKWO^CHIDI', birthDate: '19800101', sex: 'M' });
  const c = sighting({ site: 'WEST', patientId: '4711', name: '', birthDate: '' });
  const index = indexOf(a, b, c);
  assert.equal(partition(index, [a, b, c]).length, 3);
});

test('default birth dates, placeholder phones and placeholder numbers link nobody', () => {
  const filler = { birthDate: '19000101', phone: '555-555-5555', nationalId: '999999999', address: 'UNKNOWN' };
  const people = ['OKONKWO^CHIDI', 'LINDQVIST^MAJA', 'MOREAU^ODILE'].map((name, at) =>
    sighting({ ...filler, name, site: `SITE${at}` }),
  );
  assert.equal(partition(indexOf(...people), people).length, 3);
});

test('a number of one repeated digit that many share links none of them', () => {
  const people = Array.from({ length: 40 }, (_, at) =>
    sighting({
      patientId: '999999',
      name: `FAMILY${'ABCDEFGHIJ'[at % 10]}${'KLMN'[at % 4]}^GIVEN`,
      birthDate: `19${50 + at}0417`,
    }),
  );
  const index = indexOf(...people);
  const persons = new Set(people.map((one) => index.match(one, { limit: 1 })[0]?.person));
  assert.equal(persons.size, people.length);
});

test('John Doe is nobody until he is named under his number', () => {
  const known = sighting({ site: 'SOUTH', name: 'VESTERGAARD^HOLGER', birthDate: '19610228', sex: 'M' });
  const doe = sighting({ site: 'NORTH', patientId: 'T88', name: 'DOE^JOHN', birthDate: '19610228', sex: 'M' });
  const other = sighting({ site: 'WEST', patientId: 'T88', name: 'DOE^JOHN', birthDate: '19610228', sex: 'M' });
  const index = indexOf(known, doe, other);
  assert.equal(partition(index, [known, doe, other]).length, 3);
  index.put(sighting({ ...doe, id: 'named', name: 'VESTERGAARD^HOLGER' }));
  assert.deepEqual([samePerson(index, known, doe), samePerson(index, known, other)], [true, false]);
});

test('newborns and phantoms are never matched by what they are called', () => {
  const twins = ['BABY GIRL', 'GIRL A OF INGEBORG', 'ACR PHANTOM'].flatMap((given) => [
    sighting({ name: `VESTERGAARD^${given}`, birthDate: '20260101' }),
    sighting({ name: `VESTERGAARD^${given}`, birthDate: '20260101', site: 'SOUTH' }),
  ]);
  const index = new IdentityIndex();
  const persons = twins.map((one) => index.put(one)[0]!.to);
  assert.equal(new Set(persons).size, twins.length);
});

test('two people under one number are parted and shown to a person, never linked by machine', () => {
  const owner = sighting({ site: 'NORTH', patientId: '815' });
  const again = sighting({ site: 'NORTH', patientId: '815' });
  const overlay = sighting({ site: 'NORTH', patientId: '815', name: 'OKONKWO^CHIDI', birthDate: '19881224', sex: 'M' });
  const elsewhere = sighting({ site: 'SOUTH', name: 'OKONKWO^CHIDI', birthDate: '19881224', sex: 'M' });
  const index = indexOf(owner, again, overlay, elsewhere);
  assert.equal(samePerson(index, owner, elsewhere), false);
  assert.deepEqual(
    index.reviews().map(({ reason }) => reason),
    ['contested'],
  );
});

test('a twin whose second name is the name of the other is nobody to be joined by machine', () => {
  const home = { address: '14 Quarry Lane, Ashford, 40213', phone: '415-770-1182' };
  const twins = [sighting({ name: 'HOLM^ROBERT', ...home }), sighting({ name: 'HOLM^LAWRENCE^ROBERT', ...home })];
  const again = [sighting({ name: 'HOLM^ROBERT' }), sighting({ name: 'HOLM^LAWRENCE ROBERT', ...home })];
  const index = indexOf(...twins, ...again);
  assert.equal(samePerson(index, twins[0]!, again[1]!), false);
});

test('two numbers of one desk for names a letter apart and one birth date are twins as likely as a slip', () => {
  const home = { address: '14 Quarry Lane, Ashford, 40213' };
  const a = sighting({ name: 'GARLAND^VICTORIA', ...home });
  const desk = sighting({ name: 'GARLAND^VICTORIN', ...home });
  const elsewhere = sighting({ name: 'GARLAND^VICTORIN', ...home, site: 'SOUTH' });
  assert.equal(samePerson(indexOf(a, elsewhere), a, elsewhere), true);
  const index = indexOf(a, desk);
  assert.equal(samePerson(index, a, desk), false);
  assert.deepEqual(
    index.reviews().map(({ reason }) => reason),
    ['given'],
  );
  const numbered = [a, desk].map((one) => ({ ...one, nationalId: '4821170563' })) as [Sighting, Sighting];
  assert.equal(samePerson(indexOf(...numbered), ...numbered), true);
});

test('a spelling that stands under two registrations is meant, also where a field does not say which word is which', () => {
  const twin = [
    sighting({ name: 'Torpol Gilliae', site: 'SOUTH' }),
    sighting({ name: 'TORPOL^GILLIAE', site: 'WEST' }),
  ];
  const others = [
    sighting({ name: 'TORPOL^GILLIAN', site: 'NORTH' }),
    sighting({ name: 'Torpol Gillian', site: 'EAST' }),
  ];
  assert.equal(samePerson(indexOf(...twin, ...others), twin[0]!, others[0]!), false);
  assert.equal(samePerson(indexOf(...twin, ...others), twin[0]!, twin[1]!), true);
});

test('twins a letter apart stay two where somebody wrote the family name of one first', () => {
  const home = { phone: '415-770-1182' };
  const one = [
    sighting({ name: 'JÜRGEN^WEISS', site: 'NORTH', ...home }),
    sighting({ name: 'WEISS^JÜRGEN', site: 'SOUTH', ...home }),
  ];
  const other = ['WEST', 'EAST'].map((site) => sighting({ name: 'WEISS^JÜRGES', site, ...home }));
  const index = indexOf(...one, ...other);
  assert.equal(samePerson(index, one[0]!, one[1]!), true);
  assert.equal(samePerson(index, other[0]!, other[1]!), true);
  assert.equal(samePerson(index, one[0]!, other[0]!), false);
});

test('who has been seen with another national number too is not known by that of a twin', () => {
  const home = { address: '1819 Ford Lane, Ashford, 40213', birthDate: '19800304' };
  const twin = sighting({ name: 'LIND^FREJA', nationalId: '4794957651', ...home });
  const typed = sighting({ name: 'LIND^INGE', nationalId: '4794957651', ...home, site: 'SOUTH' });
  const own = sighting({ name: 'LIND^INGE', nationalId: '5399900055', ...home, site: 'WEST' });
  const index = indexOf(twin, typed, own);
  assert.equal(samePerson(index, typed, own), true);
  assert.equal(samePerson(index, twin, own), false);
});

test('each issuer under which both have a number speaks against one person', () => {
  const bits = (...sites: string[]): number => {
    const [a, b] = ['1', '2'].map((digit) =>
      sites.map((site) => sighting({ site, patientId: `${digit}00`, name: 'VESTERGAARD^INGEBORG' })),
    ) as [Sighting[], Sighting[]];
    const index = indexOf(...a, ...b);
    for (const group of [a, b]) for (const one of group.slice(1)) index.assert(merge(group[0]!, one, { id: one.id }));
    const explanation = index.explain(identifierOf(a[0]!), identifierOf(b[0]!))!;
    return explanation.whole?.bits ?? Number.NaN;
  };
  const [one, two] = [bits('NORTH', 'EAST'), bits('NORTH', 'EAST', 'WEST')];
  assert.ok(two < one - 1, `${one} bits with two issuers, ${two} with three`);
});

test('one whose surname and given name were replaced is known by number, birth date and a home spelt nearly alike', () => {
  const home = { birthDate: '19590124', nationalId: '4821170563' };
  const a = sighting({ name: 'GLOSTER^RILEY', ...home, site: 'EAST', address: '24 Farrer Place, Frankston, 31780' });
  const b = sighting({ name: 'MIA^GLOSTER', ...home, site: 'WEST', address: '24 Farer Place, Frankston, 31780' });
  const index = indexOf(a, b);
  assert.equal(samePerson(index, a, b), true);
});

test('an initial stands for names that begin with its letter, not for those that sound like it', () => {
  const a = sighting({ name: 'HALDEN^NOURA^AISHA', birthDate: '19790609' });
  const b = sighting({ name: 'HADDAD^NOURA^Y', birthDate: '19790609', site: 'SOUTH' });
  assert.equal(samePerson(indexOf(a, b), a, b), false);
});

test('two who are only known to be born in one year are no more than namesakes', () => {
  const names = ['19620101', '1962'].map((birthDate) =>
    sighting({ name: 'ZHANG^WEI', birthDate, site: `S${birthDate}` }),
  );
  assert.equal(partition(indexOf(...names), names).length, 2);
  const firsts = ['NORTH', 'SOUTH'].map((site) => sighting({ name: 'ZHANG^WEI', birthDate: '19620101', site }));
  assert.equal(partition(indexOf(...firsts), firsts).length, 2);
});

test('a father without a birth date is not taken for the son of his name at the same address', () => {
  const home = { name: 'VESTERGAARD^HOLGER', sex: 'M', address: '14 Quarry Lane, Ashford, 40213' };
  const [father, son] = [sighting({ ...home, birthDate: '18991231' }), sighting({ ...home, site: 'SOUTH' })];
  const index = indexOf(father, son);
  assert.equal(samePerson(index, father, son), false);
  assert.deepEqual(
    index.reviews().map(({ reason }) => reason),
    ['support'],
  );
});

test('a record without a given name could be of either twin', () => {
  const home = { birthDate: '20110903', phone: '415-770-1182' };
  const a = sighting({ ...home, name: 'VESTERGAARD^FREJA' });
  const b = sighting({ ...home, site: 'SOUTH', name: 'VESTERGAARD' });
  assert.equal(samePerson(indexOf(a, b), a, b), false);
});

test('a woman and a man of other given names under one number are two, whatever birth date was typed', () => {
  const owner = sighting({ patientId: '816', name: 'RASHID^HUSSEIN', birthDate: '', sex: 'M' });
  const overlay = sighting({ patientId: '816', name: 'RASHID^AISHA', birthDate: '19880826', sex: 'F' });
  const elsewhere = sighting({ site: 'SOUTH', name: 'RASHID^AISHA', birthDate: '19880826', sex: 'F' });
  const index = indexOf(owner, owner, overlay, elsewhere);
  assert.equal(
    index.reviews().some(({ reason }) => reason === 'contested'),
    true,
  );
});

test('$match grades the person asked for, and says why', () => {
  const known = [sighting({}), sighting({ site: 'SOUTH', phone: '415-770-1182' })];
  const index = indexOf(...known, sighting({ name: 'OKONKWO^CHIDI', birthDate: '19881224', sex: 'M' }));
  const [best, ...others] = index.match(sighting({ patientId: '', site: 'PORTAL', phone: '415-770-1182' }));
  assert.equal(best!.grade, 'certain');
  assert.equal(best!.person, index.personOf(identifierOf(known[0]!)));
  assert.equal(best!.registrations.length, 2);
  assert.ok(best!.evidence.some(({ comparison, level }) => comparison === 'date' && level === 'same'));
  assert.deepEqual(others, []);
});

test('an explanation says what speaks for and against, and adds up', () => {
  const [a, b] = [sighting({}), sighting({ name: 'VESTERGAARD^FREJA', site: 'SOUTH' })];
  const explanation = indexOf(a, b).explain(identifierOf(a), identifierOf(b))!;
  assert.equal(explanation.joined, false);
  assert.equal(explanation.veto?.code, 'given');
  const sum = explanation.evidence.reduce((total, { bits }) => total + bits, 0);
  assert.ok(Math.abs(sum - explanation.bits) < 1e-9);
});

test('any order of the same events, one by one or all at once, ends in the same persons', () => {
  const people = [
    sighting({ patientId: '1' }),
    sighting({ patientId: '1', birthDate: '', phone: '415-770-1182' }),
    sighting({ patientId: '1', name: 'OKONKWO^CHIDI', birthDate: '19881224', sex: 'M' }),
    sighting({ patientId: '2', site: 'SOUTH', name: 'OKONKWO^CHIDI', birthDate: '19881224', sex: 'M' }),
    sighting({ patientId: '3', site: 'SOUTH', name: 'INGEBORG VESTERGAARD' }),
    sighting({ patientId: '4', site: 'WEST', name: 'VESTERGAARD^FREJA' }),
    sighting({ patientId: '5', site: 'WEST', name: 'VESTERGAARD^INGEBRG', birthDate: '19630571' }),
    sighting({ patientId: '6', site: 'EAST', name: 'VESTERGAARD^INGEBORG', nationalId: '1705634821' }),
    sighting({ patientId: '7', site: 'EAST', name: 'VESTERGAARD^INGEBORG', nationalId: '2806711137' }),
    sighting({ patientId: '8', site: 'WEST', name: 'THORLACIUS^INGEBORG', phone: '4157701182' }),
  ];
  const assertions = [merge(people[3]!, people[4]!), merge(people[7]!, people[8]!, { type: 'different' })];
  const all = new IdentityIndex();
  all.load(people, assertions);
  const expected = partition(all, people);
  const events = [...people, ...assertions];
  fc.assert(
    fc.property(fc.shuffledSubarray(events, { minLength: events.length }), (order) => {
      const index = new IdentityIndex();
      for (const event of order) 'patientId' in event ? index.put(event) : index.assert(event);
      assert.deepEqual(partition(index, people), expected);
      assert.equal(index.personOf(identifierOf(people[0]!)), all.personOf(identifierOf(people[0]!)));
    }),
    { numRuns: 150 },
  );
});
