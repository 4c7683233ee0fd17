// Display shutters: what lies outside their opening is covered. PS3.3 C.7.6.11 (rectangle, circle, polygon) and C.7.6.15
// (bitmap: an overlay whose set bits are covered).

import type { DataSet } from '../dicom/dataset.ts';
import { labToRgb } from './cielab.ts';
import type { Raster } from './raster.ts';

/** A point in rows and columns of the image, counted from 1. */
export interface ImagePoint {
  row: number;
  column: number;
}

export type Opening =
  | { shape: 'RECTANGULAR'; left: number; right: number; upper: number; lower: number }
  | { shape: 'CIRCULAR'; center: ImagePoint; radius: number }
  | { shape: 'POLYGONAL'; vertices: ImagePoint[] };

export interface Shutter {
  /** A pixel is seen where it lies in all openings. */
  openings: Opening[];
  /** The overlay group whose set bits cover pixels. */
  overlayGroup?: number;
  gray: number;
  rgb: [number, number, number];
}

export const limits = {
  /** Openings of one shutter: the standard has three shapes. */
  openings: 3,
  /** Corners of a polygonal opening; one of more is not followed, since each pixel is compared with each side. */
  vertices: 1_000,
};

/** The shutter of an image or a presentation state; undefined where it has none. */
export function shutterOf(dataset: DataSet): Shutter | undefined {
  const openings = dataset
    .texts('ShutterShape')
    .slice(0, limits.openings)
    .flatMap((shape) => openingOf(dataset, shape) ?? []);
  const overlayGroup = dataset.number('ShutterOverlayGroup');
  if (openings.length === 0 && overlayGroup === undefined) return undefined;
  const gray = Math.round((dataset.number('ShutterPresentationValue') ?? 0) / 257);
  const lab = dataset.numbers('ShutterPresentationColorCIELabValue');
  return { openings, overlayGroup, gray, rgb: lab.length === 3 ? labToRgb(lab) : [gray, gray, gray] };
}

function openingOf(dataset: DataSet, shape: string): Opening | undefined {
  const edge = (key: string, whenAbsent: number) => dataset.number(key) ?? whenAbsent;
  switch (shape) {
    case 'RECTANGULAR':
      return {
        shape,
        left: edge('ShutterLeftVerticalEdge', 1),
        right: edge('ShutterRightVerticalEdge', Number.MAX_SAFE_INTEGER),
        upper: edge('ShutterUpperHorizontalEdge', 1),
        lower: edge('ShutterLowerHorizontalEdge', Number.MAX_SAFE_INTEGER),
      };
    case 'CIRCULAR': {
      const [center] = pointsOf(dataset.numbers('CenterOfCircularShutter'));
      const radius = dataset.number('RadiusOfCircularShutter');
      return center === undefined || radius === undefined ? undefined : { shape, center, radius };
    }
    case 'POLYGONAL': {
      const vertices = pointsOf(dataset.numbers('VerticesOfThePolygonalShutter'));
      return vertices.length < 3 || vertices.length > limits.vertices ? undefined : { shape, vertices };
    }
    default:
      return undefined;
  }
}

/** Pairs of row and column. */
function pointsOf(numbers: readonly number[]): ImagePoint[] {
  const points: ImagePoint[] = [];
  for (let i = 0; i + 1 < numbers.length; i += 2) points.push({ row: numbers[i]!, column: numbers[i + 1]! });
  return points;
}

/** Covers what lies outside. `bitmap` is the overlay of a bitmap shutter, by row and column from 0. */
export function applyShutter(
  raster: Raster,
  shutter: Shutter,
  pixelAspect: number,
  bitmap?: (row: number, column: number) => boolean,
): void {
  const { width, height, channels, data } = raster;
  const isOpen = shutter.openings.map((opening) => openingTest(opening, pixelAspect));
  const cover = channels === 1 ? [shutter.gray] : shutter.rgb;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      if (isOpen.every((test) => test(row + 1, column + 1)) && !bitmap?.(row, column)) continue;
      data.set(cover, (row * width + column) * channels);
    }
  }
}

function openingTest(opening: Opening, pixelAspect: number): (row: number, column: number) => boolean {
  switch (opening.shape) {
    case 'RECTANGULAR': {
      const { left, right, upper, lower } = opening;
      return (row, column) => column >= left && column <= right && row >= upper && row <= lower;
    }
    case 'CIRCULAR': {
      // C.7.6.11: the radius counts pixels along a row; where pixels are not square, rows are taller or less tall.
      const { center, radius } = opening;
      return (row, column) => ((row - center.row) * pixelAspect) ** 2 + (column - center.column) ** 2 <= radius ** 2;
    }
    case 'POLYGONAL':
      return (row, column) => isInside(opening.vertices, row, column);
  }
}

/** Counts the edges a line to the right crosses. */
function isInside(vertices: readonly ImagePoint[], row: number, column: number): boolean {
  let inside = false;
  for (let i = 0, j = vertices.length - 1; i < vertices.length; j = i++) {
    const a = vertices[i]!;
    const b = vertices[j]!;
    if (a.row > row === b.row > row) continue;
    if (column < ((b.column - a.column) * (row - a.row)) / (b.row - a.row) + a.column) inside = !inside;
  }
  return inside;
}
