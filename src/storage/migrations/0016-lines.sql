-- Proof of what was delivered, storage commitments that we asked for, and studies that are pulled from archives.

-- What the receiver gave as proof: an ETag and a checksum, the status of an answer, an acknowledgement. No value of the object.
-- A state besides those of 0012: committed, the receiver promised to keep it (PS3.4 J).
alter table delivery add column proof text;

-- Storage commitments that we asked for and of which nothing was heard: a result may come to any node, at any time.
create table commitment_request (
  transaction_uid text collate "C" primary key,
  consignment bigint not null,
  instances bigint[] not null,
  requested_at timestamptz not null default now()
);
create index commitment_request_consignment on commitment_request (consignment);

-- Priors that a rule wants here: of whom, and from which archives. Asked until each archive has answered.
create table prefetch (
  id bigint generated always as identity primary key,
  tenant smallint not null references tenant,
  -- What the rule was asked of: `study` and its row, or `order` and its number.
  subject text collate "C" not null,
  -- Row of the study; absent of an order.
  study bigint,
  -- Of an order: whose it is, as [{issuer, id}].
  identifiers jsonb not null default '[]',
  rule text not null,
  rule_set integer not null,
  -- What the rule was told.
  facts jsonb not null,
  archives text[] not null,
  -- As of a consignment.
  priority smallint not null,
  deadline timestamptz,
  -- queued; asked: every archive has answered; failed: nobody asks any more.
  state text not null default 'queued',
  -- Of the last attempt, a code of base/problem.ts.
  problem text,
  attempts smallint not null default 0,
  retry_at timestamptz not null default '-infinity',
  holder text,
  held_until timestamptz not null default '-infinity',
  planned_at timestamptz not null default now(),
  unique (tenant, subject, rule)
);
create index prefetch_queue on prefetch (priority, id) where state = 'queued';
create index prefetch_study on prefetch (study) where study is not null;

-- A study that is pulled, whoever wanted it: once for a tenant.
create table pull (
  tenant smallint not null references tenant,
  study_uid text collate "C" not null,
  archive text not null,
  -- How many the archive says it has; absent where it does not say.
  instances integer,
  priority smallint not null,
  deadline timestamptz,
  -- queued; here: all that the archive has; failed: nobody tries any more.
  state text not null default 'queued',
  problem text,
  attempts smallint not null default 0,
  retry_at timestamptz not null default '-infinity',
  holder text,
  held_until timestamptz not null default '-infinity',
  queued_at timestamptz not null default now(),
  settled_at timestamptz,
  primary key (tenant, study_uid)
);
create index pull_queue on pull (priority, deadline, queued_at) where state = 'queued';

create table prefetch_prior (
  prefetch bigint not null,
  study_uid text collate "C" not null,
  primary key (prefetch, study_uid)
);
create index prefetch_prior_study on prefetch_prior (study_uid);
