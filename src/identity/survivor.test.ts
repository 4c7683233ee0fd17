import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IdentityIndex } from './identity-index.ts';
import type { Assertion, Identifier } from './sighting.ts';

const number = (id: string, issuer = 'HOSP'): Identifier => ({ issuer, id });
let said = 0;
const merge = (survivor: Identifier, prior: Identifier): Assertion => ({
  id: `a${said}`,
  type: 'same',
  of: [survivor, prior],
  authoritative: true,
  timestamp: new Date(Date.UTC(2026, 0, 1) + said++ * 1000).toISOString(),
});

function index(...numbers: Identifier[]): IdentityIndex {
  const made = new IdentityIndex();
  for (const { issuer, id } of numbers) {
    const patient = { name: 'MEIER^ANNA', birthDate: '19700101', timestamp: '2026-01-01T00:00:00Z' };
    made.put({ id: `${issuer} ${id}`, site: issuer, issuer, patientId: id, ...patient });
  }
  return made;
}

test('HL7 v2 3.3.40: a number that was merged is known by the one that survived, along a chain of merges', () => {
  const people = index(number('1'), number('2'), number('3'));
  people.assert(merge(number('2'), number('1')));
  people.assert(merge(number('3'), number('2')));
  assert.deepEqual(people.survivorOf('HOSP 1'), number('3'));
  assert.deepEqual(people.survivorOf('HOSP 2'), number('3'));
  assert.equal(people.survivorOf('HOSP 3'), undefined);
});

test('a merge that is taken back leaves everybody under their own number, and one that is turned round the other', () => {
  const people = index(number('1'), number('2'));
  const first = merge(number('2'), number('1'));
  people.assert(first);
  people.retract(first.id);
  assert.equal(people.survivorOf('HOSP 1'), undefined);
  people.assert(merge(number('2'), number('1')));
  people.assert(merge(number('1'), number('2')));
  assert.equal(people.survivorOf('HOSP 1'), undefined);
  assert.deepEqual(people.survivorOf('HOSP 2'), number('1'));
});

test('the number of another issuer replaces none, and a cycle of merges ends', () => {
  const people = index(number('1'), number('9', 'CLINIC'), number('2'), number('3'));
  people.assert(merge(number('9', 'CLINIC'), number('1')));
  assert.equal(people.survivorOf('HOSP 1'), undefined);
  people.assert(merge(number('2'), number('1')));
  people.assert(merge(number('3'), number('2')));
  people.assert(merge(number('1'), number('3')));
  assert.deepEqual(people.survivorOf('HOSP 1'), number('3'));
});
