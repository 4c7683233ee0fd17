// What the status of a C-STORE response means for the ledger. PS3.7 9.1.1.1.9 and C, PS3.4 B.2.3.

import type { Outcome } from './line.ts';

/** Processing failure: many receivers say it when a disk is full or a database is away. PS3.7 C.5.17. */
const PROCESSING_FAILURE = 0x0110;
/** PS3.7 C.5.24. */
const RESOURCE_LIMITATION = 0x0213;
/** PS3.7 C.5.8: it has this object already. */
const DUPLICATE = 0x0111;
const CANCELLED = 0xfe00;
const passing = new Set([PROCESSING_FAILURE, RESOURCE_LIMITATION, CANCELLED]);
/** Warnings of PS3.7 C.4: attribute list error, attribute value out of range. */
const WARNINGS = new Set([0x0001, 0x0107, 0x0116]);

export function storeOutcome(status: number): Outcome {
  if (status === 0 || status === DUPLICATE || status >> 12 === 0xb || WARNINGS.has(status))
    return { taken: true, status };
  // A7xx: out of resources, as any receiver spells it.
  if (status >> 8 === 0xa7 || passing.has(status)) return { later: 'delivery/not-now', status };
  return { refused: 'delivery/refused', status };
}
