-- Answers of persons about procedures are taken back, and models learn from them.

alter table procedure_answer
  add column retracted_at timestamptz,
  add column retracted_by text;

-- What each study says of its procedure, by the key of an answer: who else says the same.
create table study_said (
  tenant smallint not null,
  study bigint not null,
  key_hash text collate "C" not null,
  primary key (tenant, study)
);
create index study_said_alike on study_said (tenant, key_hash, study);

-- Studies whose facts are to be found again: an answer was given or taken back, or another model is in force.
create table facts_again (
  tenant smallint not null,
  study bigint not null,
  asked_at timestamptz not null default clock_timestamp(),
  primary key (tenant, study)
);

-- By what is told what was done, in versions that are never changed.
create table procedure_model (
  tenant smallint not null references tenant,
  -- 0 is the one that is shipped, and is not kept here.
  version integer not null check (version > 0),
  -- As normalize/learning/judge.ts writes it.
  weights text not null,
  -- The version it was tried beside, and how many answers it was trained with.
  basis jsonb not null,
  -- How it read rows and answers whose truth is known, beside the model that was in force.
  trial jsonb not null,
  -- Why it was not put in force; empty where nothing spoke against it.
  objections text[] not null,
  made_at timestamptz(3) not null default now(),
  primary key (tenant, version)
);

-- Which version was put in force when; the last holds.
create table procedure_model_use (
  id bigint generated always as identity primary key,
  tenant smallint not null references tenant,
  version integer not null,
  -- Chosen by a person: no other is put in force until they let go of it.
  pinned boolean not null,
  -- Absent where the node did it by itself, after a trial.
  decided_by text,
  reason text,
  at timestamptz(3) not null default now()
);
create index procedure_model_use_last on procedure_model_use (tenant, id);
