// What an archive must be able to do for priors to be pulled from it.

import type { PriorFacts } from '../routing/facts.ts';

/** Whose priors are wanted. */
export interface AskedPatient {
  /** All that the person is or was registered under. */
  identifiers: readonly { issuer: string; id: string }[];
  /** YYYYMMDD. */
  birthDate?: string;
}

/** What an archive says of a patient that it has under an id. */
export interface PatientThere {
  patientId: string;
  /** Absent where the archive does not say. */
  issuer?: string;
  birthDate?: string;
}

/** A series, as far as a manifest lists it. */
export interface ListedPart {
  seriesInstanceUid: string;
  /** SOP Instance UIDs. */
  instances: readonly string[];
}

export interface Archive {
  /** Studies that it has of this patient. Rejects with a Problem where it cannot be asked just now. */
  studiesOf(patient: AskedPatient): Promise<PriorFacts[]>;
  /** Brings a study here, or these series of it; resolves once all that came is kept. Rejects with a Problem. */
  pull(studyInstanceUid: string, signal: AbortSignal, series?: readonly ListedPart[]): Promise<void>;
}

/**
 * Whether a number at an archive is this patient's: numbers are given twice by those who do not know of each other. Where the
 * archive does not say whose number it is, the birth dates must not differ, and must be the same where the number is not of
 * the domain that the archive is taken for. `issuerOf` gives the issuer as we call it, of the archive where it says none.
 */
export function isTheSame(
  { identifiers, birthDate }: AskedPatient,
  there: PatientThere,
  issuerOf: (issuer: string | undefined) => string,
): boolean {
  const own = identifiers.filter(({ id }) => id === there.patientId);
  const isOfIssuer = own.some(({ issuer }) => issuer === issuerOf(there.issuer));
  if (there.issuer !== undefined || own.length === 0) return isOfIssuer;
  const areKnown = birthDate !== undefined && there.birthDate !== undefined;
  return areKnown ? birthDate === there.birthDate : isOfIssuer;
}
