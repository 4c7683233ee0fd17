import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32, gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { combineCrc32 } from './crc32-combine.ts';
import { composeMetadata, encodeMetadata, metadataText } from './metadata.ts';

const base = 'https://pacs.example.org/dicomweb';
const path = { studyUid: '1.2', seriesUid: '1.2.3', sopUid: '1.2.3.4' };
const uri = (bulkPath: string) => `${base}/studies/1.2/series/1.2.3/instances/1.2.3.4/bulkdata/${bulkPath}`;
/** Texts of any length and their cuts. */
const anyPieces = fc
  .array(fc.string({ maxLength: 2000, unit: 'grapheme' }), { minLength: 1, maxLength: 5 })
  .map((texts) => ({ texts, bulkPaths: texts.slice(1).map((_, n) => `0009100${n}`) }));
const inUtf8 = ({ texts, bulkPaths }: { texts: string[]; bulkPaths: string[] }) => ({
  texts: texts.map((text) => Buffer.from(text)),
  bulkPaths,
});
const whole = ({ texts, bulkPaths }: { texts: string[]; bulkPaths: string[] }) =>
  texts.map((text, n) => (n === 0 ? text : uri(bulkPaths[n - 1]!) + text)).join('');

test('the CRC-32 of a whole follows from those of its parts', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 300 }), (a, b) => {
      const joined = new Uint8Array([...a, ...b]);
      assert.equal(combineCrc32(crc32(a), crc32(b), b.length), crc32(joined));
    }),
  );
});

test('metadata of a series is the array of its instances, as text and as one gzip member', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyPieces, { maxLength: 6 }), async (instances) => {
      const encoded = Buffer.concat(instances.map((pieces) => encodeMetadata(inUtf8(pieces), path)));
      const expected = `[${instances.map(whole).join(',')}]`;
      const composed = composeMetadata(encoded, base);
      assert.equal((await composed.identity()).toString(), expected);
      assert.equal(gunzipSync(composed.gzip()).toString(), expected);
      assert.equal(composed.lengthBytes, Buffer.byteLength(expected));
    }),
    { numRuns: 50 },
  );
});

test('the metadata of one instance is read alone', () => {
  fc.assert(
    fc.property(anyPieces, (pieces) => {
      assert.equal(metadataText(encodeMetadata(inUtf8(pieces), path), base), whole(pieces));
    }),
  );
});

test('a text longer than a stored block of RFC 1951 survives a base as long', async () => {
  const longBase = 'x'.repeat(70_000);
  const encoded = encodeMetadata(inUtf8({ texts: ['{"a":"', '"}'], bulkPaths: ['7FE00010'] }), path);
  const body = await composeMetadata(encoded, longBase).identity();
  assert.equal(body.toString(), `[{"a":"${longBase}/studies/1.2/series/1.2.3/instances/1.2.3.4/bulkdata/7FE00010"}]`);
});
