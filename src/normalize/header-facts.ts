// What the header of one object says of how it was made, in standard attributes where the vendor says it in elements of his
// own, and what is wrong with it. Of a series, its first object stands for all.

import type { DataSet } from '../dicom/dataset.ts';
import { tagOf, vrOf } from '../dicom/dictionary.ts';
import { attributeFacts } from './acquisition/acquisition.ts';
import type { Mapping } from './acquisition/mapping.ts';
import type { Fact, FactSource, FactValue } from './fact.ts';
import { type Repairs, repairsOf } from './repair/repair.ts';
import { sourceOf } from './repair/source-of.ts';

export const limits = {
  /** Facts of one kind of one object, those that were found first. */
  facts: 100,
} as const;

export interface HeaderFacts {
  acquisition: Fact[];
  repairs: Repair[];
}

/** `value` is null where only a person can know what it should be, and where it would name the patient. */
export interface Repair {
  attribute: string;
  value: FactValue | null;
  sources: readonly FactSource[];
  confidence: number;
  reason: string;
}

/** `accepted`: mappings of private elements beyond those of the vendors' tables. */
export function headerFacts(object: DataSet, accepted?: readonly Mapping[]): HeaderFacts {
  return {
    acquisition: attributeFacts(object, accepted).slice(0, limits.facts),
    repairs: repairList(repairsOf(object)).slice(0, limits.facts),
  };
}

function repairList({ facts, findings }: Repairs): Repair[] {
  const known = new Set(facts.map(({ attribute, reason }) => `${attribute} ${reason}`));
  const unknown = findings.filter(({ attribute, text }) => !known.has(`${attribute} ${text}`));
  return [
    ...facts.map((fact) => ({ ...fact, value: namesPerson(fact.attribute) ? null : fact.value })),
    ...unknown.map(({ attribute, text }) => ({
      attribute,
      value: null,
      sources: [sourceOf(attribute)],
      confidence: 1,
      reason: text,
    })),
  ];
}

/** Facts are shown to whoever looks why a study went where it did. */
function namesPerson(attribute: string): boolean {
  const tag = tagOf(attribute);
  return attribute.startsWith('Patient') || (tag !== undefined && vrOf(tag) === 'PN');
}
