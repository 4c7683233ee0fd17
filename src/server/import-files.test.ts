import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { emptyFolder } from '../../test/support/folder.ts';
import { makeInstance } from '../../test/support/instances.ts';
import { concatenated } from '../dicom/bytes.ts';
import { type ReadResult, readDicom } from '../dicom/reader.ts';
import type { Translated } from '../ingest/import-folder.ts';
import type { TranslateOptions } from '../translate/instances-of-file.ts';
import { h264Mp4, jpeg, tinyPng, withExif } from '../translate/testing/files.ts';
import { translatorFor } from './import-files.ts';

const belonging = {
  patient: { id: 'P-7', name: 'Müller^Jörg', issuerOfId: 'CLINIC' },
  study: { accessionNumber: 'A-1', description: 'Wound' },
};

const files: Record<string, Uint8Array> = {
  'photo.jpg': withExif(jpeg({}), { position: true }),
  'scan.png': tinyPng(),
  'clip.mp4': h264Mp4(16, 16, 2),
  'letter.pdf': new TextEncoder().encode('%PDF-1.7 x'),
};

async function made(
  folder: string,
  name: string,
  number = 1,
  options: TranslateOptions = { cameraData: 'kept' },
): Promise<ReadResult & { codes: string[] }> {
  const translated = (await translatorFor(folder, belonging, options)(join(folder, name), number))!;
  const [only, ...others] = await Array.fromAsync(translated, read);
  assert.equal(others.length, 0);
  return only!;
}

async function read({ chunks, findings }: Translated): Promise<ReadResult & { codes: string[] }> {
  const parts = await Array.fromAsync(chunks, (chunk) => chunk.slice());
  return { ...readDicom(concatenated(parts), { strict: true }), codes: findings.map(({ code }) => code) };
}

test('photographs, videos and documents become instances of the patient that is named, in series of their kind', async (t) => {
  const folder = emptyFolder((cleanUp) => t.after(cleanUp));
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
  const all = await Promise.all(Object.keys(files).map((name, at) => made(folder, name, at + 1)));
  for (const { dataset } of all) {
    assert.deepEqual(
      ['PatientID', 'PatientName', 'IssuerOfPatientID', 'AccessionNumber', 'StudyDescription'].map((keyword) =>
        dataset.text(keyword),
      ),
      ['P-7', 'Müller^Jörg', 'CLINIC', 'A-1', 'Wound'],
    );
  }
  const uids = (keyword: string) => new Set(all.map(({ dataset }) => dataset.text(keyword)));
  assert.deepEqual(
    ['StudyInstanceUID', 'SeriesInstanceUID', 'SOPInstanceUID'].map((keyword) => uids(keyword).size),
    [1, 3, 4],
  );
  const [photo, , , letter] = all;
  assert.deepEqual(photo!.codes, ['exif']);
  const pixelData = photo!.dataset.get('PixelData')!.value;
  assert.ok('fragments' in pixelData);
  assert.deepEqual(pixelData.fragments[0]!.bytes!.subarray(0, files['photo.jpg']!.length), files['photo.jpg']);
  assert.deepEqual(letter!.dataset.bytes('EncapsulatedDocument'), files['letter.pdf']);
});

test('the same file is the same instance again, under whatever name; in another folder it is of another study', async (t) => {
  const folder = emptyFolder((cleanUp) => t.after(cleanUp));
  mkdirSync(join(folder, 'b'));
  for (const name of ['one.png', 'two.png', 'b/one.png']) writeFileSync(join(folder, name), tinyPng());
  const uid = async (name: string) => (await made(folder, name)).dataset.text('SOPInstanceUID');
  assert.equal(await uid('one.png'), await uid('two.png'));
  const study = async (where: string) => {
    const translated = await translatorFor(where, { patient: { id: 'P' }, study: {} })(join(where, 'one.png'), 1);
    const [only] = await Array.fromAsync(translated!, read);
    return only!.dataset.text('StudyInstanceUID');
  };
  assert.notEqual(await study(folder), await study(join(folder, 'b')));
});

test('DICOM is left alone, text is none of ours, and nobody’s picture is refused', async (t) => {
  const folder = emptyFolder((cleanUp) => t.after(cleanUp));
  const pdf = { attributes: { EncapsulatedDocument: files['letter.pdf'], PixelData: undefined } };
  const { file, bytes } = makeInstance(pdf);
  for (const [name, content] of Object.entries({
    'a.dcm': file,
    bare: bytes,
    'notes.txt': Buffer.from('notes'),
    empty: '',
  })) {
    writeFileSync(join(folder, name), content);
    assert.equal(await translatorFor(folder, belonging)(join(folder, name), 1), undefined, name);
  }
  writeFileSync(join(folder, 'photo.jpg'), files['photo.jpg']!);
  await assert.rejects(translatorFor(folder, undefined)(join(folder, 'photo.jpg'), 1), {
    code: 'dicom/missing-attribute',
    message: /--patient-id/,
  });
});
