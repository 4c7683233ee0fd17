// What one source said of one patient at one time, and what somebody asserted about identifiers. Everything of this folder
// is computed from these two; nothing of them is ever changed.

export type Medium = 'dicom' | 'hl7' | 'fhir' | 'upload';

/** An identifier with its assigning authority: CX.1 and CX.4, PatientID and IssuerOfPatientID, value and system. */
export interface Identifier {
  issuer: string;
  id: string;
}

export interface Sighting {
  /** Ours, unique: putting the same sighting twice changes nothing. */
  id: string;
  /** Who spoke: facility, AE title or connection. It supplies the issuer where the message has none. */
  site: string;
  /** Assigning authority; empty where the source left it out. */
  issuer: string;
  patientId: string;
  otherPatientIds?: readonly Identifier[];
  /** PN (PS3.5 6.2.1); an XPN is mapped to it by the door. */
  name: string;
  otherNames?: readonly string[];
  birthName?: string;
  /** YYYYMMDD, YYYYMM, YYYY or empty. */
  birthDate?: string;
  /** M, F, O or empty. */
  sex?: string;
  address?: string;
  phone?: string;
  nationalId?: string;
  /** ISO 8601. */
  timestamp: string;
  medium?: Medium;
}

/** What a registration is called: issuer and normalised id. */
export type RegistrationKey = string;

/** A statement about registrations. It holds until it is retracted by its id; the order of statements does not matter. */
export type Assertion =
  | {
      id: string;
      /** A40 and `replaced-by`; A24 and A43 are the same to us: both identifiers mean one person. */
      type: 'same';
      of: readonly [Identifier, Identifier];
      /** False where the sender does not own the identifiers' authority: recorded, never applied. */
      authoritative: boolean;
      timestamp: string;
      /** Who looked at both; absent where a system said it. */
      decidedBy?: string;
    }
  | {
      id: string;
      /** A37, or a reviewer's "two people". Outweighs demographics, yields to a later `same` of the same two. */
      type: 'different';
      of: readonly [Identifier, Identifier];
      authoritative: boolean;
      timestamp: string;
      decidedBy?: string;
    };
