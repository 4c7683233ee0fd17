// Numbers, quantities, money and ranges as what they cover (R4 search.html#number, #quantity).

import { isObject, isRawNumber, type JsonObject, type JsonValue, textOfNumber } from '../json.ts';
import { decimalOf } from './decimal.ts';
import type { Typed } from './expression.ts';
import type { IndexValue } from './index-value.ts';
import { textOf } from './token-values.ts';

/** What currencies are codes of (R4 datatypes.html#Money). */
const CURRENCIES = 'urn:iso:std:iso:4217';

export function quantitiesOf(parameter: string, { value, type }: Typed): IndexValue[] {
  if (typeof value === 'number' || isRawNumber(value)) {
    const number = textOf(numberOf(value));
    return [{ kind: 'quantity', parameter, low: number, high: number }];
  }
  if (!isObject(value)) return [];
  return (makers[type] ?? ofQuantity)(parameter, value);
}

const makers: Readonly<Record<string, (parameter: string, value: JsonObject) => IndexValue[]>> = {
  Money: (parameter, { value, currency }) =>
    ofQuantity(parameter, { value, unit: currency, system: CURRENCIES, code: currency }),
  Range(parameter, { low, high }) {
    const [from, to] = [low, high].map((each) => (isObject(each) ? ofQuantity(parameter, each)[0]! : undefined));
    if (from === undefined && to === undefined) return [];
    const range = { low: '-Infinity', high: 'Infinity' };
    if (from?.kind === 'quantity' && from.low !== undefined) range.low = from.low;
    if (to?.kind === 'quantity' && to.high !== undefined) range.high = to.high;
    return [{ ...(from ?? to!), ...range } as IndexValue];
  },
  // R4 says of no number that it is what samples amount to.
  SampledData: () => [],
};

function ofQuantity(parameter: string, { value, comparator, system, code, unit }: JsonObject): IndexValue[] {
  const number = numberOf(value);
  const isLess = comparator === '<' || comparator === '<=';
  const isMore = comparator === '>' || comparator === '>=';
  return [
    {
      kind: 'quantity',
      parameter,
      ...(number === undefined ? {} : { low: isLess ? '-Infinity' : number, high: isMore ? 'Infinity' : number }),
      ...ifSaid('system', system),
      ...ifSaid('code', code),
      ...ifSaid('unit', unit),
    },
  ];
}

const ifSaid = <N extends string>(name: N, value: JsonValue | undefined): { [name in N]?: string } => {
  const text = textOf(value);
  return (text === undefined ? {} : { [name]: text }) as { [name in N]?: string };
};

const numberOf = (value: JsonValue | undefined): string | undefined =>
  typeof value === 'number' || isRawNumber(value) ? decimalOf(textOfNumber(value)) : undefined;
