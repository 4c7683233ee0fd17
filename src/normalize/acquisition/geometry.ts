// Where planes lie (PS3.3 C.7.6.2), and directions between the patient's axes and those of an image as BIDS and FSL count
// them: i along a row, j against the columns (NIfTI stores rows from the bottom up), k along the normal.

import type { Frame } from './frame.ts';

export type Vector = readonly [number, number, number];

export interface Plane {
  /** Direction cosines of a row, to the right of the image (PS3.3 C.7.6.2.1.1); patient axes: left, posterior, head. */
  row: Vector;
  /** Of a column, down the image. */
  column: Vector;
  normal: Vector;
}

export const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

export const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

/** Undefined for a vector without a direction. */
export function unit(vector: Vector): Vector | undefined {
  const length = Math.hypot(...vector);
  return length < 1e-6 || !Number.isFinite(length) ? undefined : scaled(vector, 1 / length);
}

export const scaled = (v: Vector, by: number): Vector => [v[0] * by, v[1] * by, v[2] * by];

export const vectorOf = (numbers: readonly number[]): Vector | undefined =>
  numbers.length === 3 && numbers.every(Number.isFinite) ? (numbers as unknown as Vector) : undefined;

export function planeOf(frame: Frame): Plane | undefined {
  const cosines = frame.numbers('ImageOrientationPatient');
  const row = vectorOf(cosines.slice(0, 3));
  const column = vectorOf(cosines.slice(3, 6));
  const [along, down] = [row && unit(row), column && unit(column)];
  return along && down && { row: along, column: down, normal: cross(along, down) };
}

export const positionOf = (frame: Frame): Vector | undefined => vectorOf(frame.numbers('ImagePositionPatient'));

/** The patient axis that a direction is closest to: 0 left-right, 1 anterior-posterior, 2 foot-head. */
export function nearestAxis(direction: Vector): 0 | 1 | 2 {
  const sizes = direction.map(Math.abs) as [number, number, number];
  if (sizes[2] >= sizes[0] && sizes[2] >= sizes[1]) return 2;
  return sizes[1] > sizes[0] ? 1 : 0;
}

/** Components of a direction in the patient along i, j and k of the image. */
export const imageDirection = (direction: Vector, { row, column, normal }: Plane): Vector => [
  dot(direction, row),
  -dot(direction, column),
  dot(direction, normal),
];

/** The inverse of `imageDirection`. */
export const patientDirection = ([i, j, k]: Vector, { row, column, normal }: Plane): Vector => [
  i * row[0] - j * column[0] + k * normal[0],
  i * row[1] - j * column[1] + k * normal[1],
  i * row[2] - j * column[2] + k * normal[2],
];
