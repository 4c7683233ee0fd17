import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Bundle, OperationOutcome, Parameters, Patient } from '@medplum/fhirtypes';
import { BLUE, patient, RED, registrationPath, type TestDoor, testDoor } from './testing/test-door.ts';

const people: Patient[] = [
  patient(RED, 'r1', { address: [{ line: ['10 Main St'], city: 'Köln', postalCode: '50667', country: 'DE' }] }),
  patient(RED, 'r2', {
    name: [{ family: 'Mohrmann', given: ['Bert'] }],
    gender: 'male',
    birthDate: '1960-05',
    telecom: [{ system: 'phone', value: '+49 221 1' }],
  }),
  patient(BLUE, 'b3', {
    name: [{ family: 'O’Neill', given: ['Zoë', 'Ann'] }],
    birthDate: '2001-12-31',
    active: false,
    extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/patient-mothersMaidenName', valueString: 'Smith, Jr' }],
  }),
];

async function registered(door: TestDoor): Promise<TestDoor> {
  for (const each of people) {
    const { system, value } = each.identifier![0]!;
    await door.send('PUT', registrationPath(system!, value!), each);
  }
  await door.send('PUT', registrationPath(BLUE, 'b1'), patient(BLUE, 'b1'));
  return door;
}

const idsOf = ({ entry = [] }: Bundle): string[] =>
  entry.filter(({ search }) => search?.mode === 'match').map(({ resource }) => resource!.id!);
const linkOf = ({ link = [] }: Bundle, relation: string): string | undefined =>
  link.find((each) => each.relation === relation)?.url;

test('ITI-78: each parameter finds whom it names, alone, together and by alternatives', async (t) => {
  const door = await registered(await testDoor(t));
  const found = async (query: string) => (await door.send<Bundle>('GET', `/Patient?${query}`)).resource;
  const cases: [string, string[]][] = [
    ['', ['p0001', 'p0002', 'p0003']],
    ['_id=p0002', ['p0002']],
    ['_id=p0002,p0003', ['p0002', 'p0003']],
    [`identifier=${RED}|r1`, ['p0001']],
    ['identifier=r2', ['p0002']],
    [`identifier=${RED}|b1`, []],
    ['family=mohr', ['p0001', 'p0002']],
    ['family:exact=Mohr', ['p0001']],
    ['family:exact=mohr', []],
    ['family:contains=MANN', ['p0002']],
    ['given=zoe', ['p0003']],
    ['given=zoe&given=ann', ['p0003']],
    ['given=zoe&given=bert', []],
    ['name=ann', ['p0003']],
    ['family=mohr&gender=male', ['p0002']],
    ['birthdate=1958-01-30&family=mohr', ['p0001']],
    ['birthdate=1960', ['p0002']],
    ['birthdate=1960-05-02', []],
    ['birthdate=ap1960-05-02', ['p0002']],
    ['birthdate=ge1960-05&birthdate=lt2001', ['p0002']],
    ['birthdate=sa1960-05', ['p0003']],
    ['birthdate=eb1960-05', ['p0001']],
    ['birthdate=ne1958-01-30', ['p0002', 'p0003']],
    ['gender=male', ['p0002']],
    ['gender:not=female', ['p0002']],
    ['active=false', ['p0003']],
    ['address=main', []],
    ['address:contains=main', ['p0001']],
    ['address=10 main', ['p0001']],
    ['address-city=koln', ['p0001']],
    ['address-postalcode=506', ['p0001']],
    ['address-country=DE', ['p0001']],
    ['address:missing=false', ['p0001']],
    ['telecom=%2B49 221 1', ['p0002']],
    ['phone=phone|%2B49 221 1', ['p0002']],
    ['email=%2B49 221 1', []],
    ['mothersMaidenName=smith%5C, jr', ['p0003']],
    ["identifier=x'%20OR%20'1'%3D'1", []],
  ];
  for (const [query, ids] of cases) {
    const bundle = await found(query);
    assert.deepEqual(idsOf(bundle), ids, query);
    assert.equal(bundle.total, ids.length, query);
    assert.equal(bundle.type, 'searchset');
  }
});

test('ITI-78: a search by POST is the search by GET, with the self link of that', async (t) => {
  const door = await registered(await testDoor(t));
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const posted = await door.send<Bundle>('POST', '/Patient/_search', 'family=Mohr&birthdate=1958-01-30', headers);
  const got = await door.send<Bundle>('GET', '/Patient?family=Mohr&birthdate=1958-01-30');
  assert.deepEqual(posted.resource, got.resource);
  assert.equal(linkOf(posted.resource, 'self'), `${door.root}/Patient?family=Mohr&birthdate=1958-01-30`);
  assert.equal((await door.send('POST', '/Patient/_search', '{}')).status, 415);
});

test('ITI-78: a system without a value says which identifiers are wanted; an unknown one is told', async (t) => {
  const door = await registered(await testDoor(t));
  const { resource } = await door.send<Bundle>('GET', `/Patient?identifier=${BLUE}|&family=mohr`);
  assert.deepEqual(idsOf(resource), ['p0001']);
  assert.deepEqual((resource.entry![0]!.resource as Patient).identifier, [{ system: BLUE, value: 'b1' }]);
  const either = await door.send<Bundle>('GET', `/Patient?identifier=${BLUE}|,${RED}|`);
  assert.deepEqual(idsOf(either.resource), ['p0001', 'p0002', 'p0003']);
  const unknown = await door.send('GET', '/Patient?identifier=urn:oid:9.9|');
  assert.equal(`${unknown.status} ${unknown.issue}`, '404 warning not-found targetSystem not found');
});

test('R4 search: the pages of an answer are walked by their links, without a gap and without a repetition', async (t) => {
  const door = await testDoor(t);
  for (let at = 0; at < 7; at++) {
    await door.send('PUT', registrationPath(RED, `${at}`), patient(RED, `${at}`, { birthDate: `196${at}-01-01` }));
  }
  const seen: string[] = [];
  let url: string | undefined = `${door.root}/Patient?family=mohr&_count=3`;
  let pages = 0;
  while (url !== undefined) {
    const { resource }: { resource: Bundle } = await door.send<Bundle>('GET', url.slice(door.root.length));
    assert.equal(resource.total, 7);
    seen.push(...idsOf(resource));
    pages += 1;
    // Somebody who comes in between is on no page that was seen already.
    if (pages === 1) await door.send('PUT', registrationPath(RED, '0'), patient(RED, '0', { birthDate: '1960-01-01' }));
    url = linkOf(resource, 'next');
  }
  assert.equal(pages, 3);
  assert.deepEqual(seen, ['p0001', 'p0002', 'p0003', 'p0004', 'p0005', 'p0006', 'p0007']);
});

test('R4 search: _count is a number, and no more than the limit; none of them is the total alone', async (t) => {
  const door = await registered(await testDoor(t));
  for (const query of [
    '_count=-1',
    '_count=x',
    '_cursor=%00',
    '_summary=x',
    'birthdate=notadate',
    'birthdate=2001-02-30',
    'family:missing=perhaps',
    'name:exact=%00',
  ]) {
    const { status, issue } = await door.send('GET', `/Patient?${query}`);
    assert.equal(status, 400, query);
    assert.match(issue, /^error invalid/, query);
  }
  assert.equal((await door.send<Bundle>('GET', '/Patient?_count=99999999999')).resource.total, 3);
  for (const query of ['_count=0', '_summary=count']) {
    const { resource } = await door.send<Bundle>('GET', `/Patient?${query}`);
    assert.equal(resource.total, 3);
    assert.equal(resource.entry, undefined);
  }
});

test('R4 search: what is not known is ignored and said, refused where asked for; an unknown modifier always is', async (t) => {
  const door = await registered(await testDoor(t));
  const lenient = await door.send<Bundle>('GET', '/Patient?shoe-size=42&_include=*:*&family=mohrm');
  assert.deepEqual(idsOf(lenient.resource), ['p0002']);
  assert.equal(linkOf(lenient.resource, 'self'), `${door.root}/Patient?family=mohrm`);
  const outcome = lenient.resource.entry!.find(({ search }) => search?.mode === 'outcome')!
    .resource as OperationOutcome;
  assert.deepEqual(
    outcome.issue?.map(({ severity, diagnostics }) => `${severity} ${diagnostics}`),
    ['warning the search parameter shoe-size was ignored', 'warning the search parameter _include was ignored'],
  );
  const strict = await door.send('GET', '/Patient?shoe-size=42', undefined, { Prefer: 'handling=strict' });
  assert.equal(strict.status, 400);
  assert.equal((await door.send('GET', '/Patient?family:above=x')).status, 400);
  assert.equal((await door.send('GET', `/Patient?_sort=${'a,'.repeat(2000)}`)).status, 200);
});

test('R4 search: a summary or the elements asked for, marked as a part', async (t) => {
  const door = await registered(await testDoor(t));
  const resourceOf = async (query: string) =>
    (await door.send<Bundle>('GET', `/Patient?_id=p0003&${query}`)).resource.entry![0]!.resource as Patient;
  const summary = await resourceOf('_summary=true');
  assert.deepEqual(Object.keys(summary).sort(), [
    'active',
    'birthDate',
    'gender',
    'id',
    'identifier',
    'meta',
    'name',
    'resourceType',
  ]);
  assert.equal(summary.meta?.tag?.[0]?.code, 'SUBSETTED');
  const elements = await resourceOf('_elements=birthDate,gender');
  assert.deepEqual(Object.keys(elements).sort(), ['birthDate', 'gender', 'id', 'meta', 'resourceType']);
  const whole = await resourceOf('_summary=false');
  assert.equal(whole.meta?.tag, undefined);
  assert.equal(whole.extension?.[0]?.valueString, 'Smith, Jr');
});

test('R4 read: a person by id, with all its identifiers, and 304 to whoever has that version', async (t) => {
  const door = await registered(await testDoor(t));
  const read = await door.send<Patient>('GET', '/Patient/p0001');
  assert.equal(read.status, 200);
  assert.deepEqual(
    read.resource.identifier?.map(({ value }) => value),
    ['r1', 'b1'],
  );
  const etag = read.headers.get('etag')!;
  assert.equal(etag, `W/"${read.resource.meta!.versionId}"`);
  assert.equal(read.headers.get('last-modified'), 'Mon, 23 Nov 2026 03:06:00 GMT');
  const again = await door.send('GET', '/Patient/p0001', undefined, { 'If-None-Match': etag });
  assert.equal(again.status, 304);
  const head = await door.send('HEAD', '/Patient/p0001');
  assert.equal(`${head.status} ${head.text}`, '200 ');
  const nobody = await door.send('GET', '/Patient/00000000-0000-4000-8000-000000000000');
  assert.equal(`${nobody.status} ${nobody.issue}`, '404 error not-found no such Patient');
  assert.equal((await door.send('GET', '/Patient/p0001%00')).status, 404);
});

const asked = (resource: Patient | undefined, more: Parameters['parameter'] = []): Parameters => ({
  resourceType: 'Parameters',
  parameter: [...(resource === undefined ? [] : [{ name: 'resource', resource }]), ...more!],
});

const graded = ({ entry = [] }: Bundle): string[] =>
  entry.map(({ resource, search }) => `${resource!.id} ${search!.extension![0]!.valueCode} ${search!.score}`);

test('ITI-119: candidates come with score and grade, the most likely first, as many as asked for', async (t) => {
  const door = await registered(await testDoor(t));
  await door.send(
    'PUT',
    registrationPath(RED, 'r9'),
    patient(RED, 'r9', { name: [{ family: 'Mohr', given: ['Alicia'] }] }),
  );
  const match = async (body: object) => (await door.send<Bundle>('POST', '/Patient/$match', body)).resource;
  const alice = { ...patient(RED, 'x'), identifier: undefined };
  const all = await match(asked(alice));
  assert.deepEqual(graded(all), ['p0001 certain 1', 'p0004 probable 0.75']);
  assert.equal(all.type, 'searchset');
  assert.equal(all.total, 2);
  assert.equal(all.entry![0]!.search!.extension![0]!.url, 'http://hl7.org/fhir/StructureDefinition/match-grade');
  assert.equal(all.entry![0]!.fullUrl, `${door.root}/Patient/p0001`);
  assert.deepEqual(graded(await match(asked(alice, [{ name: 'count', valueInteger: 1 }]))), ['p0001 certain 1']);
  assert.deepEqual(graded(await match(alice)), graded(all));
});

test('ITI-119: onlyCertainMatches gives the one that is certain, or none', async (t) => {
  const door = await registered(await testDoor(t));
  const certain = async (resource: Patient) =>
    graded(
      (
        await door.send<Bundle>(
          'POST',
          '/Patient/$match',
          asked(resource, [{ name: 'onlyCertainMatches', valueBoolean: true }]),
        )
      ).resource,
    );
  assert.deepEqual(await certain(patient(RED, 'x')), ['p0001 certain 1']);
  assert.deepEqual(await certain(patient(RED, 'x', { gender: 'unknown' })), []);
  assert.deepEqual(await certain(patient(RED, 'x', { name: [{ family: 'Nobody' }], birthDate: '1900' })), []);
  // Two that are certain are two people, of whom nobody knows which.
  door.identity.match = async () => {
    const person = { ...patient(RED, 'x'), id: 'p1' };
    return [1, 2].map(() => ({ patient: person, score: 1, grade: 'certain' as const }));
  };
  assert.deepEqual(await certain(patient(RED, 'x')), []);
});

test('ITI-119: what does not say whom to match is refused', async (t) => {
  const door = await testDoor(t);
  const refused = async (body: object) => {
    const { status, issue } = await door.send('POST', '/Patient/$match', body);
    return `${status} ${issue}`;
  };
  assert.equal(
    await refused(asked(undefined, [{ name: 'count', valueInteger: 3 }])),
    '400 error required the parameter resource is missing',
  );
  assert.match(await refused({ resourceType: 'Basic', code: { text: 'x' } }), /^400 error structure/);
  assert.match(
    await refused({
      resourceType: 'Parameters',
      parameter: [{ name: 'resource', resource: { resourceType: 'Basic', code: { text: 'x' } } }],
    }),
    /^400 error value/,
  );
  assert.match(await refused(asked(patient(RED, 'x'), [{ name: 'count', valueInteger: 0 }])), /^400 error invalid/);
});
