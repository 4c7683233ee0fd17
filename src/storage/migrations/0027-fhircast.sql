-- Sessions of a reading room (FHIRcast): which patient, study and report a user has open, and which applications follow.

create table fhircast_topic (
  topic text primary key,
  tenant smallint not null references tenant,
  -- Principal.id of the user whose session it is: it ends with that.
  principal text not null,
  -- What is open: see fhircast/session.ts.
  session jsonb not null default '{"open": []}',
  changed_at timestamptz not null default now(),
  unique (tenant, principal)
);

create table fhircast_subscriber (
  -- SHA-256 of what its web socket's URL ends with.
  endpoint bytea primary key,
  topic text not null references fhircast_topic on delete cascade,
  principal text not null,
  name text,
  -- In lower case.
  events text[] not null,
  lease_until timestamptz not null
);
create index fhircast_subscriber_topic on fhircast_subscriber (topic);

-- What is on its way to the nodes that have their sockets.
create table fhircast_message (
  id bigint generated always as identity primary key,
  topic text not null references fhircast_topic on delete cascade,
  message jsonb not null,
  at timestamptz not null default now()
);
