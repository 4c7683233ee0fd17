import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { presets } from '../../deidentify/profile.ts';
import { canary, canaryHits, canaryImage } from '../../deidentify/testing/canary.ts';
import { concatenated } from '../../dicom/bytes.ts';
import { DataSet } from '../../dicom/dataset.ts';
import { Element, type Fragment, isFragments } from '../../dicom/element.ts';
import { readDicom } from '../../dicom/reader.ts';
import { tag } from '../../dicom/tag.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, transferSyntax } from '../../dicom/transfer-syntax.ts';
import { writePart10 } from '../../dicom/writer.ts';
import { Deidentifier } from './deidentifier.ts';
import { deidentifyFile, writeTo } from './deidentify-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'fascia-deidentify-'));
after(() => rmSync(folder, { recursive: true }));

const JPEG_BASELINE = '1.2.840.10008.1.2.4.50';
const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const deidentifier = new Deidentifier(presets, () => new Uint8Array(32).fill(3));

/** A JPEG that says in EXIF and a comment whom it shows; what is coded is not told apart from any other. */
function jpeg(): Uint8Array {
  const segment = (marker: number, content: Uint8Array): number[] => [0xff, marker, 0, content.length + 2, ...content];
  const exif = segment(0xe1, ascii(`Exif\0\0${canary.id} ${canary.given}`));
  const comment = segment(0xfe, ascii(canary.birthDate));
  const bytes = [0xff, 0xd8, ...exif, ...comment, ...segment(0xda, ascii('x')), ...ascii('coded'), 0xff, 0xd9];
  return Uint8Array.from(bytes.length % 2 === 0 ? bytes : [...bytes, 0]);
}

function fileOf(dataset: DataSet, syntaxUid: string, behind: Uint8Array = new Uint8Array(0)): Uint8Array {
  const meta = readDicom(
    concatenated(
      writePart10({ meta: new DataSet(), dataset: canaryImage(0) }, transferSyntax(EXPLICIT_VR_LITTLE_ENDIAN)),
    ),
  ).meta;
  meta.set('SourceApplicationEntityTitle', 'KNRY').set('TransferSyntaxUID', syntaxUid);
  meta.set('MediaStorageSOPInstanceUID', `${canary.studyUid}.1.1`);
  const preamble = new Uint8Array(128);
  preamble.set(ascii(`II*\0 ${canary.given}`));
  return concatenated([...writePart10({ preamble, meta, dataset }, transferSyntax(syntaxUid)), behind]);
}

async function deidentified(name: string, bytes: Uint8Array, profile: string): Promise<Uint8Array> {
  const [from, to] = [join(folder, `${name}.dcm`), join(folder, `${name}.out.dcm`)];
  writeFileSync(from, bytes);
  const made = await deidentifyFile(from, deidentifier, { tenant: '1', step: { profile } });
  try {
    assert.equal(made.isStopped, false);
    await writeTo(to, made);
  } finally {
    await made.close();
  }
  return new Uint8Array(readFileSync(to));
}

for (const profile of ['basic', 'R-read']) {
  test(`by ${profile} nothing is left in preamble, File Meta Information, frames, and behind the pixels`, async () => {
    const dataset = canaryImage();
    const fragment: Fragment = { offset: -1, length: jpeg().length, head: 0, bytes: jpeg() };
    dataset.add(Element.of(0x7fe0_0010, 'OB', { basicOffsetTable: new Uint8Array(0), fragments: [fragment] }));
    dataset.set(tag(0x7fe1, 0x0010), 'KNRY', 'LO').set(tag(0x7fe1, 0x1001), ascii(`${canary.id}  `), 'OB');
    dataset.set('DataSetTrailingPadding', ascii(canary.id.padEnd(16)), 'OB');
    const before = fileOf(dataset, JPEG_BASELINE);
    assert.notDeepEqual(canaryHits(before), []);
    const bytes = await deidentified(`${profile}-jpeg`, before, profile);
    assert.deepEqual(canaryHits(bytes), []);
    const after = readDicom(bytes);
    assert.deepEqual(after.findings, []);
    assert.equal(after.meta.text('MediaStorageSOPInstanceUID'), after.dataset.text('SOPInstanceUID'));
    const pixels = after.dataset.get('PixelData')!.value;
    assert.ok(isFragments(pixels));
    assert.match(new TextDecoder('latin1').decode(pixels.fragments[0]!.bytes), /coded\xff\xd9\0?$/);
    assert.equal(pixels.fragments[0]!.length, jpeg().length);
  });
}

test('an element that stands there twice, of which a reader sees one, is written once', async () => {
  // (0008,103E) again behind the pixels, where it has no place.
  const repeated = ascii(`\x08\0\x3e\x10LO\x0c\0${canary.id}`);
  const before = fileOf(canaryImage(0), EXPLICIT_VR_LITTLE_ENDIAN, repeated);
  assert.deepEqual(canaryHits(await deidentified('repeated', before, 'R-read')), []);
});

test('one patient is one person in all files of a domain, and the native pixels are the same bytes', async () => {
  const [one, two] = [canaryImage(0), canaryImage(0).set('SOPInstanceUID', `${canary.studyUid}.1.3`)];
  one.set('PixelData', Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), 'OW');
  const [first, second] = await Promise.all(
    [one, two].map(
      async (dataset, at) =>
        readDicom(await deidentified(`same-${at}`, fileOf(dataset, EXPLICIT_VR_LITTLE_ENDIAN), 'R-read')).dataset,
    ),
  );
  for (const keyword of ['PatientID', 'StudyInstanceUID', 'SeriesInstanceUID', 'StudyDate', 'FrameOfReferenceUID'])
    assert.equal(first!.text(keyword), second!.text(keyword), keyword);
  assert.notEqual(first!.text('SOPInstanceUID'), second!.text('SOPInstanceUID'));
  assert.deepEqual(first!.bytes('PixelData'), Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8));
});
