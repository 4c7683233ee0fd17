-- Who may come in, and who did what.

create table peer (
  tenant smallint not null references tenant,
  ae_title text collate "C" not null,
  host text not null,
  port integer not null,
  -- SOP classes stored from this peer beyond the standard's and the known private ones.
  sop_classes text[] not null default '{}',
  created_at timestamptz not null default now(),
  primary key (tenant, ae_title)
);

create table token (
  id uuid primary key,
  tenant smallint not null references tenant,
  name text not null,
  -- SHA-256 of the secret; the secret itself is shown once.
  secret_sha256 bytea not null unique,
  scopes text[] not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  -- token; sign-in: the link printed at start, spent at its first use; session: what a sign-in was exchanged for.
  kind text not null default 'token' check (kind in ('token', 'sign-in', 'session')),
  used_at timestamptz
);

-- Append-only. Ids and the raw query only; never names or other payload.
create table audit (
  id bigint generated always as identity primary key,
  tenant smallint not null,
  -- Milliseconds, as JavaScript has them: pages are cut at (at, id).
  at timestamptz(3) not null default now(),
  principal text not null,
  door text not null,
  action text not null,
  outcome text not null,
  study_uid text collate "C",
  instance_count integer,
  query text,
  request_id text,
  remote_address text
);
create index audit_page on audit (tenant, at, id);
create index audit_study on audit (tenant, study_uid, id) where study_uid is not null;
