// Every photograph, video, document and slide of the corpus, and of each format one made here, becomes instances that DCMTK
// reads and dciodvfy accepts, or is refused with its reason.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { before, type TestContext, test } from 'node:test';
import sharp from 'sharp';
import { Problem } from '../../src/base/problem.ts';
import { readDicom } from '../../src/dicom/reader.ts';
import { fileContext } from '../../src/server/convert/file-context.ts';
import { FileConverter } from '../../src/server/convert/file-converter.ts';
import { FileSource } from '../../src/server/convert/file-source.ts';
import type { PictureKind } from '../../src/translate/image-instance.ts';
import { instancesOfFile, isForeign } from '../../src/translate/instances-of-file.ts';
import { part10Of } from '../../src/translate/made-instance.ts';
import { blankJpeg } from '../../src/translate/slide/blank-jpeg.ts';
import { h264Mp4, jpeg, jpeg2000, mpeg2, tinyPng, withExif } from '../../src/translate/testing/files.ts';
import { corpus, corpusFolder, withoutCorpus } from '../support/corpus.ts';
import { emptyFolder } from '../support/folder.ts';
import { without } from '../support/needs.ts';

const folders: (() => void)[] = [];
let converter: FileConverter;
before(() => {
  converter = new FileConverter(emptyFolder((cleanUp) => folders.push(cleanUp)));
});
test.after(async () => {
  await converter[Symbol.asyncDispose]();
  for (const cleanUp of folders) cleanUp();
});

const belonging = {
  patient: { id: 'P-1', name: 'Photo^Pat', birthDate: '19700101', sex: 'O' },
  study: { date: '20260131', time: '101500', id: '1', accessionNumber: 'A1' },
} as const;

/** The Part 10 files that a file becomes. */
async function instances(t: TestContext, path: string, kind?: PictureKind): Promise<string[]> {
  const folder = emptyFolder((cleanUp) => t.after(cleanUp));
  await using file = await FileSource.open(path);
  const context = await fileContext(file, belonging, { together: path, number: 1 });
  const options = { fileName: basename(path), title: 'A file', converter, kind };
  const made: string[] = [];
  for await (const instance of instancesOfFile(file, { ...context, series: { number: 1 } }, options)) {
    made.push(join(folder, `${made.length + 1}.dcm`));
    await writeFile(made.at(-1)!, part10Of(instance));
  }
  return made;
}

/** What DCMTK and dicom3tools hold against an instance. */
function faultsOf(path: string): string[] {
  const { status, stderr } = spawnSync('dcmdump', ['-q', path], { encoding: 'utf8', maxBuffer: 1 << 28 });
  const checked = spawnSync('dciodvfy', [path], { encoding: 'utf8' });
  // It knows no OBJ and no MTL.
  const errors = checked.stderr.split('\n').filter((line) => /^Error(?! - Information Object Not found)/.test(line));
  return status === 0 ? errors : [stderr, ...errors];
}

const tools = without('dcmdump', 'dcmtk') || without('dciodvfy', 'dicom3tools');

test('every photograph, video, PDF and slide of the corpus becomes instances without fault, or is refused with a reason', {
  skip: withoutCorpus || tools || without('ffmpeg', 'ffmpeg'),
}, async (t) => {
  const refused = new Map<string, string>();
  const entries = corpus().filter(({ file }) => /^(photos|video|pdf|wsi)\/.*(?<!\.dcm)$/.test(file));
  for (const { file } of entries) {
    try {
      const made = await instances(t, join(corpusFolder, file));
      assert.ok(made.length > 0, file);
      for (const path of made) assert.deepEqual(faultsOf(path), [], file);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      assert.match(error.code, /^dicom\/(not-expressible|unreadable)$/, file);
      refused.set(file, error.message);
    }
  }
  // What is broken, old-style JPEG, sound without pictures, and a compression that nobody knows.
  const known = /fuzzed|ImageTestSuite|metadata-extractor-ima__(\w{32}|m\d+-\w{32})\.|NegativeArray|m4a$|unopenable/;
  for (const [file, reason] of refused) assert.match(file, known, reason);
});

const red = { r: 200, g: 30, b: 30 };
const picture = () => sharp({ create: { width: 640, height: 400, channels: 3, background: red } });
const cda = `<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3"><typeId root="2.16.840.1.113883.1.3"/><id root="1.2.3" extension="D1"/></ClinicalDocument>`;
const slide = (compression: 'jpeg' | 'lzw' | 'deflate' | 'none') =>
  picture().tiff({ tile: true, tileWidth: 128, tileHeight: 128, pyramid: true, compression, resolutionUnit: 'cm', xres: 4000, yres: 4000 }).toBuffer(); // biome-ignore format: one sentence
const kinds: Record<string, () => Uint8Array | Promise<Uint8Array>> = {
  'photo.jpg': () => jpeg({ rows: 16, columns: 16 }),
  'gray.jpg': () => jpeg({ components: 1 }),
  'photo.jp2': () => jpeg2000(16, 16, { reversible: true, boxed: true }),
  'photo.png': () => tinyPng(),
  'photo.webp': () => picture().webp().toBuffer(),
  'photo.avif': () => picture().avif().toBuffer(),
  'photo.gif': () => picture().gif().toBuffer(),
  'drawn.tif': () => picture().ensureAlpha(0.5).tiff({ tile: true }).toBuffer(),
  'photo.tif': () => picture().tiff().toBuffer(),
  'inks.jpg': () => picture().toColourspace('cmyk').jpeg().toBuffer(),
  'deep.tif': () => picture().toColourspace('rgb16').tiff().toBuffer(),
  'slide.tif': () => slide('jpeg'),
  'slide-lzw.tif': () => slide('lzw'),
  'slide-deflate.tif': () => slide('deflate'),
  'slide-none.tif': () => slide('none'),
  'video.mp4': () => h264Mp4(480, 640, 50),
  'video.mpg': () => mpeg2(480, 640, 5),
  'report.pdf': () => Buffer.from('%PDF-1.7\n%%EOF'),
  'summary.xml': () => Buffer.from(cda),
  'model.stl': () => Buffer.from('solid a\nendsolid a\n'),
  'model.obj': () => Buffer.from('v 0 0 0\n'),
  'model.mtl': () => Buffer.from('newmtl a\n'),
};

test('dciodvfy finds no error in what is made of a file, whatever its format', { skip: tools }, async (t) => {
  const folder = emptyFolder((cleanUp) => t.after(cleanUp));
  for (const [name, bytes] of Object.entries(kinds)) {
    const path = join(folder, name);
    writeFileSync(path, await bytes());
    const made = await instances(t, path);
    assert.ok(made.length >= (name.startsWith('slide') ? 2 : 1), name);
    for (const instance of made) assert.deepEqual(faultsOf(instance), [], name);
  }
  for (const name of ['photo.jpg', 'video.mp4']) {
    const [seen] = await instances(t, join(folder, name), 'endoscopy');
    assert.deepEqual(faultsOf(seen!), [], name);
    assert.equal(readDicom(await readFile(seen!)).dataset.text('Modality'), 'ES');
  }
});

test('the frames of a slide show what its tiles show, those that were never scanned white', async (t) => {
  const folder = emptyFolder((cleanUp) => t.after(cleanUp));
  writeFileSync(join(folder, 'slide.tif'), await slide('jpeg'));
  const [largest] = await instances(t, join(folder, 'slide.tif'));
  const { dataset } = readDicom(await readFile(largest!));
  const value = dataset.get('PixelData')!.value;
  assert.ok('fragments' in value);
  assert.equal(value.fragments.length, 5 * 4);
  for (const bytes of [value.fragments[0]!.bytes!, blankJpeg(128, 128, 3, true), blankJpeg(100, 60, 1, false)]) {
    const { dominant, channels } = await sharp(bytes).stats();
    const expected = bytes === value.fragments[0]!.bytes ? 200 : 255;
    assert.ok(Math.abs(channels[0]!.mean - expected) <= 2, JSON.stringify(dominant));
  }
});

test('an ECG that nothing here reads is refused by its name, and by nothing else', async (t) => {
  const folder = emptyFolder((cleanUp) => t.after(cleanUp));
  const files = {
    'SCP-ECG': Buffer.from('\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0SCPECG\0\0'),
    'HL7 aECG': Buffer.from('<?xml version="1.0"?><AnnotatedECG xmlns="urn:hl7-org:v3"/>'),
  };
  for (const [name, bytes] of Object.entries(files)) {
    assert.equal(isForeign(bytes, 'ecg'), true);
    writeFileSync(join(folder, 'ecg'), bytes);
    await assert.rejects(instances(t, join(folder, 'ecg')), {
      code: 'dicom/not-expressible',
      message: new RegExp(name),
    });
  }
});

test('a photograph that its camera held sideways stands upright, and what the camera wrote is gone', async (t) => {
  const folder = emptyFolder((cleanUp) => t.after(cleanUp));
  const sideways = await picture().withMetadata({ orientation: 6 }).jpeg().toBuffer();
  writeFileSync(join(folder, 'sideways.jpg'), sideways);
  const secret = { model: 'SecretCamera', artist: 'SecretOwner', position: true, takenAt: '2026:01:15 10:11:12' };
  writeFileSync(join(folder, 'upright.jpg'), withExif(jpeg({ rows: 16, columns: 16 }), secret));
  const dataSetOf = async (name: string) =>
    readDicom(await readFile((await instances(t, join(folder, name)))[0]!)).dataset;
  const turned = await dataSetOf('sideways.jpg');
  assert.deepEqual([turned.number('Rows'), turned.number('Columns')], [640, 400]);
  assert.equal(turned.text('LossyImageCompression'), '01');
  assert.equal(turned.text('LossyImageCompressionMethod'), 'ISO_10918_1');
  const [kept] = await instances(t, join(folder, 'upright.jpg'));
  assert.doesNotMatch((await readFile(kept!)).toString('latin1'), /Secret|Exif/);
  assert.equal((await dataSetOf('upright.jpg')).text('AcquisitionDate'), '20260115');
});
