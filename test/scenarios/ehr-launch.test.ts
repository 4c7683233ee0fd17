// An EHR opens a patient's study here (SMART App Launch 2.2): its browser sees that patient and nobody else, at every door.

import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { type AuditRow, auditedRow } from '../support/audit.ts';
import { CookieBrowser, type Visit } from '../support/cookie-browser.ts';
import { ctSlice } from '../support/ct-slice.ts';
import { type Json, stow, value } from '../support/dicomweb.ts';
import { startEhr, type TestEhr } from '../support/ehr.ts';
import { emptyFolder } from '../support/folder.ts';
import { openDoors, startNodeProcess } from '../support/node-process.ts';
import { pagesBundled } from '../support/pages.ts';
import { shared } from '../support/shared.ts';

const older = '2.25.3001';
const newer = '2.25.3002';
const others = '2.25.3003';
/** One source says it is hers, another that it is somebody else's. */
const disputed = '2.25.3004';
const system = 'urn:oid:1.2.3.4';
const accession = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'ACSN' }] };

const resources = {
  'Patient/jane': {
    resourceType: 'Patient',
    id: 'jane',
    identifier: [
      { system: 'urn:oid:9.9', value: 'P2' },
      { system, value: 'OLD', use: 'old' },
      { system, value: 'P1' },
    ],
  },
  'Patient/odd': { resourceType: 'Patient', id: 'odd', identifier: [null, 7, { system }, { system, value: 4711 }] },
  'Patient/other': { resourceType: 'Patient', id: 'jane', identifier: [{ system, value: 'P1' }] },
  'Patient/nobody': { resourceType: 'Patient', id: 'nobody', identifier: [{ system: 'urn:oid:9.9', value: 'P1' }] },
  'ImagingStudy/older': imagingStudy('older', older),
  'ImagingStudy/others': imagingStudy('others', others),
  'ServiceRequest/order': {
    resourceType: 'ServiceRequest',
    id: 'order',
    identifier: [{ type: accession, value: 'ACC-NEW' }],
  },
};

function imagingStudy(id: string, uid: string) {
  return { resourceType: 'ImagingStudy', id, identifier: [{ system: 'urn:dicom:uid', value: `urn:oid:${uid}` }] };
}

const hospital = shared(async (later) => {
  const ehr = await startEhr(later, { clientId: 'fascia', clientSecret: 's3cret', resources });
  const setting = {
    name: 'St. Elsewhere',
    issuer: ehr.issuer,
    clientId: 'fascia',
    clientSecret: 's3cret',
    identifiers: { [system]: 'HOSPITAL' },
    intents: { 'diagnostic-review': 'ohif' },
  };
  const node = await startNodeProcess(later, {
    environment: { FASCIA_EHRS: JSON.stringify([setting]) },
  });
  const person = new CookieBrowser();
  await person.fetch(node.url + /(\/sign-in\?token=\S+)/.exec(node.output())![1]!);
  const made = await person.fetch(`${node.url}/api/v1/tokens`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ name: 'CT', scopes: ['write'], expiresAt: new Date(Date.now() + 60_000) }),
  });
  const { token } = (await made.json()) as { token: string };
  const study = (studyUid: string, patientId: string, issuer: string, more: Record<string, string> = {}) =>
    ctSlice({ studyUid, patientId, attributes: { IssuerOfPatientID: issuer, ...more } }).file;
  const files = [
    study(older, 'P1', 'HOSPITAL', { StudyDate: '20240101' }),
    study(newer, 'P1', 'HOSPITAL', { StudyDate: '20250101', AccessionNumber: 'ACC-NEW' }),
    // The same number of another hospital is another patient.
    study(others, 'P1', 'ELSEWHERE', { AccessionNumber: 'ACC-NEW' }),
    study(disputed, 'P1', 'HOSPITAL'),
    ctSlice({ studyUid: disputed, instance: 2, patientId: 'P9', attributes: { IssuerOfPatientID: 'HOSPITAL' } }).file,
  ];
  const stored = await stow(node.url, files, { headers: { Authorization: `Bearer ${token}` } });
  assert.equal(stored.status, 200);
  await pagesBundled(node, (url) => person.fetch(url));
  return { node, ehr, person };
});

test('an EHR that knows us by a key gets an assertion signed with it', async (t) => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  const folder = emptyFolder((cleanUp) => t.after(cleanUp));
  const clientKey = join(folder, 'key.jwk');
  await writeFile(clientKey, JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid: 'one' }));
  const ehr = await startEhr((cleanUp) => t.after(cleanUp), { clientId: 'fascia', clientKey: publicKey, resources });
  const setting = { issuer: ehr.issuer, clientId: 'fascia', clientKey, identifiers: { [system]: '' } };
  const node = await startNodeProcess((cleanUp) => t.after(cleanUp), {
    environment: { FASCIA_EHRS: JSON.stringify([setting]) },
  });
  const led = await new CookieBrowser().open(launchUrl(node, ehr, { patient: 'jane' }), (url) => url.endsWith('/look'));
  assert.equal(led.url, `${node.url}/look`);
});

const launchUrl = (node: { url: string }, ehr: TestEhr, about: Parameters<TestEhr['launchOf']>[0]): string =>
  `${node.url}/launch?${new URLSearchParams({ iss: ehr.issuer, launch: ehr.launchOf(about) })}`;

test('an EHR leads to the study it names, or to the list of its patient, in the viewer its intent asks for', async () => {
  const { node, ehr } = await hospital();
  const led = async (about: Parameters<TestEhr['launchOf']>[0]) => {
    const visit = await new CookieBrowser().open(launchUrl(node, ehr, about));
    return [visit.url.replace(node.url, ''), visit.status];
  };
  const reference = 'ImagingStudy/older';
  assert.deepEqual(await led({ patient: 'jane', fhirContext: [{ reference }] }), [`/look/${older}`, 200]);
  const identifier = { system: 'urn:dicom:uid', value: `urn:oid:${newer}` };
  const byUid = { patient: 'jane', fhirContext: [{ type: 'ImagingStudy', identifier }] };
  assert.deepEqual(await led(byUid), [`/look/${newer}`, 200]);
  const byOrder = { patient: 'jane', fhirContext: [{ reference: 'ServiceRequest/order' }] };
  assert.deepEqual(await led(byOrder), [`/look/${newer}`, 200], 'the accession of the order, for this patient alone');
  assert.deepEqual(await led({ patient: 'jane' }), ['/look', 200]);
  const review = await led({ ...byUid, intent: 'diagnostic-review' });
  assert.equal(review[0], `/viewer/viewer?StudyInstanceUIDs=${newer}`);
});

test('the session of a launch opens its patient’s studies and no others, on every door', async () => {
  const { node, ehr, person } = await hospital();
  const browser = new CookieBrowser();
  const { body } = await browser.open(launchUrl(node, ehr, { patient: 'jane' }));
  assert.deepEqual(body.match(/href="\/look\/[^"]+"/g), [
    `href="/look/${newer}"`,
    `href="/look/${newer}?with=${older}"`,
    `href="/look/${older}"`,
  ]);
  const seen = async (path: string, init?: RequestInit) => (await browser.fetch(node.url + path, init)).status;
  for (const own of [older, newer]) {
    assert.equal(await seen(`/look/${own}`), 200);
    for (const path of ['', '/metadata', '/rendered']) assert.equal(await seen(`/dicomweb/studies/${own}${path}`), 200);
    assert.equal(await seen(`/dicomweb/studies/${own}/series/${own}.1/instances/${own}.1.1/frames/1`), 200);
  }
  for (const foreign of [others, disputed, '2.25.404']) {
    assert.equal(await seen(`/look/${foreign}`), 403);
    assert.equal(await seen(`/look/${foreign}/study.json`), 403);
    assert.equal(await seen(`/look/${foreign}/key-images`), 403);
    assert.equal(await seen(`/look/${older}?with=${foreign}`), 403);
    const instance = `/dicomweb/studies/${foreign}/series/${foreign}.1/instances/${foreign}.1.1`;
    for (const path of ['', '/metadata', '/frames/1', '/rendered', '/thumbnail', '/bulkdata/7FE00010']) {
      assert.equal(await seen(instance + path), 403, instance + path);
    }
    const uri = `requestType=WADO&studyUID=${foreign}&seriesUID=${foreign}.1&objectUID=${foreign}.1.1`;
    assert.equal(await seen(`/dicomweb/wado?${uri}`), 403);
  }
  const found = async (path: string) => {
    const response = await browser.fetch(`${node.url}/dicomweb${path}`, {
      headers: { Accept: 'application/dicom+json' },
    });
    const objects = (await response.json()) as Json[];
    return objects.map((object) => value(object, '0020000D')).sort();
  };
  assert.deepEqual(await found('/studies'), [older, newer]);
  assert.deepEqual(await found(`/studies?StudyInstanceUID=${others},${newer}`), [newer]);
  assert.deepEqual(await found('/studies?AccessionNumber=ACC-NEW'), [newer]);
  assert.deepEqual(await found(`/studies/${others}/series`), []);
  assert.deepEqual(await found('/series'), [older, newer]);
  assert.deepEqual(await found('/instances?fuzzymatching=true&PatientName=doe'), [older, newer]);
  assert.equal(await seen(`/look?requestType=STUDY&studyUID=${others}`), 404);
  assert.equal(await seen('/look?requestType=PATIENT&patientID=P1^^^ELSEWHERE'), 404);
  assert.equal(await seen('/look?requestType=PATIENT&patientID=P1^^^HOSPITAL'), 200);
  assert.equal(await seen('/look?requestType=PATIENT&patientID=P1^^^HOSPITAL&mostRecentResults=1'), 303);
  for (const path of ['/api/v1/audit', `/api/v1/explain/${older}`, '/api/v1/shares', '/api/v1/events']) {
    assert.equal(await seen(path), 403, path);
  }
  assert.equal(await seen(`/dicomweb/studies/${older}`, { method: 'DELETE' }), 403);
  const part10 = { 'Content-Type': 'application/dicom' };
  assert.equal(await seen('/dicomweb/studies', { method: 'POST', headers: part10, body: 'x' }), 403);

  const launched = await auditedRow(
    node,
    person,
    ({ action, outcome }) => action === 'launch' && outcome === 'success',
  );
  assert.equal(launched.query, ehr.issuer);
  const { principal } = launched;
  const isRefused = (row: AuditRow) => row.principal === principal && row.outcome === 'auth/forbidden';
  await auditedRow(node, person, (row) => isRefused(row) && row.studyUid === others);
  assert.equal(await seen('/sign-out'), 303);
  assert.equal(await seen(`/look/${older}`), 401);
});

test('a launched browser is held to its patient behind FASCIA_AUTH=off too, until it signs out', async (t) => {
  const ehr = await startEhr((cleanUp) => t.after(cleanUp), { clientId: 'fascia', clientSecret: 's3cret', resources });
  const setting = { issuer: ehr.issuer, clientId: 'fascia', clientSecret: 's3cret', identifiers: { [system]: '' } };
  const node = await startNodeProcess((cleanUp) => t.after(cleanUp), {
    environment: { ...openDoors, FASCIA_EHRS: JSON.stringify([setting]) },
  });
  await stow(
    node.url,
    [older, others].map((studyUid, at) => ctSlice({ studyUid, patientId: `P${at + 1}` }).file),
  );
  const browser = new CookieBrowser();
  await browser.open(launchUrl(node, ehr, { patient: 'jane' }), (url) => url.endsWith('/look'));
  const seen = async (study: string) => (await browser.fetch(`${node.url}/dicomweb/studies/${study}/metadata`)).status;
  assert.deepEqual([await seen(older), await seen(others)], [200, 403]);
  await browser.fetch(`${node.url}/sign-out`);
  assert.deepEqual([await seen(older), await seen(others)], [200, 200]);
});

test('a launch that is not what it should be opens nothing, and says so in words', async () => {
  const { node, ehr, person } = await hospital();
  const refused = (visit: Visit, status: number, words: RegExp) => {
    assert.equal(visit.status, status);
    assert.match(visit.body, words);
  };
  const opened = (about: Parameters<TestEhr['launchOf']>[0]) => new CookieBrowser().open(launchUrl(node, ehr, about));
  const elsewhere = new URLSearchParams({ iss: 'https://ehr.example.org/fhir', launch: 'x' });
  refused(await new CookieBrowser().open(`${node.url}/launch?${elsewhere}`), 403, /not one that is configured/);
  refused(await new CookieBrowser().open(`${node.url}/launch?iss=${ehr.issuer}`), 400, /no parameter launch/);
  const reference = 'ImagingStudy/others';
  refused(await opened({ patient: 'jane', fhirContext: [{ reference }] }), 404, /no such study of this patient/);
  refused(await opened({ patient: 'nobody' }), 403, /by no identifier that is known here/);
  refused(await opened({ patient: 'odd' }), 403, /by no identifier that is known here/);
  refused(await opened({ patient: 'other' }), 502, /Patient is another one than was asked for/);
  refused(
    await opened({ patient: 'jane', fhirContext: [{ reference: 'ImagingStudy/../Patient/jane' }] }),
    200,
    /studies of/,
  );
  refused(
    await new CookieBrowser().open(`${node.url}/launch?iss=${ehr.issuer}&iss=x&launch=a&launch=b`),
    403,
    /unknown_launch/,
  );
  refused(await opened({}), 403, /named no patient/);
  refused(await opened({ patient: 'missing' }), 502, /answered 404/);
  refused(await opened({ patient: 'jane', error: 'access_denied' }), 403, /answered access_denied/);
  refused(
    await opened({ patient: 'jane', idTokenIssuer: 'https://somebody.else' }),
    502,
    /token was not as it should be/,
  );

  const isBack = (location: string) => location.startsWith(`${node.url}/launch/callback`);
  const browser = new CookieBrowser();
  const back = await browser.open(launchUrl(node, ehr, { patient: 'jane' }), isBack);
  const forged = back.url.replace(/state=[^&]+/, 'state=another');
  refused(await browser.open(forged), 403, /unknown here/);
  assert.equal((await browser.open(back.url)).url, `${node.url}/look`);
  refused(await browser.open(back.url), 403, /used already/);
  const asked = ehr.asked.length;
  const stolen = await new CookieBrowser().open(launchUrl(node, ehr, { patient: 'jane' }), isBack);
  refused(await new CookieBrowser().open(stolen.url), 403, /another browser/);
  assert.equal(ehr.asked.length, asked, 'no code of another browser is exchanged');

  for (const problem of ['catalogue/not-found', 'launch/ehr-failed', 'launch/refused', 'request/malformed']) {
    await auditedRow(node, person, ({ action, outcome }) => action === 'launch' && outcome === problem);
  }
  assert.doesNotMatch(node.output(), /s3cret|P1|Doe/);
});
