// An image of the archive as the DICOMweb door may have it rendered: one frame as a picture, or all of them moving. The frames
// are read here and go to the pixel pool; what comes back is remembered.

import { availableParallelism } from 'node:os';
import { Problem } from '../../base/problem.ts';
import { concatenated } from '../../dicom/bytes.ts';
import type { DataSet } from '../../dicom/dataset.ts';
import type { FrameIndex } from '../../dicom/frame-index.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN } from '../../dicom/transfer-syntax.ts';
import type { RenderableImage, RenderedWish, StoredFrames } from '../../dicomweb/handlers.ts';
import { annotationLines } from '../../pixels/annotation.ts';
import { byPixel } from '../../pixels/codecs/by-pixel.ts';
import { type ImageDescription, imageOf } from '../../pixels/image.ts';
import type { PresentationState } from '../../pixels/presentation/presentation-state.ts';
import type { InstancePlace, InstancePlaces } from '../../storage/instance-places.ts';
import type { FilmMaker } from '../pixels/film.ts';
import { frameTimeMs } from '../pixels/frame-time.ts';
import { FRAME_TIME_MS, type PictureMediaType, type PictureWish, QUALITY } from '../pixels/picture.ts';
import { type FrameSources, storedFrames, versionOf } from './dicomweb-frames.ts';

/** Part of the validator and the key of every picture. To be counted up when an image comes out other than it did. */
const RENDERING_VERSION = 'r4';

export const limits = {
  /** Frames of a video that are rendered before they are asked for, so that no worker waits for the packing. */
  stillsAhead: availableParallelism(),
} as const;

export interface RenderingSources extends FrameSources {
  places: InstancePlaces;
  /** Absent: there are no videos. */
  films?: FilmMaker;
  onSent(sizeBytes: number): void;
}

/** Who sees it. */
export interface Onlooker {
  tenant: number;
  /** Drawn over every image, where it is seen by a link that was given away. */
  watermark?: string;
}

/** An instance with frames. */
export interface Shown {
  place: InstancePlace;
  dataset: DataSet;
  index: FrameIndex;
}

/** `frame` from 1; absent, the one that stands for all. Rejects with catalogue/not-found. */
export async function imageToRender(
  sources: RenderingSources,
  { watermark }: Onlooker,
  { place, dataset, index }: Shown,
  frame: number | undefined,
  signal: AbortSignal,
  presentation?: PresentationState,
): Promise<RenderableImage> {
  const frames = await storedFrames(sources, place, index, signal, () => {});
  const image = describe(dataset);
  const number = frame ?? representativeFrame(dataset, frames.count);
  if (number > frames.count) throw new Problem('catalogue/not-found', { what: 'frame' });
  return {
    kind: 'image',
    version: `${versionOf(place)}${RENDERING_VERSION}${watermark === undefined ? '' : `w${hexOfText(watermark)}`}`,
    frames: frames.count,
    movingMediaTypes: ['image/gif'],
    async render(wish) {
      const numbers = wish.moves ? Array.from({ length: frames.count }, (_, at) => at + 1) : [number];
      // A state may change while the image it presents does not.
      const cache = presentation === undefined ? sources.cache : undefined;
      const made = `rendered ${RENDERING_VERSION} ${number} ${JSON.stringify({ ...wish, watermark })}`;
      const key = { object: place.object, made };
      const bytes = await (cache === undefined ? make(numbers, wish) : cache.get(key, () => make(numbers, wish)));
      sources.onSent(bytes.length);
      return bytes;
    },
    film: sources.films && film,
    noFilm: sources.films === undefined ? 'ffmpeg, which makes video/mp4 of frames, is not installed' : undefined,
  };

  /** Not kept: what takes seconds to make is megabytes, and few look twice. */
  async function* film(wish: RenderedWish): AsyncGenerator<Uint8Array> {
    const pace = { frameTimeMs: frameTimeMs(dataset) ?? FRAME_TIME_MS, quality: wish.quality ?? QUALITY };
    for await (const chunk of sources.films!.film(stills(wish), pace, signal)) {
      sources.onSent(chunk.length);
      yield chunk;
    }
  }

  /** In order, some made ahead of the one that is asked for. */
  async function* stills(wish: RenderedWish): AsyncGenerator<Uint8Array> {
    const ahead: Promise<Uint8Array>[] = [];
    for (let each = 1; each <= frames.count; each++) {
      const still = make([each], { ...wish, mediaType: 'image/x-portable-anymap' }, true);
      // Whose turn never comes fails unheard.
      still.catch(() => {});
      ahead.push(still);
      if (ahead.length > limits.stillsAhead) yield await ahead.shift()!;
    }
    yield* ahead;
  }

  async function make(numbers: number[], wish: RenderedWish, isPatient?: boolean): Promise<Uint8Array> {
    const task = {
      from: frames.transferSyntaxUid,
      frames: await Promise.all(
        numbers.map(async (each) => ({ number: each, codestream: await codestreamOf(frames, each, image) })),
      ),
      image,
      wish: { window: wish.window, presentation },
      picture: {
        ...pictureWish(wish, dataset),
        watermark,
        annotations: numbers.flatMap((each) =>
          wish.annotation === undefined
            ? []
            : annotationLines(dataset, wish.annotation, { frame: each, frames: frames.count }),
        ),
      },
    };
    return (await sources.pixels.render(task, { signal, isPatient })).bytes;
  }
}

const hexOfText = (text: string): string => Buffer.from(text).toString('hex');

const descriptions = new WeakMap<DataSet, ImageDescription>();

/** Remembered as long as the head is. */
function describe(dataset: DataSet): ImageDescription {
  const known = descriptions.get(dataset);
  if (known !== undefined) return known;
  const described = imageOf(dataset);
  descriptions.set(dataset, described);
  return described;
}

/** PS3.3 C.7.6.6.1.1.4, else the one in the middle: the first of a cine is often empty. */
function representativeFrame(dataset: DataSet, count: number): number {
  const representative = dataset.number('RepresentativeFrameNumber') ?? 0;
  return representative >= 1 && representative <= count ? representative : Math.ceil((count + 1) / 2);
}

/** The pool takes native samples by pixel. */
async function codestreamOf(frames: StoredFrames, number: number, image: ImageDescription): Promise<Uint8Array> {
  const { transferSyntaxUid } = frames;
  if ((await frames.availability(transferSyntaxUid)) === 'made') return frames.made(number, transferSyntaxUid);
  const { sizeBytes, open } = frames.stored(number);
  const bytes = concatenated(await Array.fromAsync(open(0, sizeBytes)));
  const isPlanar = transferSyntaxUid === EXPLICIT_VR_LITTLE_ENDIAN && image.planarConfiguration === 1;
  return isPlanar ? byPixel(bytes, image) : bytes;
}

function pictureWish({ mediaType, viewport, quality, iccProfile }: RenderedWish, dataset: DataSet): PictureWish {
  return {
    mediaType: mediaType as PictureMediaType,
    viewport,
    quality,
    iccProfile: profileWish(mediaType, iccProfile),
    frameTimeMs: frameTimeMs(dataset),
  };
}

/** PS3.18 8.3.5.1.5. Throws Problem request/not-acceptable for a profile that the picture would not truly be in. */
function profileWish(mediaType: string, wanted: RenderedWish['iccProfile']): PictureWish['iccProfile'] {
  if (wanted === undefined || wanted === 'no') return undefined;
  if (wanted === 'adobergb' || wanted === 'rommrgb') {
    const reason = `pictures are not converted to ${wanted}; iccprofile is yes, srgb or displayp3, or no`;
    throw new Problem('request/not-acceptable', { reason });
  }
  if (!carriesProfile.has(mediaType)) {
    throw new Problem('request/not-acceptable', { reason: `${mediaType} carries no ICC profile` });
  }
  return wanted === 'yes' ? 'own' : wanted;
}

const carriesProfile: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp']);
