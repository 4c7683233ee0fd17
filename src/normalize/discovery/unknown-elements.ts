// Of what discovery proposes, what may be told and asked: no element whose meaning a vendor's table has already, and no text
// that could be about somebody.

import { dialects } from '../acquisition/dialects.ts';
import { type PrivateTag, printPrivateTag } from '../acquisition/private-tag.ts';
import type { Proposal } from './propose.ts';

const known = new Set(dialects.flatMap(({ mappings }) => mappings.map(({ from }) => keyOf(from))));

/** Older software of a vendor writes its names in capitals. */
function keyOf(from: PrivateTag): string {
  return printPrivateTag(from).toUpperCase();
}

/** Text that a machine has written; other texts may name the patient, which a table of terms would repeat. */
const machineWritten: ReadonlySet<string> = new Set(['CS', 'SH', 'IS', 'DS']);

export function isToBeAsked({ from, conversion }: Proposal): boolean {
  if (known.has(keyOf(from))) return false;
  return conversion.kind !== 'terms' || machineWritten.has(from.vr ?? '');
}
