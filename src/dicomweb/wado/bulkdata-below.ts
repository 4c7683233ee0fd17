// The Bulkdata resources of a study, series or instance, and the Pixel Data resources of a study or series (PS3.18 10.4.1.1.4,
// 10.4.1.1.5): every value below, one part each with where it can be had by itself; compressed pixels a part for each frame.

import { valuesOf } from '../../base/http/query-string.ts';
import { Problem } from '../../base/problem.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN } from '../../dicom/transfer-syntax.ts';
import { acceptedMediaTypes, type Choice, negotiate, type Offer } from '../accept.ts';
import type { Action, Answer, Exchange } from '../exchange.ts';
import type { InstanceDetails, StoredFrames, StoredValue } from '../handlers.ts';
import { multipartStreamed, type OutgoingPart } from '../multipart/writer.ts';
import { scopeOf } from '../resource.ts';
import { CACHE_CONTROL } from './conditional.ts';
import { choose, frameParts, offersInParts } from './frames.ts';
import { OCTET_STREAM } from './pixel-media-types.ts';

/** Which values are meant, by their paths, of an instance whose data set is this DICOM JSON. */
type Select = (metadata: string) => readonly string[];

/** A quotation mark within a value is escaped: only a member looks like this. */
const allBulk: Select = (metadata) =>
  [...metadata.matchAll(/"BulkDataURI":"[^"]*\/bulkdata\/([^"]+)"/g)].map(([, path]) => path!);

/** PS3.18 10.4.1.1.5: of the data set itself, short ones too. */
const pixelData: Select = (metadata) => {
  const json = JSON.parse(metadata) as object;
  return ['7FE00008', '7FE00009', '7FE00010'].filter((tag) => tag in json);
};

const retrieveAll =
  (select: Select): Action =>
  async (exchange): Promise<Answer> => {
    const { headers, query } = exchange;
    const choices = negotiate(acceptedMediaTypes(headers.accept, valuesOf(query, 'accept')), offersInParts);
    const parts = partsBelow(exchange, select, choices);
    // Whether there is any is said by the status.
    const first = await parts.next();
    if (first.done) throw new Problem('catalogue/not-found', { what: 'bulk data in an acceptable form' });
    const { contentType, chunks } = multipartStreamed(choices[0].offer.partType!, () => following(first.value, parts));
    return { status: 200, headers: { 'Content-Type': contentType, 'Cache-Control': CACHE_CONTROL }, body: { chunks } };
  };

export const retrieveBulkdataBelow = retrieveAll(allBulk);
export const retrievePixelDataBelow = retrieveAll(pixelData);

async function* following<T>(first: T, others: AsyncGenerator<T>): AsyncGenerator<T> {
  yield first;
  yield* others;
}

async function* partsBelow(
  { handlers, request, path: named }: Exchange,
  select: Select,
  choices: readonly Choice<Offer>[],
): AsyncGenerator<OutgoingPart> {
  const instances = await handlers.retrieve(request, scopeOf(named));
  const each = instances[Symbol.iterator]();
  for await (const metadata of instances.metadata()) {
    const instance = each.next().value!;
    const paths = select(metadata);
    if (paths.length === 0) continue;
    const details = await instance.details();
    for (const path of paths) {
      const bulk = await handlers.bulkdata(request, details, path);
      const location = request.baseUrl + locationOf(details, path);
      if (bulk.kind === 'frames') yield* framesBelow(bulk.frames, choices, location);
      else if (isWanted(bulk, choices)) yield valuePart(bulk, location);
    }
  }
}

const locationOf = ({ studyInstanceUid, seriesInstanceUid, sopInstanceUid }: InstanceDetails, path: string): string =>
  `/studies/${studyInstanceUid}/series/${seriesInstanceUid}/instances/${sopInstanceUid}/bulkdata/${path}`;

/** What cannot be had in any form that is acceptable is left out. */
async function* framesBelow(
  frames: StoredFrames,
  choices: readonly Choice<Offer>[],
  location: string,
): AsyncGenerator<OutgoingPart> {
  const chosen = await choose(choices, frames).catch((thrown) => {
    if (thrown instanceof Problem && thrown.code === 'request/not-acceptable') return undefined;
    throw thrown;
  });
  if (chosen === undefined) return;
  for (const part of frameParts(frames, chosen)) yield { ...part, location };
}

/** A value is not compressed, and has no other form than its own. */
const isWanted = ({ mediaType }: StoredValue, choices: readonly Choice<Offer>[]): boolean =>
  choices.some(
    ({ offer, transferSyntaxUid: uid = '*' }) =>
      (offer.partType === OCTET_STREAM || offer.partType === mediaType) &&
      (uid === '*' || uid === EXPLICIT_VR_LITTLE_ENDIAN),
  );

function valuePart({ mediaType, body }: StoredValue, location: string): OutgoingPart {
  const { sizeBytes } = body;
  return { contentType: mediaType, location, sizeBytes, open: () => ({ chunks: body.open(0, sizeBytes) }) };
}
