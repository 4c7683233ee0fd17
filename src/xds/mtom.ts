// The bodies of messages: an envelope by itself (application/soap+xml), or with documents beside it (MTOM, XOP 1.0), read as
// they come and written as they are sent.

import { randomUUID } from 'node:crypto';
import { parseMediaType } from '../base/http/media-type.ts';
import { Problem } from '../base/problem.ts';
import { limits as webLimits } from '../dicomweb/limits.ts';
import { MultipartParser } from '../dicomweb/multipart/parser.ts';
import { type MultipartBody, multipartRelated, type OutgoingPart, wholePart } from '../dicomweb/multipart/writer.ts';

export type MtomToken =
  | { kind: 'envelope'; source: string }
  /** A document begins: `id` is its Content-ID without angle brackets. */
  | { kind: 'document'; id: string }
  /** Bytes of it, lent until the next token is asked for. */
  | { kind: 'data'; bytes: Uint8Array }
  | { kind: 'document-end' };

/**
 * `most`: bytes of the envelope. Throws Problem request/unsupported-media-type, request/too-large, and request/malformed,
 * also where there is no envelope.
 */
export async function* readMtom(
  contentType: string | undefined,
  body: AsyncIterable<Uint8Array>,
  most: number,
): AsyncGenerator<MtomToken, void, undefined> {
  const { type, parameters } = parseMediaType(contentType) ?? { type: '', parameters: new Map<string, string>() };
  if (type === 'application/soap+xml') {
    const envelope = new Envelope(most, parameters.get('charset'));
    for await (const chunk of body) envelope.add(chunk);
    yield { kind: 'envelope', source: envelope.source };
    return;
  }
  const boundary = parameters.get('boundary');
  const isXop = parameters.get('type')?.toLowerCase().startsWith('application/xop+xml') === true;
  if (type !== 'multipart/related' || !isXop || !boundary || boundary.length > webLimits.boundaryLength) {
    throw new Problem('request/unsupported-media-type', { mediaType: type || 'none' });
  }
  yield* parts(new MultipartParser(boundary), body, { most, start: idOf(parameters.get('start')) });
}

async function* parts(
  parser: MultipartParser,
  body: AsyncIterable<Uint8Array>,
  { most, start }: { most: number; start: string | undefined },
): AsyncGenerator<MtomToken, void, undefined> {
  let envelope: Envelope | undefined;
  let isRead = false;
  for await (const chunk of body) {
    for (const token of parser.push(chunk)) {
      if (token.kind === 'part') {
        const id = idOf(token.headers.get('content-id'));
        // RFC 2387 3.2: without a start it is the first.
        if (!isRead && (start === undefined || id === start)) {
          envelope = new Envelope(most, parseMediaType(token.headers.get('content-type'))?.parameters.get('charset'));
        } else yield { kind: 'document', id: id ?? '' };
      } else if (token.kind === 'data') {
        if (envelope === undefined) yield token;
        else envelope.add(token.bytes);
      } else if (envelope === undefined) yield { kind: 'document-end' };
      else {
        const { source } = envelope;
        [envelope, isRead] = [undefined, true];
        yield { kind: 'envelope', source };
      }
    }
  }
  parser.end();
  if (!isRead) throw new Problem('request/malformed', { reason: 'there is no envelope among the parts' });
}

/** Bytes of an envelope as they come. */
class Envelope {
  readonly #most: number;
  readonly #chunks: Uint8Array[] = [];
  #sizeBytes = 0;

  constructor(most: number, charset = 'utf-8') {
    if (!/^(utf-?8|us-ascii)$/i.test(charset)) {
      throw new Problem('request/unsupported-media-type', { mediaType: 'of another character set than UTF-8' });
    }
    this.#most = most;
  }

  add(chunk: Uint8Array): void {
    this.#sizeBytes += chunk.length;
    if (this.#sizeBytes > this.#most)
      throw new Problem('request/too-large', { what: 'the envelope', limit: this.#most });
    // What is lent is taken back.
    this.#chunks.push(Uint8Array.from(chunk));
  }

  get source(): string {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(this.#chunks));
    } catch (cause) {
      throw new Problem('request/malformed', { reason: 'the envelope is not UTF-8' }, cause);
    }
  }
}

/** RFC 2392: what a cid: URL names, and what is written in a Content-ID. */
const idOf = (text: string | undefined): string | undefined => text?.trim().replace(/^<|>$/g, '');

/** The document that an `xop:Include` of this `href` stands for. */
export function idOfReference(href: string): string {
  try {
    return decodeURIComponent(href.replace(/^cid:/i, ''));
  } catch {
    return href;
  }
}

/** An envelope with documents beside it, each with an `id`, opened when it is its turn. */
export function mtomBody(source: string, documents: () => Iterable<OutgoingPart>): MultipartBody {
  const id = `${randomUUID()}@fascia`;
  const root = {
    ...wholePart('application/xop+xml; charset=UTF-8; type="application/soap+xml"', Buffer.from(source)),
    id,
  };
  const body = multipartRelated('application/xop+xml', function* () {
    yield root;
    yield* documents();
  });
  return { ...body, contentType: `${body.contentType}; start="<${id}>"; start-info="application/soap+xml"` };
}
