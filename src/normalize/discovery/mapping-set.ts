// Mappings that persons have accepted. A set is never changed: accepting or withdrawing makes the next version of it, so that
// every fact can say by which version it was made. Plain data, as JSON has it.

import type { Mapping } from '../acquisition/mapping.ts';
import { type PrivateTag, printPrivateTag } from '../acquisition/private-tag.ts';
import type { Evidence, Proposal } from './propose.ts';

export interface AcceptedMapping extends Mapping {
  /** The version it came with. */
  since: number;
  /** Who accepted it, and when (DT). */
  acceptedBy: string;
  acceptedAt: string;
  evidence: Evidence;
}

export interface MappingSet {
  version: number;
  mappings: readonly AcceptedMapping[];
}

export const noMappings: MappingSet = { version: 0, mappings: [] };

/** An element has one mapping to an attribute; a later one takes the place of an earlier. */
export function accept(set: MappingSet, proposal: Proposal, acceptedBy: string, acceptedAt: string): MappingSet {
  const { from, attribute, conversion, confidence, evidence } = proposal;
  const since = set.version + 1;
  const accepted = {
    from,
    attribute,
    conversion,
    confidence: Math.max(confidence, ACCEPTED),
    since,
    acceptedBy,
    acceptedAt,
    evidence,
  };
  return { version: since, mappings: [...others(set, from, attribute), accepted] };
}

/** A person has looked at it. */
const ACCEPTED = 0.99;

export const withdraw = (set: MappingSet, from: PrivateTag, attribute: string): MappingSet => ({
  version: set.version + 1,
  mappings: others(set, from, attribute),
});

function others({ mappings }: MappingSet, from: PrivateTag, attribute: string): readonly AcceptedMapping[] {
  const key = printPrivateTag(from);
  return mappings.filter((one) => one.attribute !== attribute || printPrivateTag(one.from) !== key);
}
