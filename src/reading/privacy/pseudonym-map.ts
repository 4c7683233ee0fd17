// What stands for what in the copies of one case: the way back from what a reader saw to what the client knows. Made of what the
// vault holds of the case and of nothing else, so that a UID of another case is as unknown in it as one that nobody has.

import type { PatientNumber } from '../../deidentify/pseudonyms.ts';

/** The same thing as the reader knows it and as the client does; both are equal where the copies are identical. */
export interface Twofold<T> {
  pseudonym: T;
  original: T;
}

/** PN, DA and numbers as they stood in the first instance; what was empty there is absent. */
export interface MappedPatient extends PatientNumber {
  name?: string;
  birthDate?: string;
}

export interface PseudonymMap {
  case: string;
  patient: Twofold<MappedPatient>;
  /** Absent where the study has none. */
  accession?: Twofold<string>;
  /** Placer Order Number (0040,2016); absent where nobody ordered the study. */
  placerOrderNumber?: Twofold<string>;
  studyUid: Twofold<string>;
  /** Days by which dates were moved on the way out, 0 or negative: subtracted on the way home. */
  shiftDays: number;
  /** What stands in texts that went along, `[P1]`, and what stood there. */
  tokens: ReadonlyMap<string, string>;
  /** Of any study, series, instance, frame of reference … that the copies of this case name; undefined: it is none of theirs. */
  originalUid(pseudonym: string): string | undefined;
  /** The other way, for finding what must not come back unchanged. */
  pseudonymUid(original: string): string | undefined;
  /** All other identifiers that were replaced: accession numbers of priors, order numbers, serial numbers. */
  originalIdentifier(pseudonym: string): string | undefined;
}

/** What the vault holds of a case. */
export interface MapEntries extends Omit<PseudonymMap, 'originalUid' | 'pseudonymUid' | 'originalIdentifier'> {
  /** Pseudonym and original. */
  uids: Iterable<readonly [string, string]>;
  identifiers: Iterable<readonly [string, string]>;
}

export function pseudonymMap({ uids, identifiers, ...rest }: MapEntries): PseudonymMap {
  const originals = new Map(uids);
  const pseudonyms = new Map([...originals].map(([pseudonym, original]) => [original, pseudonym]));
  const identifierOf = new Map(identifiers);
  return {
    ...rest,
    originalUid: (pseudonym) => originals.get(pseudonym),
    pseudonymUid: (original) => pseudonyms.get(original),
    originalIdentifier: (pseudonym) => identifierOf.get(pseudonym),
  };
}
