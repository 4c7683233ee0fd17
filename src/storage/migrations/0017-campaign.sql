-- Under which UIDs a receiver knows what it was sent.

-- Study, Series and SOP Instance UID that the rules made of them; absent: its own.
alter table delivery add column sent_as text[] collate "C";

-- What was sent under a patient who turned out to be another is corrected: the receiver is told to reject it, and it goes
-- again as a consignment of its own, under other UIDs.

alter table consignment
  -- 0: as the rules sent it. Each correction is the next one.
  add column generation integer not null default 0,
  -- The correction by which this one holds no longer.
  add column successor bigint,
  -- Under whom its objects went: of src/delivery/delivered-patient.ts.
  add column patients text[] not null default '{}',
  -- Nothing of it is sent. `doubted`: it is being looked at whose it is; `note`: the receiver has yet to reject what it has.
  add column barred text check (barred in ('doubted', 'note')),
  drop constraint consignment_study_destination_form_key_key,
  add unique (study, destination, form_key, generation);
create index consignment_doubted on consignment (id) where barred = 'doubted';
create index consignment_patients on consignment using gin (patients) where patients <> '{}' and patients <> '{""}';

-- delivery.state `corrected`: the receiver was told to reject it, and the successor of its consignment has a row for it.

create table correction (
  id bigint generated always as identity primary key,
  tenant smallint not null references tenant,
  study bigint not null,
  destination integer not null references destination,
  -- What was wrong, and what takes its place; without a successor a person has to see to it.
  consignment bigint not null,
  successor bigint,
  was_patients text[] not null,
  patient text not null,
  -- SOP Instance UID of the rejection note and the code of its title, in DCM.
  note_uid text collate "C" not null,
  code text not null,
  -- queued: the note waits; sent: the receiver took it; failed: it did not; told: nothing is sent; acknowledged: by a person.
  state text not null default 'queued' check (state in ('queued', 'sent', 'failed', 'told', 'acknowledged')),
  attempts smallint not null default 0,
  status integer,
  problem text,
  retry_at timestamptz not null default '-infinity',
  holder text,
  held_until timestamptz not null default '-infinity',
  acknowledged_by text,
  created_at timestamptz not null default now(),
  settled_at timestamptz
);
create index correction_queue on correction (destination, id) where state = 'queued';
create index correction_study on correction (study);
create index correction_consignment on correction (consignment);
create index correction_successor on correction (successor);

-- How far the identity log was read for it.
create table correction_cursor (
  is_only boolean primary key default true check (is_only),
  position text collate "C" not null
);
insert into correction_cursor (position)
  select coalesce((select xid::text || '.' || id from identity_event order by xid desc, id desc limit 1), '0.0');
