// Photographs, videos and documents of the corpus come in by STOW-RS as metadata with bulk data, as a browser sends them, and
// come back as the bytes they were; what DICOM has no form for is refused with its reason. Each is checked by dciodvfy.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { Problem } from '../../src/base/problem.ts';
import { readDicom } from '../../src/dicom/reader.ts';
import { newUid } from '../../src/dicom/uid.ts';
import { sourceOf } from '../../src/translate/byte-source.ts';
import type { InstanceContext } from '../../src/translate/context.ts';
import { type FileOptions, instanceOfFile } from '../../src/translate/instance-of-file.ts';
import { stowRequest } from '../../src/translate/stow-request.ts';
import { h264Mp4, jpeg, jpeg2000, tinyPng } from '../../src/translate/testing/files.ts';
import { corpus, readCorpus, withoutCorpus } from '../support/corpus.ts';
import { getJson, type Json, retrieve, value } from '../support/dicomweb.ts';
import { emptyFolder } from '../support/folder.ts';
import { without } from '../support/needs.ts';
import { type NodeProcess, openDoors, startNodeProcess } from '../support/node-process.ts';

let node: NodeProcess;
const cleanUps: (() => Promise<void>)[] = [];
before(async () => {
  node = await startNodeProcess((cleanUp) => cleanUps.push(cleanUp), { environment: openDoors });
});
test.after(async () => {
  for (const cleanUp of cleanUps) await cleanUp();
});

let made = 0;
const uid = (): string => {
  made += 1;
  return newUid(Uint8Array.from({ length: 16 }, (_, at) => (at < 14 ? 7 : (made >> (8 * (15 - at))) & 0xff)));
};

const context = (): InstanceContext => ({
  patient: { name: 'Photo^Pat', id: 'PHOTO-1', birthDate: '19700101', sex: 'O' },
  study: { studyInstanceUid: uid(), date: '20260131', time: '101500', id: '1', accessionNumber: 'A1' },
  series: { seriesInstanceUid: uid(), number: 1, laterality: 'L', frameOfReferenceUid: uid() },
  instance: { sopInstanceUid: uid(), number: 1, date: '20260131', time: '101500' },
  equipment: { manufacturer: 'FASCIA' },
});

/** Sends a file as a browser does. */
async function post(bytes: Uint8Array, where: InstanceContext, options: FileOptions = {}, path = '/studies') {
  const instance = await instanceOfFile(sourceOf(bytes), where, options);
  const { contentType, body } = stowRequest([{ ...instance, content: bytes }], 'made-by-the-test-51b7');
  const headers = { 'Content-Type': contentType, Accept: 'application/dicom+json' };
  const response = await fetch(`${node.url}/dicomweb${path}`, { method: 'POST', headers, body: Buffer.concat(body) });
  return { status: response.status, answer: (await response.json()) as Json };
}

/** Sends the file and gives the Part 10 file it became. */
async function sent(bytes: Uint8Array, fileName: string): Promise<Uint8Array> {
  const where = context();
  const { status, answer } = await post(bytes, where, { fileName, title: 'A file' });
  assert.equal(status, 200, `${fileName}: ${JSON.stringify(answer)}`);
  const { study, series, instance } = where;
  const seriesPath = `/studies/${study.studyInstanceUid}/series/${series.seriesInstanceUid}`;
  const [file] = await retrieve(node.url, `${seriesPath}/instances/${instance.sopInstanceUid}`);
  return file!;
}

/** The value that is the file: one fragment, or a document of its stated length. */
function bulkOf(file: Uint8Array): Uint8Array {
  const { dataset } = readDicom(file);
  const document = dataset.bytes('EncapsulatedDocument');
  if (document !== undefined) return document.subarray(0, dataset.number('EncapsulatedDocumentLength'));
  const pixelData = dataset.get('PixelData')!.value;
  assert.ok('fragments' in pixelData);
  assert.equal(pixelData.fragments.length, 1);
  return pixelData.fragments[0]!.bytes!;
}

/** PS3.5 A.4: a fragment of odd length has a byte of padding. */
function assertSame(kept: Uint8Array, file: Uint8Array, name: string): void {
  const padded = file.length + (file.length % 2);
  assert.ok(kept.length === file.length || kept.length === padded, `${name} has another length`);
  assert.ok(Buffer.compare(kept.subarray(0, file.length), file) === 0, `${name} has changed`);
}

test('every photograph, video and PDF of the corpus comes back as the bytes it was, or is refused with a reason', {
  skip: withoutCorpus,
}, async () => {
  let kept = 0;
  for (const entry of corpus().filter(({ file }) => /^(photos|video|pdf)\/.*(?<!\.dcm)$/.test(file))) {
    const bytes = readCorpus(entry);
    try {
      assertSame(bulkOf(await sent(bytes, entry.file)), bytes, entry.file);
      kept += 1;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      assert.match(error.code, /^dicom\/(not-expressible|unreadable)$/, entry.file);
      assert.doesNotMatch(entry.file, /exif-samples.*\.jpg$|\.pdf$/, error.message);
    }
  }
  assert.ok(kept >= 40, `${kept} files were kept`);
});

const cda = `<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3"><typeId root="2.16.840.1.113883.1.3"/><id root="1.2.3" extension="D1"/></ClinicalDocument>`;
const kinds: [string, Uint8Array][] = [
  ['photo.jpg', jpeg({ rows: 16, columns: 16 })],
  ['444.jpg', jpeg({ sampling: 0x11 })],
  ['gray.jpg', jpeg({ components: 1 })],
  ['photo.jp2', jpeg2000(16, 16, { reversible: true, boxed: true })],
  ['photo.png', tinyPng()],
  ['video.mp4', h264Mp4(480, 640, 50)],
  ['report.pdf', Buffer.from('%PDF-1.7\n%%EOF')],
  ['summary.xml', Buffer.from(cda)],
  ['model.stl', Buffer.from('solid a\nendsolid a\n')],
];

test('dciodvfy finds no error in what is made of a picture, a video or a document', {
  skip: without('dciodvfy', 'dicom3tools'),
}, async (t) => {
  const folder = emptyFolder((cleanUp) => t.after(cleanUp));
  for (const [name, bytes] of kinds) {
    const path = join(folder, `${name}.dcm`);
    writeFileSync(path, await sent(bytes, name));
    const { stderr } = spawnSync('dciodvfy', [path], { encoding: 'utf8' });
    assert.deepEqual(
      stderr.split('\n').filter((line) => line.startsWith('Error')),
      [],
      name,
    );
  }
});

test('metadata says the transfer syntax of a video, by which viewers know that it is played, and of nothing else', async () => {
  for (const [bytes, transferSyntaxUid] of [
    [h264Mp4(480, 640, 50), '1.2.840.10008.1.2.4.102'],
    [jpeg({}), undefined],
  ] as const) {
    const where = context();
    assert.equal((await post(bytes, where)).status, 200);
    const [metadata] = await getJson(node.url, `/studies/${where.study.studyInstanceUid}/metadata`);
    assert.equal(value(metadata!, '00083002'), transferSyntaxUid);
  }
});

test('behaviour 19: what is sent twice is success twice, and one instance', async () => {
  const where = context();
  const path = `/studies/${where.study.studyInstanceUid}`;
  for (let time = 0; time < 2; time++) {
    const { status, answer } = await post(jpeg({ rows: 32 }), where, {}, path);
    assert.equal(status, 200);
    assert.equal(answer['00081198'], undefined);
    assert.equal(answer['00081199']?.Value?.length, 1);
  }
  assert.equal((await retrieve(node.url, path)).length, 1);
});

test('behaviour 19: other bytes under a UID we have are kept, and the answer warns that the first are served', async () => {
  const where = context();
  assert.equal((await post(jpeg({}), where)).status, 200);
  const other = { ...where, patient: { ...where.patient, name: 'Other^Pat' } };
  for (const { status, answer } of [await post(jpeg({}), other), await post(jpeg({ more: 8 }), where)]) {
    assert.equal(status, 202);
    const [stored] = answer['00081199']!.Value as Json[];
    assert.equal(value(stored!, '00081196'), 0xb000);
  }
  assert.equal((await retrieve(node.url, `/studies/${where.study.studyInstanceUid}`)).length, 1);
});

test('behaviour 20: a patient without ID and name is accepted, an instance without a study refused with its reason', async () => {
  assert.equal((await post(jpeg({}), { ...context(), patient: {} })).status, 200);
  const where = context();
  const { status, answer } = await post(jpeg({}), { ...where, study: { studyInstanceUid: '' } });
  assert.equal(status, 409);
  const [failed] = answer['00081198']!.Value as Json[];
  assert.equal(value(failed!, '00081155'), where.instance.sopInstanceUid);
  assert.equal(value(failed!, '00081197'), 0xc000);
});

test('behaviour 18: what the archive refuses is named by its UIDs', async () => {
  const where = context();
  const { status, answer } = await post(jpeg({}), where, {}, '/studies/1.2.3');
  assert.equal(status, 409);
  const [failed] = answer['00081198']!.Value as Json[];
  assert.equal(value(failed!, '00081155'), where.instance.sopInstanceUid);
  assert.equal(value(failed!, '00081197'), 0xa900);
});
