// Decimals of any length as text, exactly: what a number is, and what it covers with the precision it is written in (R4
// search.html#number). PostgreSQL's numeric reads every text made here.

import { isOfForm } from '../primitive.ts';

export const limits = {
  /** Characters of a decimal that is taken as it is written. */
  characters: 400,
  /** Of an exponent, either way. */
  exponent: 300,
} as const;

/** The number itself; one that is longer or further from 1 than anything measured, as near as a double comes. */
export function decimalOf(text: string): string {
  const exponent = Math.abs(Number(/[eE](.*)$/.exec(text)?.[1] ?? 0));
  if (text.length <= limits.characters && exponent <= limits.exponent) return text;
  return String(Number(text));
}

export interface DecimalRange {
  value: string;
  /** What is equal to it: from `low` up to but not including `high`. */
  low: string;
  high: string;
  /** What is approximately it: ten per cent about it, both ends included. */
  approximateLow: string;
  approximateHigh: string;
}

/** undefined where `text` is no decimal within the limits. */
export function decimalRangeOf(text: string): DecimalRange | undefined {
  if (text.length > limits.characters || !isOfForm('decimal', text)) return undefined;
  const [, sign, whole, fraction = '', exponent = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:[eE](.+))?$/.exec(text)!;
  if (Math.abs(Number(exponent)) > limits.exponent) return undefined;
  const digits = BigInt(`${sign}${whole}${fraction}`);
  // In tenths of its last digit.
  const scale = Number(exponent) - fraction.length - 1;
  const written = (tenths: bigint): string => `${tenths}e${scale}`;
  const [near, far] = digits < 0n ? [digits * 11n, digits * 9n] : [digits * 9n, digits * 11n];
  return {
    value: text,
    low: written(digits * 10n - 5n),
    high: written(digits * 10n + 5n),
    approximateLow: written(near),
    approximateHigh: written(far),
  };
}

/** Less than 0 where `one` is less than `other`; of those that index-value.ts has, with open ends. */
export function compareDecimals(one: string, other: string): number {
  const [a, b] = [partsOf(one), partsOf(other)];
  if (typeof a === 'number' || typeof b === 'number') return Math.sign(Number(a) - Number(b)) || 0;
  const exponent = Math.min(a.exponent, b.exponent);
  const whole = ({ digits, exponent: own }: Parts): bigint => digits * 10n ** BigInt(own - exponent);
  const difference = whole(a) - whole(b);
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}

interface Parts {
  digits: bigint;
  exponent: number;
  valueOf(): number;
}

function partsOf(text: string): Parts | number {
  const [, sign, whole, fraction = '', exponent = '0'] = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE](.+))?$/.exec(text) ?? [];
  if (whole === undefined) return Number(text);
  const digits = BigInt(`${sign === '-' ? '-' : ''}${whole}${fraction}`);
  return { digits, exponent: Number(exponent) - fraction.length, valueOf: () => Number(text) };
}
