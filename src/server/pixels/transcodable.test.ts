import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testArchive } from '../../../test/support/archive.ts';
import { makeInstance, RLE_LOSSLESS as RLE } from '../../../test/support/instances.ts';
import { concatenated } from '../../dicom/bytes.ts';
import { framePieces } from '../../dicom/frame-index.ts';
import { readDicom } from '../../dicom/reader.ts';
import {
  DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN,
  EXPLICIT_VR_LITTLE_ENDIAN as EXPLICIT,
} from '../../dicom/transfer-syntax.ts';
import { decodeFrame } from '../../pixels/codecs/decode-frame.ts';
import { encodeFrame } from '../../pixels/codecs/encode-frame.ts';
import { frameDescriptionOf } from '../../pixels/frame-description.ts';
import { instancesBelow } from '../../storage/catalogue.ts';
import { InstancePlaces } from '../../storage/instance-places.ts';
import { PixelPool } from './pixel-pool.ts';
import { transcodable } from './transcodable.ts';

const JPEG_LS = '1.2.840.10008.1.2.4.80';
const HTJ2K = '1.2.840.10008.1.2.4.202';

test('the frames of a deflated data set are found in its inflated bytes', async (t) => {
  const archive = await testArchive(t);
  const pixels = new PixelPool({ threads: 1 });
  archive.closing.defer(() => pixels.close());
  const places = new InstancePlaces(archive.database);
  const sources = { objects: archive.store, pixels, framesOf: places.framesOf.bind(places) };
  const PixelData = Uint8Array.from({ length: 3 * 512 }, (_, at) => (at * 7) % 251);
  const attributes = { NumberOfFrames: '3', PixelData };
  const made = makeInstance({ transferSyntaxUid: DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN, attributes });
  await archive.stow(made.file);
  const [kept] = await instancesBelow(archive.database, 1, { studyInstanceUid: made.studyInstanceUid });
  const encapsulated = concatenated(await Array.fromAsync((await transcodable(sources, kept!).make(RLE)).chunks));
  const { dataset, frames } = readDicom(encapsulated, { form: 'dataset', transferSyntaxUid: RLE });
  const frame = frameDescriptionOf(dataset);
  const samples: Uint8Array[] = [];
  for (let number = 0; number < 3; number++) {
    const [piece] = framePieces(frames!, number)!.pieces;
    const codestream = encapsulated.subarray(piece!.offset, piece!.offset + piece!.length);
    samples.push((await decodeFrame(RLE, codestream, frame)).slice());
  }
  assert.deepEqual(concatenated(samples), PixelData);
});

test('a kept instance comes in another transfer syntax, its frames found by their places', async (t) => {
  const archive = await testArchive(t);
  const pixels = new PixelPool({ threads: 1 });
  archive.closing.defer(() => pixels.close());
  const places = new InstancePlaces(archive.database);
  const sources = { objects: archive.store, pixels, framesOf: places.framesOf.bind(places) };
  const native = makeInstance();
  const samples = native.dataset.bytes('PixelData')!;
  const codestream = await encodeFrame(JPEG_LS, samples, frameDescriptionOf(native.dataset));
  const { studyInstanceUid, seriesInstanceUid, sopInstanceUid } = native;
  const uids = { studyInstanceUid, seriesInstanceUid, sopInstanceUid };
  await archive.stow(makeInstance({ ...uids, transferSyntaxUid: JPEG_LS, codestreams: [codestream] }).file);
  const [kept] = await instancesBelow(archive.database, 1, uids);

  const { transferSyntaxes, lossless, make } = transcodable(sources, kept!);
  assert.ok(transferSyntaxes.includes('1.2.840.10008.1.2.4.50') && !lossless.includes('1.2.840.10008.1.2.4.50'));
  for (const uid of [EXPLICIT, HTJ2K]) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of (await make(uid)).chunks) chunks.push(chunk);
    const { dataset, frames } = readDicom(Buffer.concat(chunks), { form: 'dataset', transferSyntaxUid: uid });
    assert.equal(dataset.text('SOPInstanceUID'), sopInstanceUid);
    assert.equal(frames!.frames, 1);
    if (uid === EXPLICIT) assert.deepEqual(dataset.bytes('PixelData'), samples);
  }
});
