// The rows of keys in the vault, and how one opens the next: the vault's key that of a domain, that of a domain those of its
// patients. Of a domain that is being rotated the version before is there too.

import { Problem } from '../../base/problem.ts';
import { nameOfKey, unseal, vaultKey } from './envelope.ts';

export interface DomainRow extends Record<string, unknown> {
  id: number;
  tenant: number;
  name: string;
  /** Name of the vault's key that wraps both. */
  wrapped_by: string;
  wrapped_key: Buffer;
  version: number;
  former_key: Buffer | null;
}

export interface PatientRow {
  pseudonym: string;
  /** Absent once the patient was erased. */
  patient_key: Buffer | null;
  key_version: number;
}

export const placeOf = ({ tenant, name }: Pick<DomainRow, 'tenant' | 'name'>) => ['domain', tenant, name];

export const placeOfPatient = (domain: number, pseudonym: string) => ['patient', domain, pseudonym];

/** The keys of the vault that a node has, by name. */
export class Keyring {
  readonly #masters: () => readonly Uint8Array[];
  #known = new Map<string, Buffer>();

  /** `masters`: the newest first; asked when a key is wrapped, or one is named that is not known yet. */
  constructor(masters: () => readonly Uint8Array[]) {
    this.#masters = masters;
  }

  /** By which new keys are wrapped. */
  current(): Buffer {
    return this.#read()[0]!;
  }

  /** Throws reading/vault-locked where this node has another. */
  named(name: string): Buffer {
    if (!this.#known.has(name)) this.#read();
    const key = this.#known.get(name);
    if (key === undefined) throw new Problem('reading/vault-locked');
    return key;
  }

  #read(): Buffer[] {
    const keys = this.#masters().map(vaultKey);
    this.#known = new Map(keys.map((key) => [nameOfKey(key), key]));
    return keys;
  }
}

/** Throws reading/vault-locked. */
export function keyOfDomain(ring: Keyring, domain: DomainRow, version = domain.version): Buffer {
  const wrapped = version === domain.version ? domain.wrapped_key : domain.former_key;
  if (wrapped === null || version < domain.version - 1) throw new Problem('reading/vault-locked');
  return unseal(ring.named(domain.wrapped_by), placeOf(domain), wrapped);
}

/** Throws reading/vault-locked, and reading/erased where the patient was. */
export function keyOfPatient(ring: Keyring, domain: DomainRow, row: PatientRow): Buffer {
  if (row.patient_key === null) throw new Problem('reading/erased');
  const key = keyOfDomain(ring, domain, row.key_version);
  return unseal(key, placeOfPatient(domain.id, row.pseudonym), row.patient_key);
}
