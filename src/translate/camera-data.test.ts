import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { concatenated } from '../dicom/bytes.ts';
import { sourceOf } from './byte-source.ts';
import { mp4WithoutCameraData, withoutCameraData } from './camera-data.ts';
import { describeJpeg } from './jpeg-header.ts';
import { describeMp4 } from './mp4.ts';
import { h264Mp4, jpeg, withExif } from './testing/files.ts';

const ascii = (text: string): number[] => [...text].map((character) => character.charCodeAt(0));
const segment = (code: number, content: number[]): number[] => [0xff, code, 0, content.length + 2, ...content];
const uint32 = (value: number): number[] => [value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];
const box = (type: string, content: number[]): number[] => [...uint32(content.length + 8), ...ascii(type), ...content];

test('ISO 10918-1 B.2.4: EXIF, comments, previews and what follows the picture go; the picture and how it is seen stay', () => {
  const plain = jpeg({ more: 40 });
  const profile = segment(0xe2, ascii('ICC_PROFILE\0\x01\x01colours'));
  const said = [
    ...segment(0xe2, ascii('MPF\0preview')),
    ...segment(0xed, ascii('Photoshop')),
    ...segment(0xfe, ascii('me')),
  ];
  const written = withExif(Uint8Array.from([0xff, 0xd8, ...profile, ...said, ...plain.subarray(2), ...plain]), {
    artist: 'Somebody',
    position: true,
  });
  assert.deepEqual(withoutCameraData(written), Uint8Array.from([0xff, 0xd8, ...profile, ...plain.subarray(2)]));
});

test('law: what is left of a JPEG is one that says the same of its pixels, however much was in it', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 5 }), fc.nat(200), (comments, more) => {
      const plain = jpeg({ more });
      const with_ = Uint8Array.from([
        0xff,
        0xd8,
        ...comments.flatMap((one) => segment(0xfe, [...one])),
        ...plain.subarray(2),
      ]);
      const left = withoutCameraData(with_);
      assert.deepEqual(left, plain);
      assert.deepEqual(describeJpeg(left), describeJpeg(plain));
    }),
  );
});

test('ISO 14496-12: what a camera says in an MP4 becomes free space, and nothing moves', async () => {
  const place = box('udta', box('\xa9xyz', ascii('+48.1+011.5/')));
  const plain = h264Mp4(16, 16, 2);
  // The Movie box is the last of them.
  const movie = new TextDecoder('latin1').decode(plain).lastIndexOf('moov') - 4;
  const placed = box('moov', [...place, ...plain.subarray(movie + 8)]);
  const file = Uint8Array.from([...plain.subarray(0, movie), ...placed, ...box('uuid', ascii('XMP packet'))]);
  const { length, chunks } = await mp4WithoutCameraData(sourceOf(file));
  const left = concatenated(await Array.fromAsync(chunks()));
  assert.equal(length, file.length);
  assert.equal(left.length, file.length);
  const text = new TextDecoder('latin1').decode(left);
  assert.doesNotMatch(text, /xyz|\+48|XMP/);
  assert.equal(text.match(/free/g)!.length, 2);
  assert.deepEqual(await describeMp4(sourceOf(left)), await describeMp4(sourceOf(file)));
});
