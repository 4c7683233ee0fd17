// Bodies whose length is known and of which any stretch can be had, and the answers to requests for a stretch of one: 206 with
// Content-Range, 304 and 416 (RFC 9110 13 and 14).

import type { Answer, Exchange } from '../exchange.ts';
import { isNamed } from './conditional.ts';

/** Bytes that need not be at hand; `open` gives those from `start` up to `end`. */
export interface Sized {
  sizeBytes: number;
  open(start: number, end: number): Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/** Copies of `bytes`, which others may hold: what is streamed is given back when it was sent. */
export const sizedBytes = (bytes: Uint8Array): Sized => ({
  sizeBytes: bytes.length,
  open: (start, end) => [bytes.slice(start, end)],
});

/**
 * One after the other. They are named anew whenever they are gone through, so that of thousands nothing is held; what lies
 * outside the stretch that is asked for is not opened.
 */
export function joined(parts: () => Iterable<Sized>): Sized {
  let sizeBytes = 0;
  for (const part of parts()) sizeBytes += part.sizeBytes;
  return {
    sizeBytes,
    async *open(start, end) {
      let base = 0;
      for (const part of parts()) {
        const from = Math.max(start - base, 0);
        const to = Math.min(end - base, part.sizeBytes);
        if (from < to) yield* part.open(from, to);
        base += part.sizeBytes;
        if (base >= end) return;
      }
    },
  };
}

export interface Representation {
  headers: Readonly<Record<string, string>>;
  /** Strong validator with its quotes. */
  etag: string;
  body: Sized;
}

/** The whole, the stretch that the request asks for, or what else its conditions make of it. */
export function answerWith({ headers, etag, body }: Representation, request: Exchange['headers']): Answer {
  const common = { ...headers, ETag: etag, 'Accept-Ranges': 'bytes' };
  if (isNamed(etag, request['if-none-match'])) return { status: 304, headers: common };
  const { sizeBytes } = body;
  const range = rangeOf(request, etag, sizeBytes);
  if (range === undefined) {
    return { status: 200, headers: common, body: { chunks: body.open(0, sizeBytes), sizeBytes } };
  }
  if (range === 'unsatisfiable') {
    return { status: 416, headers: { ...common, 'Content-Range': `bytes */${sizeBytes}` } };
  }
  const { start, end } = range;
  return {
    status: 206,
    headers: { ...common, 'Content-Range': `bytes ${start}-${end - 1}/${sizeBytes}` },
    body: { chunks: body.open(start, end), sizeBytes: end - start },
  };
}

/** Whether all of it is the answer, however long it is: no stretch is asked for, or all from the first byte on. */
export function asksForAll(request: Exchange['headers'], etag: string): boolean {
  const wanted = wantedRange(request, etag);
  return wanted === undefined || (wanted.last === '' && wanted.first !== '' && Number(wanted.first) === 0);
}

function rangeOf(
  request: Exchange['headers'],
  etag: string,
  sizeBytes: number,
): { start: number; end: number } | 'unsatisfiable' | undefined {
  const wanted = wantedRange(request, etag);
  if (wanted === undefined) return undefined;
  const { first, last } = wanted;
  const start = first === '' ? Math.max(0, sizeBytes - Number(last)) : Number(first);
  const end = first === '' || last === '' ? sizeBytes : Math.min(Number(last) + 1, sizeBytes);
  return start < end ? { start, end } : 'unsatisfiable';
}

/**
 * The stretch that Range asks for. RFC 9110 14.2 lets a server ignore what it does not do: several stretches, other units,
 * and every Range where If-Range names another state, or a weak one or a date, which never name this one (13.1.5).
 */
function wantedRange(headers: Exchange['headers'], etag: string): { first: string; last: string } | undefined {
  const ifRange = headers['if-range'];
  if (ifRange !== undefined && ifRange !== etag) return undefined;
  const [, first = '', last = ''] = /^bytes=\s*(\d*)\s*-\s*(\d*)\s*$/.exec(headers.range ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
  return { first, last };
}
