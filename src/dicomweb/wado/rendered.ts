// The Rendered and Thumbnail resources (PS3.18 10.4.1.1.2, 10.4.1.1.3) of a study, series, instance or frame as one picture, of
// several frames as an animation where such is asked for. What is a document or a video already is its own rendering.

import type { MediaType } from '../../base/http/media-type.ts';
import { valuesOf } from '../../base/http/query-string.ts';
import { Problem } from '../../base/problem.ts';
import { acceptedMediaTypes, negotiate, type Offer } from '../accept.ts';
import type { Action, Answer, Exchange } from '../exchange.ts';
import type { Film, RenderableImage, Scope } from '../handlers.ts';
import { scopeOf } from '../resource.ts';
import { answerWith, asksForAll } from './byte-range.ts';
import { CACHE_CONTROL, isNamed } from './conditional.ts';
import { frameNumbers } from './frames.ts';
import { type RenderedParameters, renderedParameters, thumbnailParameters } from './rendered-parameters.ts';

const VIDEO = 'video/mp4';
const stillMediaTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'];

export const retrieveRendered: Action = (exchange) =>
  rendered(exchange, { ...targetOf(exchange), parameters: renderedParameters(exchange.query), mayMove: true });

export const retrieveThumbnail: Action = (exchange) =>
  rendered(exchange, { ...targetOf(exchange), parameters: thumbnailParameters(exchange.query), mayMove: false });

function targetOf({ headers, query, path }: Exchange): Pick<Target, 'scope' | 'frame' | 'accepted'> {
  const accepted = acceptedMediaTypes(headers.accept, valuesOf(query, 'accept'));
  const numbers = path.frames === undefined ? [] : frameNumbers(path.frames);
  if (numbers.length > 1) throw new Problem('request/malformed', { reason: 'one frame at a time is rendered' });
  return { scope: scopeOf(path), frame: numbers[0], accepted };
}

export interface Target {
  scope: Scope;
  frame: number | undefined;
  accepted: readonly MediaType[];
  parameters: RenderedParameters;
  /** Whether all frames may be shown one after the other where none is named. */
  mayMove: boolean;
}

/** What stands for a study, series, instance or frame in a picture, or is a document itself. */
export async function rendered(exchange: Exchange, target: Target): Promise<Answer> {
  const { scope, frame, accepted } = target;
  const renderable = await exchange.handlers.renderable(exchange.request, scope, frame);
  if (renderable.kind === 'image') return picture(exchange, renderable, target);
  const { mediaType, version, body, film, noFilm } = renderable;
  const { parameters, mayMove } = target;
  const films = film !== undefined && mayMove ? [VIDEO] : [];
  if (choose(accepted, [...films, mediaType], noFilm) === VIDEO && film !== undefined) {
    return moving(exchange, film({ ...parameters, mediaType: VIDEO, moves: true }), version);
  }
  const headers = { 'Content-Type': mediaType, 'Content-Disposition': 'inline', 'Cache-Control': CACHE_CONTROL };
  return answerWith({ headers, etag: `"${version}"`, body }, exchange.headers);
}

async function picture(
  exchange: Exchange,
  image: RenderableImage,
  { frame, accepted, parameters, mayMove }: Target,
): Promise<Answer> {
  const moves = mayMove && frame === undefined && image.frames > 1;
  const movingTypes = moves ? image.movingMediaTypes : [];
  const films = moves && image.film !== undefined ? [VIDEO] : [];
  const mediaType = choose(accepted, [...stillMediaTypes, ...movingTypes, ...films], moves ? image.noFilm : undefined);
  const wish = { ...parameters, mediaType, moves: movingTypes.includes(mediaType) || films.includes(mediaType) };
  if (mediaType === VIDEO) return moving(exchange, image.film!(wish), image.version);
  const etag = `"${image.version}-${mediaType.replace(/^.*\//, '')}"`;
  const head = { ETag: etag, 'Cache-Control': CACHE_CONTROL };
  // The address says what is wanted of the image: with it the state is the same.
  if (isNamed(etag, exchange.headers['if-none-match'])) return { status: 304, headers: head };
  return { status: 200, headers: { ...head, 'Content-Type': mediaType }, body: await image.render(wish) };
}

/** Whoever wants it from its beginning gets it while it is made, others a stretch of it once it is. */
async function moving({ headers: request }: Exchange, film: Film, version: string): Promise<Answer> {
  const etag = `"${version}-mp4${film.maker}"`;
  const headers = { 'Content-Type': VIDEO, 'Cache-Control': CACHE_CONTROL };
  if (isNamed(etag, request['if-none-match'])) return { status: 304, headers: { ...headers, ETag: etag } };
  const kept = await film.kept();
  if (kept === undefined && asksForAll(request, etag)) {
    return {
      status: 200,
      headers: { ...headers, ETag: etag, 'Accept-Ranges': 'bytes' },
      body: { chunks: film.chunks() },
    };
  }
  return answerWith({ headers, etag, body: kept ?? (await film.whole()) }, request);
}

/** Throws Problem request/not-acceptable. */
function choose(accepted: readonly MediaType[], mediaTypes: readonly string[], missing?: string): string {
  const offers = [...new Set(mediaTypes)].map((mediaType): Offer => ({ mediaType }));
  return negotiate(accepted, offers, missing)[0].offer.mediaType;
}
