// Cases of bench/dispatch.ts: of twenty clients, five regions and all priorities.

import type { CaseHappening } from '../../src/reading/case/case-event.ts';
import { aTerm, theFacts } from '../../src/reading/gate/testing/rows.ts';
import { requestPriorities } from '../../src/reading/terms/service-term.ts';
import { someTerm } from '../../src/reading/testing/facts.ts';

export const benchTerm = aTerm({ levels: someTerm().levels, outOfHours: true });

const regions = ['HEAD', 'CHEST', 'ABDOMEN', 'SPINE', 'LOWER EXTREMITY'];

/** Ready to be read. */
export function readyCase(n: number): [CaseHappening, ...CaseHappening[]] {
  const facts = theFacts({
    site: `site ${n % 20}`,
    bodyRegion: regions[n % regions.length]!,
    priority: requestPriorities[n % requestPriorities.length]!,
  });
  return [
    { kind: 'announced', facts, term: { id: benchTerm.id, version: 1 } },
    { kind: 'images-arrived', instances: 100 },
    { kind: 'ready', instances: 100, priors: 0 },
  ];
}
