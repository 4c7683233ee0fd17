// Of which registration each written Patient speaks, and the identifiers that it has (migrations/0020-fhir-resources.sql).

import type { Queries } from './transaction.ts';

export interface NamedIdentifier {
  issuer: string;
  id: string;
}

/** Replaces what is known of a Patient; the first identifier is its registration. */
export async function nameWrittenPatient(
  queries: Queries,
  tenant: number,
  id: string,
  identifiers: readonly NamedIdentifier[],
): Promise<void> {
  await queries.query(
    `with given as (
       select issuer, patient_id, min(n) = 1 as is_registration
       from unnest($3::text[], $4::text[]) with ordinality as given (issuer, patient_id, n) group by issuer, patient_id
     ), gone as (
       delete from fhir_patient p where tenant = $1 and id = $2
         and not exists (select from given g where g.issuer = p.issuer and g.patient_id = p.patient_id))
     insert into fhir_patient (tenant, id, issuer, patient_id, is_registration)
       select $1, $2, issuer, patient_id, is_registration from given
     on conflict (tenant, id, issuer, patient_id) do update set is_registration = excluded.is_registration`,
    [tenant, id, identifiers.map(({ issuer }) => issuer), identifiers.map((each) => each.id)],
  );
}

/** Of which registration a Patient speaks that was written under `id`, also where it was deleted since. */
export async function registrationOfWritten(
  queries: Queries,
  tenant: number,
  id: string,
): Promise<NamedIdentifier | undefined> {
  const [row] = await queries.query<{ issuer: string; patient_id: string }>(
    'select issuer, patient_id from fhir_patient where tenant = $1 and id = $2 and is_registration',
    [tenant, id],
  );
  return row && { issuer: row.issuer, id: row.patient_id };
}

export interface WrittenPatient {
  /** Of the resource. */
  id: string;
  registration: NamedIdentifier;
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

async function written(
  queries: Queries,
  tenant: number,
  identifiers: readonly NamedIdentifier[],
  condition: 'true' | 'named.is_registration',
): Promise<WrittenPatient[]> {
  if (identifiers.length === 0) return [];
  const rows = await queries.query<{ id: string; issuer: string; patient_id: string }>(
    `select distinct on (main.since, main.id) main.id, main.issuer, main.patient_id
     from unnest($2::text[], $3::text[]) as asked (issuer, patient_id)
       join fhir_patient named on named.tenant = $1 and named.patient_id = asked.patient_id
         and named.issuer = asked.issuer and ${condition}
       join fhir_patient main on main.tenant = $1 and main.id = named.id and main.is_registration
       join fhir_resource r on r.tenant = $1 and r.type = 'Patient' and r.id = named.id and not r.deleted
     order by main.since, main.id`,
    [tenant, identifiers.map(({ issuer }) => issuer), identifiers.map(({ id }) => id)],
  );
  return rows.map(({ id, issuer, patient_id }) => ({ id, registration: { issuer, id: patient_id } }));
}
