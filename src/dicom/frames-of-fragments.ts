// Which fragments of encapsulated Pixel Data make which frame. The tables say it, else the count, else the codestreams:
// PS3.5 A.4 (a frame may have several fragments, a fragment is never of two frames) and A.4.3.

import type { DataSet } from './dataset.ts';
import type { Fragment } from './element.ts';
import type { EncapsulatedPixelData } from './pixel-data-layout.ts';

export interface FramesOfFragments {
  /** The first fragment of each frame, and at the end the number of fragments that belong to frames. */
  firstFragment: number[];
  /** Of an Extended Offset Table: the length of each frame without padding. */
  lengths?: number[];
  /** What was assumed where tables, fragments and Number of Frames contradict each other. */
  irregular?: string;
}

export function framesOfFragments(dataset: DataSet, layout: EncapsulatedPixelData, frames: number): FramesOfFragments {
  const { fragments } = layout;
  const count = fragments.length;
  const byTable = fromExtendedTable(dataset, fragments, frames) ?? fromBasicTable(layout, frames);
  if (byTable !== undefined) return byTable;
  const tableIsWrong = layout.basicOffsetTable.length > 0 ? 'the offset table is wrong; ' : '';
  const guess = fromCount(fragments, frames);
  if (tableIsWrong === '' && guess.irregular === undefined) return guess;
  const assumed = guess.irregular ?? `${guess.firstFragment.length - 1} frames in ${count} fragments`;
  return { ...guess, irregular: `${tableIsWrong}${assumed}` };
}

/** PS3.3 C.7.6.3.1.8: 64-bit offsets, and lengths without padding, of frames that have one fragment each. */
function fromExtendedTable(
  dataset: DataSet,
  fragments: readonly Fragment[],
  frames: number,
): FramesOfFragments | undefined {
  const offsets = uint64s(dataset.bytes('ExtendedOffsetTable'));
  if (offsets === undefined || offsets.length !== frames) return undefined;
  const firstFragment = fragmentsAt(fragments, offsets);
  if (firstFragment === undefined) return undefined;
  const lengths = uint64s(dataset.bytes('ExtendedOffsetTableLengths'));
  const single = firstFragment.every((first, frame) => frame === frames || firstFragment[frame + 1]! - first === 1);
  const usable = single && lengths?.length === frames && lengths.every((length, i) => length <= fragments[i]!.length);
  return usable ? { firstFragment, lengths } : { firstFragment };
}

/** PS3.5 A.4: 32-bit offsets of each frame's first item, from the item after the table. */
function fromBasicTable(
  { basicOffsetTable, fragments }: EncapsulatedPixelData,
  frames: number,
): FramesOfFragments | undefined {
  if (basicOffsetTable.length !== frames * 4) return undefined;
  const view = new DataView(basicOffsetTable.buffer, basicOffsetTable.byteOffset, basicOffsetTable.byteLength);
  const offsets = Array.from({ length: frames }, (_, frame) => view.getUint32(frame * 4, true));
  const firstFragment = fragmentsAt(fragments, offsets);
  return firstFragment && { firstFragment };
}

/** The fragments whose items begin at these offsets, followed by the number of fragments; undefined where one does not. */
function fragmentsAt(fragments: readonly Fragment[], offsets: readonly number[]): number[] | undefined {
  const origin = (fragments[0]?.offset ?? 0) - 8;
  const found: number[] = [];
  let fragment = 0;
  for (const offset of offsets) {
    while (fragment < fragments.length && fragments[fragment]!.offset - 8 - origin < offset) fragment++;
    if (fragment === fragments.length || fragments[fragment]!.offset - 8 - origin !== offset) return undefined;
    found.push(fragment++);
  }
  return found[0] === 0 ? [...found, fragments.length] : undefined;
}

function fromCount(fragments: readonly Fragment[], frames: number): FramesOfFragments {
  const count = fragments.length;
  if (frames === 1 && count > 0) return { firstFragment: [0, count] };
  const oneEach = (many: number): number[] => Array.from({ length: many + 1 }, (_, frame) => frame);
  if (count === frames) return { firstFragment: oneEach(frames) };
  if (count < frames) return { firstFragment: oneEach(count), irregular: `${count} of ${frames} frames are there` };
  const starts = fragments.flatMap((fragment, i) => (beginsCodestream(fragment) ? [i] : []));
  if (starts.length === frames && starts[0] === 0) return { firstFragment: [...starts, count] };
  return { firstFragment: oneEach(frames), irregular: `${frames} frames, of one fragment each, in ${count} fragments` };
}

/** JPEG and JPEG-LS (SOI), JPEG 2000 (SOC, SIZ), JPEG XL, and the boxes of the latter two. */
function beginsCodestream({ head }: Fragment): boolean {
  return head >>> 16 === 0xffd8 || head === 0xff4fff51 || head >>> 16 === 0xff0a || head === 0x0000000c;
}

function uint64s(bytes: Uint8Array | undefined): number[] | undefined {
  if (bytes === undefined || bytes.length === 0 || bytes.length % 8 !== 0) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length / 8 }, (_, i) => Number(view.getBigUint64(i * 8, true)));
}
