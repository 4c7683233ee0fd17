// Frames put together as one acquisition: what belongs into one image of three or four dimensions, its planes in order
// along their normal and its volumes in the order they were taken. A DICOM series may hold several: each echo, each
// orientation of a localizer, magnitude and phase.

import { Problem } from '../../base/problem.ts';
import type { DataSet } from '../../dicom/dataset.ts';
import { Description } from './description.ts';
import type { Tiles, Vendor } from './dialect.ts';
import { type Frame, framesOf } from './frame.ts';
import { dot, type Plane, positionOf } from './geometry.ts';
import { limits } from './limits.ts';

export interface Series {
  vendor: Vendor;
  /** The first plane that was taken: of what is the same for all of them. */
  first: Description;
  plane: Plane | undefined;
  /** In the order they were taken; each has its planes in ascending order along the normal. */
  volumes: readonly (readonly Description[])[];
  /** Where each frame is a volume of its own. */
  tiles: Tiles | undefined;
  /** Planes of a volume. */
  slices: number;
}

/** What every image has (PS3.3 C.7.6.1, C.7.6.3); protocols and raw data of vendors lack some of it. */
const image = ['ImageType', 'Rows', 'Columns', 'BitsAllocated'];

/** Of the objects of any number of DICOM series; those that are no images are passed over. Throws dicom/limit. */
export function seriesOf(objects: Iterable<DataSet>): Series[] {
  const groups = new Map<string, Description[]>();
  let count = 0;
  for (const object of objects) {
    if (!image.every((keyword) => object.has(keyword))) continue;
    const frames = framesOf(object);
    count += frames.length;
    if (count > limits.framesOfSeries) throw new Problem('dicom/limit', { limit: 'framesOfSeries', offset: 0 });
    for (const frame of frames) {
      const description = new Description(frame);
      const key = groupOf(description);
      const group = groups.get(key) ?? [];
      groups.set(key, group);
      group.push(description);
    }
  }
  return [...groups.values()].map(seriesOfGroup).toSorted(bySeriesNumber);
}

/** What must be alike for frames to be one image. */
function groupOf({ frame, plane }: Description): string {
  const type = frame.texts('FrameType');
  const kinds = (type.length > 0 ? type : frame.texts('ImageType')).slice(0, 4);
  const directions = plane ? [...plane.row, ...plane.column].map((cosine) => cosine.toFixed(2)) : [];
  return [
    frame.text('SeriesInstanceUID'),
    frame.number('Rows'),
    frame.number('Columns'),
    frame.number('EchoTime') || frame.number('EffectiveEchoTime'),
    frame.text('ComplexImageComponent'),
    ...kinds,
    // Minus zero is zero.
    ...directions.map((cosine) => cosine.replace('-0.00', '0.00')),
  ].join('|');
}

function seriesOfGroup(group: Description[]): Series {
  const taken = group
    .map((description) => ({ description, order: orderOf(description.frame) }))
    .toSorted((a, b) => compared(a.order, b.order))
    .map(({ description }) => description);
  const first = taken[0]!;
  const { plane, dialect } = first;
  const tiles = dialect.tiles?.(first);
  if (tiles !== undefined || plane === undefined) {
    const volumes = taken.map((description) => [description]);
    return { vendor: dialect.vendor, first, plane, volumes, tiles, slices: tiles?.count ?? 1 };
  }
  const volumes = volumesOf(taken, plane);
  return {
    vendor: dialect.vendor,
    first,
    plane,
    volumes,
    tiles,
    slices: Math.max(...volumes.map((one) => one.length)),
  };
}

/** The n-th time that something was taken at a place belongs to the n-th volume. */
function volumesOf(taken: readonly Description[], { normal }: Plane): Description[][] {
  const seen = new Map<number, number>();
  const volumes: { height: number; description: Description }[][] = [];
  for (const description of taken) {
    const position = positionOf(description.frame);
    const height = position === undefined ? 0 : dot(position, normal);
    const place = Math.round(height * 100);
    const volume = seen.get(place) ?? 0;
    seen.set(place, volume + 1);
    volumes[volume] ??= [];
    volumes[volume].push({ height, description });
  }
  return volumes.map((volume) => volume.toSorted((a, b) => a.height - b.height).map(({ description }) => description));
}

/** By Instance Number, and within an enhanced object as its dimensions say (PS3.3 C.7.6.17), the place in the stack left out. */
function orderOf(frame: Frame): number[] {
  const { object } = frame;
  const stack = object.items('DimensionIndexSequence').map((item) => item.text('DimensionIndexPointer'));
  const indices = frame.numbers('DimensionIndexValues').filter((_, i) => !placeInStack.has(stack[i] ?? ''));
  return [object.number('InstanceNumber') ?? 0, ...indices, frame.index];
}

/** In-Stack Position Number, Image Position (Patient). */
const placeInStack = new Set(['00209057', '00200032']);

function compared(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}

const bySeriesNumber = (a: Series, b: Series): number =>
  (a.first.number('SeriesNumber') ?? 0) - (b.first.number('SeriesNumber') ?? 0) ||
  (a.first.number('EchoTime') ?? 0) - (b.first.number('EchoTime') ?? 0);
