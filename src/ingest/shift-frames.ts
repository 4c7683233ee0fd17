// The places of frames, counted from another byte: what was received may lie further down in the file that we keep.

import type { FrameIndex } from '../dicom/frame-index.ts';

export function shiftFrames(index: FrameIndex, bytes: number): FrameIndex {
  if (bytes === 0) return index;
  if (index.kind === 'native') return { ...index, offset: index.offset + bytes };
  const fragments = index.fragments.map(({ offset, length }) => ({ offset: offset + bytes, length }));
  return { ...index, fragments };
}
