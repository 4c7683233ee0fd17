// The Bulkdata and Pixel Data resources of an instance (PS3.18 10.4.1.1.4, 10.4.1.1.5): a value as itself, with ranges, alone or
// as the one part of a multipart answer; compressed pixels as a part for each frame.

import { valuesOf } from '../../base/http/query-string.ts';
import { Problem } from '../../base/problem.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN } from '../../dicom/transfer-syntax.ts';
import { acceptedMediaTypes, negotiate, type Offer } from '../accept.ts';
import type { Action, Answer, Exchange } from '../exchange.ts';
import type { Scope, StoredBulk, StoredFrames } from '../handlers.ts';
import { multipartSized } from '../multipart/writer.ts';
import { scopeOf } from '../resource.ts';
import { answerWith } from './byte-range.ts';
import { CACHE_CONTROL } from './conditional.ts';
import { framesAnswer, offersOf } from './frames.ts';
import { OCTET_STREAM } from './pixel-media-types.ts';

/** The value that the rest of the path names. */
export const retrieveBulkdata: Action = (exchange) => retrieveValue(exchange, exchange.path.path!);

export const retrievePixelData: Action = (exchange) => retrieveValue(exchange, '7FE00010');

async function retrieveValue(exchange: Exchange, path: string): Promise<Answer> {
  const { handlers, request } = exchange;
  const bulk = await handlers.bulkdata(request, scopeOf(exchange.path) as Required<Scope>, path);
  return bulk.kind === 'value' ? valueAnswer(exchange, bulk) : pixelsAnswer(exchange, bulk.frames);
}

/** A document opens in whatever asks for it without saying how: a browser. */
function valueAnswer(exchange: Exchange, { version, mediaType, body }: StoredBulk & { kind: 'value' }): Answer {
  const { headers, request, path } = exchange;
  const mediaTypes = [...new Set([mediaType, OCTET_STREAM])];
  const offers = [
    ...mediaTypes.map((each): Offer => ({ mediaType: each })),
    ...mediaTypes.map((partType): Offer => ({ mediaType: 'multipart/related', partType })),
  ];
  const choices = negotiate(accepted(exchange), offers);
  const choice = choices.find(({ transferSyntaxUid: uid = '*' }) => uid === '*' || uid === EXPLICIT_VR_LITTLE_ENDIAN);
  if (choice === undefined) throw new Problem('request/not-acceptable', { reason: 'this value is not compressed' });
  const { offer } = choice;
  const caching = { 'Cache-Control': CACHE_CONTROL };
  if (offer.partType === undefined) {
    const disposition: Record<string, string> =
      mediaType === OCTET_STREAM ? {} : { 'Content-Disposition': `inline; filename="${fileName(path, mediaType)}"` };
    const head = { 'Content-Type': offer.mediaType, ...disposition, ...caching };
    return answerWith({ headers: head, etag: `"${version}"`, body }, headers);
  }
  const location = request.baseUrl + exchange.location;
  const part = { contentType: offer.partType, location, body };
  const whole = multipartSized(offer.partType, () => [part], `fascia-${version}`);
  const head = { 'Content-Type': whole.contentType, ...caching };
  return answerWith({ headers: head, etag: `"${version}-parts"`, body: whole.body }, headers);
}

/** Compressed frames that come alone are those of an image that has only one. */
function pixelsAnswer(exchange: Exchange, frames: StoredFrames): Promise<Answer> {
  const numbers = Array.from({ length: frames.count }, (_, at) => at + 1);
  const choices = negotiate(accepted(exchange), offersOf(numbers.length));
  return framesAnswer(frames, numbers, choices, exchange.headers);
}

const accepted = ({ headers, query }: Exchange) => acceptedMediaTypes(headers.accept, valuesOf(query, 'accept'));

const extensions: Record<string, string> = {
  'application/pdf': 'pdf',
  'text/xml': 'xml',
  'model/stl': 'stl',
  'model/obj': 'obj',
  'model/mtl': 'mtl',
  'video/mp4': 'mp4',
  'video/mpeg': 'mpg',
};

const fileName = ({ instance }: Exchange['path'], mediaType: string): string =>
  `${instance}.${extensions[mediaType] ?? 'bin'}`;
