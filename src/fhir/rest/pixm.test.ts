import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Parameters, Patient } from '@medplum/fhirtypes';
import { writeResource } from '../resource.ts';
import { BLUE, patient, RED, registrationPath, type TestDoor, testDoor } from './testing/test-door.ts';

/** Alice is known in two domains, Bob in one. */
async function registered(door: TestDoor): Promise<void> {
  await door.send('PUT', registrationPath(RED, 'IHERED-994'), patient(RED, 'IHERED-994'));
  await door.send('PUT', registrationPath(BLUE, 'IHEBLUE-994'), patient(BLUE, 'IHEBLUE-994'));
  await door.send('PUT', registrationPath(RED, 'IHERED-1'), patient(RED, 'IHERED-1', { name: [{ family: 'Bob' }] }));
}

const pix = (...parameters: [string, string][]): string =>
  `/Patient/$ihe-pix?${parameters.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`;

const targets = ({ parameter = [] }: Parameters): string[] =>
  parameter.map(({ name, valueIdentifier: identifier, valueReference }) =>
    identifier === undefined
      ? `${name} ${valueReference!.reference}`
      : `${name} ${identifier.system}|${identifier.value}`,
  );

test('ITI-83: the identifiers of the same person elsewhere, and its Patient resource, without the source', async (t) => {
  const door = await testDoor(t);
  await registered(door);
  const answer = await door.send<Parameters>('GET', pix(['sourceIdentifier', `${RED}|IHERED-994`]));
  assert.equal(answer.status, 200);
  assert.deepEqual(targets(answer.resource), [
    `targetIdentifier ${BLUE}|IHEBLUE-994`,
    `targetId ${door.root}/Patient/p0001`,
  ]);
});

test('ITI-83: targetSystem narrows the domains, and may be given again and again', async (t) => {
  const door = await testDoor(t);
  await registered(door);
  const source: [string, string] = ['sourceIdentifier', `${BLUE}|IHEBLUE-994`];
  const both = await door.send<Parameters>('GET', pix(source, ['targetSystem', RED], ['targetSystem', BLUE]));
  assert.deepEqual(targets(both.resource).slice(0, 1), [`targetIdentifier ${RED}|IHERED-994`]);
  const own = await door.send<Parameters>('GET', pix(source, ['targetSystem', BLUE]));
  assert.deepEqual(targets(own.resource), [`targetId ${door.root}/Patient/p0001`]);
  const ours = await door.send<Parameters>('GET', pix(source, ['targetSystem', door.root]));
  assert.deepEqual(targets(ours.resource), [`targetId ${door.root}/Patient/p0001`]);
});

test('ITI-83: the id of our own Patient resource is a source too', async (t) => {
  const door = await testDoor(t);
  await registered(door);
  const answer = await door.send<Parameters>('GET', pix(['sourceIdentifier', `${door.root}|Patient/p0002`]));
  assert.deepEqual(targets(answer.resource), [`targetIdentifier ${RED}|IHERED-1`]);
});

test('ITI-83: the parameters may come in the body, as string or as Identifier, in JSON or XML', async (t) => {
  const door = await testDoor(t);
  await registered(door);
  const asked: Parameters = {
    resourceType: 'Parameters',
    parameter: [
      { name: 'sourceIdentifier', valueIdentifier: { system: RED, value: 'IHERED-994' } },
      { name: 'targetSystem', valueUri: BLUE },
    ],
  };
  const expected = [`targetIdentifier ${BLUE}|IHEBLUE-994`, `targetId ${door.root}/Patient/p0001`];
  assert.deepEqual(targets((await door.send<Parameters>('POST', '/Patient/$ihe-pix', asked)).resource), expected);
  const xml = { 'Content-Type': 'application/fhir+xml', Accept: 'application/fhir+xml' };
  const answer = await door.send<Parameters>('POST', '/Patient/$ihe-pix', writeResource(asked, 'xml'), xml);
  assert.match(answer.headers.get('content-type')!, /^application\/fhir\+xml/);
  assert.deepEqual(targets(answer.resource), expected);
});

test('ITI-83: each failure has the status and the issue of the profile', async (t) => {
  const door = await testDoor(t);
  await registered(door);
  const refused = async (...parameters: [string, string][]) => {
    const { status, issue } = await door.send('GET', pix(...parameters));
    return `${status} ${issue}`;
  };
  assert.equal(
    await refused(['sourceIdentifier', `${RED}|nobody`]),
    '404 error not-found sourceIdentifier Patient Identifier not found',
  );
  const unknownDomain = '400 error code-invalid sourceIdentifier Assigning Authority not found';
  assert.equal(await refused(['sourceIdentifier', 'urn:oid:9.9|IHERED-994']), unknownDomain);
  assert.equal(await refused(['sourceIdentifier', 'IHERED-994']), unknownDomain);
  assert.equal(
    await refused(['sourceIdentifier', `${RED}|IHERED-994`], ['targetSystem', 'urn:oid:9.9']),
    '403 error code-invalid targetSystem not found',
  );
  assert.match(await refused(['targetSystem', RED]), /^400 error invalid/);
  assert.match(await refused(['sourceIdentifier', `${RED}|a`], ['sourceIdentifier', `${RED}|b`]), /^400 error invalid/);
});

test('ITI-104: a registration is added with 201 and revised with 200', async (t) => {
  const door = await testDoor(t);
  const added = await door.send<Patient>('PUT', registrationPath(RED, 'IHERED-994'), patient(RED, 'IHERED-994'));
  assert.equal(added.status, 201);
  assert.equal(added.headers.get('location'), `${door.root}/Patient/p0001`);
  assert.equal(added.headers.get('etag'), 'W/"1"');
  assert.deepEqual(added.resource.identifier, [{ system: RED, value: 'IHERED-994' }]);
  const revised = await door.send('PUT', registrationPath(RED, 'IHERED-994'), patient(RED, 'IHERED-994'), {
    Prefer: 'return=minimal',
  });
  assert.equal(revised.status, 200);
  assert.equal(revised.text, '');
  assert.equal(revised.headers.get('location'), null);
});

test('ITI-104: a feed in XML counts as one in JSON', async (t) => {
  const door = await testDoor(t);
  const xml = writeResource(patient(RED, 'A'), 'xml');
  const headers = { 'Content-Type': 'application/fhir+xml; charset=UTF-8' };
  assert.equal((await door.send('PUT', registrationPath(RED, 'A'), xml, headers)).status, 201);
  assert.equal((await door.send('PUT', registrationPath(RED, 'A'), patient(RED, 'A'))).status, 200);
});

test('ITI-104: a duplicate that was resolved answers under its survivor', async (t) => {
  const door = await testDoor(t);
  await door.send('PUT', registrationPath(RED, 'IHERED-994'), patient(RED, 'IHERED-994'));
  const maiden = patient(RED, 'IHERED-m94', { name: [{ family: 'Maiden' }] });
  await door.send('PUT', registrationPath(RED, 'IHERED-m94'), maiden);
  const link = (other: object): Patient => ({ ...maiden, active: false, link: [{ type: 'replaced-by', other }] });
  const merge = (body: Patient) => door.send<Patient>('PUT', registrationPath(RED, 'IHERED-m94'), body);
  const survivor = { system: RED, value: 'IHERED-994' };

  for (const again of [1, 2]) {
    const merged = await merge(link({ identifier: survivor }));
    assert.equal(merged.status, 200, String(again));
    assert.deepEqual(merged.resource.identifier?.map(({ value }) => value).sort(), ['IHERED-994', 'IHERED-m94']);
  }
  const byReference = await merge(link({ reference: `Patient?identifier=${encodeURIComponent(`${RED}|IHERED-994`)}` }));
  assert.equal(byReference.status, 200);
  const crossed = await door.send<Parameters>('GET', pix(['sourceIdentifier', `${RED}|IHERED-m94`]));
  assert.deepEqual(targets(crossed.resource), [
    `targetIdentifier ${RED}|IHERED-994`,
    `targetId ${door.root}/Patient/p0001`,
  ]);
});

test('ITI-104: a merge that says two things at once is refused, and nothing is merged', async (t) => {
  const door = await testDoor(t);
  await registered(door);
  const merge = async (more: Partial<Patient>) =>
    (await door.send('PUT', registrationPath(RED, 'IHERED-1'), patient(RED, 'IHERED-1', more))).status;
  const by = (value: string, system = RED): Patient['link'] => [
    { type: 'replaced-by', other: { identifier: { system, value } } },
  ];
  assert.equal(await merge({ active: true, link: by('IHERED-994') }), 422);
  assert.equal(await merge({ active: false, link: by('IHERED-1') }), 422);
  assert.equal(await merge({ active: false, link: by('IHEBLUE-994', BLUE) }), 422);
  assert.equal(await merge({ active: false, link: [{ type: 'replaced-by', other: { display: 'her' } }] }), 422);
  assert.equal(await merge({ active: false, link: [...by('IHERED-994')!, ...by('IHERED-994')!] }), 422);
  const crossed = await door.send<Parameters>('GET', pix(['sourceIdentifier', `${RED}|IHERED-1`]));
  assert.deepEqual(targets(crossed.resource), [`targetId ${door.root}/Patient/p0002`]);
});

test('ITI-104: a registration is removed, and its removal is true again when repeated', async (t) => {
  const door = await testDoor(t);
  await registered(door);
  for (const again of [1, 2]) {
    assert.equal((await door.send('DELETE', registrationPath(RED, 'IHERED-994'))).status, 204, String(again));
  }
  const gone = await door.send('GET', pix(['sourceIdentifier', `${RED}|IHERED-994`]));
  assert.equal(gone.status, 404);
});

test('ITI-104: only the source of a domain speaks for it; the URL and the body name one registration', async (t) => {
  const door = await testDoor(t);
  door.identity.foreign.add(BLUE);
  const refused = await door.send('PUT', registrationPath(BLUE, 'x'), patient(BLUE, 'x'));
  assert.equal(refused.status, 403);
  assert.match(refused.issue, /^error forbidden/);
  assert.equal((await door.send('PUT', registrationPath(RED, 'x'), patient(RED, 'y'))).status, 422);
  const added = await door.send<Patient>('PUT', registrationPath(RED, 'x'), patient('urn:other', 'y'));
  assert.deepEqual(added.resource.identifier, [{ system: RED, value: 'x' }]);
  for (const path of [
    '/Patient',
    '/Patient?identifier=x',
    '/Patient?identifier=a|b&identifier=a|c',
    '/Patient?identifier=a|b&family=c',
  ]) {
    assert.equal((await door.send('PUT', path, patient(RED, 'x'))).status, 400, path);
    assert.equal((await door.send('DELETE', path)).status, 400, path);
  }
});
