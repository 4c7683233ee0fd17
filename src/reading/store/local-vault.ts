// The vault in the catalogue. The vault's key wraps one key for each domain, which wraps one for each patient, with which every
// row of theirs is sealed for the place where it lies: whoever has the rows and not the key has nothing, and a patient whose key
// was destroyed comes back from no row, no dump and no replica made since. Who writes holds the keys' rows, so that a rotation
// (vault-rotation.ts) never seals anew what is being sealed.

import { Problem } from '../../base/problem.ts';
import type { Database } from '../../storage/database.ts';
import type { Queries } from '../../storage/transaction.ts';
import { transact } from '../../storage/transaction.ts';
import { type PseudonymMap, pseudonymMap } from '../privacy/pseudonym-map.ts';
import { nameOfKey, newKey, seal, unseal } from './envelope.ts';
import type { ErasedPatient, Vault, VaultCase, VaultDomain, VaultEntry } from './vault.ts';
import {
  type DomainRow,
  Keyring,
  keyOfDomain,
  keyOfPatient,
  type PatientRow,
  placeOf,
  placeOfPatient,
} from './vault-rows.ts';

export const limits = {
  /** Entries that are written in one statement. */
  entries: 1000,
} as const;

type Opened = Omit<VaultCase, 'case' | 'domain'>;

export class LocalVault implements Vault {
  readonly #database: Database;
  readonly #ring: Keyring;

  /** `masters`: keys of the vault, the newest first. */
  constructor(database: Database, masters: () => readonly Uint8Array[]) {
    this.#database = database;
    this.#ring = new Keyring(masters);
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
    await transact(this.#database, async (queries) => {
      const { id, key } = await this.#case(queries, caseId, 'for share of d, p');
      for (let at = 0; at < entries.length; at += limits.entries) {
        const part = entries.slice(at, at + limits.entries);
        await queries.query(
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
    });
  }

  async mapOf(caseId: string): Promise<PseudonymMap> {
    const { id, key, sealed, rows } = await transact(this.#database, async (queries) => {
      // The key and what it seals as they are at one moment.
      await queries.query('set transaction isolation level repeatable read, read only');
      const found = await this.#case(queries, caseId, '');
      const rows = await queries.query<{ kind: VaultEntry['kind']; pseudonym: string; sealed: Buffer }>(
        'select kind, pseudonym, sealed from vault_value where case_id = $1 order by kind, pseudonym',
        [found.id],
      );
      return { ...found, rows };
    });
    const opened = JSON.parse(unseal(key, ['case', id], sealed).toString()) as Opened;
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

  /** Held until the transaction ends: its key is not rotated meanwhile. */
  async #domain(queries: Queries, { tenant, name }: VaultDomain): Promise<DomainRow> {
    const select = 'select * from vault_domain where tenant = $1 and name = $2 for share';
    const [known] = await queries.query<DomainRow>(select, [tenant, name]);
    if (known !== undefined) return known;
    // Whoever destroys a key of the vault looks that nothing is wrapped by it while nobody can begin a domain.
    await queries.query('lock table vault_domain in row exclusive mode');
    const key = this.#ring.current();
    // Wrapped for a place that is known before its row is.
    const wrapped = seal(key, placeOf({ tenant, name }), newKey());
    await queries.query(
      'insert into vault_domain (tenant, name, wrapped_by, wrapped_key) values ($1, $2, $3, $4) on conflict do nothing',
      [tenant, name, nameOfKey(key), wrapped],
    );
    const [made] = await queries.query<DomainRow>(select, [tenant, name]);
    return made!;
  }

  async #patientKey(queries: Queries, domain: DomainRow, pseudonym: string, original: object): Promise<Buffer> {
    const fresh = newKey();
    const { id, version } = domain;
    const wrapped = seal(keyOfDomain(this.#ring, domain), placeOfPatient(id, pseudonym), fresh);
    const said = seal(fresh, ['original', id, pseudonym], bytesOf(original));
    await queries.query(
      `insert into vault_patient (domain, pseudonym, wrapped_key, sealed, key_version) values ($1, $2, $3, $4, $5)
       on conflict do nothing`,
      [id, pseudonym, wrapped, said, version],
    );
    const [row] = await queries.query<PatientRow & Record<string, unknown>>(
      `select pseudonym, wrapped_key as patient_key, key_version from vault_patient
       where domain = $1 and pseudonym = $2 for share`,
      [id, pseudonym],
    );
    return keyOfPatient(this.#ring, domain, row!);
  }

  /** A further reading has the copies, and so the map, of the case that it is part of: `id`. */
  async #case(
    queries: Queries,
    caseId: string,
    held: 'for share of d, p' | '',
  ): Promise<{ id: string; key: Buffer; sealed: Buffer }> {
    const [row] = await queries.query<DomainRow & PatientRow & { case_id: string; sealed: Buffer }>(
      `select d.*, p.pseudonym, p.wrapped_key as patient_key, p.key_version, c.sealed, c.case_id from vault_case c
         join vault_domain d on d.id = c.domain
         join vault_patient p on p.domain = c.domain and p.pseudonym = c.patient
         where c.case_id = coalesce((select part_of from reading_case where id = $1), $1) ${held}`,
      [caseId],
    );
    if (row === undefined) throw new Problem('reading/not-in-vault', { what: 'case' });
    return { id: row.case_id, key: keyOfPatient(this.#ring, row, row), sealed: row.sealed };
  }
}

const bytesOf = (value: object): Buffer => Buffer.from(JSON.stringify(value));
