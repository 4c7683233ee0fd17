// Files that are no DICOM come in by upload and by the watched folder, bound to the study or patient that somebody names, and
// the same file comes in once.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { jpeg, tinyPng } from '../../src/translate/testing/files.ts';
import { getJson, stow, value } from '../support/dicomweb.ts';
import { emptyFolder } from '../support/folder.ts';
import { freshUid, makeInstance } from '../support/instances.ts';
import { type NodeProcess, openDoors, startNodeProcess } from '../support/node-process.ts';

let node: NodeProcess;
let inbox: string;
const study = freshUid();
const cleanUps: (() => unknown)[] = [];
before(async () => {
  inbox = emptyFolder((cleanUp) => cleanUps.push(cleanUp));
  const environment = { ...openDoors, FASCIA_INBOX: inbox };
  node = await startNodeProcess((cleanUp) => cleanUps.unshift(cleanUp), { environment });
  const attributes = {
    PatientName: 'Unmistakable^Jörg',
    PatientID: 'L-7',
    IssuerOfPatientID: 'HERE',
    PatientBirthDate: '19700102',
    PatientSex: 'M',
    AccessionNumber: 'ACC-9',
  };
  const { file } = makeInstance({ studyInstanceUid: study, attributes });
  assert.equal((await stow(node.url, [file])).status, 200);
});
test.after(async () => {
  for (const cleanUp of cleanUps) await cleanUp();
  assert.doesNotMatch(node.output(), /Unmistakable/);
});

interface Answer {
  instances: { studyInstanceUid: string; sopInstanceUid: string; sopClassUid: string; keptAs: string }[];
  findings: { code: string }[];
  detail?: string;
}

async function upload(bytes: Uint8Array, said: Record<string, string>): Promise<{ status: number; answer: Answer }> {
  const url = `${node.url}/api/v1/files?${new URLSearchParams(said)}`;
  const headers = { 'Content-Type': 'application/octet-stream' };
  const response = await fetch(url, { method: 'POST', headers, body: Buffer.from(bytes) });
  return { status: response.status, answer: (await response.json()) as Answer };
}

test('an uploaded photograph belongs to the study of its accession number, and is one instance however often it comes', async () => {
  const photo = jpeg({ rows: 24, columns: 24 });
  const { status, answer } = await upload(photo, { accessionNumber: 'ACC-9', fileName: 'wound.jpg' });
  assert.equal(status, 200, answer.detail);
  assert.deepEqual(
    answer.instances.map(({ studyInstanceUid, sopClassUid, keptAs }) => [studyInstanceUid, sopClassUid, keptAs]),
    [[study, '1.2.840.10008.5.1.4.1.1.77.1.4', 'first']],
  );
  const [found] = await getJson(
    node.url,
    `/studies/${study}/instances?SOPClassUID=1.2.840.10008.5.1.4.1.1.77.1.4&includefield=PatientBirthDate`,
  );
  assert.equal(value(found!, '00080018'), answer.instances[0]!.sopInstanceUid);
  const [again] = (await upload(photo, { studyUid: study })).answer.instances;
  assert.deepEqual([again!.sopInstanceUid, again!.keptAs], [answer.instances[0]!.sopInstanceUid, 'same']);
});

test('a file for a known registration brings what is known of it; one for nobody, or for the wrong one, is refused', async () => {
  const { answer } = await upload(tinyPng(), { patientId: 'L-7', patientIdIssuer: 'HERE', encounter: 'V1' });
  const { studyInstanceUid } = answer.instances[0]!;
  assert.notEqual(studyInstanceUid, study);
  const [found] = await getJson(node.url, `/studies?StudyInstanceUID=${studyInstanceUid}&includefield=00100030`);
  assert.equal(value(found!, '00100030'), '19700102');
  const refusals = [
    [{}, 400, /PatientID is missing/],
    [{ accessionNumber: 'NOBODY-1' }, 404, /no such study/],
    [{ accessionNumber: 'ACC-9', patientId: 'OTHER' }, 400, /another patient/],
    [{ studyUid: 'none' }, 400, /UID/],
  ] as const;
  for (const [said, status, reason] of refusals) {
    const refused = await upload(tinyPng(), said);
    assert.equal(refused.status, status, JSON.stringify(said));
    assert.match(refused.answer.detail!, reason);
  }
});

test('an uploaded DICOM file is kept as it is, and text is refused', async () => {
  const { file, sopInstanceUid } = makeInstance({});
  const { answer } = await upload(file, {});
  assert.equal(answer.instances[0]!.sopInstanceUid, sopInstanceUid);
  assert.equal((await upload(Buffer.from('plain text'), { patientId: 'X' })).status, 400);
});

/** Resolves once the file is there. */
async function appears(file: string): Promise<void> {
  const changes = watch(inbox, { recursive: true });
  while (!existsSync(file)) await once(changes, 'change');
  changes.close();
}

test('the watched folder takes files by the number in their name or by the words beside them, and says why not', async () => {
  mkdirSync(join(inbox, 'ward'));
  writeFileSync(join(inbox, 'ACC-9_wound.jpg'), jpeg({ rows: 40 }));
  writeFileSync(join(inbox, 'letter.pdf'), '%PDF-1.7 letter');
  writeFileSync(
    join(inbox, 'letter.json'),
    JSON.stringify({ patientId: 'W-1', patientIdIssuer: 'HERE', title: 'Letter' }),
  );
  writeFileSync(join(inbox, 'ward/fascia.json'), JSON.stringify({ patientId: 'W-2' }));
  writeFileSync(join(inbox, 'ward/scan.png'), tinyPng());
  writeFileSync(join(inbox, 'nobody.jpg'), jpeg({ rows: 48 }));
  writeFileSync(join(inbox, 'half.jpg.part'), 'half');
  const done = ['ACC-9_wound.jpg', 'letter.pdf', 'letter.json', 'ward/scan.png'].map((file) =>
    join(inbox, 'done', file),
  );
  for (const file of [...done, join(inbox, 'failed/nobody.jpg.reason.txt')]) await appears(file);
  assert.match(readFileSync(join(inbox, 'failed/nobody.jpg.reason.txt'), 'utf8'), /PatientID is missing/);
  assert.deepEqual(readdirSync(inbox).sort(), ['.taken', 'done', 'failed', 'half.jpg.part', 'ward']);
  const photographs = `/studies/${study}/instances?SOPClassUID=1.2.840.10008.5.1.4.1.1.77.1.4`;
  assert.equal((await getJson(node.url, photographs)).length, 2);
  for (const id of ['W-1', 'W-2']) assert.equal((await getJson(node.url, `/studies?PatientID=${id}`)).length, 1);
});
