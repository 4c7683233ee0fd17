import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Problem } from '../../base/problem.ts';
import type { DataSet } from '../../dicom/dataset.ts';
import { type DicomJson, toJson } from '../../dicom/json.ts';
import { readDicom } from '../../dicom/reader.ts';
import { smallImage } from '../../dicom/testing/objects.ts';
import { toXml } from '../../dicom/xml.ts';
import { baselineJpeg, h264Mp4, jpeg2000, tinyPng } from '../../translate/testing/files.ts';
import { limits } from '../limits.ts';
import { type TestDoor, testDoor } from '../testing/test-door.ts';

interface Part {
  type?: string;
  location?: string;
  content: string | Uint8Array;
}

async function post(door: TestDoor, parts: readonly Part[], type = 'application/dicom+json', path = '/studies') {
  const pieces = parts.flatMap(({ type: partType, location, content }) => [
    '\r\n--B',
    partType === undefined ? '' : `\r\nContent-Type: ${partType}`,
    location === undefined ? '' : `\r\nContent-Location: ${location}`,
    '\r\n\r\n',
    content,
  ]);
  const body = Buffer.concat([...pieces, '\r\n--B--'].map((piece) => Buffer.from(piece as string)));
  const headers = { 'Content-Type': `multipart/related; type="${type}"; boundary=B` };
  return door.fetch(path, { method: 'POST', body, headers });
}

/** The metadata of the small image whose values at `bulk` are elsewhere. */
function metadata(bulk: Record<string, string>, change: (json: DicomJson) => void = () => {}): DicomJson {
  const json = toJson(smallImage());
  for (const [tag, uri] of Object.entries(bulk)) json[tag] = { vr: json[tag]?.vr ?? 'OB', BulkDataURI: uri };
  change(json);
  return json;
}

/** Without what a compressed image says itself. */
function withoutPixelDescription(json: DicomJson): void {
  for (const tag of Object.keys(json)) if (tag.startsWith('0028')) delete json[tag];
}

const pixels = smallImage().bytes('PixelData')!;
const part = (json: unknown): Part => ({ type: 'application/dicom+json', content: JSON.stringify(json) });
const octets = (location: string, content: Uint8Array): Part => ({
  type: 'application/octet-stream',
  location,
  content,
});

async function kept(door: TestDoor, at = 0): Promise<{ dataset: DataSet; transferSyntaxUid: string; file: Buffer }> {
  const file = Buffer.concat(await Array.fromAsync(await door.archive.instances[at]!.open()));
  const { dataset, meta } = readDicom(new Uint8Array(file));
  return { dataset, transferSyntaxUid: meta.text('TransferSyntaxUID')!, file };
}

async function failures(answer: Response): Promise<DicomJson[]> {
  return (((await answer.json()) as DicomJson)['00081198']?.Value ?? []) as DicomJson[];
}

test('PS3.18 10.5.2: metadata in JSON or XML with its bulk data becomes the instance that was described', async (t) => {
  const json = metadata({ '7FE00010': 'bulk/1' });
  const xml = toXml(smallImage(), { bulkDataUri: (path) => (path === '7FE00010' ? 'bulk/1' : undefined) });
  for (const [type, content] of [
    ['application/dicom+json', JSON.stringify([json])],
    ['application/dicom+json', JSON.stringify(json)],
    ['application/dicom+xml', xml],
  ] as const) {
    const door = await testDoor(t);
    const answer = await post(door, [{ type, content }, octets('bulk/1', pixels)], type);
    assert.equal(answer.status, 200, await answer.text());
    const { dataset, transferSyntaxUid } = await kept(door);
    assert.equal(transferSyntaxUid, '1.2.840.10008.1.2.1');
    assert.deepEqual(toJson(dataset), toJson(smallImage()));
    assert.equal(door.archive.scratchFiles, 0);
  }
});

test('law: whatever the order of the parts and however large they are, the same instances are kept', async (t) => {
  const usual = { ...limits };
  t.after(() => Object.assign(limits, usual));
  const order = fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 });
  await fc.assert(
    fc.asyncProperty(order, fc.constantFrom(0, 20, 40, 1 << 20), async (places, held) => {
      limits.bulkHeldBytes = held;
      const door = await testDoor(t);
      const named = (uid: string, json: DicomJson): DicomJson => ({ ...json, '00080018': { vr: 'UI', Value: [uid] } });
      const parts = [
        part([
          named('2.25.101', metadata({ '7FE00010': 'a' })),
          named('2.25.102', metadata({ '7FE00010': 'b', '00420011': 'c' })),
        ]),
        octets('a', pixels),
        octets('b', pixels.toReversed()),
        octets('c', Uint8Array.of(1, 2, 3)),
      ];
      const answer = await post(
        door,
        places.map((place) => parts[place]!),
      );
      assert.equal(answer.status, 200, await answer.text());
      const stored = await Promise.all([kept(door, 0), kept(door, 1)]);
      const byUid = new Map(stored.map(({ dataset }) => [dataset.text('SOPInstanceUID'), dataset]));
      assert.deepEqual(byUid.get('2.25.101')!.bytes('PixelData'), pixels);
      assert.deepEqual(byUid.get('2.25.102')!.bytes('PixelData'), pixels.toReversed());
      assert.deepEqual(byUid.get('2.25.102')!.bytes('EncapsulatedDocument'), Uint8Array.of(1, 2, 3, 0));
      assert.equal(door.archive.scratchFiles, 0, 'no scratch file stays');
    }),
    { numRuns: 20 },
  );
});

test('PS3.18 10.5.2: what a codestream says of itself may be missing, and is filled in', async (t) => {
  for (const [type, content, syntax, expected] of [
    ['image/jpeg', baselineJpeg(16, 24, 3), '1.2.840.10008.1.2.4.50', [16, 24, 'YBR_FULL_422', '01', undefined]],
    [
      'image/jp2',
      jpeg2000(20, 30, { reversible: true }),
      '1.2.840.10008.1.2.4.90',
      [20, 30, 'YBR_RCT', undefined, undefined],
    ],
    ['video/mp4', h264Mp4(48, 64, 25), '1.2.840.10008.1.2.4.102', [48, 64, 'YBR_PARTIAL_420', '01', 25]],
  ] as const) {
    const door = await testDoor(t);
    const answer = await post(door, [
      part(metadata({ '7FE00010': 'x' }, withoutPixelDescription)),
      { type, location: 'x', content },
    ]);
    assert.equal(answer.status, 200, await answer.text());
    const { dataset, transferSyntaxUid, file } = await kept(door);
    assert.equal(transferSyntaxUid, syntax);
    const said = [
      dataset.number('Rows'),
      dataset.number('Columns'),
      dataset.text('PhotometricInterpretation'),
      dataset.text('LossyImageCompression'),
      dataset.number('NumberOfFrames'),
    ];
    assert.deepEqual(said, expected);
    assert.ok(file.includes(Buffer.from(content)), 'the codestream as it came');
  }
});

test('a transfer syntax that a part names goes before what we read of it; then the metadata says the rest', async (t) => {
  const jpegXl = '1.2.840.10008.1.2.4.110';
  const named = { type: `image/jxl; transfer-syntax=${jpegXl}`, location: 'x', content: 'no codestream we know' };
  const door = await testDoor(t);
  assert.equal((await post(door, [part(metadata({ '7FE00010': 'x' })), named])).status, 200);
  assert.equal((await kept(door)).transferSyntaxUid, jpegXl);
  assert.equal((await post(door, [part(metadata({ '7FE00010': 'x' }, withoutPixelDescription)), named])).status, 409);
  for (const type of ['image/jxl', 'image/jpeg; transfer-syntax=1.2.840.10008.1.2.2', 'image/dicom-rle']) {
    const refused = await post(door, [
      part(metadata({ '7FE00010': 'x' }, withoutPixelDescription)),
      { ...named, type },
    ]);
    assert.ok([409, 415].includes(refused.status), type);
  }
});

test('a PNG, for which DICOM has no transfer syntax, becomes native pixels', async (t) => {
  const door = await testDoor(t);
  const png = { type: 'image/png', location: 'x', content: tinyPng() };
  assert.equal((await post(door, [part(metadata({ '7FE00010': 'x' }, withoutPixelDescription)), png])).status, 200);
  const { dataset } = await kept(door);
  assert.deepEqual([dataset.number('Rows'), dataset.number('Columns'), dataset.number('SamplesPerPixel')], [1, 2, 3]);
  assert.deepEqual(dataset.bytes('PixelData'), Uint8Array.of(255, 0, 0, 0, 0, 255));
});

test('a document says its type and its length', async (t) => {
  const door = await testDoor(t);
  const pdf = { type: 'application/pdf', location: 'x', content: '%PDF-1.7' + '.' };
  assert.equal((await post(door, [part(metadata({ '00420011': 'x' })), pdf])).status, 200);
  const { dataset } = await kept(door);
  assert.equal(dataset.text('MIMETypeOfEncapsulatedDocument'), 'application/pdf');
  assert.equal(dataset.number('EncapsulatedDocumentLength'), 9);
  assert.equal(dataset.bytes('EncapsulatedDocument')!.length, 10);
});

test('PS3.18 8.7.3: several parts under one name are the frames of one image, with their offsets', async (t) => {
  const door = await testDoor(t);
  const frames = [baselineJpeg(8, 8, 1), baselineJpeg(8, 8, 1, 1), baselineJpeg(8, 8, 1)];
  const json = metadata({ '7FE00010': 'x' }, (each) => {
    withoutPixelDescription(each);
    each['00280008'] = { vr: 'IS', Value: [3] };
  });
  const parts = frames.map((content) => ({ type: 'image/jpeg', location: 'x', content }));
  assert.equal((await post(door, [part(json), ...parts])).status, 200);
  const { value } = (await kept(door)).dataset.get('PixelData')!;
  assert.ok('fragments' in value);
  assert.deepEqual(
    value.fragments.map(({ bytes }, at) => Buffer.compare(bytes!.subarray(0, frames[at]!.length), frames[at]!) === 0),
    [true, true, true],
  );
  const lengths = frames.map(({ length }) => 8 + length + (length % 2));
  const table = new Uint32Array([0, lengths[0]!, lengths[0]! + lengths[1]!]);
  assert.deepEqual(value.basicOffsetTable, new Uint8Array(table.buffer));
});

test('behaviour 20: an instance that is not whole, or contradicts itself, fails alone with its UIDs and its reason', async (t) => {
  const door = await testDoor(t);
  const uid = (value: string) => (json: DicomJson) => {
    json['00080018'] = { vr: 'UI', Value: [value] };
  };
  const jpeg = { type: 'image/jpeg', location: 'jpeg', content: baselineJpeg(16, 24, 3) };
  const answer = await post(door, [
    part([
      metadata({ '7FE00010': 'good' }, uid('2.25.1')),
      metadata({ '7FE00010': 'nowhere' }, uid('2.25.2')),
      metadata({ '7FE00010': 'jpeg' }, uid('2.25.3')),
      metadata({ '7FE00010': 'short' }, uid('2.25.4')),
      metadata({ '7FE00010': 'text' }, uid('2.25.5')),
      metadata({}, (json) => {
        uid('2.25.6')(json);
        json['00100020'] = { vr: 'US', Value: ['no number'] };
      }),
    ]),
    octets('good', pixels),
    jpeg,
    octets('short', pixels.subarray(0, 10)),
    { type: 'image/jpeg', location: 'text', content: 'no image' },
  ]);
  assert.equal(answer.status, 202);
  const reasons = (await failures(answer)).map((item) => [item['00081155']?.Value?.[0], item['00081197']?.Value?.[0]]);
  assert.deepEqual(reasons, [
    ['2.25.2', 0xc000],
    ['2.25.3', 0xa900],
    ['2.25.4', 0xa900],
    ['2.25.5', 0xc122],
    ['2.25.6', 0xc000],
  ]);
  assert.match(answer.headers.get('warning')!, /bulk data of PixelData is not among the parts/);
  assert.equal(door.archive.instances.length, 1);
  assert.equal(door.archive.scratchFiles, 0);
});

test('metadata of another study than the one posted to fails with A900', async (t) => {
  const door = await testDoor(t);
  const answer = await post(door, [part(metadata({}))], 'application/dicom+json', '/studies/1.2.3');
  assert.equal(answer.status, 409);
  assert.equal((await failures(answer))[0]?.['00081197']?.Value?.[0], 0xa900);
});

test('an instance without bulk data may come alone', async (t) => {
  const door = await testDoor(t);
  const headers = { 'Content-Type': 'application/dicom+json' };
  const body = JSON.stringify([metadata({})]);
  assert.equal((await door.fetch('/studies', { method: 'POST', headers, body })).status, 200);
  assert.deepEqual((await kept(door)).dataset.bytes('PixelData'), pixels);
});

test('a request that is no metadata is 400, one over a limit 413, and nothing of it stays', async (t) => {
  const usual = { ...limits };
  t.after(() => Object.assign(limits, usual));
  limits.metadataBytes = 10_000;
  limits.bulkPartsWaiting = 2;
  const door = await testDoor(t);
  const many = ['a', 'b', 'c'].map((name) => octets(name, pixels));
  for (const [parts, status] of [
    [[{ type: 'application/dicom+json', content: '{' }], 400],
    [[{ type: 'application/dicom+xml', content: '<Other/>' }], 400],
    [[{ type: 'application/dicom+json', content: Uint8Array.of(0x22, 0xff, 0x22) }], 400],
    [[{ type: 'image/jpeg', content: 'x' }], 400],
    [[{ type: 'application/dicom+json', content: ' '.repeat(10_001) }], 413],
    [many, 413],
    [[part([])], 400],
  ] as const) {
    const answer = await post(door, parts);
    assert.equal(answer.status, status, await answer.text());
    assert.equal(door.archive.scratchFiles, 0);
  }
  assert.equal(door.archive.instances.length, 0);
});

test('no room for waiting bulk data is 503 with Retry-After, and the scratch file goes', async (t) => {
  const usual = { ...limits };
  t.after(() => Object.assign(limits, usual));
  limits.bulkHeldBytes = 4;
  const door = await testDoor(t);
  door.archive.writeFails = 'storage/full';
  const answer = await post(door, [octets('x', pixels)]);
  assert.equal(answer.status, 503);
  assert.ok(answer.headers.get('retry-after'));
  assert.equal(door.archive.scratchFiles, 0);
});

test('fuzz: whatever the metadata refers to, each instance has an outcome', async (t) => {
  const door = await testDoor(t);
  const reference = fc.record({
    vr: fc.constantFrom('OB', 'OW', 'UT', 'SQ', 'XX'),
    BulkDataURI: fc.constantFrom('a', 'b', 'http://[', '', 1),
  });
  const tag = fc.constantFrom('7FE00010', '7fe00010', '00420011', '00081199', 'nonsense', '00080018');
  const json = fc.dictionary(
    tag,
    fc.oneof(reference, fc.constant({ vr: 'SQ', Value: [{ '00420011': { vr: 'OB', BulkDataURI: 'a' } }] })),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(json, fc.constant(null)), { minLength: 1, maxLength: 3 }), async (instances) => {
      const answer = await post(door, [part(instances), octets('a', pixels)]);
      assert.ok([200, 202, 400, 409, 415].includes(answer.status), `${answer.status}`);
      assert.equal(door.archive.scratchFiles, 0);
    }),
    { numRuns: 60 },
  );
  assert.ok(
    !door.logged.some((line) => line.includes('internal/unexpected')),
    door.logged.find((line) => line.includes('unexpected')),
  );
  assert.ok(Problem);
});
