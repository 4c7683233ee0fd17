import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fuzzRuns } from '../../../test/support/fuzz-runs.ts';
import { Problem } from '../../base/problem.ts';
import { limits } from '../limits.ts';
import { MultipartParser } from './parser.ts';
import { multipartRelated, wholePart } from './writer.ts';

interface Part {
  headers: Record<string, string>;
  content: string;
}

/** The parts of a body that arrives in the given chunks. */
function parse(boundary: string, chunks: readonly Uint8Array[]): Part[] {
  const parser = new MultipartParser(boundary);
  const parts: Part[] = [];
  let open: { headers: Record<string, string>; content: Buffer[] } | undefined;
  for (const chunk of chunks) {
    for (const token of parser.push(chunk)) {
      if (token.kind === 'part') open = { headers: Object.fromEntries(token.headers), content: [] };
      if (token.kind === 'data') open!.content.push(token.bytes);
      if (token.kind === 'part-end')
        parts.push({ headers: open!.headers, content: Buffer.concat(open!.content).toString('latin1') });
    }
  }
  parser.end();
  return parts;
}

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

/** Every way of cutting `body` in two, and byte by byte. */
function* cuts(body: Buffer): Generator<Buffer[]> {
  for (let at = 0; at <= body.length; at++) yield [body.subarray(0, at), body.subarray(at)];
  yield [...body].map((byte) => Buffer.of(byte));
}

const one = { headers: { 'content-type': 'application/dicom' }, content: 'DICM\r\n-- body\r\n' };
const two = { headers: { 'content-type': 'application/dicom;transfer-syntax=1.2.840.10008.1.2.1' }, content: '' };
const body =
  '--B\r\nContent-Type: application/dicom\r\n\r\nDICM\r\n-- body\r\n\r\n' +
  '--B\r\nContent-Type: application/dicom;transfer-syntax=1.2.840.10008.1.2.1\r\n\r\n\r\n--B--';

test('RFC 2046: the parts of a body do not depend on where its bytes are cut', () => {
  for (const chunks of cuts(bytes(body))) assert.deepEqual(parse('B', chunks), [one, two]);
});

test('behaviour 15: a body may begin with a line end and end without one', () => {
  for (const chunks of cuts(bytes(`\r\n${body}`))) assert.deepEqual(parse('B', chunks), [one, two]);
});

test('RFC 2046: preamble and epilogue are not part of any part', () => {
  const around = `this is a preamble\r\n${body}\r\nand an epilogue\r\n--B\r\nnot a part`;
  for (const chunks of cuts(bytes(around))) assert.deepEqual(parse('B', chunks), [one, two]);
});

test('RFC 2046: white space may follow a boundary, anything else makes it content', () => {
  const odd = bytes('--B \t\r\n\r\n\r\n--Bx\r\n--B-\r\n--B \tx\r\n--B--');
  for (const chunks of cuts(odd)) {
    assert.deepEqual(parse('B', chunks), [{ headers: {}, content: '\r\n--Bx\r\n--B-\r\n--B \tx' }]);
  }
});

test('a part without content ends at the line end that its headers end with', () => {
  for (const chunks of cuts(bytes('--B\r\na: 1\r\n\r\n--B\r\n\r\n--B--'))) {
    assert.deepEqual(parse('B', chunks), [
      { headers: { a: '1' }, content: '' },
      { headers: {}, content: '' },
    ]);
  }
});

test('RFC 5322 2.2.3: a folded header is one header', () => {
  assert.deepEqual(parse('B', [bytes('--B\r\nContent-Type: a/b;\r\n\tc=d\r\n\r\nx\r\n--B--')]), [
    { headers: { 'content-type': 'a/b; c=d' }, content: 'x' },
  ]);
});

test('a body that ends before its closing boundary is malformed, wherever it was cut', () => {
  const whole = bytes(body);
  for (let end = 0; end < whole.length; end++) {
    assert.throws(() => parse('B', [whole.subarray(0, end)]), { code: 'request/malformed' });
  }
});

test('headers, preamble and the number of parts have limits', (t) => {
  const endless = bytes(`--B\r\nx: ${'y'.repeat(limits.partHeaderBytes)}`);
  assert.throws(() => parse('B', [endless]), { code: 'request/too-large' });
  assert.throws(() => parse('B', [bytes(`--B${' '.repeat(limits.partHeaderBytes + 1)}`)]), {
    code: 'request/too-large',
  });
  assert.throws(() => parse('B', [Buffer.alloc(limits.preambleBytes + 1)]), { code: 'request/too-large' });
  const usual = limits.parts;
  t.after(() => Object.assign(limits, { parts: usual }));
  limits.parts = 2;
  assert.throws(() => parse('B', [bytes(`${'--B\r\n\r\nx\r\n'.repeat(3)}--B--`)]), { code: 'request/too-large' });
});

test('law: what the writer writes the parser reads, however it is cut', async () => {
  // Few different bytes, so that line ends, dashes and pieces of boundaries are common.
  const content = fc
    .array(fc.constantFrom(...bytes('\r\n-Bx ')), { maxLength: 40 })
    .map((list) => Uint8Array.from(list));
  const cutting = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(fc.array(content, { maxLength: 4 }), cutting, async (contents, sizes) => {
      const boundary = 'B-x-not-among-the-pixels';
      const parts = contents.map((bytes) => wholePart('application/dicom', bytes));
      const written = multipartRelated('application/dicom', () => parts, boundary);
      const pieces: Uint8Array[] = [];
      for await (const chunk of written.chunks) pieces.push(chunk);
      const whole = Buffer.concat(pieces);
      assert.equal(whole.length, written.sizeBytes);
      const chunks: Buffer[] = [];
      for (let at = 0, n = 0; at < whole.length; n++) {
        const size = sizes[n % sizes.length]!;
        chunks.push(whole.subarray(at, at + size));
        at += size;
      }
      assert.deepEqual(
        parse(boundary, chunks).map((part) => part.content),
        contents.map((bytes) => Buffer.from(bytes).toString('latin1')),
      );
    }),
  );
});

test('fuzz: whatever the bytes, the parser gives parts or a Problem', () => {
  const piece = fc.constantFrom('--B', '--B--', '\r\n', '\r', '\n', '-', ' ', 'a: b', ':', 'x', '\0', '--', 'B');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), fc.integer({ min: 1, max: 9 }), (pieces, size) => {
      const whole = bytes(pieces.join(''));
      const attempt = (chunks: Buffer[]): Part[] | string => {
        try {
          return parse('B', chunks);
        } catch (error) {
          assert.ok(error instanceof Problem);
          return error.code;
        }
      };
      const chunks: Buffer[] = [];
      for (let at = 0; at < whole.length; at += size) chunks.push(whole.subarray(at, at + size));
      assert.deepEqual(attempt(chunks), attempt([whole]));
    }),
    { numRuns: fuzzRuns(3000) },
  );
});

test('behaviour 13: the body is in the form that viewers search', async () => {
  const contentType = 'application/dicom; transfer-syntax=1.2.840.10008.1.2.1';
  const { chunks, contentType: outer } = multipartRelated('application/dicom', () => [
    wholePart(contentType, bytes('DICM')),
    wholePart(contentType, bytes('II')),
  ]);
  const pieces: Uint8Array[] = [];
  for await (const chunk of chunks) pieces.push(chunk);
  const text = Buffer.concat(pieces).toString('latin1');
  const boundary = /^multipart\/related; type="application\/dicom"; boundary=(\S{40,70})$/.exec(outer)?.[1];
  assert.ok(boundary, outer);
  assert.equal(
    text,
    `--${boundary}\r\nContent-Type: ${contentType}\r\nContent-Length: 4\r\n\r\nDICM\r\n` +
      `--${boundary}\r\nContent-Type: ${contentType}\r\nContent-Length: 2\r\n\r\nII\r\n--${boundary}--\r\n`,
  );
});
