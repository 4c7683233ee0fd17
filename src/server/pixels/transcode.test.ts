import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { after, describe, test } from 'node:test';
import { inflateRawSync } from 'node:zlib';
import { concatenated } from '../../dicom/bytes.ts';
import { DataSet } from '../../dicom/dataset.ts';
import { framePieces } from '../../dicom/frame-index.ts';
import { type ReadResult, readDicom } from '../../dicom/reader.ts';
import { part10, smallImage } from '../../dicom/testing/objects.ts';
import {
  DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN,
  EXPLICIT_VR_BIG_ENDIAN,
  EXPLICIT_VR_LITTLE_ENDIAN,
  IMPLICIT_VR_LITTLE_ENDIAN,
} from '../../dicom/transfer-syntax.ts';
import { decodeFrame } from '../../pixels/codecs/decode-frame.ts';
import { frameDescriptionOf } from '../../pixels/frame-description.ts';
import { ctFrame } from '../../pixels/testing/frames.ts';
import { PixelPool } from './pixel-pool.ts';
import { type StoredImage, servable, transcode } from './transcode.ts';
import { limits } from './transcoded-pixel-data.ts';

const JPEG = '1.2.840.10008.1.2.4.50';
const JPEG_LOSSLESS = '1.2.840.10008.1.2.4.70';
const JPEG_LS = '1.2.840.10008.1.2.4.80';
const JPEG_2000 = '1.2.840.10008.1.2.4.90';
const HTJ2K_RPCL = '1.2.840.10008.1.2.4.202';
const RLE = '1.2.840.10008.1.2.5';

const pixels = new PixelPool();
after(() => pixels.close());

/** Frames of 12 bits with something after the pixels. */
function cine(frames: number, size = 64): DataSet {
  const dataset = smallImage()
    .set('Rows', size)
    .set('Columns', size - 3)
    .set('BitsStored', 12)
    .set('HighBit', 11)
    .set('NumberOfFrames', frames)
    .set(0xfffc_fffc, new Uint8Array(6), 'OB')
    .set(0xfffa_fffa, [new DataSet().set('MACIDNumber', 1)], 'SQ');
  const description = frameDescriptionOf(dataset);
  const samples = Array.from({ length: frames }, (_, at) => ctFrame(description, at, false));
  return dataset.set('PixelData', concatenated(samples), 'OW');
}

function colour(planarConfiguration: number): DataSet {
  const dataset = smallImage()
    .set('SamplesPerPixel', 3)
    .set('PhotometricInterpretation', 'RGB')
    .set('PlanarConfiguration', planarConfiguration)
    .set('Rows', 32)
    .set('Columns', 32)
    .set('BitsAllocated', 8)
    .set('BitsStored', 8);
  return dataset.set('PixelData', ctFrame(frameDescriptionOf(dataset), 5, false), 'OB');
}

function stored(file: Uint8Array): StoredImage & { readBytes: number } {
  const { transferSyntax, datasetOffset, frames } = readDicom(file, { form: 'part10' });
  const image = {
    transferSyntaxUid: transferSyntax.uid,
    sizeBytes: file.length,
    datasetOffset,
    readBytes: 0,
    frames: async () => frames,
    async *open({ start, end }: { start: number; end: number }) {
      for (let at = start; at < end; at += 4096) {
        const chunk = file.slice(at, Math.min(at + 4096, end));
        image.readBytes += chunk.length;
        yield chunk;
      }
    },
    openPlaces({ start, end }: { start: number; end: number }) {
      if (!transferSyntax.deflated) return image.open({ start, end });
      return Readable.from([inflateRawSync(file.subarray(datasetOffset)).subarray(start, end)]);
    },
  };
  return image;
}

/** The data set made, and the file it makes. */
async function transcoded(image: StoredImage, to: string): Promise<ReadResult & { file: Uint8Array }> {
  const { sizeBytes, chunks } = await transcode(image, to, { pixels });
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk.slice());
  const bytes = concatenated(parts);
  if (sizeBytes !== undefined) assert.equal(bytes.length, sizeBytes);
  const read = readDicom(bytes, { form: 'dataset', transferSyntaxUid: to, strict: true });
  return { ...read, file: part10(read.dataset, to) };
}

async function samplesOf({ dataset, frames, transferSyntax }: ReadResult, bytes: Uint8Array): Promise<Uint8Array> {
  if (!transferSyntax.encapsulated) return dataset.bytes('PixelData')!;
  const frame = frameDescriptionOf(dataset);
  const samples: Uint8Array[] = [];
  for (let number = 0; number < frames!.frames; number++) {
    const pieces = framePieces(frames!, number)!.pieces;
    const codestream = concatenated(pieces.map(({ offset, length }) => bytes.subarray(offset, offset + length)));
    samples.push(await decodeFrame(transferSyntax.uid, codestream, frame));
  }
  return concatenated(samples);
}

const plain = [IMPLICIT_VR_LITTLE_ENDIAN, EXPLICIT_VR_LITTLE_ENDIAN, EXPLICIT_VR_BIG_ENDIAN];
const uncompressed = [...plain, DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN];
const compressed = [JPEG_LOSSLESS, JPEG_LS, JPEG_2000, HTJ2K_RPCL, RLE, '1.2.840.10008.1.2.8.1'];

describe('a lossless way there and back gives the same pixels and attributes', () => {
  for (const from of uncompressed) {
    for (const to of compressed) {
      test(`${from} to ${to} to ${EXPLICIT_VR_LITTLE_ENDIAN}`, async () => {
        const original = cine(3);
        const there = await transcoded(stored(part10(original, from)), to);
        assert.equal(there.frames?.kind, 'encapsulated');
        assert.equal(there.frames?.frames, 3);
        const back = await transcoded(stored(there.file), EXPLICIT_VR_LITTLE_ENDIAN);
        const wanted = cine(3);
        wanted.delete(0xfffc_fffc);
        // Of private elements Implicit VR does not say what they are.
        const asRead = readDicom(part10(wanted, from)).dataset;
        assert.deepEqual(back.file, part10(asRead, EXPLICIT_VR_LITTLE_ENDIAN));
      });
    }
  }
  test('compressed to Implicit VR Little Endian, Big Endian and deflated', async () => {
    const there = await transcoded(stored(part10(cine(2), EXPLICIT_VR_LITTLE_ENDIAN)), JPEG_LS);
    for (const to of [IMPLICIT_VR_LITTLE_ENDIAN, EXPLICIT_VR_BIG_ENDIAN, DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN]) {
      const back = await transcoded(stored(there.file), to);
      assert.deepEqual(back.dataset.bytes('PixelData'), cine(2).bytes('PixelData'), to);
    }
  });
  test('compressed to otherwise compressed, by colour and by plane', async () => {
    for (const planarConfiguration of [0, 1]) {
      const image = colour(planarConfiguration);
      const first = await transcoded(stored(part10(image, EXPLICIT_VR_LITTLE_ENDIAN)), JPEG_2000);
      assert.equal(first.dataset.text('PhotometricInterpretation'), 'YBR_RCT');
      const second = await transcoded(stored(first.file), JPEG_LS);
      assert.equal(second.dataset.text('PhotometricInterpretation'), 'RGB');
      const back = await transcoded(stored(second.file), EXPLICIT_VR_LITTLE_ENDIAN);
      const byPixel = (await transcoded(stored(part10(image, EXPLICIT_VR_LITTLE_ENDIAN)), RLE)).file;
      assert.deepEqual(await samplesOf(back, back.file), await samplesOf(readDicom(byPixel), byPixel));
      if (planarConfiguration === 0) assert.deepEqual(back.dataset.bytes('PixelData'), image.bytes('PixelData'));
      assert.equal(back.dataset.number('PlanarConfiguration'), 0);
    }
  });
});

test('PS3.5 A.4: what is made at once has an offset table, what is larger than the limit has none and streams', async () => {
  const small = await transcoded(stored(part10(cine(3), EXPLICIT_VR_LITTLE_ENDIAN)), RLE);
  assert.equal(small.pixelData?.kind === 'encapsulated' && small.pixelData.basicOffsetTable.length, 12);
  const many = Math.ceil(limits.gatheredBytes / (1024 * 1021 * 2)) + 3;
  const large = stored(part10(noise(many), EXPLICIT_VR_LITTLE_ENDIAN));
  const { sizeBytes, chunks } = await transcode(large, RLE, { pixels });
  assert.equal(sizeBytes, undefined);
  assert.ok(large.readBytes < large.sizeBytes - 1024 * 1021 * 2, 'the last frame is read when it is wanted');
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  const { frames, pixelData } = readDicom(concatenated(parts), { form: 'dataset', transferSyntaxUid: RLE });
  assert.equal(frames?.frames, many);
  assert.equal(pixelData?.kind === 'encapsulated' && pixelData.basicOffsetTable.length, 0);
});

test('PS3.5 7.1: attributes after the pixels come after them and once, though a file is so small that one chunk holds all', async () => {
  const { file } = await transcoded(stored(part10(cine(1, 8), EXPLICIT_VR_LITTLE_ENDIAN)), RLE);
  const { chunks } = await transcode(stored(file), EXPLICIT_VR_LITTLE_ENDIAN, { pixels });
  const bytes = Buffer.concat(await Array.fromAsync(chunks));
  const macId = Buffer.from([0xfa, 0xff, 0xfa, 0xff]);
  assert.ok(bytes.indexOf(macId) > bytes.indexOf(Buffer.from([0xe0, 0x7f, 0x10, 0x00])));
  assert.equal(bytes.indexOf(macId), bytes.lastIndexOf(macId));
});

test('a lossy representation says so and keeps its SOP Instance UID', async () => {
  const { dataset } = await transcoded(stored(part10(colour(0), EXPLICIT_VR_LITTLE_ENDIAN)), JPEG);
  assert.equal(dataset.text('LossyImageCompression'), '01');
  assert.equal(dataset.text('LossyImageCompressionMethod'), 'ISO_10918_1');
  assert.ok(dataset.number('LossyImageCompressionRatio')! > 1);
  assert.equal(dataset.text('PhotometricInterpretation'), 'YBR_FULL_422');
  assert.equal(dataset.text('SOPInstanceUID'), colour(0).text('SOPInstanceUID'));
});

test('PS3.5 A.4: what has no pixels has nothing to encapsulate and is Explicit VR Little Endian, from every syntax', async () => {
  const report = smallImage();
  report.delete('PixelData');
  for (const from of [...uncompressed, JPEG_LS]) {
    const { transferSyntaxUid, sizeBytes, chunks } = await transcode(stored(part10(report, from)), RLE, { pixels });
    assert.equal(transferSyntaxUid, EXPLICIT_VR_LITTLE_ENDIAN);
    const bytes = concatenated(await Array.fromAsync(chunks));
    assert.equal(bytes.length, sizeBytes);
    const { dataset } = readDicom(bytes, { form: 'dataset', transferSyntaxUid: EXPLICIT_VR_LITTLE_ENDIAN });
    assert.equal(dataset.text('SOPInstanceUID'), report.text('SOPInstanceUID'));
  }
});

test('what cannot be made is refused before its first byte', async () => {
  const image = stored(part10(cine(1), EXPLICIT_VR_LITTLE_ENDIAN));
  const refused: [StoredImage, string][] = [
    [image, JPEG],
    [image, '1.2.840.10008.1.2.4.102'],
  ];
  for (const [each, to] of refused) {
    await assert.rejects(transcode(each, to, { pixels }), { code: 'dimse/unsupported-transfer-syntax' });
  }
});

test('what is servable: among compressed and uncompressed syntaxes, never video', () => {
  assert.ok(servable(JPEG_2000).includes(EXPLICIT_VR_LITTLE_ENDIAN));
  assert.ok(servable(JPEG_2000).includes(HTJ2K_RPCL));
  assert.ok(servable(IMPLICIT_VR_LITTLE_ENDIAN).includes(JPEG_LS));
  assert.ok(servable(DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN).includes(JPEG_LS));
  assert.deepEqual(servable('1.2.840.10008.1.2.4.102'), []);
});

test('an abort ends the frames that are still to come', async () => {
  const client = new AbortController();
  const many = Math.ceil(limits.gatheredBytes / (1024 * 1021 * 2)) + 3;
  const image = stored(part10(noise(many), EXPLICIT_VR_LITTLE_ENDIAN));
  const { chunks } = await transcode(image, RLE, { pixels, signal: client.signal });
  const taken = (async () => {
    for await (const _ of chunks) client.abort();
  })();
  await assert.rejects(taken, { code: 'request/cancelled' });
});

/** Frames that no codec makes smaller. */
function noise(frames: number): DataSet {
  const dataset = cine(1, 1024).set('NumberOfFrames', frames).set('BitsStored', 16);
  const samples = ctFrame(frameDescriptionOf(dataset), 1, true);
  return dataset.set('PixelData', concatenated(Array.from({ length: frames }, () => samples)), 'OW');
}
