// Which frames of a segmentation lie on a frame of an image, and why others that should do not. A frame that names its source
// images is asked of these only; one that names none is where it lies in the patient.

import { appliesTo } from '../presentation/image-reference.ts';
import { type Ground, laidOn, type Matrix, type Mismatch } from './plane.ts';
import type { MaskFrame, Segmentation } from './segmentation.ts';

/** A frame of an image that something may be laid on. */
export interface ImageFrame extends Ground {
  seriesInstanceUid: string;
  sopInstanceUid: string;
  /** From 1. */
  frame: number;
}

export interface LaidMask {
  mask: MaskFrame;
  /** From its pixels to those of the image. */
  matrix: Matrix;
}

export interface MasksOn {
  laid: LaidMask[];
  /** Of frames that were made of this image, and cannot be laid on it. */
  mismatches: Mismatch[];
}

/** Whether a segmentation says that it is of an image, or says of none and shares its frame of reference. */
export function isAbout({ frames, references, seriesUids }: Segmentation, image: ImageFrame): boolean {
  const isNamed =
    seriesUids.includes(image.seriesInstanceUid) ||
    references.some(({ sopInstanceUid }) => sopInstanceUid === image.sopInstanceUid) ||
    frames.some(({ sources }) => sources?.some(({ sopInstanceUid }) => sopInstanceUid === image.sopInstanceUid));
  if (isNamed) return true;
  const namesOthers = seriesUids.length > 0 || references.length > 0 || frames.some(({ sources }) => sources);
  return !namesOthers && frames.some((frame) => sharesFrameOfReference(frame, image));
}

export function masksOn(segmentation: Segmentation, image: ImageFrame): MasksOn {
  const laid: LaidMask[] = [];
  const mismatches = new Set<Mismatch>();
  for (const mask of segmentation.frames) {
    const isSource = mask.sources !== undefined && appliesTo(mask.sources, image.sopInstanceUid, image.frame);
    if (mask.sources !== undefined && !isSource) continue;
    const found = isSource ? laidOn(mask, image) : laidByPlace(segmentation, mask, image);
    if (typeof found !== 'string') laid.push({ mask, matrix: found });
    else if (isSource || found !== 'elsewhere') mismatches.add(found);
  }
  return { laid, mismatches: [...mismatches] };
}

/** Where nothing else says that both belong together, both say where they are in one patient, who did not move. */
function laidByPlace({ references }: Segmentation, mask: MaskFrame, image: ImageFrame): Matrix | Mismatch {
  if (mask.plane !== undefined || image.plane !== undefined) {
    return sharesFrameOfReference(mask, image) ? laidOn(mask, image) : 'frame-of-reference';
  }
  const [only, ...others] = references;
  const isOnly = others.length === 0 && only !== undefined && appliesTo([only], image.sopInstanceUid, image.frame);
  return isOnly ? laidOn(mask, image) : 'unplaced';
}

const sharesFrameOfReference = (mask: Ground, image: Ground): boolean =>
  mask.frameOfReferenceUid !== undefined && mask.frameOfReferenceUid === image.frameOfReferenceUid;
