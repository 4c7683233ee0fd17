// The best level of two lists of dates, numbers, addresses or generations: how well the two agree at most.

import { compareDates } from './birth-date.ts';
import { digitsNear, lettersNear } from './contact.ts';
import { digitEdits } from './digit-edits.ts';
import { addressStride, digitsStride, formFlags, formStride, generationMask } from './facts.ts';

/** Levels of `date`. */
export const [dateSame, dateSwapped, dateTypo, dateYear, datePartial, dateNear, dateDifferent] = [
  1, 2, 3, 4, 5, 6, 7,
] as const;

/** Levels of `address`. */
export const [addressSame, addressMoved, addressSimilar] = [1, 2, 3] as const;

/** Where both have been seen with a whole date, a year alone cannot make up for their difference. */
export function bestDate(a: number[], b: number[]): number {
  let [best, bestWhole] = [0, 0];
  for (const one of a) {
    for (const other of b) {
      const level = compareDates(one, other);
      if (best === 0 || level < best) best = level;
      if (isWholeDate(one) && isWholeDate(other) && (bestWhole === 0 || level < bestWhole)) bestWhole = level;
    }
  }
  return bestWhole === 0 || best === dateSame ? best : bestWhole;
}

/** Not a year, nor the first of January that often stands for one. */
const isWholeDate = (date: number): boolean => date % 10_000 > 101;

export function sexLevel(a: number, b: number): number {
  const [plainA, plainB] = [a & 3, b & 3];
  if (plainA === 0 || plainB === 0) return 0;
  return (plainA & plainB) !== 0 ? 1 : 2;
}

export function bestDigits(a: number[], b: number[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  let best = 3;
  for (let i = 0; i < a.length; i += digitsStride) {
    for (let j = 0; j < b.length; j += digitsStride) {
      if (a[i] === b[j] && a[i + 1] === b[j + 1]) return 1;
      if (digitsNear(a[i]!, a[i + 1]!, b[j]!, b[j + 1]!)) best = 2;
    }
  }
  return best;
}

/** Who has been seen with another number too is known by neither: one of them is a relative's. */
export function nationalLevel(a: number[], b: number[]): number {
  const level = bestDigits(a, b);
  return level === 1 && (hasForeign(a, b) || hasForeign(b, a)) ? 0 : level;
}

/** Whether one of `numbers` is near none of `others`. */
function hasForeign(numbers: number[], others: number[]): boolean {
  for (let at = 0; at < numbers.length; at += digitsStride) {
    if (bestDigits(numbers.slice(at, at + digitsStride), others) === 3) return true;
  }
  return false;
}

/** Similar are house number and postal code as far as the streets are less: one of them in the same street, both in another. */
export function bestAddress(a: number[], b: number[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  let best: number = addressMoved;
  for (let i = 0; i < a.length; i += addressStride) {
    for (let j = 0; j < b.length; j += addressStride) {
      const [placeA, placeB] = [a[i + 3]!, b[j + 3]!];
      const sameStreet = a[i + 1] === b[j + 1];
      const sameHouse = a[i] === b[j] && a[i] !== 0;
      if (sameHouse && sameStreet && (placeA === placeB || placeA === 0 || placeB === 0)) return addressSame;
      if (placeA === 0) continue;
      const isNear = sameStreet || lettersNear(a[i + 2]!, b[j + 2]!);
      if (
        isNear
          ? nearness(a[i]!, b[j]!) + nearness(placeA, placeB) >= (sameStreet ? 2 : 3)
          : sameHouse && placeA === placeB
      )
        best = addressSimilar;
    }
  }
  return best;
}

/** 2 for one number, 1 for one with a slip of the keyboard, or where one of them is not said. */
function nearness(a: number, b: number): number {
  if (a === b) return a === 0 ? 0 : 2;
  return a === 0 || b === 0 || digitEdits(a, b) === 1 ? 1 : 0;
}

export function generationLevel(a: number[], b: number[]): number {
  let level = 0;
  for (let i = formFlags; i < a.length; i += formStride) {
    const one = a[i]! & generationMask;
    if (one === 0) continue;
    for (let j = formFlags; j < b.length; j += formStride) {
      const other = b[j]! & generationMask;
      if (other === one) return 1;
      if (other !== 0) level = 2;
    }
  }
  return level;
}

export function sharesAny(a: number[], b: number[]): boolean {
  for (const one of a) if (b.includes(one)) return true;
  return false;
}

/** Values that both lists hold, each once. */
export function countShared(a: number[], b: number[]): number {
  let shared = 0;
  for (let i = 0; i < a.length; i++) if (a.indexOf(a[i]!) === i && b.includes(a[i]!)) shared++;
  return shared;
}
