// Two hospitals merge, on a whole node: what registration desks say by HL7 v2 and FHIR and what modalities say by DICOM is
// one person where it is, two where it is two, and what somebody decided can be taken back.

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Bundle, Parameters, Patient } from '@medplum/fhirtypes';
import { emptyFolder } from '../support/folder.ts';
import { codesOf, send } from '../support/hl7-door.ts';
import { freshUid, makeInstance } from '../support/instances.ts';
import { type NodeProcess, startNodeProcess } from '../support/node-process.ts';

const open = { FASCIA_AUTH: 'off', FASCIA_PEERS: 'ANY' };
const start = (t: TestContext, data?: string) =>
  startNodeProcess((cleanUp) => t.after(cleanUp), { environment: open, ...(data && { data }) });

let messages = 0;
async function adt(node: NodeProcess, event: string, ...segments: string[]): Promise<string[]> {
  messages += 1;
  const head = `MSH|^~\\&|RIS|NORTH|||20260101||ADT^${event}|M${messages}|P|2.5.1\rEVN|${event}\r`;
  return codesOf(await send(node.mllpPort, new TextEncoder().encode(`${head}${segments.join('\r')}\r`)));
}
const HERMIONE = 'QUIMBLEY^HERMIONE^A||19610307|F|||12 Rookery Lane^^Tamworth^^40210||0208 555 7319';

interface Person {
  id: string;
  identifiers: { issuer: string; id: string }[];
  studies: { studyInstanceUid: string }[];
}
async function api<T>({ url }: NodeProcess, path: string, body?: object, method = body ? 'POST' : 'GET'): Promise<T> {
  const answer = await fetch(`${url}/api/v1/identity${path}`, {
    method,
    ...(body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });
  assert.equal(answer.status, 200, `${method} ${path}: ${await answer.clone().text()}`);
  return (await answer.json()) as T;
}
async function personOf(node: NodeProcess, issuer: string, id: string): Promise<Person> {
  const [person] = await api<Person[]>(node, `/persons?${new URLSearchParams({ issuer, id })}`);
  assert.ok(person, `${issuer} ${id}`);
  return person;
}
async function store(node: NodeProcess, attributes: Record<string, string>): Promise<string> {
  const { file, studyInstanceUid } = makeInstance({ studyInstanceUid: freshUid(), attributes });
  const headers = { 'Content-Type': 'application/dicom', Accept: 'application/dicom+json' };
  const answer = await fetch(`${node.url}/dicomweb/studies`, { method: 'POST', headers, body: file });
  assert.equal(answer.status, 200);
  return studyInstanceUid;
}
/** The study is kept when it is acknowledged, and identified right after. */
async function identified(node: NodeProcess, study: string): Promise<Person> {
  for (;;) {
    const [person] = await api<Person[]>(node, `/persons?study=${study}`);
    if (person !== undefined) return person;
  }
}
async function fhir<T>({ url }: NodeProcess, method: string, path: string, body?: object): Promise<T> {
  const answer = await fetch(`${url}/fhir/R4/${path}`, {
    method,
    headers: { Accept: 'application/fhir+json', 'Content-Type': 'application/fhir+json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${await answer.clone().text()}`);
  return (await answer.json()) as T;
}

test('a study, an ADT message and a FHIR Patient of one woman are one person at every door, and still after a restart', async (t) => {
  const data = emptyFolder((cleanUp) => t.after(cleanUp));
  const node = await start(t, data);
  assert.deepEqual(await adt(node, 'A04', `PID|1||4711^^^NORTH||${HERMIONE}`), ['AA']);
  const study = await store(node, {
    PatientID: '4711',
    IssuerOfPatientID: 'NORTH',
    PatientName: 'QUIMBLEY^HERMIONE',
    PatientBirthDate: '19610307',
    PatientSex: 'F',
  });
  const south: Patient = {
    resourceType: 'Patient',
    identifier: [{ system: 'urn:oid:1.2.840.9', value: 'S-77' }],
    name: [{ family: 'Quimbley', given: ['Hermione', 'A'] }],
    gender: 'female',
    birthDate: '1961-03-07',
    telecom: [{ system: 'phone', value: '0208 555 7319' }],
    address: [{ line: ['12 Rookery Lane'], city: 'Tamworth', postalCode: '40210' }],
  };
  const created = await fhir<Patient>(node, 'PUT', 'Patient?identifier=urn:oid:1.2.840.9%7CS-77', south);
  const person = await identified(node, study);
  const known = await fhir<Patient>(node, 'GET', `Patient/${person.id}`);
  assert.deepEqual(known.link, [{ other: { reference: `Patient/${created.id}` }, type: 'refer' }]);
  assert.deepEqual({ ...known, id: undefined, link: undefined }, { ...created, id: undefined, link: undefined });
  const tell = (each: Person) => each.identifiers.map(({ issuer, id }) => `${issuer} ${id}`).sort();
  assert.deepEqual(tell(person), ['1.2.840.9&ISO S-77', 'NORTH 4711']);
  assert.deepEqual(
    person.studies.map(({ studyInstanceUid }) => studyInstanceUid),
    [study],
  );

  const crossed = await fhir<Parameters>(node, 'GET', 'Patient/$ihe-pix?sourceIdentifier=urn:oid:1.2.840.9%7CS-77');
  assert.deepEqual(
    crossed.parameter?.flatMap(({ valueIdentifier }) => valueIdentifier?.value ?? []),
    ['4711'],
  );
  const query = (event: string, qpd: string) =>
    `MSH|^~\\&|PAS|NORTH|||20260101||QBP^${event}^QBP_Q21|Q${event}|P|2.5\rQPD|${qpd}\rRCP|I\r`;
  const asked = async (event: string, qpd: string) =>
    (await send(node.mllpPort, new TextEncoder().encode(query(event, qpd))))[0]!;
  const pix = await asked('Q23', 'IHE PIX Query|T1|4711^^^NORTH');
  assert.equal(pix.segment('PID')?.text(3), 'S-77');
  const pdq = await asked('Q22', 'IHE PDQ Query|T2|@PID.5.1^QUIM*~@PID.7^19610307');
  assert.match(pdq.text, /QAK\|T2\|OK/);
  assert.match(pdq.text, /4711\^\^\^NORTH/);
  const found = await fhir<Bundle>(node, 'GET', 'Patient?family=quim&birthdate=1961-03-07');
  assert.deepEqual(
    found.entry?.map(({ resource }) => resource?.id),
    [created.id],
  );
  const body = {
    resourceType: 'Parameters',
    parameter: [{ name: 'resource', resource: { ...south, identifier: undefined } }],
  };
  const matched = await fhir<Bundle>(node, 'POST', 'Patient/$match', body);
  assert.deepEqual(
    matched.entry?.map(({ resource, search }) => [resource?.id, search?.extension?.[0]?.valueCode]),
    [[created.id, 'certain']],
  );
  await node.stop();
  const again = await start(t, data);
  assert.deepEqual(await personOf(again, 'NORTH', '4711'), person);
});

test('A40 joins two registrations once; taken back, they are two again, and nobody who may not say so joins them', async (t) => {
  const node = await start(t);
  const other = 'ABERNATHY^ROSALIND||19880919|F';
  await adt(node, 'A04', `PID|1||1^^^NORTH||${HERMIONE}`);
  await adt(node, 'A04', `PID|1||2^^^NORTH||${other}`);
  const [one, two] = [await personOf(node, 'NORTH', '1'), await personOf(node, 'NORTH', '2')];
  assert.notEqual(one.id, two.id);
  assert.deepEqual(await adt(node, 'A40', `PID|1||1^^^NORTH||${HERMIONE}`, 'MRG|2^^^NORTH'), ['AA']);
  const joined = await personOf(node, 'NORTH', '2');
  assert.equal(joined.id, (await personOf(node, 'NORTH', '1')).id);
  const explained = await api<{ statements: { id: string; type: string }[] }>(node, `/explain/${joined.id}`);
  assert.equal(explained.statements.length, 1);
  await api(node, '/decisions', { type: 'retract', entry: explained.statements[0]!.id });
  assert.deepEqual(
    [(await personOf(node, 'NORTH', '1')).id, (await personOf(node, 'NORTH', '2')).id],
    [one.id, two.id],
  );

  const owner = { name: 'OWNER', sendingApplication: 'PAS', sendingFacility: 'X', hosts: [], enabled: true };
  const put = await fetch(`${node.url}/api/v1/hl7/interfaces/OWNER`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ ...owner, profile: { owns: ['NORTH'] } }),
  });
  assert.equal(put.status, 200, await put.text());
  assert.deepEqual(await adt(node, 'A40', `PID|1||1^^^NORTH||${HERMIONE}`, 'MRG|2^^^NORTH'), ['AE']);
  assert.equal((await personOf(node, 'NORTH', '2')).id, two.id);
  // By another name of the same authority it is no more theirs.
  await api(node, '/authorities/NORTH', { name: 'NORTH', universalId: '1.2.3', sources: [] }, 'PUT');
  const renamed = [`PID|1||1^^^&1.2.3&ISO||${HERMIONE}`, 'MRG|2^^^&1.2.3&ISO'];
  assert.deepEqual(await adt(node, 'A40', ...renamed), ['AE']);
  assert.equal((await personOf(node, 'NORTH', '2')).id, two.id);
});

test('a person of ours decides, and takes it back; an authority with two names is one once it is known', async (t) => {
  const node = await start(t);
  await adt(node, 'A04', `PID|1||5^^^NORTH||${HERMIONE}`);
  await adt(node, 'A04', 'PID|1||5^^^&1.2.3&ISO||');
  const of = [
    { issuer: 'NORTH', id: '5' },
    { issuer: '1.2.3&ISO', id: '5' },
  ];
  const both = async () => [(await personOf(node, 'NORTH', '5')).id, (await personOf(node, '1.2.3&ISO', '5')).id];
  assert.equal(new Set(await both()).size, 2, 'equal numbers of two issuers are no evidence');
  const { entry } = await api<{ entry: string }>(node, '/decisions', { type: 'same', of, reason: 'told by phone' });
  assert.equal(new Set(await both()).size, 1);
  await api(node, '/decisions', { type: 'retract', entry });
  assert.equal(new Set(await both()).size, 2);
  await api(node, '/authorities/NORTH', { name: 'NORTH', universalId: '1.2.3', sources: ['CT1'] }, 'PUT');
  while (new Set(await both()).size !== 1) await new Promise(setImmediate);
});
