// Quantities that no standard attribute has but that private elements do: places and turns of an image within its series.

import { timeInterval } from '../../dicom/date-time.ts';
import type { Frame } from '../acquisition/frame.ts';
import { dot, planeOf, positionOf } from '../acquisition/geometry.ts';
import type { Values } from './observations.ts';

/** For each frame, by name. */
export function derivedQuantities(frames: readonly Frame[]): Map<string, Values>[] {
  const found = frames.map(() => new Map<string, Values>());
  for (const series of bySeries(frames).values()) addOfSeries(series, frames, found);
  return found;
}

function bySeries(frames: readonly Frame[]): Map<string, number[]> {
  const series = new Map<string, number[]>();
  frames.forEach((frame, i) => {
    const uid = frame.text('SeriesInstanceUID') ?? '';
    const members = series.get(uid) ?? [];
    series.set(uid, members);
    members.push(i);
  });
  return series;
}

function addOfSeries(members: readonly number[], frames: readonly Frame[], found: Map<string, Values>[]): void {
  const heights = members.map((i) => heightOf(frames[i]!));
  const places = [...new Set(heights.filter((height) => height !== undefined))].toSorted((a, b) => a - b);
  const starts = members.map((i) => timeInterval(frames[i]!.text('AcquisitionTime') ?? '')?.from);
  const first = Math.min(...starts.filter((start) => start !== undefined));
  members.forEach((i, at) => {
    const [height, start] = [heights[at], starts[at]];
    if (height !== undefined) {
      found[i]!.set('PositionAlongNormal', [height]);
      if (places.length > 1) found[i]!.set('PlaceInStack', [places.indexOf(height) + 1]);
    }
    found[i]!.set('InstancesOfSeries', [members.length]);
    if (places.length > 1) found[i]!.set('PlacesOfSeries', [places.length]);
    if (start !== undefined) found[i]!.set('SecondsFromFirstImage', [(start - first) / 1e6]);
  });
}

/** In mm, to the micrometre: two planes at one place differ by less. */
function heightOf(frame: Frame): number | undefined {
  const [position, plane] = [positionOf(frame), planeOf(frame)];
  return position && plane && Math.round(dot(position, plane.normal) * 1000) / 1000;
}
