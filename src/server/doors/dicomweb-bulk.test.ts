import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { testArchive } from '../../../test/support/archive.ts';
import { type MadeInstance, makeInstance, RLE_LOSSLESS, type Wanted } from '../../../test/support/instances.ts';
import { DataSet } from '../../dicom/dataset.ts';
import { InstancePlaces } from '../../storage/instance-places.ts';
import { MetadataReader } from '../../storage/series-metadata.ts';
import { PixelPool } from '../pixels/pixel-pool.ts';
import { StoredHeads } from '../pixels/stored-heads.ts';
import { storedBulk } from './dicomweb-bulk.ts';

const SYNTAXES = ['1.2.840.10008.1.2', '1.2.840.10008.1.2.1', '1.2.840.10008.1.2.2', '1.2.840.10008.1.2.1.99'];

async function kept(t: TestContext) {
  const archive = await testArchive(t);
  const pixels = new PixelPool();
  archive.closing.defer(() => pixels.close());
  const places = new InstancePlaces(archive.database);
  const sources = { objects: archive.store, heads: new StoredHeads(archive.store), pixels };
  const metadata = new MetadataReader(archive.database);
  return {
    async keep(wanted: Wanted): Promise<MadeInstance> {
      const made = makeInstance(wanted);
      await archive.stow(made.file);
      return made;
    },
    async bulk(made: MadeInstance, path: string) {
      const place = await places.find(1, made);
      return storedBulk(
        sources,
        place,
        () => places.framesOf(place),
        path,
        () => {},
      );
    },
    /** Every path that /metadata names. */
    async named(made: MadeInstance): Promise<string[]> {
      const body = await (await metadata.read(1, made, 'http://x')).body();
      return [...body.toString().matchAll(/"BulkDataURI":"[^"]*\/bulkdata\/([^"]*)"/g)].map((match) => match[1]!);
    },
  };
}

async function bytesOf(bulk: Awaited<ReturnType<typeof storedBulk>>, start = 0, end?: number): Promise<number[]> {
  assert.ok(bulk.kind === 'value');
  const { sizeBytes, open } = bulk.body;
  return [...Buffer.concat(await Array.fromAsync(open(start, end ?? sizeBytes)))];
}

test('behaviour 29: whatever /metadata leaves behind a BulkDataURI is there, little endian, in every syntax and in items too', async (t) => {
  const { keep, bulk, named } = await kept(t);
  const words = Uint8Array.from({ length: 3000 }, (_, i) => i * 3);
  for (const transferSyntaxUid of SYNTAXES) {
    const made = await keep({
      transferSyntaxUid,
      attributes: {
        '00090010': 'FASCIA TEST',
        RedPaletteColorLookupTableData: words,
        WaveformSequence: [
          new DataSet().set('WaveformBitsAllocated', 16),
          new DataSet().set('WaveformData', words, 'OW'),
        ],
        // After the pixels.
        DataSetTrailingPadding: words,
      },
    });
    assert.deepEqual(await named(made), ['00281201', '54000100/2/54001010', '7FE00010'], transferSyntaxUid);
    for (const path of ['00281201', '54000100/2/54001010', 'FFFCFFFC']) {
      assert.deepEqual(await bytesOf(await bulk(made, path)), [...words], `${path} in ${transferSyntaxUid}`);
    }
    const pixels = [...made.dataset.bytes('PixelData')!];
    assert.deepEqual(await bytesOf(await bulk(made, '7fe00010')), pixels);
    assert.deepEqual(await bytesOf(await bulk(made, '7FE00010'), 33, 50), pixels.slice(33, 50));
    for (const path of ['00091020', '54000100/3/54001010', '54000100', '54000100/2', '00281201/1/00100010']) {
      await assert.rejects(bulk(made, path), { code: 'catalogue/not-found' }, path);
    }
    for (const path of ['PatientName', '54000100/0/54001010', '7FE0001', '54000100//54001010']) {
      await assert.rejects(bulk(made, path), { code: 'request/malformed' }, path);
    }
  }
});

test('PS3.3 C.24.2: an encapsulated document says its media type, and ends where its padding begins', async (t) => {
  const { keep, bulk } = await kept(t);
  const text = new TextEncoder().encode('%PDF-1.7 odd');
  const document = (length: number | undefined, mediaType: string): Wanted => ({
    attributes: {
      PixelData: undefined,
      MIMETypeOfEncapsulatedDocument: mediaType,
      EncapsulatedDocument: new Uint8Array([...text, 33, 0]),
      EncapsulatedDocumentLength: length,
    },
  });
  const pdf = await bulk(await keep(document(13, 'application/pdf')), '00420011');
  assert.deepEqual(await bytesOf(pdf), [...text, 33]);
  assert.equal(pdf.kind === 'value' && pdf.mediaType, 'application/pdf');
  const odd = await bulk(await keep(document(undefined, 'what\r\nX-Evil: 1')), '00420011');
  assert.equal((await bytesOf(odd)).length, 14);
  assert.equal(
    odd.kind === 'value' && odd.mediaType,
    'application/octet-stream',
    'no header is made of what is no media type',
  );
});

test('video is one value over all its fragments, other compressed pixels are frames', async (t) => {
  const { keep, bulk } = await kept(t);
  const codestreams = [Uint8Array.of(1, 2, 3, 4), Uint8Array.of(5, 6)];
  const video = await bulk(await keep({ transferSyntaxUid: '1.2.840.10008.1.2.4.102', codestreams }), '7FE00010');
  assert.equal(video.kind === 'value' && video.mediaType, 'video/mp4');
  assert.deepEqual(await bytesOf(video, 1, 5), [2, 3, 4, 5]);
  const attributes = { NumberOfFrames: '2' };
  const image = await bulk(await keep({ transferSyntaxUid: RLE_LOSSLESS, codestreams, attributes }), '7FE00010');
  assert.equal(image.kind === 'frames' && image.frames.count, 2);
});
