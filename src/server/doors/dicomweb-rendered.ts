// What the DICOMweb door shows of an instance: a frame of its own, that of the image which a presentation state presents, or
// the document or video that it is.

import { availableParallelism } from 'node:os';
import { Problem } from '../../base/problem.ts';
import { concatenated } from '../../dicom/bytes.ts';
import type { DataSet } from '../../dicom/dataset.ts';
import type { FrameIndex } from '../../dicom/frame-index.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN } from '../../dicom/transfer-syntax.ts';
import type { RenderableImage, RenderedWish, Scope, StoredFrames, StoredValue } from '../../dicomweb/handlers.ts';
import { byPixel } from '../../pixels/codecs/by-pixel.ts';
import { type ImageDescription, imageOf } from '../../pixels/image.ts';
import { type PresentationState, presentationStateOf } from '../../pixels/presentation/presentation-state.ts';
import type { InstancePlace, InstancePlaces, InstanceUids } from '../../storage/instance-places.ts';
import type { FilmMaker } from '../pixels/film.ts';
import { frameTimeMs } from '../pixels/frame-time.ts';
import { FRAME_TIME_MS, type PictureMediaType, type PictureWish, QUALITY } from '../pixels/picture.ts';
import { storedBulk } from './dicomweb-bulk.ts';
import { type FrameSources, storedFrames, versionOf } from './dicomweb-frames.ts';

/** Part of the validator and the key of every picture. To be counted up when an image comes out other than it did. */
const RENDERING_VERSION = 'r2';

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

/** What is shown for `scope`. Rejects with catalogue/not-found, catalogue/hidden and request/not-acceptable. */
export async function renderable(
  sources: RenderingSources,
  onlooker: Onlooker,
  scope: Scope,
  frame: number | undefined,
  signal: AbortSignal,
): Promise<RenderableImage | StoredValue> {
  const { places, heads } = sources;
  const { tenant } = onlooker;
  const place = isInstance(scope) ? await places.find(tenant, scope) : await places.representative(tenant, scope);
  const { dataset } = await heads.read(place);
  const index = await places.framesOf(place);
  if (index === undefined && dataset.has('ReferencedSeriesSequence') && /^PR$/.test(dataset.text('Modality') ?? '')) {
    return presented(sources, onlooker, place, dataset, frame, signal);
  }
  if (index === undefined || index.kind === 'video') return documentOf(sources, place, dataset, index);
  return imageToRender(sources, onlooker, { place, dataset, index }, frame, signal);
}

const isInstance = (scope: Scope): scope is InstanceUids =>
  scope.seriesInstanceUid !== undefined && scope.sopInstanceUid !== undefined;

/** The first image that a presentation state was made for, as it presents it. */
async function presented(
  sources: RenderingSources,
  onlooker: Onlooker,
  state: InstancePlace,
  dataset: DataSet,
  frame: number | undefined,
  signal: AbortSignal,
): Promise<RenderableImage> {
  const presentation = presentationStateOf(dataset);
  const [series] = dataset.items('ReferencedSeriesSequence');
  const [image] = series?.items('ReferencedImageSequence') ?? [];
  const place = await sources.places.find(onlooker.tenant, {
    studyInstanceUid: state.studyInstanceUid,
    seriesInstanceUid: series?.text('SeriesInstanceUID') ?? '',
    sopInstanceUid: image?.text('ReferencedSOPInstanceUID') ?? '',
  });
  const index = await sources.places.framesOf(place);
  if (index === undefined || index.kind === 'video') throw nothingToSee();
  const shown = { place, dataset: (await sources.heads.read(place)).dataset, index };
  const [referenced] = image?.numbers('ReferencedFrameNumber') ?? [];
  const rendered = await imageToRender(sources, onlooker, shown, frame ?? referenced, signal, presentation);
  return { ...rendered, version: `${rendered.version}p${versionOf(state)}` };
}

async function documentOf(
  sources: RenderingSources,
  place: InstancePlace,
  dataset: DataSet,
  index: FrameIndex | undefined,
): Promise<StoredValue> {
  const path = index !== undefined ? '7FE00010' : dataset.has('EncapsulatedDocument') ? '00420011' : undefined;
  if (path === undefined) throw nothingToSee();
  const bulk = await storedBulk(sources, place, async () => index, path, sources.onSent);
  if (bulk.kind !== 'value') throw nothingToSee();
  return bulk;
}

const nothingToSee = (): Problem =>
  new Problem('request/not-acceptable', { reason: 'it holds neither image nor document' });

interface Shown {
  place: InstancePlace;
  dataset: DataSet;
  index: FrameIndex;
}

async function imageToRender(
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
      picture: { ...pictureWish(wish, dataset), watermark },
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
  if (iccProfile === 'adobergb' || iccProfile === 'rommrgb') {
    throw new Problem('request/malformed', { reason: 'iccprofile is srgb or displayp3 here, or none' });
  }
  const profile = iccProfile === 'yes' ? 'srgb' : iccProfile === 'no' ? undefined : iccProfile;
  return {
    mediaType: mediaType as PictureMediaType,
    viewport,
    quality,
    iccProfile: profile,
    frameTimeMs: frameTimeMs(dataset),
  };
}
