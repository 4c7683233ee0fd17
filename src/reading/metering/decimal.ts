// Money and quantities, exactly: decimal text outside, integers of a power of ten inside. Nothing here is ever a float.

import { Problem } from '../../base/problem.ts';

/** `digits` × 10^-`places`. */
export interface Decimal {
  digits: bigint;
  places: number;
}

export const limits = {
  /** Digits behind the point of what is typed in. */
  places: 6,
  /** Characters of it. */
  characters: 24,
} as const;

export const one: Decimal = { digits: 1n, places: 0 };

/** Throws request/malformed. */
export function decimalOf(text: string): Decimal {
  const [, sign, whole, part = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === undefined || part.length > limits.places || text.length > limits.characters) {
    throw new Problem('request/malformed', { reason: 'an amount is decimal text such as 12.50' });
  }
  return { digits: BigInt(`${sign}${whole}${part}`), places: part.length };
}

export const wholeOf = (number: number | bigint): Decimal => ({ digits: BigInt(number), places: 0 });

export const times = (...factors: readonly Decimal[]): Decimal =>
  factors.reduce(
    (product, { digits, places }) => ({
      digits: product.digits * digits,
      places: product.places + places,
    }),
    one,
  );

export function plus(a: Decimal, b: Decimal): Decimal {
  const places = Math.max(a.places, b.places);
  return { digits: scaled(a, places) + scaled(b, places), places };
}

const scaled = ({ digits, places }: Decimal, to: number): bigint => digits * 10n ** BigInt(to - places);

/** In units of 10^-`places`; a half goes to the even neighbour, so that many of them favour nobody. */
export function rounded(value: Decimal, places: number): bigint {
  if (value.places <= places) return scaled(value, places);
  const step = 10n ** BigInt(value.places - places);
  const sign = value.digits < 0n ? -1n : 1n;
  const size = value.digits * sign;
  const [quotient, rest] = [size / step, size % step];
  const isUp = rest * 2n > step || (rest * 2n === step && quotient % 2n === 1n);
  return sign * (isUp ? quotient + 1n : quotient);
}

/** As text with all of its places: 1250n of two places is `12.50`. */
export function decimalText({ digits, places }: Decimal): string {
  const sign = digits < 0n ? '-' : '';
  const text = String(digits < 0n ? -digits : digits).padStart(places + 1, '0');
  return places === 0 ? `${sign}${text}` : `${sign}${text.slice(0, -places)}.${text.slice(-places)}`;
}
