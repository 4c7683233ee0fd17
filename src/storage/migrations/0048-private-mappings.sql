-- What private elements mean: what was found by looking at what a tenant has, and what persons made of that.

create table private_mapping_proposal (
  tenant smallint not null references tenant,
  -- As normalize/acquisition/private-tag.ts prints it: `0019xx0C of SIEMENS MR HEADER`.
  element text collate "C" not null,
  -- Keyword of PS3.6, or the name of a derived quantity.
  attribute text collate "C" not null,
  -- As normalize/discovery/propose.ts has it.
  proposal jsonb not null,
  state text not null default 'open' check (state in ('open', 'accepted', 'refused')),
  found_at timestamptz(3) not null default now(),
  decided_by text,
  decided_at timestamptz(3),
  reason text,
  primary key (tenant, element, attribute)
);

-- Versions of what was accepted; the last is in force, none is ever changed.
create table private_mapping_set (
  tenant smallint not null references tenant,
  -- 0 is empty, and is not kept.
  version integer not null check (version > 0),
  -- As normalize/discovery/mapping-set.ts has it.
  mappings jsonb not null,
  made_by text not null,
  -- `accepted` or `withdrawn`, and what.
  change text not null,
  made_at timestamptz(3) not null default now(),
  primary key (tenant, version)
);
