import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inflateRawSync } from 'node:zlib';
import { type ZipEntry, zip } from './zip.ts';

const entry = (name: string, bytes: Uint8Array, sizeIsKnown = true): ZipEntry => ({
  name,
  sizeBytes: sizeIsKnown ? bytes.length : undefined,
  open: () => ({ chunks: chunksOf(bytes, 100_000) }),
});

function* chunksOf(bytes: Uint8Array, length: number): Generator<Uint8Array> {
  // Chunks are given away.
  for (let at = 0; at < bytes.length; at += length) yield new Uint8Array(bytes.subarray(at, at + length));
}

const bytesOf = (length: number): Buffer => Buffer.from(Uint8Array.from({ length }, (_, i) => i * 31));

async function written(entries: readonly ZipEntry[]): Promise<{ archive: Buffer; sizeBytes: number | undefined }> {
  const { sizeBytes, chunks } = zip(() => entries);
  return { archive: Buffer.concat(await Array.fromAsync(chunks)), sizeBytes };
}

/** Reads as streaming readers do: local headers and data descriptors alone. */
function streamed(archive: Buffer): { name: string; content: Buffer }[] {
  const found: { name: string; content: Buffer }[] = [];
  let at = 0;
  while (archive.readUInt32LE(at) === 0x0403_4b50) {
    const nameBytes = archive.readUInt16LE(at + 26);
    const extraBytes = archive.readUInt16LE(at + 28);
    const isLong = archive.readUInt32LE(at + 18) === 0xffff_ffff;
    const name = archive.toString('ascii', at + 30, at + 30 + nameBytes);
    const start = at + 30 + nameBytes + extraBytes;
    const { buffer, engine } = inflateRawSync(archive.subarray(start), { info: true }) as unknown as {
      buffer: Buffer;
      engine: { bytesWritten: number };
    };
    const end = start + engine.bytesWritten;
    assert.equal(archive.readUInt32LE(end), 0x0807_4b50, 'a data descriptor follows');
    const [deflated, whole] = isLong
      ? [Number(archive.readBigUInt64LE(end + 8)), Number(archive.readBigUInt64LE(end + 16))]
      : [archive.readUInt32LE(end + 8), archive.readUInt32LE(end + 12)];
    assert.deepEqual([deflated, whole], [end - start, buffer.length]);
    found.push({ name, content: buffer });
    at = end + (isLong ? 24 : 16);
  }
  return found;
}

test('APPNOTE 4.3: entries come back as they went in, and the length of the whole is known beforehand', async () => {
  const contents = [bytesOf(0), bytesOf(1), bytesOf(65_535), bytesOf(65_536), bytesOf(300_001)];
  const { archive, sizeBytes } = await written(contents.map((bytes, n) => entry(`DICOM/IM${n}`, bytes)));
  assert.equal(sizeBytes, archive.length);
  const found = streamed(archive);
  assert.equal(found.length, contents.length);
  for (const [n, content] of contents.entries()) {
    assert.equal(found[n]!.name, `DICOM/IM${n}`);
    assert.ok(found[n]!.content.equals(content), `${content.length} bytes`);
  }
});

test('an entry whose length nobody knows beforehand has ZIP64 lengths behind it', async () => {
  const { archive, sizeBytes } = await written([entry('A', bytesOf(200_000), false), entry('B', bytesOf(3))]);
  assert.equal(sizeBytes, undefined);
  assert.deepEqual(
    streamed(archive).map(({ name, content }) => [name, content.length]),
    [
      ['A', 200_000],
      ['B', 3],
    ],
  );
});

test('APPNOTE 4.3.14: more entries than 65,535, and contents beyond 4 GiB, are said in ZIP64 fields', async () => {
  const many = Array.from({ length: 70_000 }, (_, n) => entry(String(n), bytesOf(0)));
  const { archive, sizeBytes } = await written(many);
  assert.equal(sizeBytes, archive.length);
  const end = archive.subarray(archive.length - 22);
  assert.equal(end.readUInt16LE(10), 0xffff);
  const end64 = Number(archive.readBigUInt64LE(archive.length - 22 - 12));
  assert.equal(archive.readUInt32LE(end64), 0x0606_4b50);
  assert.equal(Number(archive.readBigUInt64LE(end64 + 32)), 70_000);

  // Of 5 GiB only the length of the whole is worked out here: contents, blocks, two headers, descriptor, end.
  const large: ZipEntry = { name: 'LARGE', sizeBytes: 5 * 2 ** 30, open: () => ({ chunks: [] }) };
  const blocks = 5 * Math.ceil((5 * 2 ** 30) / 65_535) + 5;
  const directory = 46 + 5 + 4 + 16;
  assert.equal(zip(() => [large]).sizeBytes, 5 * 2 ** 30 + blocks + (30 + 5 + 20) + 24 + directory + (76 + 22));
});
