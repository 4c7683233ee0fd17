// A frame index as few bytes, for the catalogue: numbers as LEB128 varints, a fragment's place as the gap after the one
// before it (8 bytes nearly always: its item header), frames of one fragment each without saying so.

import type { EncapsulatedFrames, FrameIndex, Piece } from './frame-index.ts';

const kinds = ['native', 'encapsulated', 'video'] as const;
const ITEM_HEADER_BYTES = 8;

export function encodeFrameIndex(index: FrameIndex): Uint8Array {
  const head = [kinds.indexOf(index.kind), index.frames];
  switch (index.kind) {
    case 'native':
      return varints([...head, index.offset, index.frameBits]);
    case 'video':
      return varints([...head, ...placesOf(index.fragments)]);
    case 'encapsulated':
      return varints([...head, ...placesOf(index.fragments), ...countsOf(index)]);
  }
}

/** What `encodeFrameIndex` made; TypeError for anything else, which is damage in the catalogue. */
export function decodeFrameIndex(bytes: Uint8Array): FrameIndex {
  const next = reader(bytes);
  const kind = kinds[next()];
  const frames = next();
  switch (kind) {
    case 'native':
      return { kind, frames, offset: next(), frameBits: next() };
    case 'video':
      return { kind, frames, fragments: readPlaces(next) };
    case 'encapsulated': {
      const fragments = readPlaces(next);
      return { kind, frames, fragments, firstFragment: readCounts(next, frames) };
    }
    default:
      throw new TypeError('no frame index');
  }
}

/** How many, and each one's gap and length. Lengths without padding make gaps of 9. */
function placesOf(fragments: readonly Piece[]): number[] {
  const numbers = [fragments.length];
  let end = 0;
  for (const { offset, length } of fragments) {
    numbers.push(zigzag(offset - end - ITEM_HEADER_BYTES), length);
    end = offset + length;
  }
  return numbers;
}

function readPlaces(next: () => number): Piece[] {
  const count = next();
  const fragments: Piece[] = [];
  let end = 0;
  for (let i = 0; i < count; i++) {
    const offset = end + ITEM_HEADER_BYTES + unzigzag(next());
    const length = next();
    fragments.push({ offset, length });
    end = offset + length;
  }
  return fragments;
}

/** 0 where each frame has one fragment, else 1 and the number of each. */
function countsOf({ frames, firstFragment, fragments }: EncapsulatedFrames): number[] {
  const counts = Array.from({ length: frames }, (_, i) => firstFragment[i + 1]! - firstFragment[i]!);
  const single = frames === fragments.length && counts.every((count) => count === 1);
  return single ? [0] : [1, ...counts];
}

function readCounts(next: () => number, frames: number): number[] {
  const single = next() === 0;
  const firstFragment = [0];
  for (let i = 0; i < frames; i++) firstFragment.push(firstFragment[i]! + (single ? 1 : next()));
  return firstFragment;
}

/** Signed numbers as unsigned ones: 0, -1, 1, -2, … */
const zigzag = (number: number): number => (number < 0 ? -2 * number - 1 : 2 * number);
const unzigzag = (number: number): number => (number % 2 === 1 ? -(number + 1) / 2 : number / 2);

/** Seven bits a byte, the lowest first; the top bit says that more follow. Numbers up to 2^53. */
function varints(numbers: readonly number[]): Uint8Array {
  const bytes: number[] = [];
  for (let number of numbers) {
    while (number >= 0x80) {
      bytes.push((number % 0x80) | 0x80);
      number = Math.floor(number / 0x80);
    }
    bytes.push(number);
  }
  return new Uint8Array(bytes);
}

function reader(bytes: Uint8Array): () => number {
  let at = 0;
  return () => {
    let number = 0;
    for (let factor = 1; ; factor *= 0x80) {
      const byte = bytes[at++];
      if (byte === undefined) throw new TypeError('the frame index ends too early');
      number += (byte & 0x7f) * factor;
      if (byte < 0x80) return number;
    }
  };
}
