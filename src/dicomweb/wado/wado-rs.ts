// WADO-RS: the Retrieve Transaction (PS3.18 10.4) of instances as Part 10 files, and of their metadata. Frames, rendered
// images and bulk data are rows of routes.ts.

import { valuesOf } from '../../base/http/query-string.ts';
import { Problem } from '../../base/problem.ts';
import { acceptedMediaTypes, type Choice, negotiate, type Offer } from '../accept.ts';
import type { Answer, Exchange } from '../exchange.ts';
import type { RetrievableInstance, RetrievableInstances } from '../handlers.ts';
import { multipartRelated } from '../multipart/writer.ts';
import { dataSetsAnswer, isXml, negotiateDataSets } from '../representation.ts';
import { scopeOf } from '../resource.ts';
import { CACHE_CONTROL, isNamed } from './conditional.ts';
import { fileSetAnswer } from './file-set.ts';
import { part10, part10MediaType, servedSyntax } from './part10.ts';

const parts: Offer = { mediaType: 'multipart/related', partType: 'application/dicom' };
/** A single part, for what is one instance. */
const single: Offer = { mediaType: 'application/dicom' };
/** Files to take away, with a directory (PS3.18 8.7.3). */
const archive: Offer = { mediaType: 'application/zip' };

/** All instances below a study, series or instance. */
export async function retrieve(exchange: Exchange): Promise<Answer> {
  const { handlers, request, path, headers, query } = exchange;
  const choices = negotiate(acceptedMediaTypes(headers.accept, valuesOf(query, 'accept')), [parts, single, archive]);
  const instances = await handlers.retrieve(request, scopeOf(path));
  const { offer, served, count } = serve(choices, instances);
  const answer = await answersOf.get(offer)!(served, exchange);
  // PS3.18 Table 10.4.3-1: 206 where not all of it can be had in the transfer syntax that was asked for.
  const isWhole = count === instances.length;
  const missing = `${instances.length - count} instances are not available in the transfer syntax asked for`;
  return {
    status: isWhole ? 200 : 206,
    headers: {
      ...answer.headers,
      'Cache-Control': CACHE_CONTROL,
      ...(isWhole ? {} : { Warning: `299 ${request.baseUrl}: ${missing}` }),
    },
    body: answer.body,
  };
}

const answersOf = new Map<
  Offer,
  (served: ServedInstances, exchange: Exchange) => Promise<Pick<Answer, 'headers' | 'body'>>
>([
  [parts, async (served) => multipart(served)],
  [single, ([only]) => alone(only)],
  [archive, fileSetAnswer],
]);

/** An instance, and the transfer syntax in which it is given. */
export interface Served {
  instance: RetrievableInstance;
  transferSyntaxUid: string;
  /** Whether it may be given as stored after all, see part10. */
  orStored: boolean;
}

/** Those of the instances that can be given, found anew whenever they are gone through. */
export class ServedInstances implements Iterable<Served> {
  readonly #instances: RetrievableInstances;
  readonly #wanted: readonly (string | undefined)[];
  readonly #orStored: boolean;

  constructor(instances: RetrievableInstances, wanted: readonly (string | undefined)[], orStored: boolean) {
    this.#instances = instances;
    this.#wanted = wanted;
    this.#orStored = orStored;
  }

  /** As in RetrievableInstances. */
  get version(): string {
    return this.#instances.version;
  }

  get length(): number {
    let count = 0;
    for (const _ of this) count += 1;
    return count;
  }

  *[Symbol.iterator](): Generator<Served, undefined> {
    for (const instance of this.#instances) {
      const served = this.#served(instance);
      if (served !== undefined) yield served;
    }
  }

  /** Each with its data set as DICOM JSON. */
  async *described(): AsyncGenerator<Served & { metadata: string }> {
    const instances = this.#instances[Symbol.iterator]();
    for await (const metadata of this.#instances.metadata()) {
      const served = this.#served(instances.next().value!);
      if (served !== undefined) yield { ...served, metadata };
    }
  }

  #served(instance: RetrievableInstance): Served | undefined {
    const transferSyntaxUid = servedSyntax(instance, this.#wanted);
    return transferSyntaxUid === undefined ? undefined : { instance, transferSyntaxUid, orStored: this.#orStored };
  }
}

/** The best representation in which at least one instance can be served, and the instances that can. */
function serve(choices: readonly Choice<Offer>[], instances: RetrievableInstances) {
  const possible = choices.filter(({ offer }) => offer !== single || instances.length === 1);
  for (const { offer } of possible) {
    const wanted = possible
      .filter((choice) => choice.offer === offer)
      // A file-set is for other programs to read: what is in it stays what it is unless somebody says otherwise.
      .map((choice) => choice.transferSyntaxUid ?? (offer === archive ? '*' : undefined));
    // Of many, one that turns out not to be had so is no reason to break off.
    const orStored = offer === parts || wanted.includes(undefined);
    const served = new ServedInstances(instances, wanted, orStored);
    const count = served.length;
    if (count > 0) return { offer, served, count };
  }
  const reason =
    possible.length === 0 ? 'several instances need multipart/related' : 'the transfer syntax cannot be made';
  throw new Problem('request/not-acceptable', { reason });
}

function multipart(served: ServedInstances): Pick<Answer, 'headers' | 'body'> {
  const files = function* () {
    for (const each of served) {
      const { instance, transferSyntaxUid } = each;
      yield { contentType: part10MediaType(transferSyntaxUid), ...part10(instance, transferSyntaxUid, each) };
    }
  };
  const { contentType, ...body } = multipartRelated('application/dicom', files);
  return { headers: { 'Content-Type': contentType }, body };
}

async function alone(served: Served | undefined): Promise<Pick<Answer, 'headers' | 'body'>> {
  if (served === undefined) throw new TypeError('nothing is served alone');
  const file = part10(served.instance, served.transferSyntaxUid, served);
  const { chunks, sizeBytes, contentType = part10MediaType(served.transferSyntaxUid) } = await file.open();
  return {
    headers: { 'Content-Type': contentType },
    body: { chunks, sizeBytes: file.sizeBytes ?? sizeBytes },
  };
}

/** The metadata of all instances below a study, series or instance (PS3.18 10.4.1.1.2), with a validator. */
export async function retrieveMetadata(exchange: Exchange): Promise<Answer> {
  const { handlers, request, path } = exchange;
  const offer = negotiateDataSets(exchange);
  const metadata = await handlers.metadata(request, scopeOf(path));
  const gzip = !isXml(offer) && takesGzip(exchange.headers['accept-encoding']) ? metadata.gzip : undefined;
  // RFC 9110 8.8.3: a strong validator differs between representations of the same state.
  const ETag = `"${metadata.etag}${isXml(offer) ? '-xml' : ''}${gzip === undefined ? '' : '-gzip'}"`;
  const headers = { ETag, 'Cache-Control': CACHE_CONTROL };
  if (isNamed(ETag, exchange.headers['if-none-match'])) return { status: 304, headers };
  if (gzip !== undefined) {
    const body = await gzip.call(metadata);
    return { status: 200, headers: { ...headers, 'Content-Type': offer.mediaType, 'Content-Encoding': 'gzip' }, body };
  }
  const answer = dataSetsAnswer(offer, await metadata.body());
  return { status: 200, headers: { ...headers, ...answer.headers }, body: answer.body };
}

/** RFC 9110 12.5.3. */
function takesGzip(acceptEncoding: string | string[] | undefined): boolean {
  return String(acceptEncoding ?? '')
    .toLowerCase()
    .split(',')
    .some((coding) => /^\s*(gzip|x-gzip|\*)\s*(;\s*q\s*=\s*(?!0(\.0*)?\s*$).*)?$/.test(coding));
}
