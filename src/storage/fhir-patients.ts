// Of which registration each written Patient speaks, and the identifiers that it has (migrations/0019-fhir-resources.sql).

import type { Queries } from './transaction.ts';

export interface NamedIdentifier {
  issuer: string;
  id: string;
}

export interface WrittenPatient {
  /** Of the resource. */
  id: string;
  registration: NamedIdentifier;
  /** Its entry of the identity log. */
  sighting: string;
}

export interface PatientNames {
  /** The first is its registration. */
  identifiers: readonly NamedIdentifier[];
  /** See the migration. */
  words: readonly string[];
  sighting: string;
}

/** Replaces what is known of a Patient. */
export async function nameWrittenPatient(
  queries: Queries,
  tenant: number,
  id: string,
  { identifiers, words, sighting }: PatientNames,
): Promise<void> {
  await queries.query(
    `with gone as (delete from fhir_patient_word where tenant = $1 and id = $2 and word <> all($3))
     insert into fhir_patient_word (tenant, id, word) select distinct $1::smallint, $2, unnest($3::text[]) on conflict do nothing`,
    [tenant, id, words],
  );
  await queries.query(
    `with given as (
       select issuer, patient_id, min(n) = 1 as is_registration
       from unnest($3::text[], $4::text[]) with ordinality as given (issuer, patient_id, n) group by issuer, patient_id
     ), gone as (
       delete from fhir_patient p where tenant = $1 and id = $2
         and not exists (select from given g where g.issuer = p.issuer and g.patient_id = p.patient_id))
     insert into fhir_patient (tenant, id, issuer, patient_id, is_registration, sighting)
       select $1, $2, issuer, patient_id, is_registration, $5 from given
     on conflict (tenant, id, issuer, patient_id)
       do update set is_registration = excluded.is_registration, sighting = excluded.sighting`,
    [tenant, id, identifiers.map(({ issuer }) => issuer), identifiers.map((each) => each.id), sighting],
  );
}

/** The Patient that was written under `id`, also where it was deleted since. */
export async function writtenAs(queries: Queries, tenant: number, id: string): Promise<WrittenPatient | undefined> {
  const rows = await queries.query<Row>(
    'select id, issuer, patient_id, sighting from fhir_patient where tenant = $1 and id = $2 and is_registration',
    [tenant, id],
  );
  return rows.map(writtenOf)[0];
}

/** As `writtenAs`, of many. */
export async function writtenUnderIds(
  queries: Queries,
  tenant: number,
  ids: readonly string[],
): Promise<WrittenPatient[]> {
  const rows = await queries.query<Row>(
    'select id, issuer, patient_id, sighting from fhir_patient where tenant = $1 and id = any($2::text[]) and is_registration',
    [tenant, ids],
  );
  return rows.map(writtenOf);
}

/** Patients, not deleted, that speak of these registrations, the oldest first. */
export function writtenAbout(
  queries: Queries,
  tenant: number,
  registrations: readonly NamedIdentifier[],
): Promise<WrittenPatient[]> {
  return written(queries, tenant, registrations, 'named.is_registration');
}

/** Patients, not deleted, that have one of these identifiers, the oldest first. */
export function writtenWith(
  queries: Queries,
  tenant: number,
  identifiers: readonly NamedIdentifier[],
): Promise<WrittenPatient[]> {
  return written(queries, tenant, identifiers, 'true');
}

/** Those of which a word begins with (`inside`: holds) `text`, up to `limit`; among others, perhaps. */
export async function writtenUnder(
  queries: Queries,
  tenant: number,
  { text, inside, limit }: { text: string; inside: boolean; limit: number },
): Promise<WrittenPatient[]> {
  const literal = text.replace(/[\\%_]/g, '\\$&');
  const rows = await queries.query<Row>(
    `select distinct p.id, p.issuer, p.patient_id, p.sighting from fhir_patient_word w
       join fhir_patient p on p.tenant = w.tenant and p.id = w.id and p.is_registration
     where w.tenant = $1 and w.word like $2 limit $3`,
    [tenant, `${inside ? '%' : ''}${literal}%`, limit],
  );
  return rows.map(writtenOf);
}

async function written(
  queries: Queries,
  tenant: number,
  identifiers: readonly NamedIdentifier[],
  condition: 'true' | 'named.is_registration',
): Promise<WrittenPatient[]> {
  if (identifiers.length === 0) return [];
  const rows = await queries.query<Row>(
    `select distinct on (main.since, main.id) main.id, main.issuer, main.patient_id, main.sighting
     from unnest($2::text[], $3::text[]) as asked (issuer, patient_id)
       join fhir_patient named on named.tenant = $1 and named.patient_id = asked.patient_id
         and named.issuer = asked.issuer and ${condition}
       join fhir_patient main on main.tenant = $1 and main.id = named.id and main.is_registration
       join fhir_resource r on r.tenant = $1 and r.type = 'Patient' and r.id = named.id and not r.deleted
     order by main.since, main.id`,
    [tenant, identifiers.map(({ issuer }) => issuer), identifiers.map(({ id }) => id)],
  );
  return rows.map(writtenOf);
}

type Row = { id: string; issuer: string; patient_id: string; sighting: string };

const writtenOf = ({ id, issuer, patient_id, sighting }: Row): WrittenPatient => ({
  id,
  registration: { issuer, id: patient_id },
  sighting,
});
