// New keys for the vault while it is in use: each domain has a new one, each of its patients too, and every row of theirs is
// sealed anew; pseudonyms are no function of these keys and stay. A patient is one transaction, so whoever is cut off goes on
// where it was when it is asked again, and until then both versions open.

import type { Database } from '../../storage/database.ts';
import type { Queries } from '../../storage/transaction.ts';
import { transact } from '../../storage/transaction.ts';
import { nameOfKey, newKey, seal, unseal } from './envelope.ts';
import {
  type DomainRow,
  type Keyring,
  keyOfDomain,
  keyOfPatient,
  type PatientRow,
  placeOf,
  placeOfPatient,
} from './vault-rows.ts';

export const limits = {
  /** Rows that are sealed anew by one statement. */
  rows: 1000,
} as const;

export interface Rotated {
  domains: number;
  patients: number;
  /** Sealed anew. */
  rows: number;
}

/**
 * All domains of a client, by its tenant; where none is named, those of every client that the newest key of the vault does not
 * wrap yet. A rotation that was cut off is ended first.
 */
export async function rotateDomains(database: Database, ring: Keyring, tenant?: number): Promise<Rotated> {
  const domains = await database.query<{ id: number; isBegun: boolean }>(
    `select id, former_key is not null as "isBegun" from vault_domain where $1::smallint is null or tenant = $1 order by id`,
    [tenant ?? null],
  );
  const rotated: Rotated = { domains: domains.length, patients: 0, rows: 0 };
  for (const { id, isBegun } of domains) {
    if (isBegun) await resealPatients(database, ring, id, rotated);
    if (tenant === undefined && (await isCurrent(database, ring, id))) continue;
    if (await beginVersion(database, ring, id)) await resealPatients(database, ring, id, rotated);
  }
  return rotated;
}

/** Domains of which a key of the vault wraps the key. `queries`: a transaction in which nobody else begins one. */
export async function domainsWrappedBy(queries: Queries, name: string): Promise<number> {
  await queries.query('lock table vault_domain in share row exclusive mode');
  const [row] = await queries.query<{ count: number }>(
    'select count(*)::integer as count from vault_domain where wrapped_by = $1',
    [name],
  );
  return row!.count;
}

async function isCurrent(database: Database, ring: Keyring, id: number): Promise<boolean> {
  const [row] = await database.query<DomainRow>('select * from vault_domain where id = $1', [id]);
  return row!.wrapped_by === nameOfKey(ring.current());
}

/** From now on new patients are wrapped by it. False where another node is at it. */
function beginVersion(database: Database, ring: Keyring, id: number): Promise<boolean> {
  return transact(database, async (queries) => {
    const [row] = await queries.query<DomainRow>('select * from vault_domain where id = $1 for update', [id]);
    if (row!.former_key !== null) return false;
    const master = ring.current();
    const wrap = (key: Buffer) => seal(master, placeOf(row!), key);
    await queries.query(
      `update vault_domain set version = version + 1, former_key = $2, wrapped_key = $3, wrapped_by = $4, rotated_at = now()
       where id = $1`,
      [id, wrap(keyOfDomain(ring, row!)), wrap(newKey()), nameOfKey(master)],
    );
    return true;
  });
}

/** Then the former key is destroyed: nothing is wrapped by it. */
async function resealPatients(database: Database, ring: Keyring, id: number, rotated: Rotated): Promise<void> {
  const behind = await database.query<{ pseudonym: string }>(
    `select p.pseudonym from vault_patient p join vault_domain d on d.id = p.domain
     where d.id = $1 and p.key_version < d.version and p.wrapped_key is not null order by p.pseudonym`,
    [id],
  );
  for (const { pseudonym } of behind) {
    const rows = await transact(database, (queries) => resealPatient(queries, ring, id, pseudonym));
    if (rows === undefined) continue;
    rotated.patients++;
    rotated.rows += rows;
  }
  // Whoever began a patient held the domain, and used its version.
  await database.query(
    `update vault_domain d set former_key = null where id = $1 and not exists (
       select from vault_patient p where p.domain = d.id and p.key_version < d.version and p.wrapped_key is not null)`,
    [id],
  );
}

/** Resolves to its rows; undefined where another node has done it, or the patient was erased. */
async function resealPatient(
  queries: Queries,
  ring: Keyring,
  id: number,
  pseudonym: string,
): Promise<number | undefined> {
  const [row] = await queries.query<DomainRow & PatientRow & { said: Buffer }>(
    `select d.*, p.pseudonym, p.wrapped_key as patient_key, p.key_version, p.sealed as said
     from vault_patient p join vault_domain d on d.id = p.domain where d.id = $1 and p.pseudonym = $2 for update of p`,
    [id, pseudonym],
  );
  if (row!.patient_key === null || row!.key_version === row!.version) return undefined;
  const [old, fresh] = [keyOfPatient(ring, row!, row!), newKey()];
  const anew = (place: (string | number)[], sealed: Buffer) => seal(fresh, place, unseal(old, place, sealed));
  await queries.query(
    `update vault_patient set wrapped_key = $3, sealed = $4, key_version = $5 where domain = $1 and pseudonym = $2`,
    [
      ...[id, pseudonym, seal(keyOfDomain(ring, row!), placeOfPatient(id, pseudonym), fresh)],
      ...[anew(['original', id, pseudonym], row!.said), row!.version],
    ],
  );
  const cases = await queries.query<{ case_id: string; sealed: Buffer }>(
    'select case_id, sealed from vault_case where domain = $1 and patient = $2',
    [id, pseudonym],
  );
  let rows = 1;
  for (const { case_id, sealed } of cases) {
    await queries.query('update vault_case set sealed = $2 where case_id = $1', [
      case_id,
      anew(['case', case_id], sealed),
    ]);
    rows += 1 + (await resealValues(queries, case_id, anew));
  }
  return rows;
}

async function resealValues(
  queries: Queries,
  caseId: string,
  anew: (place: (string | number)[], sealed: Buffer) => Buffer,
): Promise<number> {
  let after = ['', ''];
  for (let count = 0; ; ) {
    const rows = await queries.query<{ kind: string; pseudonym: string; sealed: Buffer }>(
      `select kind, pseudonym, sealed from vault_value where case_id = $1 and (kind, pseudonym) > ($2, $3)
       order by kind, pseudonym limit $4`,
      [caseId, ...after, limits.rows],
    );
    if (rows.length === 0) return count;
    await queries.query(
      `update vault_value v set sealed = given.sealed
       from unnest($2::text[], $3::text[], $4::bytea[]) as given(kind, pseudonym, sealed)
       where v.case_id = $1 and v.kind = given.kind and v.pseudonym = given.pseudonym`,
      [
        caseId,
        rows.map(({ kind }) => kind),
        rows.map(({ pseudonym }) => pseudonym),
        rows.map(({ kind, pseudonym, sealed }) => anew([caseId, kind, pseudonym], sealed)),
      ],
    );
    count += rows.length;
    after = [rows.at(-1)!.kind, rows.at(-1)!.pseudonym];
  }
}
