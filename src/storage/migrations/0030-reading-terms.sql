-- What clients and reading providers agreed on, who reads, and for whom a credential acts.

-- The reader of a token, sign-in link or session with the scope `report`.
alter table token add column reader text collate "C";

-- Where a client makes images: jurisdiction, zone, and the names by which studies say it.
create table reading_site (
  tenant smallint not null references tenant,
  id text collate "C" not null,
  document jsonb not null,
  updated_at timestamptz(3) not null default now(),
  primary key (tenant, id)
);

-- Between a client and a provider, whose room is a tenant of its own; terms are beside it.
create table reading_contract (
  id text collate "C" primary key,
  -- The client.
  tenant smallint not null references tenant,
  provider text collate "C" not null,
  room smallint not null references tenant,
  status text not null check (status in ('offered', 'negotiable', 'executed', 'terminated')),
  valid_from timestamptz(3) not null,
  valid_to timestamptz(3),
  created_at timestamptz(3) not null default now()
);
create index reading_contract_tenant on reading_contract (tenant);
create index reading_contract_room on reading_contract (room);

-- Versions are added and never changed: a case keeps the one it was taken in under.
create table reading_term (
  contract text collate "C" not null references reading_contract,
  id text collate "C" not null,
  version integer not null check (version > 0),
  -- As reading/terms/service-term.ts has it.
  document jsonb not null,
  author text not null,
  made_at timestamptz(3) not null default now(),
  primary key (contract, id, version)
);

-- What was known of a reader when: versions are added and never changed, the last holds.
create table reading_reader (
  id text collate "C" not null,
  version integer not null check (version > 0),
  room smallint not null references tenant,
  -- As reading/readers/reader.ts has it, without shifts.
  document jsonb not null,
  author text not null,
  made_at timestamptz(3) not null default now(),
  primary key (id, version)
);
create index reading_reader_room on reading_reader (room, id);

-- When readers are there.
create table reading_shift (
  reader text collate "C" not null,
  id text collate "C" not null,
  begins_at timestamptz(3) not null,
  ends_at timestamptz(3) not null check (ends_at > begins_at),
  primary key (reader, id)
);
create index reading_shift_end on reading_shift (ends_at);
