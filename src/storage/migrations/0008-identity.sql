-- What was said of patients, and what was asserted and decided about it, append-only. Who is who is a fold over this
-- (identity/): nothing is ever changed here, so that every decision can be told, taken back, and told again.

create table identity_event (
  id bigint generated always as identity,
  xid xid8 not null default pg_current_xact_id(),
  tenant smallint not null references tenant,
  -- study: who the source says a study is of, read from its row. sighting: the same of a message or an upload.
  -- assertion: a source merges or unlinks. decision: a person of ours links or keeps apart. retraction: one of these is undone.
  -- removal: a source no longer has a registration.
  kind text not null check (kind in ('study', 'sighting', 'assertion', 'decision', 'retraction', 'removal')),
  -- What it came from. Nothing that came from one thing is appended twice.
  cause text collate "C" not null,
  study bigint,
  payload jsonb,
  at timestamptz(3) not null default now(),
  primary key (xid, id),
  unique (tenant, cause),
  check ((kind = 'study') = (study is not null and payload is null))
);
-- Events are named by it: a retraction names what it undoes.
create index identity_event_id on identity_event (id);

-- In the transaction that keeps a study: a crash leaves no study that nobody was asked about.
create function tell_identity_of_study() returns trigger language plpgsql as $$
begin
  insert into identity_event (tenant, kind, cause, study) values (new.tenant, 'study', 'study:' || new.id, new.id);
  return null;
end $$;
create trigger study_identity after insert on study for each row execute function tell_identity_of_study();

insert into identity_event (tenant, kind, cause, study, at) select tenant, 'study', 'study:' || id, id, created_at from study;

-- Who assigns identifiers, under one name each, and whose connections mean it where they name nobody.
create table authority (
  tenant smallint not null references tenant,
  name text collate "C" not null,
  namespace_id text,
  universal_id text,
  universal_id_type text,
  -- Of its identifiers in FHIR.
  system text,
  sources text[] not null default '{}',
  primary key (tenant, name)
);
