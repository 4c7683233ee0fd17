// What the vault does, wherever it is kept: in this catalogue (local-vault.ts), or at the client's edge, so that this exchange
// never holds a name beside its pseudonym.

import type { MappedPatient, PseudonymMap, Twofold } from '../privacy/pseudonym-map.ts';

/** Under which pseudonyms hold together: a client's data for one provider. */
export interface VaultDomain {
  /** Tenant of the client. */
  tenant: number;
  /** `CLIENT to PROVIDER`. */
  name: string;
}

export const domainName = (client: string, provider: string): string => `${client} to ${provider}`;

/** What is written when a case is about to leave. */
export interface VaultCase
  extends Pick<PseudonymMap, 'case' | 'accession' | 'placerOrderNumber' | 'studyUid' | 'shiftDays'> {
  domain: VaultDomain;
  patient: Twofold<MappedPatient>;
}

export interface VaultEntry {
  kind: 'uid' | 'identifier' | 'token';
  pseudonym: string;
  original: string;
}

export interface ErasedPatient {
  /** Cases of whose copies nobody comes back. */
  cases: string[];
  erasedAt: Date;
}

export interface Vault {
  /** Of a case that was written before, nothing is changed. */
  begin(entry: VaultCase): Promise<void>;
  /** What is there already stays. Rejects with reading/erased, reading/not-in-vault. */
  write(caseId: string, entries: readonly VaultEntry[]): Promise<void>;
  /** Rejects with reading/not-in-vault, and with reading/erased where its patient was. */
  mapOf(caseId: string): Promise<PseudonymMap>;
  /** Of these pseudonyms of patients the one that was given first in the domain: whoever was merged is still called by it. */
  firstGiven(domain: VaultDomain, pseudonyms: readonly string[]): Promise<string | undefined>;
  /** Destroys the key of a patient, and with it the way back from every copy. Rejects with reading/not-in-vault. */
  erase(domain: VaultDomain, pseudonym: string): Promise<ErasedPatient>;
}
