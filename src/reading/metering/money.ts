// Amounts of a currency (ISO 4217), in its smallest unit.

import { type Decimal, decimalText, rounded } from './decimal.ts';

/** Currencies whose smallest unit is not a hundredth: ISO 4217, list one. */
const places: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ').map((code) => [code, 0]),
  ),
  ...Object.fromEntries('BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3])),
};

const USUAL_PLACES = 2;

export const minorPlaces = (currency: string): number => places[currency] ?? USUAL_PLACES;

/** Rounded to the smallest unit, once. */
export const minorOf = (amount: Decimal, currency: string): bigint => rounded(amount, minorPlaces(currency));

/** `12.50`, without the currency. */
export const amountText = (minor: bigint, currency: string): string =>
  decimalText({ digits: minor, places: minorPlaces(currency) });
