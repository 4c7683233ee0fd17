// A DICOMweb client for tests, as plain as can be and independent of our own multipart code.

import assert from 'node:assert/strict';

export type Json = Record<string, { vr: string; Value?: unknown[]; BulkDataURI?: string; InlineBinary?: string }>;

/** POSTs Part 10 files to /studies as one request. */
export async function stow(
  url: string,
  files: readonly Uint8Array[],
  { path = '/studies', headers = {} }: { path?: string; headers?: Record<string, string> } = {},
): Promise<{ status: number; answer: Json; headers: Headers }> {
  const boundary = 'made-by-the-test-8c1f4';
  const pieces: Uint8Array[] = [];
  for (const file of files) {
    pieces.push(text(`--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`), file, text('\r\n'));
  }
  pieces.push(text(`--${boundary}--\r\n`));
  const response = await fetch(`${url}/dicomweb${path}`, {
    method: 'POST',
    headers: {
      'Content-Type': `multipart/related; type="application/dicom"; boundary=${boundary}`,
      Accept: 'application/dicom+json',
      ...headers,
    },
    body: Buffer.concat(pieces),
  });
  return { status: response.status, answer: (await response.json()) as Json, headers: response.headers };
}

/** The Part 10 files below a path, as stored. */
export async function retrieve(url: string, path: string, headers: Record<string, string> = {}): Promise<Uint8Array[]> {
  const response = await fetch(`${url}/dicomweb${path}`, {
    headers: { Accept: 'multipart/related; type="application/dicom"; transfer-syntax=*', ...headers },
  });
  assert.equal(response.status, 200, `${path}: ${response.status}`);
  const boundary = /boundary="?([^";]+)/.exec(response.headers.get('content-type') ?? '')?.[1];
  assert.ok(boundary, 'a boundary');
  return parts(Buffer.from(await response.arrayBuffer()), boundary);
}

export async function getJson(url: string, path: string, headers: Record<string, string> = {}): Promise<Json[]> {
  const response = await fetch(`${url}/dicomweb${path}`, { headers: { Accept: 'application/dicom+json', ...headers } });
  assert.equal(response.status, 200, `${path}: ${response.status}`);
  return (await response.json()) as Json[];
}

/** The first value of an attribute; a person name as its groups joined by `=`. */
export function value(object: Json, tag: string): string | number | undefined {
  const first = object[tag]?.Value?.[0];
  if (first === null || typeof first !== 'object') return first as string | number | undefined;
  const { Alphabetic = '', Ideographic = '', Phonetic = '' } = first as Record<string, string>;
  return [Alphabetic, Ideographic, Phonetic].join('=').replace(/=+$/, '');
}

function parts(body: Buffer, boundary: string): Uint8Array[] {
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  const whole = Buffer.concat([Buffer.from('\r\n'), body]);
  const found: Uint8Array[] = [];
  for (let at = whole.indexOf(delimiter); at >= 0; ) {
    const next = whole.indexOf(delimiter, at + delimiter.length);
    if (next < 0) break;
    const start = whole.indexOf('\r\n\r\n', at + delimiter.length) + 4;
    found.push(new Uint8Array(whole.subarray(start, next)));
    at = next;
  }
  return found;
}

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
