-- PIX update notifications (IHE ITI-10): which HL7 interface was told what of whom, and what it has yet to be told.

-- How far the identity log was read for it: from when the first interface is to be told; what was before is not told.
create table pix_cursor (
  is_only boolean primary key default true check (is_only),
  position text collate "C" not null
);

-- With which others a registration was last told.
create table pix_told (
  tenant smallint not null references tenant,
  interface text collate "C" not null,
  -- ["issuer","id"]
  registration text collate "C" not null,
  -- The same for all that were told as one person's.
  together text collate "C" not null,
  primary key (tenant, interface, registration)
);
create index pix_told_together on pix_told (tenant, interface, together);

create table pix_notice (
  id bigint generated always as identity primary key,
  tenant smallint not null references tenant,
  interface text collate "C" not null,
  -- [{"issuer", "id"}]: all of the person.
  identifiers jsonb not null,
  -- refused: the receiver wants it otherwise (AE, CE), and the next one is sent.
  state text not null default 'waiting' check (state in ('waiting', 'acknowledged', 'refused')),
  attempts integer not null default 0,
  -- Of the last attempt: a code of base/problem.ts.
  problem text,
  -- Whoever sends it has until then; after a failure, the end of the pause.
  not_before timestamptz not null default now(),
  created_at timestamptz not null default now(),
  settled_at timestamptz
);
create index pix_notice_waiting on pix_notice (tenant, interface, id) where state = 'waiting';
create index pix_notice_page on pix_notice (tenant, id);
