// Any file that is no DICOM as instances of DICOM: kept as it is where a transfer syntax takes it, else by way of a converter.
// One file may be several: pages, the levels of a slide. What becomes of each is told in findings.

import { asProblem, Problem } from '../base/problem.ts';
import type { Finding } from '../dicom/finding.ts';
import { PIXEL_DATA, type Stretch } from '../dicom/streamed-part10.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN } from '../dicom/transfer-syntax.ts';
import { asciiAt, type ByteSource } from './byte-source.ts';
import { mp4WithoutCameraData, withoutCameraData } from './camera-data.ts';
import type { Converter, DecodedPicture } from './converter.ts';
import { type KeptFile, limits as pictureLimits } from './describe.ts';
import { type Exif, exifFinding } from './exif.ts';
import { electrocardiogramOf, isOtherPicture, isOtherVideo } from './file-format.ts';
import { imageInstance, type PictureKind } from './image-instance.ts';
import { type FileInstance, instanceOfFile, isOtherFormat } from './instance-of-file.ts';
import { contextOfPart, type FileContext, type MadeInstance } from './made-instance.ts';
import { slideFile } from './slide/slide-file.ts';
import { slideInstances } from './slide/slide-instances.ts';
import { isTiff } from './tiff.ts';

export interface TranslateOptions {
  fileName?: string;
  title?: string;
  /** What a picture shows; a tiled TIFF is taken for a slide unless one is given. */
  kind?: PictureKind;
  /** From one pixel of a slide to the next, where its file does not say it. */
  pixelSpacingMm?: number;
  /** Whether what cameras write beside the pictures stays in what is kept; removed unless given. */
  cameraData?: 'kept' | 'removed';
  converter?: Converter;
}

const HEAD_BYTES = 64 * 1024;

/** Whether `instancesOfFile` is the one to ask: what begins as a format it knows, of which some are refused with their name. */
export const isForeign = (head: Uint8Array, fileName: string): boolean =>
  asciiAt(head, 128, 4) !== 'DICM' &&
  (isOtherFormat(head, fileName) ||
    isOtherPicture(head) ||
    isOtherVideo(head) ||
    electrocardiogramOf(head) !== undefined);

/**
 * `file` is read while the instances are written, one after another. Throws dicom/not-expressible, dicom/unreadable or
 * dicom/limit, with the reason.
 */
export async function* instancesOfFile(
  file: ByteSource,
  context: FileContext,
  options: TranslateOptions = {},
): AsyncGenerator<MadeInstance> {
  const head = await file.read(0, HEAD_BYTES);
  const ecg = electrocardiogramOf(head);
  if (ecg !== undefined) {
    throw new Problem('dicom/not-expressible', {
      what: `${ecg}, which nothing here reads: export it as DICOM or PDF; it`,
    });
  }
  if (isTiff(head) && options.kind === undefined) {
    const slide = await slideFile(file);
    if (slide !== undefined) return yield* slideInstances(file, slide, context, options);
  }
  if (isOtherPicture(head)) return yield* decoded(file, context, options);
  if (isOtherVideo(head)) return yield* converted(file, context, options);
  let kept: FileInstance;
  try {
    kept = await instanceOfFile(file, alone(context), options);
  } catch (error) {
    if (asProblem(error).code !== 'dicom/not-expressible' || options.converter === undefined) throw error;
    // A JPEG in four inks, a video of another profile.
    const isPicture = head[0] === 0xff && head[1] === 0xd8;
    if (!isPicture && asciiAt(head, 4, 4) !== 'ftyp') throw error;
    return yield* isPicture ? decoded(file, context, options) : converted(file, context, options);
  }
  const isTurned = (kept.described?.exif?.orientation ?? 1) !== 1;
  if (isTurned && options.converter !== undefined) yield* turned(file, kept, context, options);
  else yield settled(await keptInstance(file, kept, options), context);
}

const alone = (context: FileContext) => contextOfPart(context, 1, 1);

/** Photographs, videos and documents of a study are series of their own. */
function settled(made: MadeInstance, context: FileContext): MadeInstance {
  made.dataset.set('SeriesInstanceUID', context.uidOfStudy('series', made.dataset.text('SOPClassUID')!));
  return made;
}

async function keptInstance(
  file: ByteSource,
  { dataset, bulk, findings, transferSyntaxUid, described, native }: FileInstance,
  { cameraData = 'removed' }: TranslateOptions,
): Promise<MadeInstance> {
  const tag = Number.parseInt(bulk.tag, 16);
  const made = { dataset, transferSyntaxUid, tag };
  if (native !== undefined) {
    const { bitsAllocated, samples } = native;
    const stretches = [{ length: samples.length, chunks: () => [samples] }];
    return { ...made, value: { vr: bitsAllocated === 8 ? 'OB' : 'OW', encapsulated: false, stretches }, findings };
  }
  const stretches = [stretchOf(file, described)];
  if (described === undefined) return { ...made, value: { vr: 'OB', encapsulated: false, stretches }, findings };
  if (cameraData === 'removed') stretches[0] = await withoutPersonal(file, described, stretches[0]!);
  // What is removed is not told; how it should lie still is.
  const left = exifFinding({ orientation: described.exif?.orientation, says: [] });
  const told = cameraData === 'kept' ? findings : left === undefined ? [] : [left];
  return { ...made, value: { vr: 'OB', encapsulated: true, stretches }, findings: told };
}

/** All of a document, the codestream of a picture. */
function stretchOf(file: ByteSource, described: KeptFile | undefined): Stretch {
  const { offset, length } = described ?? { offset: 0, length: file.sizeBytes };
  return {
    length,
    async *chunks() {
      const end = offset + length;
      for (let at = offset; at < end; at += READ_BYTES) yield await file.read(at, Math.min(end, at + READ_BYTES));
    },
  };
}

const READ_BYTES = 256 * 1024;

async function withoutPersonal(file: ByteSource, { kind, pixels }: KeptFile, whole: Stretch): Promise<Stretch> {
  if (kind === 'video') return /\.4\.10[2-8]$/.test(pixels.transferSyntaxUid) ? mp4WithoutCameraData(file) : whole;
  if (!/\.4\.(50|51|55|57|70|80|81)$/.test(pixels.transferSyntaxUid)) return whole;
  if (file.sizeBytes > pictureLimits.decodedFileBytes) {
    throw new Problem('dicom/limit', { limit: 'decodedFileBytes', offset: 0 });
  }
  const bytes = withoutCameraData(await file.read(0, file.sizeBytes));
  return { length: bytes.length, chunks: () => [bytes] };
}

/**
 * DICOM has no attribute by which a picture is turned: its pixels are, once, and no loss is added. One that decoders give up is
 * kept as it lies.
 */
async function* turned(
  file: ByteSource,
  kept: FileInstance,
  context: FileContext,
  options: TranslateOptions,
): AsyncGenerator<MadeInstance> {
  const assumed = 'the picture is turned as its camera says, and not compressed any more';
  const finding = { code: 'encoded-anew', path: '7FE00010', offset: -1, assumed } as const;
  try {
    for await (const made of decoded(file, context, options, finding)) {
      for (const keyword of ['LossyImageCompression', 'LossyImageCompressionRatio', 'LossyImageCompressionMethod']) {
        const said = kept.dataset.text(keyword);
        if (said !== undefined) made.dataset.set(keyword, said);
      }
      yield made;
    }
  } catch (error) {
    if (asProblem(error).code !== 'dicom/unreadable') throw error;
    yield settled(await keptInstance(file, kept, options), context);
  }
}

async function* decoded(
  file: ByteSource,
  context: FileContext,
  { kind = 'photograph', converter }: TranslateOptions,
  finding?: Finding,
): AsyncGenerator<MadeInstance> {
  let part = 0;
  for await (const picture of requireConverter(converter).pictures(file)) {
    part += 1;
    const { image } = picture;
    const { samples, bitsAllocated } = image;
    const dataset = imageInstance({ kind: 'native', image }, kind, contextOfPart(context, part, picture.of));
    setLoss(dataset, picture, file.sizeBytes);
    setTaken(dataset, picture.exif);
    const made: MadeInstance = {
      dataset,
      transferSyntaxUid: EXPLICIT_VR_LITTLE_ENDIAN,
      tag: PIXEL_DATA,
      value: {
        vr: bitsAllocated === 8 ? 'OB' : 'OW',
        encapsulated: false,
        stretches: [{ length: samples.length, chunks: () => [samples] }],
      },
      findings: finding === undefined ? [] : [finding],
    };
    yield picture.of === 1 ? settled(made, context) : made;
  }
}

/** PS3.3 C.7.6.1.1.5: a loss stays one, however the pixels are kept now. */
function setLoss(
  dataset: MadeInstance['dataset'],
  { lossyMethod, image, of }: DecodedPicture,
  sizeBytes: number,
): void {
  if (lossyMethod === undefined) return;
  dataset.set('LossyImageCompression', '01');
  dataset.set('LossyImageCompressionRatio', Math.round((100 * of * image.samples.length) / sizeBytes) / 100);
  if (lossyMethod !== 'unnamed') dataset.set('LossyImageCompressionMethod', lossyMethod);
}

function setTaken(dataset: MadeInstance['dataset'], exif: Exif | undefined): void {
  if (exif?.takenAt === undefined) return;
  dataset.set('AcquisitionDate', exif.takenAt.date).set('AcquisitionTime', exif.takenAt.time);
}

async function* converted(
  file: ByteSource,
  context: FileContext,
  options: TranslateOptions,
): AsyncGenerator<MadeInstance> {
  await using video = await requireConverter(options.converter).video(file);
  const made = settled(
    await keptInstance(video, await instanceOfFile(video, alone(context), options), options),
    context,
  );
  if (!video.isEncodedAnew) return yield made;
  made.dataset.set('ImageType', ['DERIVED', 'PRIMARY']);
  const assumed = 'the video was encoded anew as H.264 High Profile';
  yield { ...made, findings: [...made.findings, { code: 'encoded-anew', path: '7FE00010', offset: -1, assumed }] };
}

function requireConverter(converter: Converter | undefined): Converter {
  if (converter !== undefined) return converter;
  throw new Problem('dicom/not-expressible', { what: 'this file, which nobody here decodes,' });
}
