// What an HTTP answer to a notice, or to an object by another protocol than DICOMweb, means for the ledger. RFC 9110 15.

import { Problem } from '../../base/problem.ts';
import type { Outcome } from '../../delivery/line.ts';

/** Throws delivery/not-admitted or delivery/not-now where it is not about this message: we are not let in, or nothing is there. */
export function httpOutcome(status: number, proof?: string): Outcome {
  if (status >= 200 && status < 300) return { taken: true, status, ...(proof && { proof }) };
  if ([401, 403, 407].includes(status)) throw new Problem('delivery/not-admitted');
  if ([404, 502, 504].includes(status)) throw new Problem('delivery/not-now');
  if (status === 408 || status === 425 || status === 429 || status >= 500) return { later: 'delivery/not-now', status };
  return { refused: 'delivery/refused', status };
}
