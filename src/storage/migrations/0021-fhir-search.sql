-- By what stored FHIR resources are found: the values of their search parameters, one table for each kind of value, written in
-- the transaction that writes the resource. `parameter` is its name, also `code:text`, `identifier:of-type`,
-- `subject:identifier` for what these modifiers ask for, and `relationship$0` for the first component of a composite, whose
-- `element` tells which components belong together. A row without a value says that there is one which cannot be found.
-- `is_least` and `is_most` mark by which of several a resource is sorted.
--
-- Texts are of any length and index entries are not: their beginning is indexed, and compared first. What is ordered by value
-- begins with the parameter and only includes the id: else a planner that knows nothing of the tables yet (a first import)
-- takes such an index to find the rows of one resource, and reads those of all.

create index fhir_resource_updated on fhir_resource (tenant, type, last_updated, id);

create table fhir_token (
  tenant smallint not null,
  type text collate "C" not null,
  id text collate "C" not null,
  parameter text collate "C" not null,
  element integer,
  is_least boolean not null,
  is_most boolean not null,
  system text collate "C",
  -- In lower case.
  code text collate "C"
);
create index fhir_token_of on fhir_token (tenant, type, id);
create index fhir_token_code on fhir_token (tenant, parameter, type, left(code, 128)) include (id);

create table fhir_string (
  tenant smallint not null,
  type text collate "C" not null,
  id text collate "C" not null,
  parameter text collate "C" not null,
  element integer,
  is_least boolean not null,
  is_most boolean not null,
  text text collate "C" not null,
  -- Without case and accents.
  folded text collate "C" not null
);
create index fhir_string_of on fhir_string (tenant, type, id);
create index fhir_string_folded on fhir_string (tenant, parameter, type, left(folded, 128)) include (id);

create table fhir_date (
  tenant smallint not null,
  type text collate "C" not null,
  id text collate "C" not null,
  parameter text collate "C" not null,
  element integer,
  is_least boolean not null,
  is_most boolean not null,
  -- Milliseconds since 1970, up to but not including `ends`.
  starts bigint,
  ends bigint
);
create index fhir_date_of on fhir_date (tenant, type, id);
create index fhir_date_starts on fhir_date (tenant, parameter, type, starts) include (id);
create index fhir_date_ends on fhir_date (tenant, parameter, type, ends);

-- Numbers too, which have no unit.
create table fhir_quantity (
  tenant smallint not null,
  type text collate "C" not null,
  id text collate "C" not null,
  parameter text collate "C" not null,
  element integer,
  is_least boolean not null,
  is_most boolean not null,
  low numeric,
  high numeric,
  system text collate "C",
  code text collate "C",
  unit text collate "C"
);
create index fhir_quantity_of on fhir_quantity (tenant, type, id);
create index fhir_quantity_low on fhir_quantity (tenant, parameter, type, low) include (id);

create table fhir_reference (
  tenant smallint not null,
  type text collate "C" not null,
  id text collate "C" not null,
  parameter text collate "C" not null,
  element integer,
  is_least boolean not null,
  is_most boolean not null,
  target_type text collate "C",
  -- Of a resource here, or the URL of one elsewhere.
  target_id text collate "C"
);
create index fhir_reference_of on fhir_reference (tenant, type, id);
create index fhir_reference_target on fhir_reference (tenant, left(target_id, 128), type, parameter) include (id);
create index fhir_reference_sorted on fhir_reference (tenant, parameter, type, left(target_id, 128)) include (id) where is_least or is_most;

create table fhir_uri (
  tenant smallint not null,
  type text collate "C" not null,
  id text collate "C" not null,
  parameter text collate "C" not null,
  element integer,
  is_least boolean not null,
  is_most boolean not null,
  uri text collate "C" not null
);
create index fhir_uri_of on fhir_uri (tenant, type, id);
create index fhir_uri_uri on fhir_uri (tenant, parameter, type, left(uri, 128)) include (id);
