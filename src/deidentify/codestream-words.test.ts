import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { withoutWords } from './codestream-words.ts';

const JPEG_BASELINE = '1.2.840.10008.1.2.4.50';
const JPEG_2000 = '1.2.840.10008.1.2.4.90';
const ascii = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));
const segment = (marker: number, content: number[]): number[] => [
  0xff,
  marker,
  (content.length + 2) >> 8,
  (content.length + 2) & 0xff,
  ...content,
];

const jfif = segment(0xe0, [...ascii('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0]);
const exif = segment(0xe1, ascii('Exif\0\0Kanarienvogel'));
const comment = segment(0xfe, ascii('taken of Kanarienvogel'));
const tables = segment(0xdb, [1, 2, 3]);
const scan = [...segment(0xda, [1, 1, 0]), ...ascii('Kanarienvogel'), 0xff, 0xd9];
const jpeg = Uint8Array.from([0xff, 0xd8, ...jfif, ...exif, ...tables, 0xff, ...comment, ...scan]);

function passed(syntax: string, fragment: Uint8Array, cuts: readonly number[]): Uint8Array {
  const edit = withoutWords(syntax)!;
  const ends = [...new Set([...cuts.map((cut) => cut % fragment.length), fragment.length])].sort((a, b) => a - b);
  let from = 0;
  const out: number[] = [];
  for (const to of ends) {
    if (to > from) out.push(...edit(fragment.subarray(from, to), from));
    from = to;
  }
  return Uint8Array.from(out);
}

const textOf = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes);

test('words of a JPEG are blanked wherever its pieces are cut; its pictures are the same bytes', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { maxLength: 8 }), (cuts) => {
      // A file is not cut within its first two bytes: fragments begin with whole markers.
      const clean = passed(
        JPEG_BASELINE,
        jpeg,
        cuts.filter((cut) => cut % jpeg.length > 1),
      );
      assert.equal(clean.length, jpeg.length);
      // What is entropy-coded is no word, whatever it looks like.
      assert.equal(textOf(clean).split('Kanarienvogel').length, 2);
      assert.deepEqual(clean.subarray(0, 2 + jfif.length), jpeg.subarray(0, 2 + jfif.length));
      assert.deepEqual(clean.subarray(-scan.length), jpeg.subarray(-scan.length));
    }),
  );
  assert.equal(textOf(jpeg).includes('Exif'), true);
});

test('comments of JPEG 2000 are blanked, and say still how they are written', () => {
  const siz = segment(0x51, [0, 0, 1]);
  const com = segment(0x64, [0, 1, ...ascii('Kanarienvogel')]);
  const stream = Uint8Array.from([0xff, 0x4f, ...siz, ...com, ...segment(0x90, [0, 0]), ...ascii('coded')]);
  const clean = passed(JPEG_2000, stream, [7, 12]);
  assert.equal(textOf(clean).includes('Kanarien'), false);
  assert.deepEqual(clean.subarray(2, 2 + siz.length + 6), stream.subarray(2, 2 + siz.length + 6));
  assert.deepEqual(clean.subarray(-5), stream.subarray(-5));
});

test('a fragment that goes on with a frame is left alone where its words are behind', () => {
  const edit = withoutWords(JPEG_BASELINE)!;
  edit(jpeg, 0);
  const rest = Uint8Array.from(comment);
  assert.deepEqual(edit(rest, 0), rest);
});

test('what has no such segments is not touched', () => {
  assert.equal(withoutWords('1.2.840.10008.1.2.1'), undefined);
  assert.equal(withoutWords('1.2.840.10008.1.2.5'), undefined);
});
