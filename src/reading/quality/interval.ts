// How often a reader differs from who read again, with what so few readings can say: Wilson's score interval.

import { isDiscrepancy, type Review } from './review.ts';

export interface Rate {
  count: number;
  of: number;
  rate: number;
  /** 95 %. */
  low: number;
  high: number;
}

/** Quantile of the normal distribution that leaves 2.5 % on either side. */
const Z = 1.959963984540054;

/** 0 to 1 where there is nothing to go by. */
export function wilson(count: number, of: number): Rate {
  if (of === 0) return { count, of, rate: 0, low: 0, high: 1 };
  const rate = count / of;
  const centre = rate + (Z * Z) / (2 * of);
  const spread = Z * Math.sqrt((rate * (1 - rate)) / of + (Z * Z) / (4 * of * of));
  const scale = 1 + (Z * Z) / of;
  // What rounding leaves beside 0 and 1 is no rate.
  const [low, high] = [(centre - spread) / scale, (centre + spread) / scale];
  return { count, of, rate, low: count === 0 ? 0 : low, high: count === of ? 1 : high };
}

export interface ReaderQuality {
  reader: string;
  /** All that differ; those that matter for patients. */
  discrepancies: Rate;
  major: Rate;
  /** By why they were drawn: only `random` tells of all that a reader reads. */
  drawnAtRandom: Rate;
}

/** Of closed reviews, by author. */
export function qualityOfReaders(reviews: readonly Review[]): ReaderQuality[] {
  const closed = Map.groupBy(
    reviews.filter(({ state }) => state === 'closed'),
    ({ author }) => author,
  );
  return [...closed]
    .map(([reader, of]) => {
      const random = of.filter(({ why }) => why === 'random');
      const found = of.filter(isDiscrepancy);
      return {
        reader,
        discrepancies: wilson(found.length, of.length),
        major: wilson(found.filter(({ difference }) => difference === 'major').length, of.length),
        drawnAtRandom: wilson(random.filter(isDiscrepancy).length, random.length),
      };
    })
    .sort((one, other) => (one.reader < other.reader ? -1 : 1));
}
