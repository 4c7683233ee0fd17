// Mutated objects for the reader: bits turned, stretches cut, doubled and moved, lengths made huge, tags made delimiters.
// Whatever comes, the reader answers or throws a Problem, soon.

import assert from 'node:assert/strict';
import { type Random, seeded } from '../../test/support/seeded.ts';
import { Problem } from '../base/problem.ts';
import { concatenated } from './bytes.ts';
import { jsonText } from './json.ts';
import { DicomReader, readDicom } from './reader.ts';
import { Reencoder } from './reencode.ts';
import { objectsOfEveryKind } from './testing/objects.ts';
import { transferSyntax } from './transfer-syntax.ts';
import { writePart10 } from './writer.ts';

const limits = {
  /** What one input may take; the slowest legitimate one takes a hundredth. */
  inputMs: 2000,
};

export function fuzz(rounds: number, seed: number): void {
  const random = seeded(seed);
  const originals = objectsOfEveryKind();
  for (let round = 0; round < rounds; round++) {
    const input = mutated(originals[random(originals.length)]!, random);
    const started = performance.now();
    for (const use of [readWhole, readInChunks, reencode]) {
      try {
        use(input, random);
      } catch (thrown) {
        if (!(thrown instanceof Problem)) throw new Error(`seed ${seed}, round ${round}`, { cause: thrown });
      }
    }
    const took = performance.now() - started;
    assert.ok(took < limits.inputMs, `seed ${seed}, round ${round} took ${took.toFixed(0)} ms`);
  }
}

function readWhole(input: Uint8Array): void {
  const read = readDicom(input);
  const written = concatenate(writePart10(read));
  assert.deepEqual(written, input, 'what nobody edited is written as it was');
  jsonText(read.dataset, { bulkDataUri: () => undefined });
}

function readInChunks(input: Uint8Array, random: Random): void {
  const reader = new DicomReader({ holdValuesUpTo: 256 });
  for (let at = 0; at < input.length; ) {
    const end = at + 1 + random(200);
    reader.push(input.slice(at, end));
    at = end;
  }
  reader.end();
}

function reencode(input: Uint8Array, random: Random): void {
  const syntaxes = ['1.2.840.10008.1.2', '1.2.840.10008.1.2.1', '1.2.840.10008.1.2.2', '1.2.840.10008.1.2.1.99'];
  const [from, to] = [syntaxes[random(4)]!, syntaxes[random(4)]!];
  const reencoder = new Reencoder(transferSyntax(from)!, transferSyntax(to)!);
  reencoder.push(input.subarray(Math.min(input.length, 132 + random(300))));
  reencoder.end();
}

function mutated(original: Uint8Array, random: Random): Uint8Array {
  let bytes: Uint8Array = original.slice();
  for (let times = 1 + random(4); times > 0; times--) bytes = mutations[random(mutations.length)]!(bytes, random);
  return bytes;
}

const mutations: ((bytes: Uint8Array, random: Random) => Uint8Array)[] = [
  (bytes, random) => patched(bytes, random(bytes.length), [random(256)]),
  (bytes, random) => patched(bytes, random(bytes.length), [0xff, 0xff, 0xff, 0xff]),
  (bytes, random) => patched(bytes, random(bytes.length), [0xfe, 0xff, [0x00, 0x0d, 0xdd][random(3)]!, 0xe0]),
  (bytes, random) => patched(bytes, random(bytes.length), [random(256), random(8), 0, 0]),
  (bytes, random) => bytes.slice(0, random(bytes.length)),
  (bytes, random) => {
    const [from, length, to] = [random(bytes.length), random(64), random(bytes.length)];
    return concatenate([bytes.subarray(0, to), bytes.subarray(from, from + length), bytes.subarray(to)]);
  },
  (bytes, random) => {
    const from = random(bytes.length);
    return concatenate([bytes.subarray(0, from), bytes.subarray(from + random(32))]);
  },
  (bytes, random) => concatenate([bytes, Uint8Array.from({ length: random(64) }, () => random(256))]),
];

function patched(bytes: Uint8Array, at: number, patch: number[]): Uint8Array {
  const copy = bytes.slice();
  patch.forEach((byte, i) => {
    if (at + i < copy.length) copy[at + i] = byte;
  });
  return copy;
}

const concatenate = (parts: Uint8Array[]): Uint8Array => concatenated(parts).slice();

/** A small generator whose whole sequence a seed determines. */
