import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../base/problem.ts';
import { theFacts } from '../gate/testing/rows.ts';
import { matchTerm } from './match-term.ts';
import { readContract, readTerm } from './read-term.ts';

const at = Date.parse('2026-11-23T07:00:00Z');
const least = {
  readType: 'final',
  jurisdictions: { patientAt: ['US', 'DE'] },
  disclosure: { mode: 'identified' },
  price: { unit: 'exam', amount: '40.00', currency: 'EUR' },
};
const options = { contract: 'north-telerad', name: 'ct', at, profiles: new Set(['R-read', 'R-ident']) };
const told = (work: () => unknown): string[] => {
  try {
    work();
  } catch (thrown) {
    assert.ok(thrown instanceof Problem && thrown.code === 'request/malformed');
    return thrown.message.split('\n');
  }
  return assert.fail('it was taken');
};

test('a term says only what is not usual: the rest is what most contracts mean', () => {
  const term = readTerm({ ...least, levels: [{ priority: 'stat', minutes: 30 }] }, options);
  assert.equal(term.id, 'north-telerad/ct');
  assert.equal(term.validFrom, '2026-11-23T07:00:00.000Z');
  assert.deepEqual(term.levels, [
    { from: 'ready', until: 'final', measure: 'each', pauses: [], priority: 'stat', minutes: 30 },
  ]);
  assert.deepEqual(term.jurisdictions, {
    ...{ patientAt: ['US', 'DE'], readerMayBeAt: [], blocked: [] },
    // What is not said of data: they stay where the patients are.
    dataMayRestAt: ['US', 'DE'],
  });
});

test('a priority of which nothing is said has the level of the next less urgent', () => {
  const said = [
    { priority: 'stat', minutes: 30 },
    { priority: 'urgent', minutes: 60 },
  ];
  const { levels } = readTerm({ ...least, levels: said }, options);
  assert.deepEqual(
    levels.map(({ priority, minutes }) => [priority, minutes]),
    [
      ['urgent', 60],
      ['asap', 60],
      ['stat', 30],
    ],
  );
});

test('all faults of a term are named at once, with what was probably meant', () => {
  const faults = told(() =>
    readTerm({ ...least, readtype: 'final', readType: 'finale', price: { ...least.price, amount: 12.5 } }, options),
  );
  assert.deepEqual(faults.toSorted(), [
    'price.amount: amount must be a decimal in quotes: "12.50"',
    'readType: readType must be one of preliminary, final, second, consult, trial; did you mean final?',
    'readtype: unknown key readtype; did you mean readType?',
  ]);
});

test('what the form cannot say is refused as well: zones, profiles, clocks that run backwards, places that are blocked', () => {
  const level = { priority: 'stat', minutes: 30 };
  const faults = told(() =>
    readTerm(
      {
        ...least,
        validFrom: '2026-05-01',
        validTo: '2026-04-01',
        hours: [{ days: [1], from: '20:00', to: '08:00', zone: 'Europe/Atlantis' }],
        holidays: ['2026-02-31'],
        subspecialty: { required: 'none', relaxAt: 0.5 },
        levels: [level, { ...level, minutes: 60 }, { ...level, priority: 'urgent', from: 'final', until: 'claim' }],
        jurisdictions: { readerMayBeAt: ['US-TX'], blocked: ['US'] },
        disclosure: { mode: 'pseudonymised', profile: 'R-red' },
      },
      options,
    ),
  );
  assert.deepEqual(faults, [
    'validTo: 2026-04-01 is not after 2026-05-01',
    'subspecialty.relaxAt: there is nothing to relax: required is not hard',
    'hours[0].zone: no time zone Europe/Atlantis',
    'holidays[0]: no day 2026-02-31',
    'levels[1]: a level before is of stat: ready to final',
    'levels[2].until: claim is not after final',
    'jurisdictions: says neither dataMayRestAt nor patientAt: data may rest nowhere',
    'jurisdictions.readerMayBeAt[0]: US-TX is blocked',
    'disclosure.profile: no profile R-red; there are R-read, R-ident',
  ]);
});

test('faults in the terms of a contract name the term', () => {
  const contract = { id: 'c', provider: 'telerad', terms: { ct: least, mr: { ...least, outOfHours: true } } };
  assert.deepEqual(
    told(() => readContract(contract, { at })),
    ['terms.mr.outOfHours: without hours there is no time outside them'],
  );
});

test('the most specific term wins, those that say as much are named as ties, others with their reason', () => {
  const contract = readContract(
    {
      id: 'c',
      provider: 'telerad',
      terms: {
        all: least,
        ct: { ...least, modalities: ['CT'] },
        'ct-a': { ...least, modalities: ['CT'], sites: ['a'] },
        'ct-b': { ...least, modalities: ['CT'], sites: ['b'] },
        'ct-a2': { ...least, modalities: ['CT', 'MR'], sites: ['a'] },
        'ct-later': { ...least, modalities: ['CT'], sites: ['a'], procedures: ['24725-4^LN'], validFrom: '2027-01-01' },
      },
    },
    { at },
  );
  const terms = contract.terms.map((term) => ({ ...term, version: 1 }));
  const found = matchTerm(terms, theFacts(), at);
  assert.equal(found.term?.id, 'c/ct-a');
  assert.deepEqual(found.ties, ['c/ct-a2']);
  assert.deepEqual(found.others, [
    { term: 'c/all v1', reason: 'c/ct-a says more of which cases it is for' },
    { term: 'c/ct v1', reason: 'c/ct-a says more of which cases it is for' },
    { term: 'c/ct-b v1', reason: 'not for site a' },
    { term: 'c/ct-later v1', reason: 'it does not hold at this moment' },
  ]);
  assert.equal(matchTerm(terms.slice(3, 4), theFacts(), at).term, undefined);
});
