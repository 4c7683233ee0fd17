// How much work a reading is, where a term pays by it and where shares of readers are compared. Our own table, in the order of
// what readings take; who has another, such as that of a payer, gives it as CSV.

import type { CaseFacts } from '../gate/asked.ts';
import { type Decimal, decimalOf } from './decimal.ts';

/** `procedure` (`code^scheme`) or `modality` with or without `bodyRegion`. */
export interface RelativeValue {
  procedure?: string;
  modality?: string;
  bodyRegion?: string;
  value: string;
}

/** Most specific wins: procedure, then modality with body region, then modality. */
export class RelativeValues {
  readonly #values: ReadonlyMap<string, Decimal>;

  constructor(rows: readonly RelativeValue[]) {
    this.#values = new Map(rows.map((row) => [keyOf(row), decimalOf(row.value)]));
  }

  /** One of what is not in the table: a plain film. */
  of({ procedure, modality, bodyRegion }: Pick<CaseFacts, 'procedure' | 'modality' | 'bodyRegion'>): Decimal {
    const keys = [
      procedure === undefined ? undefined : keyOf({ procedure }),
      bodyRegion === undefined ? undefined : keyOf({ modality, bodyRegion }),
      keyOf({ modality }),
    ];
    for (const key of keys) {
      const value = key === undefined ? undefined : this.#values.get(key);
      if (value !== undefined) return value;
    }
    return ordinary;
  }
}

const ordinary = decimalOf('1');

const keyOf = ({ procedure, modality = '', bodyRegion = '' }: Omit<RelativeValue, 'value'>): string =>
  procedure === undefined ? `${modality} ${bodyRegion.toUpperCase()}` : `procedure ${procedure}`;

const [ofModality, ofRegion] = [
  { CR: '1', DX: '1', RF: '2.2', US: '2.4', MG: '2.6', NM: '3.4', CT: '4.6', XA: '5', MR: '6', PT: '8' },
  {
    CT: {
      HEAD: '3.4',
      NECK: '4.8',
      CHEST: '4.2',
      ABDOMEN: '5.2',
      SPINE: '4.4',
      'LOWER EXTREMITY': '4',
      'UPPER EXTREMITY': '4',
    },
    MR: { HEAD: '5.6', SPINE: '5.4', ABDOMEN: '7', CHEST: '8', 'LOWER EXTREMITY': '5.2', 'UPPER EXTREMITY': '5.2' },
  },
] as const;

/** In plain films of one region: minutes that readings take, by the published means, over those of a plain film. */
export const ownRelativeValues: readonly RelativeValue[] = [
  ...Object.entries(ofModality).map(([modality, value]) => ({ modality, value })),
  ...Object.entries(ofRegion).flatMap(([modality, regions]) =>
    Object.entries(regions).map(([bodyRegion, value]) => ({ modality, bodyRegion, value })),
  ),
];
