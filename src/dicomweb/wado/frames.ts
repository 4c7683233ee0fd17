// The Frames resource (PS3.18 10.4.1.1.6): the frames of a list, in its order, as they are stored or made, each a bare
// codestream or native little endian samples. One frame may come alone, which browsers and older viewers want.

import { valuesOf } from '../../base/http/query-string.ts';
import { Problem } from '../../base/problem.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN } from '../../dicom/transfer-syntax.ts';
import { acceptedMediaTypes, type Choice, negotiate, type Offer } from '../accept.ts';
import type { Answer, Exchange } from '../exchange.ts';
import type { Scope, StoredFrames } from '../handlers.ts';
import { multipartRelated, multipartSized, type OutgoingPart, type PartContent } from '../multipart/writer.ts';
import { scopeOf } from '../resource.ts';
import { answerWith, sizedBytes } from './byte-range.ts';
import { CACHE_CONTROL, isNamed } from './conditional.ts';
import { defaultSyntaxOf, imageMediaTypes, mediaTypeOf, OCTET_STREAM } from './pixel-media-types.ts';

const mediaTypes = [OCTET_STREAM, ...imageMediaTypes];
export const offersInParts = mediaTypes.map((partType): Offer => ({ mediaType: 'multipart/related', partType }));
const alone = mediaTypes.map((mediaType): Offer => ({ mediaType }));

/** What so many frames can be had as: one alone, too. */
export const offersOf = (frames: number): readonly Offer[] =>
  frames === 1 ? [...offersInParts, ...alone] : offersInParts;

export async function retrieveFrames({ handlers, request, path, headers, query }: Exchange): Promise<Answer> {
  const numbers = frameNumbers(path.frames!);
  const accepted = acceptedMediaTypes(headers.accept, valuesOf(query, 'accept'));
  const choices = negotiate(accepted, offersOf(numbers.length));
  const frames = await handlers.frames(request, scopeOf(path) as InstanceScope);
  if (numbers.some((number) => number > frames.count)) throw new Problem('catalogue/not-found', { what: 'frame' });
  return framesAnswer(frames, numbers, choices, headers);
}

/** Frames in the best representation in which they can be had. Throws Problem request/not-acceptable where that is none. */
export async function framesAnswer(
  frames: StoredFrames,
  numbers: readonly number[],
  choices: readonly Choice<Offer>[],
  headers: Exchange['headers'],
): Promise<Answer> {
  const { offer, transferSyntaxUid, isStored } = await choose(choices, frames);
  const mediaType = offer.partType ?? offer.mediaType;
  // DICOMWEB.md 10: the UID unquoted, because clients take the raw characters.
  const contentType = `${mediaType}; transfer-syntax=${transferSyntaxUid}`;
  const isAlone = offer.partType === undefined;
  const etag = `"${frames.version}-${transferSyntaxUid}${isAlone ? '' : '-parts'}"`;
  if (isNamed(etag, headers['if-none-match'])) return { status: 304, headers: { ETag: etag, ...CACHING } };
  if (isAlone) {
    const [number] = numbers as [number];
    const body = isStored ? frames.stored(number) : sizedBytes(await frames.made(number, transferSyntaxUid));
    return answerWith({ headers: { 'Content-Type': contentType, ...CACHING }, etag, body }, headers);
  }
  if (isStored) {
    const parts = function* () {
      for (const number of numbers) yield { contentType, body: frames.stored(number) };
    };
    // The same for every request, so that a body can be had in stretches; nobody can foresee a version.
    const whole = multipartSized(mediaType, parts, `fascia-${frames.version}`);
    return answerWith({ headers: { 'Content-Type': whole.contentType, ...CACHING }, etag, body: whole.body }, headers);
  }
  const parts = function* () {
    for (const number of numbers) yield { contentType, open: () => madeContent(frames, number, transferSyntaxUid) };
  };
  const { contentType: whole, ...body } = multipartRelated(mediaType, parts);
  return { status: 200, headers: { 'Content-Type': whole, ETag: etag, ...CACHING }, body };
}

const CACHING = { 'Cache-Control': CACHE_CONTROL };

type InstanceScope = Required<Scope>;

/** The numbers of a frame list, from 1. Throws Problem request/malformed, or catalogue/not-found for 0. */
export function frameNumbers(list: string): number[] {
  return list.split(',').map((text) => {
    if (!/^\s*\d{1,9}\s*$/.test(text))
      throw new Problem('request/malformed', { reason: 'the frame list holds what is no number' });
    if (Number(text) === 0) throw new Problem('catalogue/not-found', { what: 'frame' });
    return Number(text);
  });
}

/** All frames, a part each. */
export function* frameParts(
  frames: StoredFrames,
  { offer, transferSyntaxUid, isStored }: Chosen,
): Generator<OutgoingPart> {
  const contentType = `${offer.partType ?? offer.mediaType}; transfer-syntax=${transferSyntaxUid}`;
  for (let number = 1; number <= frames.count; number++) {
    if (isStored) {
      const { sizeBytes, open } = frames.stored(number);
      yield { contentType, sizeBytes, open: () => ({ chunks: open(0, sizeBytes) }) };
    } else yield { contentType, open: () => madeContent(frames, number, transferSyntaxUid) };
  }
}

async function madeContent(frames: StoredFrames, number: number, transferSyntaxUid: string): Promise<PartContent> {
  const { sizeBytes, open } = sizedBytes(await frames.made(number, transferSyntaxUid));
  return { sizeBytes, chunks: open(0, sizeBytes) };
}

interface Chosen {
  offer: Offer;
  transferSyntaxUid: string;
  isStored: boolean;
}

/** The best form in which frames can be had. Throws Problem request/not-acceptable where that is none. */
export async function choose(choices: readonly Choice<Offer>[], frames: StoredFrames): Promise<Chosen> {
  for (const { offer, transferSyntaxUid: wish } of choices) {
    for (const transferSyntaxUid of syntaxesFor(offer.partType ?? offer.mediaType, wish, frames.transferSyntaxUid)) {
      const availability = await frames.availability(transferSyntaxUid);
      if (availability !== undefined) return { offer, transferSyntaxUid, isStored: availability === 'stored' };
    }
  }
  const stored = `${mediaTypeOf(frames.transferSyntaxUid)}; transfer-syntax=${frames.transferSyntaxUid}`;
  throw new Problem('request/not-acceptable', { reason: `the pixels are stored as ${stored} and not made otherwise` });
}

/** The transfer syntaxes that a media type and its transfer-syntax parameter ask for, best first (PS3.18 8.7.3.5). */
function syntaxesFor(mediaType: string, wish: string | undefined, stored: string): string[] {
  if (mediaType === OCTET_STREAM) {
    if (wish === undefined) return [EXPLICIT_VR_LITTLE_ENDIAN, stored];
    return [wish === '*' ? stored : wish];
  }
  if (wish === undefined || wish === '*')
    return mediaTypeOf(stored) === mediaType ? [stored] : [defaultSyntaxOf(mediaType)];
  return mediaTypeOf(wish) === mediaType ? [wish] : [];
}
