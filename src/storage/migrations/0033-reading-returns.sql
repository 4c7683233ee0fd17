-- What came back from the rooms of readers: at home, or waiting for a person who says what becomes of it.

create table reading_return (
  id bigint generated always as identity primary key,
  -- In which room it was stored.
  room smallint not null references tenant,
  -- Whose case it is of; absent where it is of none.
  tenant smallint references tenant,
  case_id text collate "C",
  kind text not null check (kind in ('instance', 'report', 'signed')),
  -- In the room: SOP Instance UID, or id of the DiagnosticReport; of a report that was signed here its case. And which version.
  name text collate "C" not null,
  version integer not null,
  state text not null check (state in ('home', 'quarantined', 'discarded')),
  -- Why it waits: [{code, path}] of src/reading/privacy/way-home.ts; no value of anybody.
  findings jsonb not null default '[]',
  -- At home: SOP Instance UID, or id of the DiagnosticReport.
  home text collate "C",
  -- What came with it and was made anew from its text, because it named a pseudonym.
  replaced text[] not null default '{}',
  -- Who decided, and what was confirmed: words of dates, pixels.
  decided_by text,
  decision jsonb,
  at timestamptz not null default now(),
  settled_at timestamptz not null default now(),
  unique (room, kind, name, version)
);
create index reading_return_waiting on reading_return (tenant, id) where state = 'quarantined';
create index reading_return_waiting_room on reading_return (room, id) where state = 'quarantined';
create index reading_return_case on reading_return (case_id);

create table reading_return_cursor (
  is_only boolean primary key default true check (is_only),
  cursor text collate "C"
);
insert into reading_return_cursor (cursor)
  select (select xid::text || '.' || id from event order by event.xid desc, event.id desc limit 1);

create table reading_homecoming_cursor (
  is_only boolean primary key default true check (is_only),
  cursor text collate "C"
);
insert into reading_homecoming_cursor (cursor)
  select (select xid::text || '.' || id from event order by event.xid desc, event.id desc limit 1);

-- Versions of signed reports on their way to the destinations that the contract names.
create table reading_delivery (
  case_id text collate "C" not null,
  -- As the log of the case counts them; absent of a report that was withdrawn.
  version integer,
  destination text collate "C" not null,
  -- The client, and its DiagnosticReport.
  tenant smallint not null references tenant,
  report text collate "C" not null,
  report_version integer not null,
  -- SHA-256 of the text that was signed.
  text_hash text collate "C" not null,
  -- filing: its document is not in the study yet; sending: it is in the ledger of deliveries; superseded: a later version is.
  state text not null default 'filing' check (state in ('filing', 'sending', 'delivered', 'failed', 'superseded')),
  -- Whether the log says so.
  is_told boolean not null default false,
  reason text,
  at timestamptz not null default now(),
  settled_at timestamptz,
  primary key (case_id, destination, report_version)
);
create index reading_delivery_open on reading_delivery (case_id) where state in ('filing', 'sending', 'failed') or not is_told;
