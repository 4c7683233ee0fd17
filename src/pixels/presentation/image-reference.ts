// References from presentation states to images and frames of them. PS3.3 C.11.11 and Table 10-3 (Image SOP Instance
// Reference Macro).

import type { DataSet } from '../../dicom/dataset.ts';

export interface ImageReference {
  sopInstanceUid: string;
  /** Frames, from 1; absent for all. */
  frames?: number[];
}

/** Of an item with a Referenced Image Sequence; undefined where it has none and so is for every image. */
export function referencesOf(item: DataSet): ImageReference[] | undefined {
  const references = item.items('ReferencedImageSequence').flatMap((reference): ImageReference[] => {
    const sopInstanceUid = reference.text('ReferencedSOPInstanceUID');
    if (sopInstanceUid === undefined) return [];
    const frames = reference.numbers('ReferencedFrameNumber');
    return [frames.length === 0 ? { sopInstanceUid } : { sopInstanceUid, frames }];
  });
  return references.length === 0 ? undefined : references;
}

/** Of the items of a Referenced Series Sequence. */
export const referencesIn = (series: readonly DataSet[]): ImageReference[] =>
  series.flatMap((item) => referencesOf(item) ?? []);

/** Whether what these references limit is for a frame (from 1) of an image. */
export function appliesTo(
  references: readonly ImageReference[] | undefined,
  sopInstanceUid: string,
  frame: number,
): boolean {
  if (references === undefined) return true;
  return references.some((one) => one.sopInstanceUid === sopInstanceUid && (one.frames?.includes(frame) ?? true));
}
