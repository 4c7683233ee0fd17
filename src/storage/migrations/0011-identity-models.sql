-- What the engine believes of a tenant's patients (identity/model.ts), in versions that are never changed. Which one is in
-- force is said by the identity log: every node folds by the model of the last entry that names one.

create table identity_model (
  tenant smallint not null references tenant,
  -- 0 is the one that is shipped, and is not kept here.
  version integer not null check (version > 0),
  -- json and not jsonb: every node parses the same text.
  parameters json not null,
  -- The version it was tried beside, the last entry of the log it was estimated from, and how many sightings and decisions.
  basis jsonb not null,
  -- How it judged what people had decided and populations whose truth is known, beside the model that was in force; how
  -- many persons would be others.
  trial jsonb not null,
  -- Why it was not put in force; empty where nothing spoke against it.
  objections text[] not null,
  made_at timestamptz(3) not null default now(),
  primary key (tenant, version)
);

alter table identity_event drop constraint identity_event_kind_check;
-- model: from here on this version is in force: {version, pinned, decidedBy, reason}.
alter table identity_event add constraint identity_event_kind_check
  check (kind in ('study', 'sighting', 'assertion', 'decision', 'retraction', 'removal', 'model'));
create index identity_event_model on identity_event (tenant, id) where kind = 'model';

-- What an entry that names a model changed, noted by the first node that had folded everything by it. A node that starts
-- uses the last model of which this is noted, and goes on from there as the others did.
create table identity_swap (
  tenant smallint not null references tenant,
  entry bigint not null,
  -- Persons made of several, and persons of whom several were made.
  joined integer not null,
  split integer not null,
  -- Sightings, as entries of the log, of all these.
  moved bigint[] not null,
  at timestamptz(3) not null default now(),
  primary key (tenant, entry)
);

-- Ids of persons that no registration gives any more since it is read otherwise, and a sighting of whoever had them.
create table identity_former_id (
  tenant smallint not null references tenant,
  person text collate "C" not null,
  sighting bigint not null,
  primary key (tenant, person)
);
