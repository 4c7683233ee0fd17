-- HL7 v2: who sends, and what was received.

create table hl7_interface (
  tenant smallint not null references tenant,
  -- As the operator calls it; APPLICATION@FACILITY of a sender that nobody has named.
  name text collate "C" not null,
  -- MSH-3.1 and MSH-4.1 of its messages.
  sending_application text collate "C" not null,
  sending_facility text collate "C" not null,
  -- Addresses or names it calls from; empty: from this machine only.
  hosts text[] not null default '{}',
  enabled boolean not null default true,
  -- hl7v2/sender-profile.ts.
  profile jsonb not null default '{}',
  created_at timestamptz not null default now(),
  primary key (tenant, name)
);
create index hl7_interface_sender on hl7_interface (sending_application, sending_facility);

-- A row is durable before its message is acknowledged.
create table hl7_message (
  id bigint generated always as identity primary key,
  tenant smallint not null references tenant,
  -- The name of the interface.
  interface text collate "C" not null,
  -- MSH-10.
  control_id text collate "C" not null,
  sha256 bytea not null,
  -- MSH-9.1 and 9.2: ADT^A40.
  message_type text collate "C" not null,
  -- As it came; null where the oldest of the quarantine had to go.
  bytes bytea,
  size_bytes integer not null,
  -- accepted: kept, nothing (yet) done with it; applied; refused: not taken from this sender now; quarantined: somebody has
  -- to look at it.
  state text not null check (state in ('accepted', 'applied', 'refused', 'quarantined')),
  -- A code of base/problem.ts, and its text.
  problem text,
  reason text,
  findings jsonb,
  -- What went back, each followed by FS (0x1c) as on the wire; null where nothing has gone back yet.
  acknowledgements bytea,
  -- The first message of this sender with the same control id and other bytes.
  control_id_of bigint,
  -- The quarantined message that this one was made from, and that it replaces.
  replay_of bigint,
  remote_address text,
  received_at timestamptz not null default now(),
  -- A replay from the sender is the same row, and harmless.
  unique (tenant, interface, control_id, sha256)
);
create index hl7_message_page on hl7_message (tenant, id);
create index hl7_message_quarantine on hl7_message (tenant, id) where state = 'quarantined';
-- What waits to be applied, in the order it came.
create index hl7_message_waiting on hl7_message (id) where state = 'accepted' and message_type like 'ADT%';
