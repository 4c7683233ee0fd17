import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../base/problem.ts';
import { sourceOf } from './byte-source.ts';
import type { InstanceContext } from './context.ts';
import { type FileOptions, instanceOfFile } from './instance-of-file.ts';
import { stowRequest } from './stow-request.ts';
import { h264Mp4, jpeg, tinyPng } from './testing/files.ts';

const context: InstanceContext = {
  patient: { name: 'Müller^Jörg', id: 'P1', sex: 'M' },
  study: { studyInstanceUid: '2.25.1' },
  series: { seriesInstanceUid: '2.25.2', laterality: 'R' },
  instance: { sopInstanceUid: '2.25.3', number: 4, date: '20260131', time: '101500' },
};
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const made = (file: Uint8Array, options?: FileOptions) => instanceOfFile(sourceOf(file), context, options);

test('a photograph is a VL Photographic Image, a video its own kind, a capture of a screen a Secondary Capture', async () => {
  for (const [file, options, sopClass, mediaType] of [
    [jpeg({}), {}, '.77.1.4', 'image/jpeg'],
    [tinyPng(), {}, '.77.1.4', 'image/png'],
    [jpeg({}), { kind: 'capture' }, '.7', 'image/jpeg'],
    [h264Mp4(9, 9, 2), {}, '.77.1.4.1', 'video/mp4'],
  ] as const) {
    const { dataset, bulk } = await made(file, options);
    assert.equal(dataset.text('SOPClassUID'), `1.2.840.10008.5.1.4.1.1${sopClass}`);
    assert.deepEqual(bulk, { tag: '7FE00010', mediaType });
    assert.equal(dataset.text('PatientName'), 'Müller^Jörg');
    assert.equal(dataset.has('PixelData'), false);
  }
});

test('PS3.3 C.24.2: a document is known by its first bytes; a CDA brings its identifier', async () => {
  const pdf = await made(bytes('%PDF-1.7'), { title: 'Letter', fileName: 'misnamed.xml' });
  assert.deepEqual(pdf.bulk, { tag: '00420011', mediaType: 'application/pdf' });
  assert.equal(pdf.dataset.text('DocumentTitle'), 'Letter');
  assert.equal(pdf.dataset.number('EncapsulatedDocumentLength'), 8);
  const cda =
    '<c:ClinicalDocument xmlns:c="urn:hl7-org:v3"><c:typeId root="9"/><c:id extension="D1" root="1.2"/><c:id root="3"/>';
  assert.equal((await made(bytes(cda))).dataset.text('HL7InstanceIdentifier'), '1.2^D1');
  await assert.rejects(made(bytes('solid a'), { fileName: 'a.STL' }), /FrameOfReferenceUID/);
  await assert.rejects(made(bytes('plain text')), Problem);
});

test('PS3.18 10.5.2: the request of files has their metadata first, and each file under the name it refers to', async () => {
  const photo = await made(jpeg({}));
  const document = await made(bytes('%PDF-1.7'));
  const { contentType, body } = stowRequest(
    [
      { ...photo, content: bytes('first') },
      { ...document, content: bytes('second') },
    ],
    'B',
  );
  assert.equal(contentType, 'multipart/related; type="application/dicom+json"; boundary=B');
  const [head, ...rest] = new TextDecoder().decode(Buffer.concat(body)).split(/\r\n--B(?:--)?\r\n/);
  const metadata = JSON.parse(head!.split('\r\n\r\n')[1]!);
  assert.deepEqual(metadata[0]['7FE00010'], { vr: 'OB', BulkDataURI: 'bulk/1' });
  assert.deepEqual(metadata[1]['00420011'], { vr: 'OB', BulkDataURI: 'bulk/2' });
  assert.deepEqual(rest, [
    'Content-Type: image/jpeg\r\nContent-Location: bulk/1\r\n\r\nfirst',
    'Content-Type: application/pdf\r\nContent-Location: bulk/2\r\n\r\nsecond',
    '',
  ]);
});
