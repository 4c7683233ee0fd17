// Where the pixels of a frame lie in the patient, and how those of one frame come to lie on another's. PS3.3 C.7.6.2.1.1
// (Image Plane), C.7.6.16.2.1 to C.7.6.16.2.4 (the same in functional groups), C.7.4.1 (Frame of Reference).

import type { DataSet } from '../../dicom/dataset.ts';

export const limits = {
  /** Cosine between normals from which planes count as parallel: a degree. */
  parallelCosine: 0.99985,
  /** Of slices whose thickness is not known, in mm. */
  thicknessMm: 1,
} as const;

export type Vector = [x: number, y: number, z: number];

export interface Plane {
  /** Of the middle of the first pixel, in mm. */
  position: Vector;
  /** Unit vectors: along a row to the right, along a column downwards. */
  right: Vector;
  down: Vector;
  /** Between the middles of pixels, in mm. */
  acrossMm: number;
  downMm: number;
  /** From slice to slice, in mm. */
  thicknessMm: number;
}

/** A frame as something lies on it. */
export interface Ground {
  rows: number;
  columns: number;
  frameOfReferenceUid: string | undefined;
  /** Absent where its data set does not say. */
  plane: Plane | undefined;
}

/** As a canvas takes it, from pixels of the one to those of the other: x' = a x + c y + e, y' = b x + d y + f. */
export type Matrix = [a: number, b: number, c: number, d: number, e: number, f: number];

/** Why one frame cannot be laid on another. */
export type Mismatch = 'frame-of-reference' | 'unplaced' | 'size' | 'tilted' | 'elsewhere';

/** The ground of a frame (from 1). */
export function groundOf(dataset: DataSet, frame: number): Ground {
  return {
    rows: dataset.number('Rows') ?? 0,
    columns: dataset.number('Columns') ?? 0,
    frameOfReferenceUid: dataset.text('FrameOfReferenceUID'),
    plane: planeOf(dataset, frame),
  };
}

function planeOf(dataset: DataSet, frame: number): Plane | undefined {
  const groups = [
    dataset.items('PerFrameFunctionalGroupsSequence')[frame - 1],
    dataset.items('SharedFunctionalGroupsSequence')[0],
  ];
  const inMacro = (sequence: string): DataSet => {
    for (const group of groups) {
      const [item] = group?.items(sequence) ?? [];
      if (item !== undefined) return item;
    }
    return dataset;
  };
  const position = inMacro('PlanePositionSequence').numbers('ImagePositionPatient');
  const cosines = inMacro('PlaneOrientationSequence').numbers('ImageOrientationPatient');
  const measures = inMacro('PixelMeasuresSequence');
  const [downMm = 0, acrossMm = 0] = measures.numbers('PixelSpacing');
  if (position.length !== 3 || cosines.length !== 6 || !(downMm > 0 && acrossMm > 0)) return undefined;
  const [right, down] = [cosines.slice(0, 3) as Vector, cosines.slice(3) as Vector];
  if (length(cross(right, down)) < limits.parallelCosine) return undefined;
  const between = Math.abs(measures.number('SpacingBetweenSlices') ?? 0) || measures.number('SliceThickness') || 0;
  return {
    position: position as Vector,
    ...{ right, down, acrossMm, downMm },
    thicknessMm: between > 0 ? between : limits.thicknessMm,
  };
}

/**
 * From pixels of `upper` to those of `lower`, where both lie in one plane: within half the thinner slice. Frames that
 * neither says a place of lie on each other pixel by pixel where they have the same rows and columns.
 */
export function laidOn(upper: Ground, lower: Ground): Matrix | Mismatch {
  const [of, on] = [upper.frameOfReferenceUid, lower.frameOfReferenceUid];
  if (of !== undefined && on !== undefined && of !== on) return 'frame-of-reference';
  if (upper.plane === undefined && lower.plane === undefined) {
    return upper.rows === lower.rows && upper.columns === lower.columns ? [1, 0, 0, 1, 0, 0] : 'size';
  }
  if (upper.plane === undefined || lower.plane === undefined) return 'unplaced';
  return planeOn(upper.plane, lower.plane);
}

function planeOn(upper: Plane, lower: Plane): Matrix | Mismatch {
  const normal = cross(lower.right, lower.down);
  if (Math.abs(dot(cross(upper.right, upper.down), normal)) < limits.parallelCosine) return 'tilted';
  const offset = upper.position.map((value, axis) => value - lower.position[axis]!) as Vector;
  if (Math.abs(dot(offset, normal)) > Math.min(upper.thicknessMm, lower.thicknessMm) / 2) return 'elsewhere';
  const across = (vector: Vector, mm: number) => (dot(vector, lower.right) * mm) / lower.acrossMm;
  const downwards = (vector: Vector, mm: number) => (dot(vector, lower.down) * mm) / lower.downMm;
  const [a, b] = [across(upper.right, upper.acrossMm), downwards(upper.right, upper.acrossMm)];
  const [c, d] = [across(upper.down, upper.downMm), downwards(upper.down, upper.downMm)];
  // Positions are of the middles of pixels, those of a canvas of their corners.
  const [e, f] = [across(offset, 1) + 0.5 - (a + c) / 2, downwards(offset, 1) + 0.5 - (b + d) / 2];
  return [a, b, c, d, e, f];
}

const dot = (one: Vector, other: Vector): number => one[0] * other[0] + one[1] * other[1] + one[2] * other[2];
const length = (vector: Vector): number => Math.sqrt(dot(vector, vector));

const cross = ([ax, ay, az]: Vector, [bx, by, bz]: Vector): Vector => [
  ay * bz - az * by,
  az * bx - ax * bz,
  ax * by - ay * bx,
];
