-- Subscriptions by topic (FHIR R4 Subscriptions Backport): who wants to be told of what, how many events each had, and what
-- these were. The resource itself lies in fhir_resource; what stands here is written with it.

create sequence fhir_subscription_change;

create table fhir_subscription (
  tenant smallint not null references tenant,
  id text collate "C" not null,
  -- Principal.id of who wrote it: by whose rights it is told, at the time of each notification.
  principal text not null,
  -- requested, active, error or off.
  status text not null,
  -- The resource as it was written, without what the node says of it.
  resource json not null,
  -- Whether it has a rest-hook, and when it ends: both are said in the resource too, which is not read for every look.
  has_hook boolean not null,
  ends_at timestamptz,
  -- Events of transactions that these had seen are none of its.
  since pg_snapshot not null default pg_current_snapshot(),
  -- Numbers what readers have to take in anew.
  change bigint not null default nextval('fhir_subscription_change'),
  primary key (tenant, id)
);
create index fhir_subscription_changed on fhir_subscription (change);

-- Apart, since it changes with every event.
create table fhir_subscription_progress (
  tenant smallint not null,
  id text collate "C" not null,
  -- Number of its last event.
  events bigint not null default 0,
  -- Number of the last that was delivered, to a rest-hook.
  delivered bigint not null default 0,
  -- In a row, without a delivery.
  failures integer not null default 0,
  -- Code of a Problem: why the last attempt failed.
  problem text,
  -- Nobody tries before; whoever does takes it for as long as it may take.
  not_before timestamptz not null default now(),
  -- The node that is at it: one that was killed gives back what it had when it starts again.
  taken_by text,
  -- Null: none is wanted, or none before another notification.
  heartbeat_at timestamptz,
  primary key (tenant, id),
  foreign key (tenant, id) references fhir_subscription on delete cascade
) with (fillfactor = 50);

create table fhir_subscription_event (
  tenant smallint not null,
  subscription text collate "C" not null,
  number bigint not null,
  at timestamptz not null,
  -- What changed, as Type/id, by create, update or delete, and its version where versions are kept.
  focus text not null,
  interaction text not null,
  version integer,
  -- Others that it is about, as Type/id.
  context text[] not null default '{}',
  primary key (tenant, subscription, number),
  foreign key (tenant, subscription) references fhir_subscription on delete cascade
);
create index fhir_subscription_event_at on fhir_subscription_event (at);

-- How far the feed was read for them, and the identity log.
create table subscription_cursor (cursor text);
insert into subscription_cursor values (null);
create table subscription_identity_cursor (cursor text);
insert into subscription_identity_cursor values (null);

-- Studies that something came of: told once no more comes. One that was there before anybody was told counts as told.
create table fhir_changed_study (
  tenant smallint not null,
  study bigint not null,
  study_uid text not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  -- Of the last event.
  xid xid8 not null,
  is_waiting boolean not null default true,
  was_told boolean not null default false,
  primary key (tenant, study)
);
create index fhir_changed_study_waiting on fhir_changed_study (last_at) where is_waiting;

-- By which a web socket shows whose notifications it may have; good once.
create table fhir_subscription_binding (
  token_sha256 bytea primary key,
  tenant smallint not null,
  principal text not null,
  subscriptions text[] not null,
  expires_at timestamptz not null
);

-- What people said of registrations, without the many sightings between.
create index identity_event_statement on identity_event (xid, id)
  where kind in ('assertion', 'decision', 'retraction', 'removal');
