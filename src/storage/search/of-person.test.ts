import assert from 'node:assert/strict';
import { test } from 'node:test';
import { image, insertImages } from '../../../test/support/catalogue-rows.ts';
import { testDatabase } from '../../../test/support/database.ts';
import { tagOf, vrOf } from '../../dicom/dictionary.ts';
import type { Query } from '../../dicom/query.ts';
import { cutMembers, type Members, objectOf } from './members.ts';
import { nameAs, type OfPerson } from './of-person.ts';
import { search } from './search.ts';

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

test('only what is a person’s is found, also by an attribute without a column; the next search is told nothing of it', async (t) => {
  const database = await testDatabase(t);
  const of = (PatientID: string, EthnicGroup: string) => image({ PatientID, EthnicGroup });
  await insertImages(database, [of('N1', 'a'), of('S1', 'a'), of('S2', 'b'), of('X', 'a')]);
  const studies = await database.query<{ id: string }>(`select id from study where patient_id <> 'X' order by id`);
  const person: OfPerson = { studyIds: studies.map(({ id }) => id), ids: [{ id: 'P1', issuer: 'OURS' }] };
  const ask = async (level: Query['level'], ethnicGroup: string[], of?: OfPerson) => {
    const path = [tagOf('EthnicGroup')!];
    const keys = [{ path, vr: vrOf(path[0]!), values: ethnicGroup }];
    const returnPaths = [[tagOf('NumberOfPatientRelatedStudies')!]];
    const query: Query = { level, keys, returnPaths, fuzzy: false };
    const { body, count } = await search(database, { tenant: 1, query, baseUrl: 'http://x', person: of });
    const answers: Record<string, { Value: unknown[] }>[] = JSON.parse(new TextDecoder().decode(body));
    assert.equal(answers.length, count);
    return answers.map((answer) => [answer['00100020']!.Value[0], answer['00201200']!.Value[0]]);
  };
  assert.deepEqual(await ask('STUDY', ['a'], person), [
    ['P1', 3],
    ['P1', 3],
  ]);
  assert.deepEqual(await ask('PATIENT', ['a'], person), [['P1', 3]]);
  assert.deepEqual(await ask('STUDY', [], { ...person, studyIds: [] }), []);
  assert.deepEqual(await ask('STUDY', ['b']), [['S2', 1]]);
});
