// Every image of the corpus as we render it and as DCMTK does, pixel by pixel, first and last frame. Rounding is free by one
// gray level; where more differs, the table says by how much and why.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type CorpusFile, corpus, corpusFolder, readCorpus, withoutCorpus } from '../../test/support/corpus.ts';
import { dcmj2pnm } from '../../test/support/dcmtk-image.ts';
import { emptyFolder } from '../../test/support/folder.ts';
import { without } from '../../test/support/needs.ts';
import { Problem } from '../base/problem.ts';
import { type ReadResult, readDicom } from '../dicom/reader.ts';
import { part10 } from '../dicom/testing/objects.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN } from '../dicom/transfer-syntax.ts';
import { type ImageDescription, imageOf, valuesOf } from './image.ts';
import { modalityFunction } from './modality.ts';
import { renderFrame } from './render.ts';
import { storedValues, wordsOf } from './stored-values.ts';
import { samplesOf } from './testing/samples.ts';

/** By how many levels a file may differ where more than rounding does, and the reason. */
const deviations: Record<string, { levels: number; because: string }> = {};
for (const name of ['dcm4che__YBR_FULL-RLE', 'dicom-test-files__SC_ybr_full_uncompressed']) {
  deviations[`${name}.dcm`] = { levels: 2, because: 'DCMTK has no colour at 127.5, PS3.3 C.7.6.3.1.2 at 128' };
}
for (const name of ['dcmqi__seg', 'highdicom__seg_image_ct_binary', 'pydicom-data__liver_deflate']) {
  deviations[`${name}.dcm`] = { levels: 127, because: 'DCMTK shows the set bits of one-bit samples half bright' };
}
for (const name of ['dcmqi__sparse-labelmap-noppv', 'dcmqi__sparse-labelmap-ppv5']) {
  deviations[`${name}.dcm`] = {
    levels: 254,
    because: 'labels are spread over the output, DCMTK shows them as 5 of 255',
  };
}
deviations['fo-dicom__GH610.dcm'] = {
  levels: 255,
  because: 'a rescale slope of 6e-8: DCMTK widens its window by one whole unit',
};
deviations['fo-dicom__RI6XDosiGap.dcm'] = {
  levels: 255,
  because: 'a LINEAR window narrower than 1, which PS3.3 C.11.2.1.2.1 does not define',
};
deviations['dicom-test-files__CT1_J2KI.dcm'] = {
  levels: 17,
  because: 'lossy compression left values below those of padding, which we show black',
};

/** Those of the table that did deviate. */
const deviating = new Set<string>();

/** Files that DCMTK refuses whatever their transfer syntax. */
const refusedByDcmtk = /SC_rgb(_expb)?_32bit|SC_rgb_rle_32bit|gdcm-US-ALOKA-16|fragmented_no_bot|MultiframeWindowing/;

/** Files whose codestream nobody can decode. */
const undecodable = /ruby-dicom__invalid_compression/;

const images = withoutCorpus ? [] : corpus().filter(({ file }) => /^(dicom|wsi)\/.*\.dcm$/.test(file));
const skip = withoutCorpus || without('dcmj2pnm', 'dcmtk');

test('real images look as in DCMTK, pixel by pixel', { skip }, async (t) => {
  const scratch = join(
    emptyFolder((cleanUp) => t.after(cleanUp)),
    'image',
  );
  const differing: string[] = [];
  let compared = 0;
  for (const file of images) {
    const read = readDicom(readCorpus(file));
    if (read.frames === undefined || read.frames.kind === 'video' || undecodable.test(file.file)) continue;
    for (const frame of new Set([1, read.frames.frames])) {
      const outcome = await compare(file, read, frame, scratch);
      if (outcome === 'alike') compared++;
      else if (outcome !== 'not comparable') differing.push(outcome);
    }
  }
  assert.deepEqual(differing, []);
  assert.deepEqual([...deviating].sort(), Object.keys(deviations).sort(), 'the table names no file that agrees');
  assert.ok(compared > 150, `${compared} frames were compared`);
});

async function compare(object: CorpusFile, read: ReadResult, frame: number, scratch: string): Promise<string> {
  const { file } = object;
  const image = imageOf(read.dataset);
  const samples = await samplesOf(read, image, frame);
  assert.ok(samples, `${file} has frame ${frame}`);
  const ours = renderFrame(samples, image, frame, { squarePixels: false });
  const [path, itsFrame] = readableByDcmtk(read)
    ? [join(corpusFolder, file), frame]
    : [writeNative(readDicom(readCorpus(object)), image, samples, `${scratch}.dcm`), 1];
  const theirs = await dcmj2pnm(path, `${scratch}.pnm`, dcmtkOptions(read, image, frame, samples), itsFrame);
  if (theirs === undefined) {
    assert.match(file, refusedByDcmtk);
    return 'not comparable';
  }
  assert.deepEqual([ours.width, ours.height, ours.channels], [theirs.width, theirs.height, theirs.channels], file);
  const { levels, because } = deviations[file.replace(/^.*\//, '')] ?? { levels: 1, because: 'rounding' };
  const difference = largestDifference(ours.data, theirs.data);
  if (difference > 1) deviating.add(file.replace(/^.*\//, ''));
  return difference <= levels ? 'alike' : `${file} frame ${frame} differs by ${difference}, not ${levels} (${because})`;
}

/** Debian's DCMTK renders native images, JPEG and RLE; of the others it is given the decoded samples. */
const readableByDcmtk = ({ transferSyntax: { uid } }: ReadResult): boolean =>
  /^1\.2\.840\.10008\.1\.2(\.1|\.2|\.1\.99|\.5|\.4\.5\d|\.4\.70)?$/.test(uid);

function writeNative({ dataset }: ReadResult, image: ImageDescription, samples: Uint8Array, path: string): string {
  const wide = image.bitsAllocated > 8;
  dataset.set('PixelData', samples.length % 2 === 0 ? samples : Uint8Array.of(...samples, 0), wide ? 'OW' : 'OB');
  dataset.set('NumberOfFrames', 1);
  // Some files have them as UN (PS3.5 6.2.2), which DCMTK does not look into.
  for (const key of ['WindowCenter', 'WindowWidth', 'RescaleIntercept', 'RescaleSlope']) {
    if (dataset.has(key)) dataset.set(key, dataset.texts(key), 'DS');
  }
  if (image.samplesPerPixel === 3) {
    const interpretation = image.photometricInterpretation.replace(/YBR_(ICT|RCT)/, 'RGB').replace('_422', '');
    dataset.set('PlanarConfiguration', 0).set('PhotometricInterpretation', interpretation);
  }
  writeFileSync(path, part10(dataset, EXPLICIT_VR_LITTLE_ENDIAN));
  return path;
}

/** The view that we choose by ourselves, asked for. */
function dcmtkOptions({ dataset }: ReadResult, image: ImageDescription, frame: number, samples: Uint8Array): string[] {
  if (image.samplesPerPixel !== 1 || image.palette !== undefined) return [];
  const [voi] = valuesOf(image, frame).voi;
  if (voi === undefined) {
    if (image.bitsStored <= 8 && image.pixelRepresentation === 0) return ['-W'];
    return image.padding === undefined ? ['+Wm'] : ['+Ww', ...rangeWithoutPadding(image, frame, samples)];
  }
  if (voi.kind === 'lut') return ['+Wl', '1'];
  if (!dataset.has('PerFrameFunctionalGroupsSequence')) return ['+Wi', '1'];
  return ['+Ww', String(voi.window.center), String(voi.window.width)];
}

/** DCMTK counts padding in its own range. Center and width of LINEAR (PS3.3 C.11.2.1.2.1) that spread the rest over the output. */
function rangeWithoutPadding(image: ImageDescription, frame: number, samples: Uint8Array): string[] {
  const modality = modalityFunction(valuesOf(image, frame).modality);
  const { from, to } = image.padding!;
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const stored of storedValues(wordsOf(samples, image, image.rows * image.columns), image)) {
    if (stored >= from && stored <= to) continue;
    least = Math.min(least, modality(stored));
    most = Math.max(most, modality(stored));
  }
  return [String((least + most + 1) / 2), String(most - least + 1)];
}

function largestDifference(ours: Uint8Array, theirs: Uint8Array): number {
  let largest = 0;
  for (let i = 0; i < ours.length; i++) largest = Math.max(largest, Math.abs(ours[i]! - theirs[i]!));
  return largest;
}

test('no object of the corpus, malformed ones included, makes rendering fail otherwise than by a Problem', {
  skip: withoutCorpus,
}, async () => {
  for (const file of corpus().filter(({ file }) => /^dicom-malformed\//.test(file))) {
    try {
      const read = readDicom(readCorpus(file));
      const image = imageOf(read.dataset);
      const samples = await samplesOf(read, image, 1);
      if (samples !== undefined) renderFrame(samples, image, 1, {});
    } catch (thrown) {
      if (!(thrown instanceof Problem)) throw new Error(file.file, { cause: thrown });
    }
  }
});
