// What instances say side by side: each private element, and each standard attribute and derived quantity it might follow.

import type { DataSet } from '../../dicom/dataset.ts';
import { entryOf } from '../../dicom/dictionary.ts';
import { elementOf, groupOf, isPrivate, isPrivateCreator } from '../../dicom/tag.ts';
import type { VR } from '../../dicom/vr.ts';
import { type Frame, framesOf } from '../acquisition/frame.ts';
import { type PrivateTag, printPrivateTag } from '../acquisition/private-tag.ts';
import { derivedQuantities } from './derived-quantities.ts';

/** Numbers where all values of an element are numbers, else texts; never empty. */
export type Values = readonly number[] | readonly string[];

export interface Observation {
  seriesInstanceUid: string;
  /** By `printPrivateTag`. */
  privates: ReadonlyMap<string, Values>;
  /** By keyword of PS3.6, or by the name of a derived quantity. */
  features: ReadonlyMap<string, Values>;
}

export interface Observations {
  rows: readonly Observation[];
  /** Every private element that some instance has. */
  tags: ReadonlyMap<string, PrivateTag>;
}

export const limits = {
  /** Instances that are looked at; more of them change no proposal. */
  instances: 5_000,
  /** Bytes of a value; what is longer is no attribute but a block of them. */
  valueBytes: 256,
} as const;

export function observe(objects: Iterable<DataSet>): Observations {
  const tags = new Map<string, PrivateTag>();
  const frames: Frame[] = [];
  for (const object of objects) {
    if (frames.length >= limits.instances) break;
    const [first] = framesOf(object);
    if (first !== undefined) frames.push(first);
  }
  const derived = derivedQuantities(frames);
  const rows = frames.map((frame, i): Observation => {
    const privates = privateValues(frame, tags);
    const features = new Map([...standardValues(frame), ...derived[i]!]);
    return { seriesInstanceUid: frame.text('SeriesInstanceUID') ?? '', privates, features };
  });
  return { rows, tags };
}

function privateValues(frame: Frame, tags: Map<string, PrivateTag>): Map<string, Values> {
  const found = new Map<string, Values>();
  for (const { tag, vr, value } of frame.object.elements.values()) {
    const creator = isPrivate(tag) && !isPrivateCreator(tag) ? frame.object.privateCreator(tag) : undefined;
    if (creator === undefined || !isShort(value)) continue;
    const owned: PrivateTag = { creator, group: groupOf(tag), element: elementOf(tag) & 0xff, vr };
    const values = valuesOf(frame, owned);
    if (values === undefined) continue;
    const key = printPrivateTag(owned);
    tags.set(key, owned);
    found.set(key, values);
  }
  return found;
}

/** Groups that describe how an image was made. Others say whose it is, which no evidence may show. */
const telling = new Set([0x0008, 0x0018, 0x0020, 0x0028, 0x0054, 0x300a]);

const numeric = new Set<VR>(['DS', 'IS', 'FD', 'FL', 'SL', 'SS', 'SV', 'UL', 'US', 'UV']);

/** Of texts only terms (CS), and the short names of how an image was made: what a person has written may be about one. */
function tells(tag: number, vr: VR): boolean {
  const group = groupOf(tag);
  return telling.has(group) && (numeric.has(vr) || vr === 'CS' || (vr === 'SH' && group === 0x0018));
}

function* standardValues(frame: Frame): Generator<[string, Values]> {
  for (const { tag, vr } of frame.described()) {
    const keyword = tells(tag, vr) ? entryOf(tag)?.keyword : undefined;
    const values = keyword ? valuesOf(frame, tag) : undefined;
    if (values === undefined) continue;
    yield [keyword!, values];
    // A vendor may give each component an element of its own. Counted from 1, as items of a path are.
    if (values.length > 1) for (const [i, one] of values.entries()) yield [`${keyword}[${i + 1}]`, [one] as Values];
  }
}

function valuesOf(frame: Frame, attribute: PrivateTag | number): Values | undefined {
  const numbers = frame.numbers(attribute);
  if (numbers.length > 0 && numbers.every(Number.isFinite)) return numbers;
  const texts = frame.texts(attribute);
  return texts.length === 0 || texts.every((text) => text === '') ? undefined : texts;
}

const isShort = (value: unknown): boolean =>
  value instanceof Uint8Array && value.length > 0 && value.length <= limits.valueBytes;
