// A study given to a referring doctor by a link: it opens that study, until it expires or is taken back, and nothing else.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataSet } from '../../src/dicom/dataset.ts';
import { type AuditRow, auditedRow } from '../support/audit.ts';
import { ctSlice } from '../support/ct-slice.ts';
import { stow } from '../support/dicomweb.ts';
import { makeInstance } from '../support/instances.ts';
import { type NodeProcess, openDoors, sharedNode, startNodeProcess } from '../support/node-process.ts';
import { pagesBundled } from '../support/pages.ts';

const given = '2.25.1001';
const other = '2.25.1002';
/** With doors open to anybody, for tests of which each has a patient of its own. */
const open = sharedNode({ environment: openDoors });

test('a link that was given away opens its study and nothing else', async (t) => {
  const node = await startNodeProcess((cleanUp) => t.after(cleanUp));
  const session = await signIn(node);
  const files = [given, other].map((studyUid) => ctSlice({ studyUid, patientName: 'Zebedee^Quirin' }).file);
  const { status } = await stow(node.url, files, { headers: { Cookie: session } });
  assert.equal(status, 200);

  const created = await api(node, session, 'POST', '/shares', {
    studyUid: given,
    expiresIn: 3600,
    watermark: 'For Dr. Quill',
  });
  assert.equal(created.status, 200);
  const { id, url } = (await created.json()) as { id: string; url: string };

  const opened = await fetch(url, { redirect: 'manual' });
  assert.equal(opened.status, 303);
  assert.equal(opened.headers.get('location'), `/look/${given}`);
  const setCookie = opened.headers.get('set-cookie')!;
  assert.match(setCookie, /HttpOnly; SameSite=Lax/);
  const share = setCookie.split(';')[0]!;
  const seen = async (path: string) => (await fetch(node.url + path, { headers: { Cookie: share } })).status;

  const page = await pageOf(node, `/look/${given}`, share);
  assert.match(page, /ZEBEDEE, Quirin/);
  assert.match(page, /"watermark":"For Dr. Quill"/);
  assert.equal(await seen(`/look/${given}/study.json`), 200);
  assert.equal(await seen(`/dicomweb/studies/${given}/metadata`), 200);
  const instance = `/dicomweb/studies/${given}/series/${given}.1/instances/${given}.1.1`;
  const picture = async (cookie: string) => {
    const response = await fetch(`${node.url}${instance}/rendered?accept=image/png`, { headers: { Cookie: cookie } });
    assert.equal(response.status, 200);
    return Buffer.from(await response.arrayBuffer());
  };
  assert.notDeepEqual(await picture(share), await picture(session), 'the watermark is in the picture');
  for (const original of ['', '/frames/1', '/bulkdata/7FE00010']) assert.equal(await seen(instance + original), 403);
  assert.equal(await seen(`/look/${other}`), 403);
  assert.equal(await seen(`/look/${given}?with=${other}`), 403);
  assert.equal(await seen(`/dicomweb/studies/${other}/metadata`), 403);
  assert.equal(await seen('/dicomweb/studies'), 403);
  assert.equal(await seen('/api/v1/audit'), 403);
  assert.equal((await stow(node.url, [files[0]!], { headers: { Cookie: share } })).status, 403);
  assert.equal((await api(node, share, 'POST', '/shares', { studyUid: given, expiresIn: 3600 })).status, 403);

  const byLink = (outcome: string, studyUid: string) => (row: AuditRow) =>
    row.principal === `share:${id}` && row.outcome === outcome && row.studyUid === studyUid;
  await auditedRow(node, session, byLink('success', given));
  await auditedRow(node, session, byLink('auth/forbidden', other));

  assert.equal((await api(node, session, 'DELETE', `/shares/${id}`)).status, 204);
  // In force as soon as the node has heard of it from the catalogue.
  let after = 200;
  while (after === 200) after = await seen(`/look/${given}/study.json`);
  assert.equal(after, 401);
  assert.equal((await fetch(url, { redirect: 'manual' })).status, 401);
});

test('IHE RAD-106: another system’s page leads to the study it names, of the patient it names', async () => {
  const node = await open();
  const older = ctSlice({ studyUid: given, patientId: 'Q7', attributes: { StudyDate: '20240101' } });
  const newer = ctSlice({ studyUid: other, patientId: 'Q7', attributes: { StudyDate: '20250101' } });
  await stow(node.url, [older.file, newer.file]);
  const led = async (query: string) => {
    const response = await fetch(`${node.url}/look?${query}`, { redirect: 'manual' });
    return response.headers.get('location') ?? response.status;
  };
  assert.equal(await led(`requestType=STUDY&studyUID=${given}`), `/look/${given}`);
  assert.equal(await led(`requestType=STUDY&studyUID=${given},${other}`), `/look/${other}?with=${given}`);
  const choice = await (await fetch(`${node.url}/look?requestType=PATIENT&patientID=Q7`)).text();
  assert.deepEqual(choice.match(/href="[^"]+"/g), [
    `href="/look/${other}"`,
    `href="/look/${other}?with=${given}"`,
    `href="/viewer/viewer?StudyInstanceUIDs=${other}"`,
    `href="/look/${given}"`,
    `href="/viewer/viewer?StudyInstanceUIDs=${given}"`,
  ]);
  assert.match(choice, /2025-01-01 · CT · CT chest/);
  assert.equal(await led('requestType=PATIENT&patientID=Q7&mostRecentResults=1'), `/look/${other}`);
  assert.equal(await led('requestType=PATIENT&patientID=Q7&upperDateTime=2024-06-30T00:00:00'), `/look/${given}`);
  assert.equal(await led(`requestType=STUDY&studyUID=${given}&patientID=SOMEBODY-ELSE`), 404);
  assert.equal(await led('requestType=PATIENT&patientID=NOBODY'), 404);
  assert.equal(await led('requestType=SERIES'), 400);
  const ofDay = 'requestType=PATIENT&patientID=Q7&lowerDateTime=2025-01-01';
  assert.equal(await led(`${ofDay}T10:15:00Z`), `/look/${other}`);
  assert.equal(await led(`${ofDay}T10:15:01Z`), 404);
  assert.equal(await led(`${ofDay}&upperDateTime=2025-01-01`), `/look/${other}`);
  assert.equal(await led('requestType=PATIENT&patientID=Q7&lowerDateTime=yesterday'), 400);
  const stored = '/viewer/viewer?StudyInstanceUIDs=';
  assert.equal(await led(`requestType=STUDY&studyUID=${given}&diagnosticQuality=true`), stored + given);
  assert.equal(await led(`requestType=STUDY&studyUID=${given}&viewerType=ohif`), stored + given);
});

test('IHE RAD-106: a patient ID of two hospitals, or a study of two patients, opens nobody else’s images', async () => {
  const node = await open();
  const slice = (studyUid: string, patientId: string, issuer: string, instance = 1) =>
    ctSlice({ studyUid, patientId, instance, attributes: { IssuerOfPatientID: issuer } }).file;
  const [north, south, disputed] = ['2.25.1011', '2.25.1012', '2.25.1013'];
  const files = [slice(north, 'Q10', 'NORTH'), slice(south, 'Q10', '1.2.3.4')];
  await stow(node.url, [...files, slice(disputed, 'Q8', 'NORTH'), slice(disputed, 'Q9', 'NORTH', 2)]);
  const led = async (query: string) => {
    const response = await fetch(`${node.url}/look?${query}`, { redirect: 'manual' });
    return response.headers.get('location') ?? response.status;
  };
  const patient = (text: string) => led(`requestType=PATIENT&patientID=${encodeURIComponent(text)}`);
  assert.equal(await patient('Q10'), 400);
  assert.equal(await patient('Q10^^^NORTH'), `/look/${north}`);
  assert.equal(await patient('Q10^^^SOUTH&1.2.3.4&ISO'), `/look/${south}`);
  assert.equal(await patient('Q10^^^&1.2.3.4&ISO^MR'), `/look/${south}`);
  assert.equal(await patient('Q10^^^SOUTH'), 404);
  assert.equal(await patient('Q8^^^NORTH'), 404);
  assert.equal(await led(`requestType=STUDY&studyUID=${disputed}&patientID=Q8`), 404);
});

test('IHE RAD-106: keyImagesOnly shows what the key object selections of the study point at, and nothing else', async () => {
  const node = await open();
  const studyUid = '2.25.1021';
  const slices = [1, 2, 3].map((instance) => ctSlice({ studyUid, instance, patientId: 'Q11' }));
  const reference = new DataSet()
    .set('ReferencedSOPClassUID', slices[1]!.sopClassUid)
    .set('ReferencedSOPInstanceUID', slices[1]!.sopInstanceUid);
  const item = new DataSet()
    .set('RelationshipType', 'CONTAINS')
    .set('ValueType', 'IMAGE')
    .set('ReferencedSOPSequence', [reference]);
  const title = new DataSet()
    .set('CodeValue', '113000')
    .set('CodingSchemeDesignator', 'DCM')
    .set('CodeMeaning', 'Of <Interest>');
  const attributes = {
    SOPClassUID: '1.2.840.10008.5.1.4.1.1.88.59',
    Modality: 'KO',
    PatientID: 'Q11',
    PixelData: undefined,
    ConceptNameCodeSequence: [title],
    ContentSequence: [item],
  };
  const selection = makeInstance({ studyInstanceUid: studyUid, attributes });
  await stow(node.url, [...slices.map(({ file }) => file), selection.file]);
  const invoked = `${node.url}/look?requestType=STUDY&studyUID=${studyUid}&patientID=Q11&keyImagesOnly=true`;
  const opened = await fetch(invoked);
  assert.equal(opened.url, `${node.url}/look/${studyUid}/key-images`);
  const page = await opened.text();
  const images = [...page.matchAll(/<img src="([^"]+)" alt="([^"]+)"/g)];
  assert.equal(images.length, 1);
  assert.match(images[0]![1]!, new RegExp(`/instances/${slices[1]!.sopInstanceUid}/rendered`));
  assert.equal(images[0]![2], 'Key image 1 of 1: Of &lt;Interest&gt;');
  assert.match(page, /DOE, Jane · Q11/);
  const picture = await fetch(node.url + images[0]![1]!.replaceAll('&amp;', '&'));
  assert.equal(picture.headers.get('content-type'), 'image/jpeg');
});

test('somebody who is not signed in sees no study, and is told how to sign in', async (t) => {
  const node = await startNodeProcess((cleanUp) => t.after(cleanUp));
  const link = node.url + /(\/sign-in\?token=\S+)/.exec(node.output())![1]!;
  const query = new URLSearchParams({ token: link, to: `/look/${given}` });
  const spent = await fetch(`${node.url}/sign-in?${query}`, { redirect: 'manual' });
  assert.equal(spent.headers.get('location'), `/look/${given}`);
  await pageOf(node, '/', spent.headers.get('set-cookie')!.split(';')[0]!);
  for (const path of ['/', `/look/${given}`]) {
    const response = await fetch(node.url + path);
    assert.equal(response.status, 401);
    assert.match(await response.text(), /sign-in link/);
  }
  const asked = await (await fetch(`${node.url}/look/${given}`)).text();
  assert.match(asked, new RegExp(`name="to" value="/look/${given}"`));
  const led = await fetch(`${node.url}/look/${given}`, { headers: { 'Sec-Fetch-Site': 'cross-site' } });
  assert.match(await led.text(), /http-equiv="refresh" content="0"/);
});

test('files of pages are compressed, kept for ever, and the only ones that can be had', async () => {
  const node = await open();
  const page = await pageOf(node, '/', '');
  const script = /src="(\/assets\/[^"]+)"/.exec(page)![1]!;
  const response = await fetch(node.url + script, { headers: { 'Accept-Encoding': 'br' } });
  assert.equal(response.headers.get('content-encoding'), 'br');
  assert.match(response.headers.get('cache-control')!, /max-age=31536000, immutable/);
  assert.match(response.headers.get('content-type')!, /javascript/);
  const licences = await fetch(`${node.url}/licences`);
  assert.match(licences.headers.get('content-type')!, /text\/plain/);
  assert.match(await licences.text(), /^react-dom \d/m);
  for (const path of [
    '/assets/..%2f..%2f..%2fpackage.json',
    '/assets/%2e%2e%2fmanifest.json',
    '/assets/nothing.js',
    '/viewer/..%2f..%2fpackage.json',
  ]) {
    const { status } = await fetch(node.url + path);
    assert.equal(status, 404, path);
  }
});

async function signIn({ url, output }: NodeProcess): Promise<string> {
  const path = /(\/sign-in\?token=\S+)/.exec(output())![1]!;
  const response = await fetch(url + path, { redirect: 'manual' });
  return response.headers.get('set-cookie')!.split(';')[0]!;
}

/** Pages are bundled beside a running node: who comes earlier is asked to come again. */
async function pageOf({ url }: NodeProcess, path: string, cookie: string): Promise<string> {
  const response = await pagesBundled({ url }, () => fetch(url + path, { headers: { Cookie: cookie } }));
  assert.equal(response.status, 200);
  return response.text();
}

function api({ url }: NodeProcess, cookie: string, method: string, path: string, body?: object): Promise<Response> {
  const headers = { Cookie: cookie, ...(body && { 'Content-Type': 'application/json' }) };
  return fetch(`${url}/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) });
}
