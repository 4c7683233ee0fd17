// When each plane of a volume was excited, in seconds from the first, in ascending order along the normal. BIDS SliceTiming.

import { dateTimeInterval, timeInterval } from '../../dicom/date-time.ts';
import type { Fact, FactSource } from '../fact.ts';
import type { Description } from './description.ts';
import { fact } from './dialect.ts';
import type { Frame } from './frame.ts';
import type { Attribute } from './private-tag.ts';
import type { Series } from './series.ts';

const ATTRIBUTE = 'SliceTiming';

/** Nothing where all planes have the same time: then the time is that of the volume. */
export function timingFact(
  seconds: readonly number[],
  sources: readonly FactSource[],
  reason: string,
  confidence = 1,
): Fact[] {
  const earliest = Math.min(...seconds);
  const times = seconds.map((time) => Math.round((time - earliest) * 1e6) / 1e6);
  if (times.length < 2 || !times.some((time) => time > 0)) return [];
  return [fact(ATTRIBUTE, times, sources, reason, confidence)];
}

/** From the first of these elements that every plane of a volume has: DT, TM, or seconds of a private element. */
export function slicesByTime(series: Series, elements: readonly Attribute[]): Fact[] {
  if (series.slices < 2) return [];
  for (const element of elements) {
    const times = settled(series.volumes.slice(0, 2).map((planes) => timesOf(planes, element, series.slices)));
    if (times === undefined || span(times) > repetitionSeconds(series)) continue;
    const source = series.first.frame.source(element);
    const facts = timingFact(times, [source], 'each plane has the time it was taken');
    if (facts.length > 0) return facts;
  }
  return [];
}

function timesOf(planes: readonly Description[], element: Attribute, slices: number): number[] | undefined {
  const times = planes.map(({ frame }) => secondsOf(frame, element));
  return times.length !== slices || times.includes(undefined) ? undefined : (times as number[]);
}

/** Of the times of the first two volumes: a sequence may find its rhythm with the second, and the first is out of it then. */
export function settled<T extends readonly number[]>([first, second]: readonly (T | undefined)[]): T | undefined {
  if (first === undefined || second === undefined) return first;
  const alike = Math.abs(span(first) - span(second)) < SAME_SPAN;
  return alike ? first : second;
}

const SAME_SPAN = 1e-6;

/** Times beyond one repetition are not those of one volume: it was taken in several packages, or is no 2D volume. */
const repetitionSeconds = ({ first }: Series): number =>
  (first.number('RepetitionTime') ?? Number.POSITIVE_INFINITY) / 1000;

const span = (times: readonly number[]): number => Math.max(...times) - Math.min(...times);

function secondsOf(frame: Frame, element: Attribute): number | undefined {
  const text = frame.text(element);
  if (text === undefined) return undefined;
  if (typeof element === 'object') return frame.number(element);
  const moment = /DateTime$/.test(String(element)) ? dateTimeInterval(text) : timeInterval(text);
  return moment === undefined ? undefined : moment.from / 1e6;
}

/** Order in which planes are excited: all in turn, or every other one first. */
export interface Excitation {
  interleaved: boolean;
  /** Of an even number of planes, Siemens begins with the second. */
  secondFirst?: boolean;
}

/** When each of `count` excitations, spread evenly over `seconds`, takes place, by place. */
export function evenTimes(count: number, seconds: number, { interleaved, secondFirst }: Excitation): number[] {
  const step = seconds / count;
  if (!interleaved) return Array.from({ length: count }, (_, place) => place * step);
  const leading = secondFirst ? 1 : 0;
  const inFirstPass = Math.ceil((count - leading) / 2);
  return Array.from({ length: count }, (_, place) => {
    const turn = Math.floor(place / 2);
    return (place % 2 === leading ? turn : inFirstPass + turn) * step;
  });
}

/** Whether all lines are read after one excitation, or a few: echo planar imaging, classic or enhanced. */
export const isEchoPlanar = (description: Description): boolean =>
  description.texts('ScanningSequence').includes('EP') || description.text('EchoPlanarPulseSequence') === 'YES';
