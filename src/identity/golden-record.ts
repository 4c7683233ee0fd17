// Who a person is, from everything that was said: for each field the value that survives, where it comes from, and every
// other value with its provenance. Registration desks outrank keyboards of modalities. What changes in a life (name, address)
// is taken from whoever spoke last; what does not (birth date, sex) from most of those who speak.

import type { Identifier, Medium, Sighting } from './sighting.ts';

export interface FieldValue {
  value: string;
  /** Sightings that say so. */
  count: number;
  /** Of the latest of them. */
  timestamp: string;
  site: string;
  medium: Medium;
}

export interface GoldenField extends FieldValue {
  /** What others said, in the order in which they would survive. */
  others: FieldValue[];
}

export interface KnownIdentifier extends Identifier {
  /** Who used it. */
  sites: string[];
  firstSeen: string;
  lastSeen: string;
}

const fields = {
  name: 'latest',
  birthName: 'latest',
  address: 'latest',
  phone: 'latest',
  birthDate: 'most',
  sex: 'most',
  nationalId: 'most',
} as const;

export type GoldenFieldName = keyof typeof fields;

export interface GoldenRecord {
  fields: { [Name in GoldenFieldName]?: GoldenField };
  /** Under which it is or was registered, the latest first. */
  identifiers: KnownIdentifier[];
}

/** `isPlaceholder`: whether a value stands for "unknown"; such values are nobody's. The order of sightings does not matter. */
export function goldenRecord(
  sightings: readonly Sighting[],
  isPlaceholder: (field: GoldenFieldName, value: string) => boolean = () => false,
): GoldenRecord {
  const names = Object.keys(fields) as GoldenFieldName[];
  const inOrder = sightings.toSorted((a, b) => byText(a.id, b.id));
  const found = names.map((name) => [name, golden(name, inOrder, isPlaceholder)] as const);
  return {
    fields: Object.fromEntries(found.filter(([, field]) => field !== undefined)),
    identifiers: identifiersOf(inOrder),
  };
}

function golden(
  name: GoldenFieldName,
  sightings: readonly Sighting[],
  isPlaceholder: (field: GoldenFieldName, value: string) => boolean,
): GoldenField | undefined {
  const values = new Map<string, FieldValue & { rank: number }>();
  for (const { site, timestamp, medium = 'upload', ...said } of sightings) {
    const value = said[name]?.trim() ?? '';
    if (value === '' || isPlaceholder(name, value)) continue;
    const known = values.get(value);
    const count = (known?.count ?? 0) + 1;
    const best = { value, count, timestamp, site, medium, rank: ranks[medium] };
    values.set(value, known !== undefined && isBefore(best, known) ? { ...known, count } : best);
  }
  const [first, ...others] = [...values.values()].sort(orders[fields[name]]).map(({ rank: _, ...value }) => value);
  return first && { ...first, others };
}

type Ranked = FieldValue & { rank: number };

/** What a desk wrote after asking the patient, and what a program or a technologist copied. */
const ranks: Record<Medium, number> = { hl7: 2, fhir: 2, upload: 1, dicom: 0 };

/** Whether `a` tells less than `b` of where one value comes from. */
const isBefore = (a: Ranked, b: Ranked): boolean => a.rank < b.rank || (a.rank === b.rank && a.timestamp < b.timestamp);

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const orders: Record<'latest' | 'most', (a: Ranked, b: Ranked) => number> = {
  latest: (a, b) =>
    b.rank - a.rank || byText(b.timestamp, a.timestamp) || b.count - a.count || byText(a.value, b.value),
  most: (a, b) => b.rank - a.rank || b.count - a.count || byText(b.timestamp, a.timestamp) || byText(a.value, b.value),
};

function identifiersOf(sightings: readonly Sighting[]): KnownIdentifier[] {
  const registered = sightings.filter(({ patientId }) => patientId !== '');
  const known = [...Map.groupBy(registered, ({ issuer, patientId }) => `${issuer}\n${patientId}`).values()].map(
    (all) => {
      const [{ issuer, patientId }] = all as [Sighting];
      const times = all.map(({ timestamp }) => timestamp).sort(byText);
      const sites = [...new Set(all.map(({ site }) => site))].sort(byText);
      return { issuer, id: patientId, sites, firstSeen: times[0]!, lastSeen: times.at(-1)! };
    },
  );
  return known.sort((a, b) => byText(b.lastSeen, a.lastSeen) || byText(a.issuer, b.issuer) || byText(a.id, b.id));
}
