-- Resources of FHIR as they were written (R4 http.html): the current version of each.

create table fhir_resource (
  tenant smallint not null references tenant,
  type text collate "C" not null,
  id text collate "C" not null,
  version integer not null,
  last_updated timestamptz(3) not null,
  deleted boolean not null default false,
  -- What made this version: POST, PUT, PATCH, DELETE.
  method text not null,
  -- As it is served, with its id and meta. json, not jsonb: the text stays as it is, decimals and order with it.
  resource json,
  primary key (tenant, type, id),
  check (deleted = (resource is null))
);
