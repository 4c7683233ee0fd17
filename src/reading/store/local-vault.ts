// The vault in the catalogue. The vault's key wraps one key for each domain, which wraps one for each patient, with which every
// row of theirs is sealed for the place where it lies: whoever has the rows and not the key has nothing, and a patient whose key
// was destroyed comes back from no row, no dump and no replica made since.

import { Problem } from '../../base/problem.ts';
import type { Database } from '../../storage/database.ts';
import type { Queries } from '../../storage/transaction.ts';
import { transact } from '../../storage/transaction.ts';
import { type PseudonymMap, pseudonymMap } from '../privacy/pseudonym-map.ts';
import { nameOfKey, newKey, seal, unseal, vaultKey } from './envelope.ts';
import type { ErasedPatient, Vault, VaultCase, VaultDomain, VaultEntry } from './vault.ts';

export const limits = {
  /** Entries that are written in one statement. */
  entries: 1000,
} as const;

type Opened = Omit<VaultCase, 'case' | 'domain'>;

export class LocalVault implements Vault {
  readonly #database: Database;
  readonly #master: () => Uint8Array;
  #key: Buffer | undefined;

  /** `master`: asked for once, when something is first sealed or opened. */
  constructor(database: Database, master: () => Uint8Array) {
    this.#database = database;
    this.#master = master;
  }

  async begin({ case: id, domain, ...opened }: VaultCase): Promise<void> {
    const { pseudonym } = opened.patient;
    const patient = pseudonym.id!;
    await transact(this.#database, async (queries) => {
      const row = await this.#domain(queries, domain);
      const key = await this.#patientKey(queries, row, patient, opened.patient.original);
      const sealed = seal(key, ['case', id], bytesOf(opened));
      await queries.query(
        'insert into vault_case (case_id, domain, patient, sealed) values ($1, $2, $3, $4) on conflict (case_id) do nothing',
        [id, row.id, patient, sealed],
      );
    });
  }

  async write(caseId: string, entries: readonly VaultEntry[]): Promise<void> {
    const { id, key } = await this.#case(caseId);
    for (let at = 0; at < entries.length; at += limits.entries) {
      const part = entries.slice(at, at + limits.entries);
      await this.#database.query(
        `insert into vault_value (case_id, kind, pseudonym, sealed)
         select $1, * from unnest($2::text[], $3::text[], $4::bytea[]) on conflict do nothing`,
        [
          id,
          part.map(({ kind }) => kind),
          part.map(({ pseudonym }) => pseudonym),
          part.map(({ kind, pseudonym, original }) => seal(key, [id, kind, pseudonym], Buffer.from(original))),
        ],
      );
    }
  }

  async mapOf(caseId: string): Promise<PseudonymMap> {
    const { id, key, sealed } = await this.#case(caseId);
    const opened = JSON.parse(unseal(key, ['case', id], sealed).toString()) as Opened;
    const rows = await this.#database.query<{ kind: VaultEntry['kind']; pseudonym: string; sealed: Buffer }>(
      'select kind, pseudonym, sealed from vault_value where case_id = $1 order by kind, pseudonym',
      [id],
    );
    const of = (wanted: VaultEntry['kind']) =>
      rows
        .filter(({ kind }) => kind === wanted)
        .map(({ pseudonym, sealed }) => [pseudonym, unseal(key, [id, wanted, pseudonym], sealed).toString()] as const);
    return pseudonymMap({
      ...opened,
      case: caseId,
      tokens: new Map(of('token')),
      uids: of('uid'),
      identifiers: of('identifier'),
    });
  }

  async firstGiven({ tenant, name }: VaultDomain, pseudonyms: readonly string[]): Promise<string | undefined> {
    const [row] = await this.#database.query<{ pseudonym: string }>(
      `select p.pseudonym from vault_patient p join vault_domain d on d.id = p.domain
       where d.tenant = $1 and d.name = $2 and p.pseudonym = any($3) and p.erased_at is null
       order by p.created_at, p.pseudonym limit 1`,
      [tenant, name, pseudonyms],
    );
    return row?.pseudonym;
  }

  async erase({ tenant, name }: VaultDomain, pseudonym: string): Promise<ErasedPatient> {
    return transact(this.#database, async (queries) => {
      const [patient] = await queries.query<{ domain: number; at: Date }>(
        `update vault_patient p set wrapped_key = null, sealed = null, erased_at = coalesce(p.erased_at, now())
         from vault_domain d where d.id = p.domain and d.tenant = $1 and d.name = $2 and p.pseudonym = $3
         returning p.domain, p.erased_at as at`,
        [tenant, name, pseudonym],
      );
      if (patient === undefined) throw new Problem('reading/not-in-vault', { what: 'patient' });
      const cases = await queries.query<{ id: string }>(
        `update vault_case set sealed = '' where domain = $1 and patient = $2 returning case_id as id`,
        [patient.domain, pseudonym],
      );
      const ids = cases.map(({ id }) => id).sort();
      await queries.query('delete from vault_value where case_id = any($1)', [ids]);
      return { cases: ids, erasedAt: patient.at };
    });
  }

  /**
   * Every domain has a new key, wrapped by the vault's as `next` gives it; keys of patients are wrapped anew, and what they seal
   * stays as it is. Resolves to the number of domains. Until it does, both keys are needed.
   */
  async rotate(next: Uint8Array): Promise<number> {
    const [before, after] = [this.#vaultKey(), vaultKey(next)];
    const domains = await this.#database.query<DomainRow & Record<string, unknown>>(
      'select * from vault_domain order by id',
    );
    for (const domain of domains) {
      await transact(this.#database, async (queries) => {
        // Whoever wraps the key of a new patient holds the domain too.
        const [row] = await queries.query<DomainRow & Record<string, unknown>>(
          'select * from vault_domain where id = $1 for update',
          [domain.id],
        );
        if (row!.wrapped_by !== nameOfKey(before)) return;
        const [old, fresh] = [unseal(before, placeOf(row!), row!.wrapped_key), newKey()];
        const patients = await queries.query<{ pseudonym: string; wrapped_key: Buffer }>(
          'select pseudonym, wrapped_key from vault_patient where domain = $1 and wrapped_key is not null for update',
          [row!.id],
        );
        const rewrapped = patients.map(({ pseudonym, wrapped_key }) => {
          const place = ['patient', row!.id, pseudonym];
          return seal(fresh, place, unseal(old, place, wrapped_key));
        });
        await queries.query(
          `update vault_patient p set wrapped_key = given.wrapped_key
           from unnest($2::text[], $3::bytea[]) as given(pseudonym, wrapped_key)
           where p.domain = $1 and p.pseudonym = given.pseudonym`,
          [row!.id, patients.map(({ pseudonym }) => pseudonym), rewrapped],
        );
        await queries.query(
          'update vault_domain set wrapped_key = $2, wrapped_by = $3, rotated_at = now() where id = $1',
          [row!.id, seal(after, placeOf(row!), fresh), nameOfKey(after)],
        );
      });
    }
    this.#key = after;
    return domains.length;
  }

  #vaultKey(): Buffer {
    this.#key ??= vaultKey(this.#master());
    return this.#key;
  }

  async #domain(queries: Queries, { tenant, name }: VaultDomain): Promise<{ id: number; key: Buffer }> {
    const select = 'select * from vault_domain where tenant = $1 and name = $2 for share';
    const [known] = await queries.query<DomainRow & Record<string, unknown>>(select, [tenant, name]);
    if (known !== undefined) return { id: known.id, key: this.#unwrapped(known) };
    // Wrapped for a place that is known before its row is.
    const wrapped = seal(this.#vaultKey(), placeOf({ tenant, name }), newKey());
    await queries.query(
      'insert into vault_domain (tenant, name, wrapped_by, wrapped_key) values ($1, $2, $3, $4) on conflict do nothing',
      [tenant, name, nameOfKey(this.#vaultKey()), wrapped],
    );
    const [made] = await queries.query<DomainRow & Record<string, unknown>>(select, [tenant, name]);
    return { id: made!.id, key: this.#unwrapped(made!) };
  }

  #unwrapped(domain: DomainRow): Buffer {
    const key = this.#vaultKey();
    if (domain.wrapped_by !== nameOfKey(key)) throw new Problem('reading/vault-locked');
    return unseal(key, placeOf(domain), domain.wrapped_key);
  }

  async #patientKey(
    queries: Queries,
    { id, key }: { id: number; key: Buffer },
    pseudonym: string,
    original: object,
  ): Promise<Buffer> {
    const fresh = newKey();
    const place = ['patient', id, pseudonym];
    const said = seal(fresh, ['original', id, pseudonym], bytesOf(original));
    await queries.query(
      `insert into vault_patient (domain, pseudonym, wrapped_key, sealed) values ($1, $2, $3, $4) on conflict do nothing`,
      [id, pseudonym, seal(key, place, fresh), said],
    );
    const [row] = await queries.query<{ wrapped_key: Buffer | null }>(
      'select wrapped_key from vault_patient where domain = $1 and pseudonym = $2',
      [id, pseudonym],
    );
    if (row!.wrapped_key === null) throw new Problem('reading/erased');
    return unseal(key, place, row!.wrapped_key);
  }

  /** A further reading has the copies, and so the map, of the case that it is part of: `id`. */
  async #case(caseId: string): Promise<{ id: string; key: Buffer; sealed: Buffer }> {
    const [row] = await this.#database.query<DomainRow & PatientRow & Record<string, unknown>>(
      `select d.*, p.pseudonym, p.wrapped_key as patient_key, c.sealed, c.case_id from vault_case c
         join vault_domain d on d.id = c.domain
         join vault_patient p on p.domain = c.domain and p.pseudonym = c.patient
         where c.case_id = coalesce((select part_of from reading_case where id = $1), $1)`,
      [caseId],
    );
    if (row === undefined) throw new Problem('reading/not-in-vault', { what: 'case' });
    if (row.patient_key === null) throw new Problem('reading/erased');
    const key = unseal(this.#unwrapped(row), ['patient', row.id, row.pseudonym], row.patient_key);
    return { id: row.case_id, key, sealed: row.sealed };
  }
}

interface DomainRow {
  id: number;
  tenant: number;
  name: string;
  wrapped_by: string;
  wrapped_key: Buffer;
}

interface PatientRow {
  case_id: string;
  pseudonym: string;
  patient_key: Buffer | null;
  sealed: Buffer;
}

const placeOf = ({ tenant, name }: Pick<DomainRow, 'tenant' | 'name'>) => ['domain', tenant, name];

const bytesOf = (value: object): Buffer => Buffer.from(JSON.stringify(value));
