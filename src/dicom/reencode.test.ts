import assert from 'node:assert/strict';
import { test } from 'node:test';
import { concatenated } from './bytes.ts';
import { DataSet } from './dataset.ts';
import { DicomReader, readDicom } from './reader.ts';
import { Reencoder } from './reencode.ts';
import { tag } from './tag.ts';
import { JPEG_BASELINE, nested, smallImage } from './testing/objects.ts';
import {
  EXPLICIT_VR_BIG_ENDIAN,
  EXPLICIT_VR_LITTLE_ENDIAN,
  IMPLICIT_VR_LITTLE_ENDIAN,
  transferSyntax,
} from './transfer-syntax.ts';
import { writeDataSet } from './writer.ts';

const syntax = (uid: string) => transferSyntax(uid)!;

function reencoded(bytes: Uint8Array, from: string, to: string): Uint8Array {
  const reencoder = new Reencoder(syntax(from), syntax(to));
  return concatenated([...reencoder.push(bytes), ...reencoder.end()]);
}

test('PS3.5 7.3: words are turned around, also where a piece ends within one', () => {
  const pixels = Uint8Array.from({ length: 100_000 }, (_, i) => i % 253);
  const bytes = concatenated(
    writeDataSet(smallImage().set('PixelData', pixels, 'OW'), syntax(EXPLICIT_VR_LITTLE_ENDIAN)),
  );
  const reencoder = new Reencoder(syntax(EXPLICIT_VR_LITTLE_ENDIAN), syntax(EXPLICIT_VR_BIG_ENDIAN));
  const out: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += 777) out.push(...reencoder.push(bytes.slice(at, at + 777)));
  out.push(...reencoder.end());
  const big = concatenated(out);
  assert.deepEqual(big.subarray(-4), new Uint8Array([pixels.at(-3)!, pixels.at(-4)!, pixels.at(-1)!, pixels.at(-2)!]));
  assert.deepEqual(readDicom(big, { transferSyntaxUid: EXPLICIT_VR_BIG_ENDIAN }).dataset.bytes('PixelData'), pixels);
});

test('private elements come through implicit VR with all their bytes, unknown ones as UN', () => {
  const image = smallImage();
  const implicit = reencoded(
    concatenated(writeDataSet(image, syntax(EXPLICIT_VR_LITTLE_ENDIAN))),
    EXPLICIT_VR_LITTLE_ENDIAN,
    IMPLICIT_VR_LITTLE_ENDIAN,
  );
  const explicit = reencoded(implicit, IMPLICIT_VR_LITTLE_ENDIAN, EXPLICIT_VR_LITTLE_ENDIAN);
  const { dataset, findings } = readDicom(explicit, { transferSyntaxUid: EXPLICIT_VR_LITTLE_ENDIAN });
  assert.deepEqual(findings, []);
  const [doubles, sequence] = [tag(0x0029, 0x1001), tag(0x0029, 0x1002)];
  assert.equal(dataset.get(doubles)!.vr, 'UN');
  assert.deepEqual(dataset.bytes(doubles)?.slice(), image.bytes(doubles));
  assert.equal(dataset.items(sequence)[0]!.text('PatientID'), 'INNER');
});

test('what is nested deeper than is read is re-encoded all the same', () => {
  const bytes = concatenated(writeDataSet(nested(300, false), syntax(EXPLICIT_VR_LITTLE_ENDIAN)));
  const big = reencoded(bytes, EXPLICIT_VR_LITTLE_ENDIAN, EXPLICIT_VR_BIG_ENDIAN);
  const back = reencoded(big, EXPLICIT_VR_BIG_ENDIAN, EXPLICIT_VR_LITTLE_ENDIAN);
  const reader = new DicomReader({ transferSyntaxUid: EXPLICIT_VR_LITTLE_ENDIAN, limits: { depth: 400 } });
  reader.push(back);
  let [depth, innermost] = [0, reader.end().dataset];
  for (; innermost.items('ContentSequence').length > 0; depth++) innermost = innermost.items('ContentSequence')[0]!;
  assert.deepEqual([depth, innermost.text('PatientID')], [300, 'DEEPEST']);
});

test('an object that is cut off leaves cut off: no value is made up', () => {
  const bytes = concatenated(
    writeDataSet(smallImage().set('PixelData', new Uint8Array(90_000), 'OW'), syntax(EXPLICIT_VR_LITTLE_ENDIAN)),
  );
  const out = reencoded(bytes.subarray(0, -50_000), EXPLICIT_VR_LITTLE_ENDIAN, IMPLICIT_VR_LITTLE_ENDIAN);
  const { pixelData, findings } = readDicom(out, { transferSyntaxUid: IMPLICIT_VR_LITTLE_ENDIAN });
  assert.equal(pixelData?.length, 40_000);
  assert.ok(findings.some(({ code }) => code === 'truncated'));
});

test('a pixel value of many times the chunk leaves as it comes, a chunk at a time', () => {
  const head = concatenated(writeDataSet(new DataSet().set('Modality', 'OT'), syntax(EXPLICIT_VR_LITTLE_ENDIAN)));
  const reencoder = new Reencoder(syntax(EXPLICIT_VR_LITTLE_ENDIAN), syntax(EXPLICIT_VR_BIG_ENDIAN));
  const size = 1_000_000_000;
  const header = Uint8Array.of(
    0xe0,
    0x7f,
    0x10,
    0x00,
    0x4f,
    0x57,
    0,
    0,
    size & 0xff,
    (size >> 8) & 0xff,
    (size >> 16) & 0xff,
    size >>> 24,
  );
  const first = reencoder.push(concatenated([head, header]));
  assert.ok(first.length > 0);
  const chunk = new Uint8Array(65_536);
  for (let i = 0; i < 50; i++) {
    const sizeBytes = reencoder.push(chunk).reduce((sum, part) => sum + part.length, 0);
    assert.equal(sizeBytes, chunk.length);
  }
});

test('compressed syntaxes are not re-encoded here', () => {
  assert.throws(() => new Reencoder(syntax(JPEG_BASELINE), syntax(EXPLICIT_VR_LITTLE_ENDIAN)), TypeError);
});
