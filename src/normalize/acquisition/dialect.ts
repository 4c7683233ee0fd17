// What a vendor's dialect consists of: a table of private elements with a standard equivalent, and what takes reckoning,
// of one frame or of a whole series.

import type { Fact } from '../fact.ts';
import type { Description } from './description.ts';
import type { Mapping } from './mapping.ts';
import type { Series } from './series.ts';

export type Vendor = 'Siemens' | 'GE' | 'Philips' | 'Canon' | 'Fujifilm' | 'UIH' | 'other';

export interface Dialect {
  readonly vendor: Vendor;
  /** What Manufacturer (0008,0070) contains, in capitals. */
  readonly names: readonly string[];
  /** Private Creators that tell, where somebody has removed or replaced the Manufacturer. */
  readonly creators: readonly string[];
  readonly mappings: readonly Mapping[];
  /** Standard attributes of one frame that several private elements, or a text, give together. */
  frameFacts?(description: Description): Fact[];
  /** Quantities under the names of BIDS, in its units, of an MR series. */
  seriesFacts?(series: Series): Fact[];
  /** Planes in one frame, where the vendor tiles a volume into one image. */
  tiles?(description: Description): Tiles | undefined;
}

export interface Tiles {
  count: number;
  across: number;
  down: number;
  /** Whether the first tile is the last slice. */
  reversed: boolean;
}

/** A fact in few words. */
export const fact = (
  attribute: string,
  value: Fact['value'],
  sources: Fact['sources'],
  reason: string,
  confidence = 1,
): Fact => ({ attribute, value, sources, confidence, reason });
