-- Cases that are read at an exchange elsewhere: what of a room was carried there, what was asked for, and since when it fails.

create table reading_carriage (
  case_id text collate "C" primary key,
  -- What was asked for, once everything was there: the hash of the context, and the priority.
  asked text,
  asked_at timestamptz,
  retry_at timestamptz not null default '-infinity',
  failures integer not null default 0,
  -- Absent while nothing fails.
  failing_since timestamptz,
  -- Why the exchange will not have it, a code; until a person lets the case go.
  refused text,
  -- When the exchange was last asked what came of it.
  looked_at timestamptz not null default '-infinity'
);

-- What the exchange has acknowledged: copies, by the name that they have in the ledger, and notes that reject some.
create table reading_carried (
  case_id text collate "C" not null references reading_carriage,
  name text collate "C" not null,
  study_uid text collate "C" not null,
  series_uid text collate "C" not null,
  sop_class text collate "C" not null,
  carried_at timestamptz not null default now(),
  primary key (case_id, name)
);
