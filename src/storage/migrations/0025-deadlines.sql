-- Deadlines of rules (`by`): what is at risk goes beside STAT, and somebody is told, before and when one is missed.

alter table consignment
  -- When somebody is told that `deadline` will be missed.
  add column warn_at timestamptz,
  -- When it is looked at next: `warn_at`, then `deadline`; absent where there is nothing to look for.
  add column watch_at timestamptz,
  -- `warn_at` has passed: it goes beside STAT.
  add column is_due boolean not null default false;
create index consignment_watch on consignment (watch_at) where watch_at is not null;

-- The most urgent first; of those that are alike, whose deadline is the earliest.
drop index consignment_queue;
create index consignment_queue on consignment
  (destination, (case when is_due then 0::smallint else priority end), deadline, id) where is_open;

alter table prefetch add column warn_at timestamptz, add column watch_at timestamptz;
drop index prefetch_queue;
create index prefetch_queue on prefetch (priority, deadline, id) where state = 'queued';
create index prefetch_watch on prefetch (watch_at) where watch_at is not null;

-- Of one deadline of what is sent, or of priors: told until it is met or a person has seen it.
create table deadline_alarm (
  id bigint generated always as identity primary key,
  tenant smallint not null references tenant,
  consignment bigint,
  prefetch bigint,
  deadline timestamptz not null,
  -- at-risk: `warn_at` has passed; missed: the deadline itself.
  state text not null check (state in ('at-risk', 'missed')),
  raised_at timestamptz not null default now(),
  missed_at timestamptz,
  acknowledged_by text,
  acknowledged_at timestamptz,
  check (num_nonnulls(consignment, prefetch) = 1),
  unique (consignment, deadline),
  unique (prefetch, deadline)
);
create index deadline_alarm_open on deadline_alarm (tenant, id) where acknowledged_by is null;

-- Appointments that are for no images, an operation above all: by when images of their patient are needed.
create table appointment (
  id bigint generated always as identity primary key,
  tenant smallint not null references tenant,
  -- Who sent it: the name of an HL7 interface, `fhir`.
  source text collate "C" not null,
  -- Its number there.
  number text collate "C" not null,
  patient_id text collate "C" not null,
  issuer_of_patient_id text collate "C" not null,
  starts_at timestamptz not null,
  -- What is done, in words, and where; absent where nobody said.
  service text,
  location text,
  -- It will not take place.
  is_off boolean not null default false,
  updated_at timestamptz not null default now(),
  unique (tenant, source, number)
);
create index appointment_patient on appointment (tenant, patient_id, starts_at) where not is_off;
