// Which conversion, if any, makes the values of a feature of those of a private element, in every pair of them.

import type { Conversion } from '../acquisition/mapping.ts';
import type { Values } from './observations.ts';

/** What a private element and a feature say of one instance, or of all instances of a series that say the same. */
export type Pair = readonly [element: Values, feature: Values];

export interface Fit {
  conversion: Conversion;
  /** What had to be learnt from the pairs themselves, in pairs' worth. */
  learnt: number;
  /** How far from the plainest reading, in bits: a prior against it. */
  strangeness: number;
}

/** The plainest that holds for all pairs; undefined where none does. */
export function fit(pairs: readonly Pair[]): Fit | undefined {
  // Nearly all attributes have nothing to do with an element, which a few pairs show.
  if (pairs.length > FEW && fitted(pairs.slice(0, FEW)) === undefined) return undefined;
  return fitted(pairs);
}

const FEW = 8;

function fitted(pairs: readonly Pair[]): Fit | undefined {
  for (const attempt of attempts) {
    const found = attempt(pairs);
    if (found !== undefined) return found;
  }
  return undefined;
}

const attempts: readonly ((pairs: readonly Pair[]) => Fit | undefined)[] = [
  same,
  item,
  scaled,
  reciprocal,
  within,
  shifted,
  terms,
];

function same(pairs: readonly Pair[]): Fit | undefined {
  const equal = pairs.every(([a, b]) => a.length === b.length && a.every((one, i) => isSame(one, b[i]!)));
  return equal ? { conversion: { kind: 'same' }, learnt: 0, strangeness: 0 } : undefined;
}

function item(pairs: readonly Pair[]): Fit | undefined {
  const index = indices(pairs).find((at) => pairs.every(([a, b]) => b.length === 1 && isSame(a[at], b[0]!)));
  return index === undefined ? undefined : { conversion: { kind: 'item', index }, learnt: 0, strangeness: 2 };
}

/** Units differ by powers of ten, hours and minutes by 60; other factors are met, but seldom. */
const USUAL_SCALES = [
  1e3,
  1e-3,
  1e6,
  1e-6,
  1e9,
  1e-9,
  1e7,
  1e-7,
  1e4,
  1e-4,
  10,
  0.1,
  100,
  0.01,
  60,
  1 / 60,
  2,
  0.5,
  -1,
];

function scaled(pairs: readonly Pair[]): Fit | undefined {
  for (const index of indices(pairs)) {
    const known = pairs.find(([a, b]) => isNumber(a[index]) && a[index] !== 0 && isNumber(b[0]) && b[0] !== 0);
    if (known === undefined) continue;
    const ratio = (known[1][0] as number) / (known[0][index] as number);
    const usual = USUAL_SCALES.find((one) => isSame(one, ratio));
    const scale = usual ?? ratio;
    if (!pairs.every(([a, b]) => b.length === 1 && isNumber(a[index]) && isSame((a[index] as number) * scale, b[0]!)))
      continue;
    const conversion: Conversion = { kind: 'linear', scale, ...(index > 0 && { index }) };
    return usual === undefined
      ? { conversion, learnt: 1, strangeness: 8 }
      : { conversion, learnt: 0.5, strangeness: 3 };
  }
  return undefined;
}

function reciprocal(pairs: readonly Pair[]): Fit | undefined {
  const index = indices(pairs).find((at) =>
    pairs.every(([a, b]) => b.length === 1 && isNumber(a[at]) && a[at] !== 0 && isClose(1 / (a[at] as number), b[0]!)),
  );
  return index === undefined ? undefined : { conversion: { kind: 'reciprocal', index }, learnt: 0, strangeness: 4 };
}

/** Reciprocals are written with few digits: [0.666667] of 1.5. */
const isClose = (a: number, b: unknown): boolean => isNumber(b) && Math.abs(a - b) <= 1e-5 * Math.abs(b);

function shifted(pairs: readonly Pair[]): Fit | undefined {
  const points = pairs.map(([a, b]) => [a[0], b[0]] as const);
  if (pairs.some(([, b]) => b.length !== 1) || !points.every(([x, y]) => isNumber(x) && isNumber(y))) return undefined;
  const numbers = points as readonly (readonly [number, number])[];
  const lowest = numbers.reduce((low, point) => (point[0] < low[0] ? point : low));
  const highest = numbers.reduce((high, point) => (point[0] > high[0] ? point : high));
  if (highest[0] === lowest[0]) return undefined;
  const scale = (highest[1] - lowest[1]) / (highest[0] - lowest[0]);
  const offset = lowest[1] - lowest[0] * scale;
  if (scale === 0 || !numbers.every(([x, y]) => isSame(x * scale + offset, y))) return undefined;
  return { conversion: { kind: 'linear', scale, offset }, learnt: 2, strangeness: isSame(scale, 1) ? 6 : 10 };
}

/** A number within a text, after the same few letters every time. */
function within(pairs: readonly Pair[]): Fit | undefined {
  const [text, wanted] = [String(pairs[0]![0][0]), pairs[0]![1][0]];
  if (isNumber(pairs[0]![0][0]) || !isNumber(wanted)) return undefined;
  for (const found of text.matchAll(/[\d.]+/g)) {
    if (!isSame(Number(found[0]), wanted)) continue;
    const before = text.slice(0, found.index).replace(/^.*[\d.]/, '');
    const anchor = before.length === found.index ? '^' : '';
    const pattern = `${anchor}${before.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}([\\d.]+)`;
    const expression = new RegExp(pattern);
    const holds = pairs.every(([a, b]) => isSame(Number(expression.exec(String(a[0]))?.[1] ?? Number.NaN), b[0]!));
    if (holds) return { conversion: { kind: 'within', pattern }, learnt: 0.5, strangeness: 3 };
  }
  return undefined;
}

/** One term of the vendor for one of the standard, and the other way round. */
function terms(pairs: readonly Pair[]): Fit | undefined {
  const there = new Map<string, string>();
  const back = new Map<string, string>();
  for (const [a, b] of pairs) {
    if (a.length !== 1 || b.length !== 1 || isNumber(b[0]) || there.size > MOST_TERMS) return undefined;
    const [own, standard] = [String(a[0]), b[0] as string];
    if ((there.get(own) ?? standard) !== standard || (back.get(standard) ?? own) !== own) return undefined;
    there.set(own, standard);
    back.set(standard, own);
  }
  const alike = [...there].every(([own, standard]) => own !== '' && standard.startsWith(own[0]!.toUpperCase()));
  return {
    conversion: { kind: 'terms', terms: Object.fromEntries(there) },
    learnt: there.size,
    strangeness: alike ? 5 : 12,
  };
}

/** A vendor has few words for a thing; what has more is text. */
const MOST_TERMS = 12;

/** Every place that all elements have, at most eight. */
function indices(pairs: readonly Pair[]): number[] {
  const length = Math.min(8, ...pairs.map(([a]) => a.length));
  return Array.from({ length }, (_, at) => at);
}

const isNumber = (value: unknown): value is number => typeof value === 'number';

/** Single precision and 16 characters of a DS are what numbers go through. */
const PRECISION = 2e-6;

function isSame(a: unknown, b: unknown): boolean {
  if (isNumber(a) && isNumber(b)) return Math.abs(a - b) <= PRECISION * Math.max(Math.abs(a), Math.abs(b)) + 1e-9;
  return String(a).toUpperCase() === String(b).toUpperCase();
}
