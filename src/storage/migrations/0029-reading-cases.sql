-- Cases of the reading exchange. The log says what happened; a row of reading_case is what it comes to, for worklists and for
-- compare-and-set. Neither holds anything of a patient: who it is stands in the study, in the archive of who may know.

create table reading_case (
  -- Speakable: src/reading/case/case-code.ts.
  id text collate "C" primary key,
  -- Of the last entry, and when that was.
  sequence integer not null,
  changed_at timestamptz not null,
  state text collate "C" not null,
  -- Whose archive holds the images, and the room of the provider that holds the copies; absent until there is one.
  client smallint not null references tenant,
  room smallint references tenant,
  provider text collate "C" not null,
  -- In the archive of the client, and what stands for it in the room.
  study_uid text collate "C",
  room_study_uid text collate "C",
  accession text collate "C",
  -- imaging_order; absent while nobody ordered it.
  imaging_order bigint,
  -- Of a second or trial reading, or one that goes on with another.
  part_of text collate "C" references reading_case,
  term text collate "C",
  term_version integer,
  -- 0 routine … 3 stat.
  priority smallint not null,
  ready_at timestamptz,
  -- As it was when the row was written: while its clock stands still it moves on.
  due_at timestamptz,
  -- When the next rung of the escalation ladder is reached; absent while the clock stands still.
  watch_at timestamptz,
  claimed_by text collate "C",
  -- Heartbeats move it on without an entry.
  lease_until timestamptz,
  offered_to text collate "C",
  offer_until timestamptz,
  -- When intake looks at it again by itself: orphans, studies that are quiet.
  intake_at timestamptz,
  has_unseen boolean not null,
  has_open_critical boolean not null,
  -- ReadingCase (src/reading/case/reading-case.ts).
  folded json not null
);
-- One case at a time of a study and of an order, beside those that go on with another.
create unique index reading_case_study on reading_case (client, study_uid)
  where part_of is null and state not in ('final', 'delivered', 'closed', 'cancelled', 'rejected', 'in-error');
create unique index reading_case_order on reading_case (imaging_order)
  where part_of is null and state not in ('final', 'delivered', 'closed', 'cancelled', 'rejected', 'in-error');
create index reading_case_of_study on reading_case (client, study_uid, id);
create index reading_case_of_accession on reading_case (client, accession) where accession is not null;
create index reading_case_of_room on reading_case (room, room_study_uid) where room is not null;
create index reading_case_worklist on reading_case (client, due_at, id) where state not in ('closed', 'cancelled', 'rejected', 'in-error');
create index reading_case_room on reading_case (room, due_at, id)
  where room is not null and state not in ('closed', 'cancelled', 'rejected', 'in-error');
create index reading_case_watch on reading_case (watch_at) where watch_at is not null;
create index reading_case_lease on reading_case (lease_until) where lease_until is not null;
create index reading_case_offer on reading_case (offer_until) where offer_until is not null;
create index reading_case_intake on reading_case (intake_at) where intake_at is not null;
create index reading_case_part_of on reading_case (part_of) where part_of is not null;

-- Append-only.
create table reading_event (
  reading_case text collate "C" not null references reading_case,
  sequence integer not null,
  at timestamptz not null,
  -- Actor: who did it, and which of them.
  by_kind text collate "C" not null,
  by_id text collate "C" not null,
  kind text collate "C" not null,
  -- The rest of the entry (src/reading/case/case-event.ts).
  detail json not null,
  primary key (reading_case, sequence)
);
create index reading_event_at on reading_event (at);

-- How far the events were read for intake, and for what others are told of cases.
create table reading_intake_cursor (
  is_only boolean primary key default true check (is_only),
  cursor text collate "C"
);
insert into reading_intake_cursor (cursor)
  select (select xid::text || '.' || id from event order by event.xid desc, event.id desc limit 1);
create table reading_projection_cursor (
  is_only boolean primary key default true check (is_only),
  cursor text collate "C"
);
insert into reading_projection_cursor default values;
