// What the DICOMweb door shows of an instance: a frame of its own, that of the image which a presentation state presents, or
// the document or video that it is.

import { Problem } from '../../base/problem.ts';
import type { DataSet } from '../../dicom/dataset.ts';
import type { FrameIndex } from '../../dicom/frame-index.ts';
import type { RenderableImage, RenderableValue, Scope, StoredValue } from '../../dicomweb/handlers.ts';
import { presentationStateOf } from '../../pixels/presentation/presentation-state.ts';
import type { InstancePlace, InstanceUids } from '../../storage/instance-places.ts';
import { QUALITY } from '../pixels/picture-wish.ts';
import { storedBulk } from './dicomweb-bulk.ts';
import { versionOf } from './dicomweb-frames.ts';
import { counted, imageToRender, NO_FILM, type Onlooker, type RenderingSources } from './image-to-render.ts';

/** Of Main and High Profile (PS3.5 A.4.5). */
const MPEG_2 = 'video/mpeg';

/** What is shown for `scope`. Rejects with catalogue/not-found, catalogue/hidden and request/not-acceptable. */
export async function renderable(
  sources: RenderingSources,
  onlooker: Onlooker,
  scope: Scope,
  frame: number | undefined,
  signal: AbortSignal,
): Promise<RenderableImage | RenderableValue> {
  const { places, heads } = sources;
  const { tenant } = onlooker;
  const place = isInstance(scope) ? await places.find(tenant, scope) : await places.representative(tenant, scope);
  const { dataset } = await heads.read(place);
  const index = await places.framesOf(place);
  if (index === undefined && dataset.has('ReferencedSeriesSequence') && /^PR$/.test(dataset.text('Modality') ?? '')) {
    return presented(sources, onlooker, place, dataset, frame, signal);
  }
  if (index === undefined || index.kind === 'video') return documentOf(sources, place, dataset, index, signal);
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
  const presented = { state: presentationStateOf(dataset), version: versionOf(state) };
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
  return imageToRender(sources, onlooker, shown, frame ?? referenced, signal, presented);
}

async function documentOf(
  sources: RenderingSources,
  place: InstancePlace,
  dataset: DataSet,
  index: FrameIndex | undefined,
  signal: AbortSignal,
): Promise<RenderableValue> {
  const path = index !== undefined ? '7FE00010' : dataset.has('EncapsulatedDocument') ? '00420011' : undefined;
  if (path === undefined) throw nothingToSee();
  const bulk = await storedBulk(sources, place, async () => index, path, sources.onSent);
  if (bulk.kind !== 'value') throw nothingToSee();
  return bulk.mediaType === MPEG_2 ? playable(sources, place, bulk, signal) : bulk;
}

/** A video that no browser plays, also as one that they do. */
function playable(
  { films, onSent }: RenderingSources,
  { object }: InstancePlace,
  video: StoredValue,
  signal: AbortSignal,
): RenderableValue {
  if (films === undefined) return { ...video, noFilm: NO_FILM };
  const { sizeBytes, open } = video.body;
  return {
    ...video,
    film({ quality = QUALITY }) {
      const bytes = async function* () {
        yield* open(0, sizeBytes);
      };
      const convert = (wanted: AbortSignal) => films.maker.converted(bytes(), quality, wanted);
      return counted(films.kept.film({ object, made: `film converted ${quality}` }, convert, signal), onSent);
    },
  };
}

const nothingToSee = (): Problem =>
  new Problem('request/not-acceptable', { reason: 'it holds neither image nor document' });
