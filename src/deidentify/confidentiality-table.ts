// PS3.15 Table E.1-1: what the Basic Profile does to an attribute, and what each option does instead.

import { confidentialityRows } from './confidentiality-data.generated.ts';
import type { Option } from './profile.ts';

/** PS3.15 Table E.1-1a. */
export type Action = 'D' | 'Z' | 'X' | 'K' | 'C' | 'U';

/** One of several, by the type of the attribute in the IOD: PS3.15 Table E.1-1a. */
export type CompoundAction = 'Z/D' | 'X/Z' | 'X/D' | 'X/Z/D' | 'X/Z/U*';

export interface ConfidentialityRow {
  basic: Action | CompoundAction;
  options: ReadonlyMap<Option, Action>;
}

/** undefined for a private attribute, and for one that the table does not name. */
export function confidentialityRow(tag: number): ConfidentialityRow | undefined {
  table ??= readTable();
  return table.get(tag) ?? (isRepeating(tag) ? table.get(repeatingTag(tag)) : undefined);
}

let table: Map<number, ConfidentialityRow> | undefined;

/** Curves (50xx,eeee) share one row, planes of overlays (60xx,eeee) one for each element. PS3.5 7.6. */
const isRepeating = (tag: number): boolean => (tag >>> 24 === 0x50 || tag >>> 24 === 0x60) && ((tag >>> 16) & 1) === 0;

const repeatingTag = (tag: number): number =>
  tag >>> 24 === 0x50 ? 0x5000_0000 : (0x6000_0000 | (tag & 0xffff)) >>> 0;

function readTable(): Map<number, ConfidentialityRow> {
  const rows = new Map<number, ConfidentialityRow>();
  for (const line of confidentialityRows.split('\n')) {
    const [digits, basic, options = ''] = line.split('\t');
    // What is done to private attributes is in private-attributes.ts.
    if (digits === undefined || digits === '' || digits === 'PRIVATE') continue;
    const given = options.split(' ').filter((each) => each !== '');
    rows.set(Number.parseInt(digits.replaceAll('X', '0'), 16), {
      basic: basic as ConfidentialityRow['basic'],
      options: new Map(given.map((each) => each.split('=') as [Option, Action])),
    });
  }
  return rows;
}
