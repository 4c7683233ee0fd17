-- What normalisation holds to be true of a study, beside what its objects say, which stays as it came.

create table fact (
  tenant smallint not null,
  study bigint not null,
  -- Of one of its series; absent: of the study's procedure.
  series_uid text,
  -- As normalize/fact.ts has it: a keyword of PS3.6 or a name of our own.
  attribute text not null,
  value jsonb not null,
  -- Elements that it was read from.
  sources jsonb not null,
  -- 0 to 1: how often such a reading is right.
  confidence real not null,
  reason text not null,
  -- The models that found it, by checksum.
  found_by text not null,
  found_at timestamptz not null default now()
);
create index fact_study on fact (tenant, study);
-- What waits for a person.
create index fact_doubtful on fact (tenant, study) where confidence < 0.95::real;

-- How far the events were read for it.
create table fact_cursor (
  is_only boolean primary key default true check (is_only),
  cursor text collate "C"
);
insert into fact_cursor default values;
