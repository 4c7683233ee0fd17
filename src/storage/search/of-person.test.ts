import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cutMembers, type Members, objectOf } from './members.ts';
import { nameAs, type OfPerson } from './of-person.ts';

const text = (vr: string, ...Value: string[]) => ({ vr, Value });

function named(received: object, ids: OfPerson['ids'] = [{ id: 'P1', issuer: 'OURS' }]): Record<string, unknown> {
  const members: Members = new Map();
  cutMembers(JSON.stringify(received), members);
  nameAs({ studyIds: [], ids }, members);
  return JSON.parse(objectOf(members));
}

test('PS3.3 C.7.1.1: an answer bears the id asked for; the received one, with all that qualifies it, is the first other', () => {
  const qualifiers = { vr: 'SQ', Value: [{ '00400032': text('UT', '1.2.3') }] };
  const known = { '00100020': text('LO', 'N-1'), '00100022': text('CS', 'RFID') };
  const received = {
    '00100010': { vr: 'PN', Value: [{ Alphabetic: 'Q^H' }] },
    '00100020': text('LO', '4"711'),
    '00100021': text('LO', 'NORTH'),
    '00100022': text('CS', 'BARCODE'),
    '00100024': qualifiers,
    '00101002': { vr: 'SQ', Value: [known] },
  };
  const { '00100010': name, '00101002': _, ...own } = received;
  assert.deepEqual(named(received), {
    '00100010': name,
    '00100020': text('LO', 'P1'),
    '00100021': text('LO', 'OURS'),
    '00101002': { vr: 'SQ', Value: [own, known] },
  });
});

test('a study without a Patient ID is told by no other than the ids of the person', () => {
  const received = { '00100020': { vr: 'LO' }, '00101002': { vr: 'SQ' } };
  const asked = { '00100020': text('LO', 'P1'), '00100021': text('LO', 'OURS') };
  assert.deepEqual(named(received), asked);
  const now = { '00100020': text('LO', 'P0'), '00100021': text('LO', 'OURS'), '00100022': text('CS', 'TEXT') };
  const former: OfPerson['ids'] = [
    { id: 'P1', issuer: 'OURS' },
    { id: 'P0', issuer: 'OURS' },
  ];
  assert.deepEqual(named(received, former), { ...asked, '00101002': { vr: 'SQ', Value: [now] } });
});
