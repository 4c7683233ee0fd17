-- By what stored FHIR resources are found: the values of their search parameters, one table for each kind of value, written in
-- the transaction that writes the resource. `parameter` is its name, also `code:text`, `identifier:of-type`,
-- `subject:identifier` for what these modifiers ask for, and `relationship$0` for the first component of a composite, whose
-- `element` tells which components belong together. A row without a value says that there is one which cannot be found.
-- `is_least` and `is_most` mark by which of several a resource is sorted.
--
-- Texts are of any length and index entries are not: their beginning is indexed, and compared first. Whatever asks for no
-- parameter is kept from the indexes by value: a planner that knows nothing of a table yet would find the rows of one resource
-- there, and read those of all.

create index fhir_resource_there on fhir_resource (tenant, type, id) where not deleted;
create index fhir_resource_updated on fhir_resource (tenant, type, last_updated, id);

create table fhir_token (
  tenant smallint not null,
  type text collate "C" not null,
  id text collate "C" not null,
  parameter text collate "C",
  element integer,
  is_least boolean not null,
  is_most boolean not null,
  system text collate "C",
  -- In lower case.
  code text collate "C"
);
create index fhir_token_of on fhir_token (tenant, type, id);
create index fhir_token_code on fhir_token (tenant, type, parameter, left(code, 128), id) where parameter is not null;

create table fhir_string (
  tenant smallint not null,
  type text collate "C" not null,
  id text collate "C" not null,
  parameter text collate "C",
  element integer,
  is_least boolean not null,
  is_most boolean not null,
  text text collate "C" not null,
  -- Without case and accents.
  folded text collate "C" not null
);
create index fhir_string_of on fhir_string (tenant, type, id);
create index fhir_string_folded on fhir_string (tenant, type, parameter, left(folded, 128), id) where parameter is not null;

create table fhir_date (
  tenant smallint not null,
  type text collate "C" not null,
  id text collate "C" not null,
  parameter text collate "C",
  element integer,
  is_least boolean not null,
  is_most boolean not null,
  -- Milliseconds since 1970, up to but not including `ends`.
  starts bigint,
  ends bigint
);
create index fhir_date_of on fhir_date (tenant, type, id);
create index fhir_date_starts on fhir_date (tenant, type, parameter, starts, id) where parameter is not null;
create index fhir_date_ends on fhir_date (tenant, type, parameter, ends) where parameter is not null;

-- Numbers too, which have no unit.
create table fhir_quantity (
  tenant smallint not null,
  type text collate "C" not null,
  id text collate "C" not null,
  parameter text collate "C",
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
create index fhir_quantity_low on fhir_quantity (tenant, type, parameter, low, id) where parameter is not null;

create table fhir_reference (
  tenant smallint not null,
  type text collate "C" not null,
  id text collate "C" not null,
  parameter text collate "C",
  element integer,
  is_least boolean not null,
  is_most boolean not null,
  target_type text collate "C",
  -- Of a resource here, or the URL of one elsewhere.
  target_id text collate "C"
);
create index fhir_reference_of on fhir_reference (tenant, type, id);
create index fhir_reference_target on fhir_reference (tenant, left(target_id, 128), type, parameter, id) where parameter is not null;
create index fhir_reference_sorted on fhir_reference (tenant, type, parameter, left(target_id, 128), id) where parameter is not null and (is_least or is_most);

create table fhir_uri (
  tenant smallint not null,
  type text collate "C" not null,
  id text collate "C" not null,
  parameter text collate "C",
  element integer,
  is_least boolean not null,
  is_most boolean not null,
  uri text collate "C" not null
);
create index fhir_uri_of on fhir_uri (tenant, type, id);
create index fhir_uri_uri on fhir_uri (tenant, type, parameter, left(uri, 128), id) where parameter is not null;

-- How often a value is of a parameter depends on the type and the parameter: taken as independent, searches that find thousands
-- would be planned as if they found a few.
create statistics fhir_token_together (mcv) on type, parameter, (left(code, 128)) from fhir_token;
create statistics fhir_string_together (mcv) on type, parameter from fhir_string;
create statistics fhir_date_together (mcv) on type, parameter from fhir_date;
create statistics fhir_quantity_together (mcv) on type, parameter from fhir_quantity;
create statistics fhir_reference_together (mcv) on type, parameter, target_type from fhir_reference;
create statistics fhir_uri_together (mcv) on type, parameter from fhir_uri;

-- Replaces what one resource is found by. `given`: of each kind the index values (fhir/search/index-value.ts), absent where there
-- are none. Plans are made once and for any resource: one made for a type that the statistics do not know yet reads the rows of
-- all of that type.
create function write_fhir_index(of_tenant smallint, of_type text, of_id text, given jsonb) returns void language plpgsql
set plan_cache_mode = force_generic_plan as $$
begin
  delete from fhir_token where tenant = of_tenant and type = of_type and id = of_id;
  if given ? 'token' then
    insert into fhir_token (tenant, type, id, parameter, element, is_least, is_most, system, code)
    select of_tenant, of_type, of_id, parameter, element, coalesce("isLeast", false), coalesce("isMost", false), system, code
    from jsonb_to_recordset(given->'token') as v(parameter text, element integer, "isLeast" boolean, "isMost" boolean, system text, code text);
  end if;
  delete from fhir_string where tenant = of_tenant and type = of_type and id = of_id;
  if given ? 'string' then
    insert into fhir_string (tenant, type, id, parameter, element, is_least, is_most, text, folded)
    select of_tenant, of_type, of_id, parameter, element, coalesce("isLeast", false), coalesce("isMost", false), text, folded
    from jsonb_to_recordset(given->'string') as v(parameter text, element integer, "isLeast" boolean, "isMost" boolean, text text, folded text);
  end if;
  delete from fhir_date where tenant = of_tenant and type = of_type and id = of_id;
  if given ? 'date' then
    insert into fhir_date (tenant, type, id, parameter, element, is_least, is_most, starts, ends)
    select of_tenant, of_type, of_id, parameter, element, coalesce("isLeast", false), coalesce("isMost", false), start, "end"
    from jsonb_to_recordset(given->'date') as v(parameter text, element integer, "isLeast" boolean, "isMost" boolean, start bigint, "end" bigint);
  end if;
  delete from fhir_quantity where tenant = of_tenant and type = of_type and id = of_id;
  if given ? 'quantity' then
    insert into fhir_quantity (tenant, type, id, parameter, element, is_least, is_most, low, high, system, code, unit)
    select of_tenant, of_type, of_id, parameter, element, coalesce("isLeast", false), coalesce("isMost", false), low, high, system, code, unit
    from jsonb_to_recordset(given->'quantity') as v(parameter text, element integer, "isLeast" boolean, "isMost" boolean, low numeric, high numeric, system text, code text, unit text);
  end if;
  delete from fhir_reference where tenant = of_tenant and type = of_type and id = of_id;
  if given ? 'reference' then
    insert into fhir_reference (tenant, type, id, parameter, element, is_least, is_most, target_type, target_id)
    select of_tenant, of_type, of_id, parameter, element, coalesce("isLeast", false), coalesce("isMost", false), v.type, v.id
    from jsonb_to_recordset(given->'reference') as v(parameter text, element integer, "isLeast" boolean, "isMost" boolean, type text, id text);
  end if;
  delete from fhir_uri where tenant = of_tenant and type = of_type and id = of_id;
  if given ? 'uri' then
    insert into fhir_uri (tenant, type, id, parameter, element, is_least, is_most, uri)
    select of_tenant, of_type, of_id, parameter, element, coalesce("isLeast", false), coalesce("isMost", false), uri
    from jsonb_to_recordset(given->'uri') as v(parameter text, element integer, "isLeast" boolean, "isMost" boolean, uri text);
  end if;
end $$;
