-- What follows a reading: critical results until somebody has received them, reviews of readings, statements, and readings for
-- research. Nothing here names a patient; what a case is says its log.

-- How far the events were read for what follows a reading.
create table reading_after_cursor (
  is_only boolean primary key default true check (is_only),
  cursor text collate "C"
);
insert into reading_after_cursor (cursor)
  select (select xid::text || '.' || id from event order by event.xid desc, event.id desc limit 1);

-- From what nobody outside can know the draw of second readings and the links of notices are made.
create table reading_secret (
  is_only boolean primary key default true check (is_only),
  secret bytea not null
);
insert into reading_secret (secret)
  select decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex');

-- Who is told of critical results, where a client wants it otherwise than src/reading/critical/policy.ts has it.
create table reading_critical_policy (
  client smallint not null references tenant,
  name text collate "C" not null,
  -- CriticalPolicy.
  policy json not null,
  changed_by text not null,
  changed_at timestamptz not null default now(),
  primary key (client, name)
);

-- A critical result that was flagged, and how long who was told has to answer.
create table reading_critical (
  loop text collate "C" primary key,
  reading_case text collate "C" not null references reading_case,
  client smallint not null references tenant,
  room smallint references tenant,
  category smallint not null check (category between 1 and 3),
  -- A code, no text of a report.
  finding text not null,
  state text collate "C" not null check (state in ('flagged', 'notifying', 'acknowledged', 'exhausted')),
  step integer not null,
  -- CriticalLadder, as it was when the result was flagged.
  ladder json not null,
  -- Wait (src/reading/critical/wait.ts).
  left_ms float8 not null,
  looked_run text not null,
  looked_monotonic_ms float8 not null,
  looked_wall_ms float8 not null,
  flagged_at timestamptz not null,
  acknowledged_at timestamptz
);
create index reading_critical_due on reading_critical (loop) where state in ('flagged', 'notifying');
create index reading_critical_open on reading_critical (client, flagged_at) where state <> 'acknowledged';
create index reading_critical_of_room on reading_critical (room, flagged_at) where state <> 'acknowledged';
create index reading_critical_of_case on reading_critical (reading_case);

-- Who is to be told of it, by each way. It is told at least once.
create table reading_notice (
  id bigint generated always as identity primary key,
  loop text collate "C" not null references reading_critical,
  step integer not null,
  recipient text not null,
  channel text collate "C" not null,
  -- sent; obsolete: it was acknowledged before.
  state text collate "C" not null default 'queued' check (state in ('queued', 'sent', 'obsolete')),
  attempts integer not null default 0,
  next_at timestamptz not null default now(),
  problem text,
  sent_at timestamptz,
  -- A step that is taken again tells nobody twice.
  unique (loop, step, channel)
);
create index reading_notice_queued on reading_notice (next_at) where state = 'queued';

-- What of a client's readings is looked at more closely for a while: QualityTarget[].
create table reading_quality_target (
  client smallint primary key references tenant,
  targets json not null,
  changed_by text not null,
  changed_at timestamptz not null default now()
);

-- How much a reader has signed so far.
create index reading_event_signed on reading_event ((detail #>> '{report,reader}'), at)
  where kind in ('preliminary-signed', 'final-signed');

create table reading_review (
  id text collate "C" primary key,
  reading_case text collate "C" not null references reading_case,
  second_case text collate "C" references reading_case,
  client smallint not null references tenant,
  room smallint references tenant,
  author text collate "C" not null,
  reviewer text collate "C",
  state text collate "C" not null,
  -- Review (src/reading/quality/review.ts).
  review json not null,
  made_at timestamptz not null,
  changed_at timestamptz not null
);
create index reading_review_client on reading_review (client, made_at);
create index reading_review_room on reading_review (room, made_at);
create index reading_review_second on reading_review (second_case) where second_case is not null;
create unique index reading_review_of_version on reading_review (reading_case, (review ->> 'version'));

-- Append-only: a statement is never changed; what turns out otherwise is another.
create table reading_statement (
  id bigint generated always as identity primary key,
  -- Whose it is: the client, or of what readers are owed the room of the provider.
  tenant smallint not null references tenant,
  -- client; reader: what a provider owes to who read.
  kind text collate "C" not null check (kind in ('client', 'reader')),
  -- Name of the client, id of the reader.
  party text collate "C" not null,
  provider text collate "C" not null,
  period_from timestamptz not null,
  period_until timestamptz not null check (period_until > period_from),
  -- Counts from 1 among those of one party, provider and period: those after the first are corrections.
  version integer not null,
  -- StatementLine[] and Sum[]; amounts as text, in the smallest unit.
  lines json not null,
  sums json not null,
  made_by text not null,
  made_at timestamptz not null default now(),
  unique (kind, party, provider, period_from, period_until, version)
);
create index reading_statement_tenant on reading_statement (tenant, id);
create index reading_statement_provider on reading_statement (provider, id);
create index reading_event_done on reading_event (at)
  where kind in ('preliminary-signed', 'final-signed', 'cancelled', 'rejected');

-- What a provider pays to its readers; in the provider's room. Append-only.
create table reading_rate (
  id bigint generated always as identity primary key,
  room smallint not null references tenant,
  -- Absent: all readers that have none of their own.
  reader text collate "C",
  unit text collate "C" not null check (unit in ('exam', 'RVU')),
  amount text not null,
  currency text not null,
  valid_from timestamptz not null,
  made_by text not null,
  made_at timestamptz not null default now()
);
create index reading_rate_room on reading_rate (room, valid_from);

-- Relative values, where a tenant has its own: RelativeValue[].
create table reading_relative_value (
  tenant smallint primary key references tenant,
  relative_values json not null,
  changed_by text not null,
  changed_at timestamptz not null default now()
);

create table reading_trial (
  id text collate "C" not null,
  client smallint not null references tenant,
  title text not null,
  provider text collate "C" not null,
  -- TrialQuestion[].
  questions json not null,
  made_at timestamptz not null default now(),
  primary key (client, id)
);

-- A time point of a subject: the two readings of it, and the third where they differ.
create table reading_trial_subject (
  client smallint not null,
  trial text collate "C" not null,
  -- Of the trial; nobody's number elsewhere.
  subject text collate "C" not null,
  visit text collate "C" not null,
  -- The case whose study is read.
  of_case text collate "C" not null references reading_case,
  -- In the order in which they were asked for; the third is that of the adjudicator.
  cases text[] not null,
  -- TrialReading[], in the order of `cases`.
  readings json not null default '[]',
  state text collate "C" not null default 'awaits-readings',
  primary key (client, trial, subject, visit),
  foreign key (client, trial) references reading_trial
);
create index reading_trial_subject_case on reading_trial_subject using gin (cases);
