// The multipart/related writer (RFC 2046 5.1.1, RFC 2387), in the form that viewers in the field can read: a long random
// boundary because they search it among pixels, `Content-Type` spelled so because they compare it case by case, headers
// first and short because they look for them in the first thousand bytes.

import { randomBytes } from 'node:crypto';
import { joined, type Sized, sizedBytes } from '../wado/byte-range.ts';

interface PartHeaders {
  /** The value of its Content-Type. */
  contentType: string;
  /** Of its Content-Location: where it can be had by itself. */
  location?: string;
  /** Of its Content-ID, without angle brackets, by which another part refers to it (RFC 2392, XOP); it is binary then. */
  id?: string;
}

export interface OutgoingPart extends PartHeaders {
  /** Length of the content, where it is known before it is opened. */
  sizeBytes?: number;
  /** Called when it is the part's turn. */
  open(): PartContent | Promise<PartContent>;
}

export interface PartContent {
  /** In place of what the part was announced as, where opening it showed that it is something else. */
  contentType?: string;
  /** Length of the content, where it is known before it is sent. */
  sizeBytes?: number;
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

export interface MultipartBody {
  contentType: string;
  /** Length of the whole body, where every part knows its own. */
  sizeBytes: number | undefined;
  chunks: AsyncIterable<Uint8Array>;
}

/**
 * A body of `parts`, whose media type is `type`. The parts are opened one after the other, while the body is read; they are
 * named anew whenever they are gone through, so that of thousands nothing is held.
 */
export function multipartRelated(
  type: string,
  parts: () => Iterable<OutgoingPart>,
  boundary: string = newBoundary(),
): MultipartBody {
  return {
    contentType: contentTypeOf(type, boundary),
    sizeBytes: totalSize(parts, boundary),
    chunks: write(parts, boundary),
  };
}

/** The same of parts that are found while it is sent. */
export function multipartStreamed(
  type: string,
  parts: () => AsyncIterable<OutgoingPart>,
  boundary: string = newBoundary(),
): MultipartBody {
  return { contentType: contentTypeOf(type, boundary), sizeBytes: undefined, chunks: write(parts, boundary) };
}

/** The same of parts that can be had in stretches, and so can the whole. */
export function multipartSized(
  type: string,
  parts: () => Iterable<PartHeaders & { body: Sized }>,
  boundary: string,
): { contentType: string; body: Sized } {
  function* pieces(): Generator<Sized> {
    let index = 0;
    for (const { body, ...headers } of parts()) {
      yield sizedBytes(head(headers, body.sizeBytes, boundary, index));
      yield body;
      index += 1;
    }
    yield sizedBytes(tail(index, boundary));
  }
  return { contentType: contentTypeOf(type, boundary), body: joined(pieces) };
}

/** A part whose content is at hand. */
export function wholePart(contentType: string, bytes: Uint8Array): OutgoingPart {
  return { contentType, sizeBytes: bytes.length, open: () => ({ chunks: [bytes] }) };
}

const contentTypeOf = (type: string, boundary: string): string =>
  `multipart/related; type="${type}"; boundary=${boundary}`;

function newBoundary(): string {
  return `fascia-${randomBytes(24).toString('hex')}`;
}

async function* write(
  parts: () => Iterable<OutgoingPart> | AsyncIterable<OutgoingPart>,
  boundary: string,
): AsyncGenerator<Uint8Array> {
  let index = 0;
  for await (const part of parts()) {
    const content = await part.open();
    const { contentType = part.contentType } = content;
    yield head({ ...part, contentType }, part.sizeBytes ?? content.sizeBytes, boundary, index);
    yield* content.chunks;
    index += 1;
  }
  yield tail(index, boundary);
}

function head(
  { contentType, location, id }: PartHeaders,
  sizeBytes: number | undefined,
  boundary: string,
  index: number,
): Buffer {
  const lines = [`${lineEndBefore(index)}--${boundary}`, `Content-Type: ${contentType}`];
  if (location !== undefined) lines.push(`Content-Location: ${location}`);
  if (id !== undefined) lines.push('Content-Transfer-Encoding: binary', `Content-ID: <${id}>`);
  if (sizeBytes !== undefined) lines.push(`Content-Length: ${sizeBytes}`);
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
}

function tail(parts: number, boundary: string): Buffer {
  return Buffer.from(`${lineEndBefore(parts)}--${boundary}--\r\n`, 'latin1');
}

/** The line end before a boundary belongs to it (RFC 2046); the body itself begins with the boundary. */
const lineEndBefore = (index: number): string => (index === 0 ? '' : '\r\n');

function totalSize(parts: () => Iterable<OutgoingPart>, boundary: string): number | undefined {
  let size = 0;
  let index = 0;
  for (const part of parts()) {
    if (part.sizeBytes === undefined) return undefined;
    size += head(part, part.sizeBytes, boundary, index).length + part.sizeBytes;
    index += 1;
  }
  return size + tail(index, boundary).length;
}
