// What DCMTK makes of the codestreams that we write: the pixels they were made of.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { readDicom } from '../../src/dicom/reader.ts';
import { fileMeta } from '../../src/dicom/writer.ts';
import { frameDescriptionOf } from '../../src/pixels/frame-description.ts';
import { ctFrame } from '../../src/pixels/testing/frames.ts';
import { PixelPool } from '../../src/server/pixels/pixel-pool.ts';
import { transcode } from '../../src/server/pixels/transcode.ts';
import { emptyFolder } from '../support/folder.ts';
import { makeInstance } from '../support/instances.ts';
import { without } from '../support/needs.ts';

const pixels = new PixelPool({ threads: 1 });
after(() => pixels.close());

const decoders = [
  ['dcmdjpeg', '1.2.840.10008.1.2.4.70'],
  ['dcmdjpls', '1.2.840.10008.1.2.4.80'],
  ['dcmdrle', '1.2.840.10008.1.2.5'],
] as const;

/** Bits Stored, Pixel Representation, and the bits that the samples have. */
const images = {
  '12 bits': [12, 0, 12],
  '16 bits with signs': [16, 1, 16],
  '8 bits in 16': [8, 0, 8],
  'samples that go beyond Bits Stored': [12, 0, 16],
} as const;

for (const [program, uid] of decoders) {
  describe(`${program} reads ${uid} as we write it`, { skip: without(program, 'dcmtk') }, () => {
    for (const [name, [bitsStored, pixelRepresentation, bits]] of Object.entries(images)) {
      test(name, async () => {
        const attributes = {
          BitsStored: bitsStored,
          HighBit: bitsStored - 1,
          PixelRepresentation: pixelRepresentation,
        };
        const frame = frameDescriptionOf(makeInstance({ rows: 64, columns: 64, attributes }).dataset);
        const samples = ctFrame({ ...frame, bitsStored: bits }, 3, true);
        const made = makeInstance({ rows: 64, columns: 64, attributes: { ...attributes, PixelData: samples } });
        const folder = emptyFolder(after);
        const [compressed, decoded] = [path.join(folder, 'compressed.dcm'), path.join(folder, 'decoded.dcm')];
        writeFileSync(compressed, await inSyntax(made.file, uid));
        execFileSync(program, [compressed, decoded], { stdio: 'pipe' });
        assert.deepEqual(new Uint8Array(readDicom(readFileSync(decoded)).dataset.bytes('PixelData')!), samples);
      });
    }
  });
}

async function inSyntax(file: Uint8Array, uid: string): Promise<Buffer> {
  const { transferSyntax, datasetOffset, frames, dataset } = readDicom(file);
  const image = {
    transferSyntaxUid: transferSyntax.uid,
    sizeBytes: file.length,
    datasetOffset,
    frames: async () => frames,
    async *open({ start, end }: { start: number; end: number }) {
      yield file.slice(start, end);
    },
    openPlaces: ({ start, end }: { start: number; end: number }) => [file.slice(start, end)],
  };
  const { chunks } = await transcode(image, uid, { pixels });
  const [sopClassUid, sopInstanceUid] = [dataset.text('SOPClassUID')!, dataset.text('SOPInstanceUID')!];
  const meta = fileMeta({ sopClassUid, sopInstanceUid, transferSyntaxUid: uid });
  return Buffer.concat([meta, ...(await Array.fromAsync(chunks))]);
}
