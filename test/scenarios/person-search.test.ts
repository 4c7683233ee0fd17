// A person's longitudinal list, on a whole node: studies of all sites and issuers are found and retrieved by the person's id,
// which is a Patient ID of our own domain, and nothing else changes for who asks with a source's.

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { DataSet } from '../../src/dicom/dataset.ts';
import * as scu from '../../src/dimse/scu.ts';
import { getJson, type Json, stow, value } from '../support/dicomweb.ts';
import { codesOf, send } from '../support/hl7-door.ts';
import { freshUid, type MadeInstance, makeInstance } from '../support/instances.ts';
import { type NodeProcess, startNodeProcess } from '../support/node-process.ts';
import { associate, find, identifier, UNCOMPRESSED } from '../support/peer.ts';

const PATIENT_ROOT_FIND = '1.2.840.10008.5.1.4.1.2.1.1';
const PATIENT_ROOT_GET = '1.2.840.10008.5.1.4.1.2.1.3';

const HERMIONE = 'QUIMBLEY^HERMIONE^A||19610307|F|||12 Rookery Lane^^Tamworth^^40210||0208 555 7319';

interface Person {
  id: string;
  studies: { studyInstanceUid: string }[];
}
async function personOf({ url }: NodeProcess, issuer: string, id: string): Promise<Person> {
  const [person] = await persons(url, { issuer, id });
  assert.ok(person, `${issuer} ${id}`);
  return person;
}
async function persons(url: string, query: Record<string, string>): Promise<Person[]> {
  const answer = await fetch(`${url}/api/v1/identity/persons?${new URLSearchParams(query)}`);
  assert.equal(answer.status, 200);
  return (await answer.json()) as Person[];
}

let messages = 0;
async function adt(node: NodeProcess, event: string, ...segments: string[]): Promise<void> {
  messages += 1;
  const head = `MSH|^~\\&|RIS|NORTH|||20260101||ADT^${event}|M${messages}|P|2.5.1\rEVN|${event}\r`;
  const codes = codesOf(await send(node.mllpPort, new TextEncoder().encode(`${head}${segments.join('\r')}\r`)));
  assert.deepEqual(codes, ['AA']);
}

/** A study that is kept and identified. */
async function study(
  node: NodeProcess,
  PatientID: string,
  IssuerOfPatientID: string,
  more: Record<string, string> = {},
) {
  const made = makeInstance({
    studyInstanceUid: freshUid(),
    attributes: {
      PatientID,
      IssuerOfPatientID,
      PatientName: 'QUIMBLEY^HERMIONE',
      PatientBirthDate: '19610307',
      PatientSex: 'F',
      ...more,
    },
  });
  assert.equal((await stow(node.url, [made.file])).status, 200);
  while ((await persons(node.url, { study: made.studyInstanceUid })).length === 0) await new Promise(setImmediate);
  return made;
}

async function oneWomanOfTwoSites(t: TestContext, environment: Record<string, string> = {}) {
  const node = await startNodeProcess((cleanUp) => t.after(cleanUp), {
    environment: { FASCIA_AUTH: 'off', FASCIA_PEERS: 'ANY', ...environment },
  });
  await adt(node, 'A04', `PID|1||4711^^^NORTH||${HERMIONE}`);
  await adt(node, 'A04', `PID|1||S-77^^^SOUTH||${HERMIONE}`);
  const north = await study(node, '4711', 'NORTH');
  const south = await study(node, 'S-77', 'SOUTH', { PatientName: 'Quimbley^Hermione^A' });
  const stranger = await study(node, '4711', 'SOUTH', {
    PatientName: 'ABERNATHY^ROSALIND',
    PatientBirthDate: '19880919',
  });
  const person = await personOf(node, 'NORTH', '4711');
  assert.equal(person.id, (await personOf(node, 'SOUTH', 'S-77')).id);
  return { node, north, south, stranger, person };
}

const uids = (...made: MadeInstance[]): string[] => made.map(({ studyInstanceUid }) => studyInstanceUid).sort();
const found = (answers: readonly Json[]): unknown[] => answers.map((each) => value(each, '0020000D')).sort();
const query = (id: string, issuer = 'FASCIA'): string => `PatientID=${id}&IssuerOfPatientID=${issuer}`;
const items = (answer: Json): string[] =>
  ((answer['00101002']?.Value ?? []) as Json[]).map((item) => `${value(item, '00100021')} ${value(item, '00100020')}`);

test('a person is searched for by QIDO-RS: studies of every site, each as it was received, under the id that was asked for', async (t) => {
  const { node, north, south, stranger, person } = await oneWomanOfTwoSites(t);
  const answers = await getJson(node.url, `/studies?${query(person.id)}`);
  assert.deepEqual(found(answers), uids(north, south));
  for (const answer of answers) {
    const isNorth = value(answer, '0020000D') === north.studyInstanceUid;
    assert.equal(value(answer, '00100020'), person.id);
    assert.equal(value(answer, '00100021'), 'FASCIA');
    assert.equal(value(answer, '00100010'), isNorth ? 'QUIMBLEY^HERMIONE' : 'Quimbley^Hermione^A');
    assert.deepEqual(items(answer), [isNorth ? 'NORTH 4711' : 'SOUTH S-77']);
  }
  const instances = await getJson(node.url, `/instances?${query(person.id)}&includefield=all`);
  assert.deepEqual(found(instances), uids(north, south));
  assert.deepEqual(instances.flatMap(items).sort(), ['NORTH 4711', 'SOUTH S-77']);
  const narrowed = await getJson(node.url, `/studies?${query(person.id)}&StudyInstanceUID=${north.studyInstanceUid}`);
  assert.deepEqual(found(narrowed), uids(north));
  assert.equal((await getJson(node.url, `/studies?${query(person.id)}&limit=1&offset=1`)).length, 1);

  const [own, ...none] = await getJson(node.url, `/studies?${query('4711', 'NORTH')}`);
  assert.deepEqual([none.length, value(own!, '00100020'), own!['00101002']], [0, '4711', undefined]);
  assert.deepEqual(found(await getJson(node.url, '/studies?PatientID=4711')), uids(north, stranger));
  const nobody = await fetch(`${node.url}/dicomweb/studies?${query('P0000000000000000')}`);
  assert.equal(await nobody.text(), '[]');
});

test('PS3.4 C.4.1, C.4.3: C-FIND answers by person at each level, and C-GET brings all of a person', async (t) => {
  const { node, north, south, person } = await oneWomanOfTwoSites(t, { FASCIA_IDENTITY_DOMAIN: 'ARCHIVE' });
  const keys = {
    PatientID: person.id,
    IssuerOfPatientID: 'ARCHIVE',
    StudyInstanceUID: null,
    PatientName: null,
    OtherPatientIDsSequence: [],
    NumberOfPatientRelatedStudies: null,
  };
  const answers = await find(node.dicomPort, 'STUDY', keys);
  const told = (answer: DataSet) => [
    answer.text('StudyInstanceUID'),
    answer.text('PatientID'),
    answer.text('IssuerOfPatientID'),
    answer.number('NumberOfPatientRelatedStudies'),
    ...answer.items('OtherPatientIDsSequence').map((item) => item.text('PatientID')),
  ];
  assert.deepEqual(answers.map(told), [
    [north.studyInstanceUid, person.id, 'ARCHIVE', 2, '4711'],
    [south.studyInstanceUid, person.id, 'ARCHIVE', 2, 'S-77'],
  ]);

  const { sopClassUid, transferSyntaxUid } = north;
  const association = await associate(node.dicomPort, [
    { abstractSyntax: PATIENT_ROOT_FIND, transferSyntaxes: UNCOMPRESSED },
    { abstractSyntax: PATIENT_ROOT_GET, transferSyntaxes: UNCOMPRESSED },
    { abstractSyntax: sopClassUid, transferSyntaxes: [transferSyntaxUid], role: { scuRole: false, scpRole: true } },
  ]);
  const patients = await Array.fromAsync(scu.find(association, PATIENT_ROOT_FIND, identifier('PATIENT', keys)));
  assert.deepEqual(
    patients.map((patient) => [patient.text('PatientID'), patient.number('NumberOfPatientRelatedStudies')]),
    [[person.id, 2]],
  );
  const received: string[] = [];
  const retrieve = (level: string, more: Record<string, string>) =>
    scu.get(association, PATIENT_ROOT_GET, identifier(level, { PatientID: person.id, ...more }), (request) => ({
      write: () => {},
      abort: () => {},
      finish: async () => {
        received.push(request.sopInstanceUid);
        return 0;
      },
    }));
  await retrieve('PATIENT', {});
  assert.deepEqual(received.splice(0), [north.sopInstanceUid, south.sopInstanceUid]);
  await retrieve('STUDY', { StudyInstanceUID: south.studyInstanceUid });
  assert.deepEqual(received, [south.sopInstanceUid]);
  await association.release();
});

test('a former id of a merged person finds the same studies, and the answer names the id that is theirs now', async (t) => {
  const { node, north, south, stranger, person } = await oneWomanOfTwoSites(t);
  const former = (await personOf(node, 'SOUTH', '4711')).id;
  assert.notEqual(former, person.id);
  await adt(node, 'A40', `PID|1||S-77^^^SOUTH||${HERMIONE}`, 'MRG|4711^^^SOUTH');
  const merged = await getJson(node.url, `/studies?${query(person.id)}`);
  assert.deepEqual(found(merged), uids(north, south, stranger));
  const byFormer = await getJson(node.url, `/studies?${query(former)}`);
  assert.deepEqual(found(byFormer), uids(north, south, stranger));
  for (const answer of byFormer) {
    assert.equal(value(answer, '00100020'), former);
    assert.equal(items(answer).at(-1), `FASCIA ${person.id}`);
  }
});

test('a study is explained with its person and what that rests on, and no name', async (t) => {
  const { node, south, person } = await oneWomanOfTwoSites(t);
  await adt(node, 'A40', `PID|1||S-77^^^SOUTH||${HERMIONE}`, 'MRG|S-78^^^SOUTH');
  const answer = await fetch(`${node.url}/api/v1/explain/${south.sopInstanceUid}`);
  const text = await answer.text();
  assert.doesNotMatch(text, /quimbley|hermione|S-77|19610307/i);
  const [{ identifiedAs }] = JSON.parse(text).studies;
  assert.equal(identifiedAs.person, person.id);
  assert.match(identifiedAs.entry, /^\d+$/);
  assert.deepEqual(
    identifiedAs.statements.map(({ type }: { type: string }) => type),
    ['same'],
  );
  const { registrations, sightings } = identifiedAs;
  assert.deepEqual({ registrations, sightings }, { registrations: 2, sightings: 5 });
});
