-- Resources of FHIR as they were written (R4 http.html): the current version of each, and every version before.

-- Numbers versions in the order in which they were made, across all types: histories are paged by it.
create sequence fhir_change;

create table fhir_resource (
  tenant smallint not null references tenant,
  type text collate "C" not null,
  id text collate "C" not null,
  version integer not null,
  last_updated timestamptz(3) not null,
  -- A deleted resource has a version that says so and holds nothing.
  deleted boolean not null default false,
  -- What made this version: POST, PUT, PATCH, DELETE.
  method text not null,
  -- As it is served, with its id and meta. json, not jsonb: the text stays as it is, decimals and order with it.
  resource json,
  -- Ids of the Patients that it refers to: in whose compartment it is.
  patients text[] collate "C" not null default '{}',
  change bigint not null default nextval('fhir_change'),
  primary key (tenant, type, id),
  check (deleted = (resource is null))
);
create index fhir_resource_change on fhir_resource (tenant, type, change);
create index fhir_resource_change_of_any on fhir_resource (tenant, change);
create index fhir_resource_patients on fhir_resource using gin (patients);

-- The versions that others followed.
create table fhir_history (
  like fhir_resource including defaults,
  primary key (tenant, type, id, version)
);
create index fhir_history_change on fhir_history (tenant, type, change);
create index fhir_history_change_of_any on fhir_history (tenant, change);

create function keep_fhir_history() returns trigger language plpgsql as $$
begin
  insert into fhir_history values (old.*);
  return new;
end $$;
create trigger fhir_resource_history before update on fhir_resource for each row execute function keep_fhir_history();

create view fhir_version as select * from fhir_resource union all select * from fhir_history;

-- The identifiers of each written Patient. By one of them it speaks to identity: a person is shown by the oldest Patient that
-- speaks of one of their registrations.
create table fhir_patient (
  tenant smallint not null references tenant,
  id text collate "C" not null,
  issuer text collate "C" not null,
  patient_id text collate "C" not null,
  is_registration boolean not null,
  -- The entry of the identity log by which it speaks: it tells the person also where a number alone does not (names that
  -- stand for none, numbers that everybody has).
  sighting bigint not null,
  since bigint not null default nextval('fhir_change'),
  primary key (tenant, id, issuer, patient_id)
);
create index fhir_patient_identifier on fhir_patient (tenant, patient_id, issuer);

-- Words by which each written Patient is looked for: of its names, without case and accents, and its birth date. Identity
-- knows no names that stand for none ("Test"), but who wrote one may ask for it.
create table fhir_patient_word (
  tenant smallint not null references tenant,
  word text collate "C" not null,
  id text collate "C" not null,
  primary key (tenant, word, id)
);
create index fhir_patient_word_of on fhir_patient_word (tenant, id);

-- Bulk Data exports that were asked for. What they hold is read when it is fetched, as it was at `as_of`.
create table fhir_export (
  tenant smallint not null references tenant,
  id uuid not null,
  principal text not null,
  as_of timestamptz(3) not null,
  -- What was asked: see fhir-exports.ts.
  request json not null,
  primary key (tenant, id)
);

-- Which resource an access was to, as Type/id, where it was to one of FHIR.
alter table audit add column resource text;
