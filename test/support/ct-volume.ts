// A CT of a made-up body: what its planes and projections look like is known from the body alone.

import type { Raster } from '../../src/pixels/raster.ts';
import { freshUid, makeInstance } from './instances.ts';

/** Odd: the plane in the middle is one of voxels. */
const voxels = { x: 97, y: 81, z: 49 };
/** In mm, along the axes of the patient. */
const spacing = { x: 2, y: 2, z: 3 };
const size = {
  x: (voxels.x - 1) * spacing.x,
  y: (voxels.y - 1) * spacing.y,
  z: (voxels.z - 1) * spacing.z,
};
const window = { center: 40, width: 400 };
const INTERCEPT = -1024;

export type Axis = 'x' | 'y' | 'z';
type Point = Record<Axis, number>;

/** First and last voxel, in mm. */
export const corners: readonly [Point, Point] = [{ x: 0, y: 0, z: 0 }, size];

/** In Hounsfield units, at a point in mm: nothing in it is like its mirror image along any axis. */
function body({ x, y, z }: Point): number {
  const within = (center: Point, radius: Point): boolean =>
    ((x - center.x) / radius.x) ** 2 + ((y - center.y) / radius.y) ** 2 + ((z - center.z) / radius.z) ** 2 < 1;
  if (within({ x: 130, y: 60, z: 100 }, { x: 14, y: 14, z: 14 })) return 190;
  if (Math.hypot(x - 90, y - 115) < 12) return 160;
  if (within({ x: 62, y: 70, z: 70 }, { x: 26, y: 30, z: 50 })) return -150;
  return within({ x: 96, y: 80, z: 60 }, { x: 88, y: 66, z: 120 }) ? 50 : -1000;
}

/** The slices as Part 10 files, from the feet up. */
export function volumeFiles(): { studyInstanceUid: string; files: Uint8Array[] } {
  const [studyInstanceUid, seriesInstanceUid] = [freshUid(), freshUid()];
  const files = Array.from({ length: voxels.z }, (_, slice) => {
    const samples = new Uint16Array(voxels.x * voxels.y);
    for (let at = 0; at < samples.length; at++) {
      const [column, row] = [at % voxels.x, Math.floor(at / voxels.x)];
      samples[at] = body({ x: column * spacing.x, y: row * spacing.y, z: slice * spacing.z }) - INTERCEPT;
    }
    const attributes = {
      InstanceNumber: String(slice + 1),
      ImagePositionPatient: ['0', '0', String(slice * spacing.z)],
      SliceThickness: String(spacing.z),
      PixelSpacing: [String(spacing.y), String(spacing.x)],
      RescaleIntercept: String(INTERCEPT),
      WindowCenter: String(window.center),
      WindowWidth: String(window.width),
      PixelData: new Uint8Array(samples.buffer),
    };
    const wanted = { studyInstanceUid, seriesInstanceUid, rows: voxels.y, columns: voxels.x, attributes };
    return makeInstance(wanted).file;
  });
  return { studyInstanceUid, files };
}

/** How a plane lies on the screen: an axis to the right, one downwards. */
const planes: Record<Axis, { across: Axis; down: Axis; isUpwards: boolean }> = {
  x: { across: 'y', down: 'z', isUpwards: true },
  y: { across: 'x', down: 'z', isUpwards: true },
  z: { across: 'x', down: 'y', isUpwards: false },
};

/** The plane across an axis through the middle of the volume, one pixel to the mm, as its window shows it. */
export const middlePlane = (axis: Axis): Raster => picture(axis, () => [size[axis] / 2]);

/** The brightest that lies along an axis, seen along it. */
export const projection = (axis: Axis): Raster =>
  picture(axis, () => Array.from({ length: voxels[axis] }, (_, at) => at * spacing[axis]));

function picture(axis: Axis, depths: () => number[]): Raster {
  const { across, down, isUpwards } = planes[axis];
  const [width, height] = [size[across], size[down]];
  const data = new Uint8Array(width * height);
  for (let at = 0; at < data.length; at++) {
    // Pixels have middles.
    const [right, below] = [(at % width) + 0.5, Math.floor(at / width) + 0.5];
    const point = { [across]: right, [down]: isUpwards ? height - below : below } as unknown as Point;
    data[at] = shade(Math.max(...depths().map((depth) => body({ ...point, [axis]: depth }))));
  }
  return { width, height, channels: 1, data };
}

/** PS3.3 C.11.2.1.2.1. */
function shade(value: number): number {
  const share = (value - (window.center - 0.5)) / (window.width - 1) + 0.5;
  return Math.round(Math.min(Math.max(share, 0), 1) * 255);
}
