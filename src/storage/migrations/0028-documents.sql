-- What became of the attachments of FHIR resources that are to be instances as well.

create table document_instances (
  tenant smallint not null references tenant,
  -- DocumentReference or Media.
  type text collate "C" not null,
  id text collate "C" not null,
  -- Digest of what was attached: the same is not made twice.
  content text collate "C" not null,
  -- instances: they are here; refused: they are not, and will not be; kept: nothing of it is anything that images hold.
  state text not null check (state in ('instances', 'refused', 'kept')),
  study_uid text collate "C",
  -- SOP Instance UIDs.
  instances text[] collate "C" not null default '{}',
  -- Codes and sentences of what was found on the way, as [{code, assumed}].
  findings jsonb not null default '[]',
  -- Why it was refused: an OperationOutcome.
  outcome json,
  at timestamptz not null default now(),
  primary key (tenant, type, id)
);
create index document_instances_at on document_instances (tenant, at desc);

-- How far the events were read for it: what was written before is left as it is.
create table document_cursor (
  is_only boolean primary key default true check (is_only),
  cursor text collate "C"
);
insert into document_cursor (cursor)
  select (select xid::text || '.' || id from event order by event.xid desc, event.id desc limit 1);

-- The order that somebody assigned to a study that nobody ordered, or whose numbers are wrong.
create table study_order (
  tenant smallint not null references tenant,
  study_uid text collate "C" not null,
  imaging_order bigint not null references imaging_order,
  assigned_by text not null,
  assigned_at timestamptz not null default now(),
  primary key (tenant, study_uid)
);
create index study_order_of on study_order (imaging_order);
