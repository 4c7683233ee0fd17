// An image of the archive as the DICOMweb door may have it rendered: one frame as a picture, or all of them moving. The frames
// are read here and go to the pixel pool; what comes back is remembered.

import { availableParallelism } from 'node:os';
import { Problem } from '../../base/problem.ts';
import { concatenated } from '../../dicom/bytes.ts';
import type { DataSet } from '../../dicom/dataset.ts';
import type { FrameIndex } from '../../dicom/frame-index.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN } from '../../dicom/transfer-syntax.ts';
import type { Film, RenderableImage, RenderedWish, StoredFrames } from '../../dicomweb/handlers.ts';
import type { Sized } from '../../dicomweb/wado/byte-range.ts';
import { annotationLines } from '../../pixels/annotation.ts';
import { byPixel } from '../../pixels/codecs/by-pixel.ts';
import { type ImageDescription, imageOf } from '../../pixels/image.ts';
import type { PresentationState } from '../../pixels/presentation/presentation-state.ts';
import type { InstancePlace, InstancePlaces } from '../../storage/instance-places.ts';
import type { FilmMaker } from '../pixels/film.ts';
import { frameTimeMs } from '../pixels/frame-time.ts';
import type { KeptFilms } from '../pixels/kept-films.ts';
import { FRAME_TIME_MS, type PictureMediaType, type PictureWish, QUALITY } from '../pixels/picture-wish.ts';
import type { CacheKey } from '../pixels/pixel-cache.ts';
import { type FrameSources, storedFrames, versionOf } from './dicomweb-frames.ts';

/** Part of the validator and the key of every picture. To be counted up when an image comes out other than it did. */
const RENDERING_VERSION = 'r5';

export const limits = {
  /** Frames of a video that are rendered before they are asked for, so that no worker waits for the packing. */
  stillsAhead: availableParallelism(),
} as const;

export interface RenderingSources extends FrameSources {
  places: InstancePlaces;
  /** Absent: there are no videos. */
  films?: { maker: FilmMaker; kept: KeptFilms };
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

/** A presentation state, as it is now. */
export interface Presented {
  state: PresentationState;
  /** Names its bytes. */
  version: string;
}

/** `frame` from 1; absent, the one that stands for all. Rejects with catalogue/not-found. */
export async function imageToRender(
  sources: RenderingSources,
  { watermark }: Onlooker,
  { place, dataset, index }: Shown,
  frame: number | undefined,
  signal: AbortSignal,
  presented?: Presented,
): Promise<RenderableImage> {
  const frames = await storedFrames(sources, place, index, signal, () => {});
  const image = describe(dataset);
  const number = frame ?? representativeFrame(dataset, frames.count);
  if (number > frames.count) throw new Problem('catalogue/not-found', { what: 'frame' });
  return {
    kind: 'image',
    version: [
      `${versionOf(place)}${RENDERING_VERSION}`,
      watermark === undefined ? '' : `w${hexOfText(watermark)}`,
      presented === undefined ? '' : `p${presented.version}`,
    ].join(''),
    frames: frames.count,
    movingMediaTypes: ['image/gif'],
    async render(wish) {
      const numbers = wish.moves ? Array.from({ length: frames.count }, (_, at) => at + 1) : [number];
      const { cache } = sources;
      const work = () => make(frames, numbers, wish, { signal });
      const bytes = await (cache === undefined ? work() : cache.get(keyOf(`rendered ${number}`, wish), work));
      sources.onSent(bytes.length);
      return bytes;
    },
    film: sources.films && film,
    noFilm: sources.films === undefined ? NO_FILM : undefined,
  };

  function keyOf(what: string, wish: RenderedWish): CacheKey {
    const shown = JSON.stringify({ ...wish, watermark, presented: presented?.version });
    return { object: place.object, made: `${what} ${RENDERING_VERSION} ${shown}` };
  }

  function film(wish: RenderedWish): Film {
    const { maker, kept } = sources.films!;
    const pace = { frameTimeMs: frameTimeMs(dataset) ?? FRAME_TIME_MS, quality: wish.quality ?? QUALITY };
    const record = (wanted: AbortSignal) => maker.film(stills(wish, wanted), pace, wanted);
    return counted(kept.film(keyOf('film', wish), record, signal), sources.onSent);
  }

  /** In order, some made ahead of the one that is asked for. `wanted`: not by one client alone. */
  async function* stills(wish: RenderedWish, wanted: AbortSignal): AsyncGenerator<Uint8Array> {
    const ahead: Promise<Uint8Array>[] = [];
    const filmed = await storedFrames(sources, place, index, wanted, () => {});
    for (let each = 1; each <= filmed.count; each++) {
      const anymap = { ...wish, mediaType: 'image/x-portable-anymap' };
      const still = make(filmed, [each], anymap, { signal: wanted, isPatient: true });
      // Whose turn never comes fails unheard.
      still.catch(() => {});
      ahead.push(still);
      if (ahead.length > limits.stillsAhead) yield await ahead.shift()!;
    }
    yield* ahead;
  }

  async function make(
    from: StoredFrames,
    numbers: number[],
    wish: RenderedWish,
    turn: { signal: AbortSignal; isPatient?: true },
  ): Promise<Uint8Array> {
    const task = {
      from: from.transferSyntaxUid,
      frames: await Promise.all(
        numbers.map(async (each) => ({ number: each, codestream: await codestreamOf(from, each, image) })),
      ),
      image,
      wish: { window: wish.window, presentation: presented?.state },
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
    return (await sources.pixels.render(task, turn)).bytes;
  }
}

export const NO_FILM = 'ffmpeg, which makes video/mp4, is not installed';

/** `onSent` hears of each stretch that is sent. */
export function counted(film: Film, onSent: (sizeBytes: number) => void): Film {
  const sized = ({ sizeBytes, open }: Sized): Sized => ({
    sizeBytes,
    open(start, end) {
      onSent(end - start);
      return open(start, end);
    },
  });
  return {
    maker: film.maker,
    kept: async () => {
      const kept = await film.kept();
      return kept && sized(kept);
    },
    whole: async () => sized(await film.whole()),
    async *chunks() {
      for await (const chunk of film.chunks()) {
        onSent(chunk.length);
        yield chunk;
      }
    },
  };
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

/** PS3.18 8.3.5.1.5. Throws Problem request/not-acceptable where the picture cannot say what its colours are. */
function profileWish(mediaType: string, wanted: RenderedWish['iccProfile']): PictureWish['iccProfile'] {
  if (wanted === undefined || wanted === 'no') return undefined;
  if (!carriesProfile.has(mediaType)) {
    throw new Problem('request/not-acceptable', { reason: `${mediaType} carries no ICC profile` });
  }
  return wanted === 'yes' ? 'own' : wanted;
}

const carriesProfile: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp']);
