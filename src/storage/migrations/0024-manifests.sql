-- Manifests of studies that others sent, and what is pulled because of them: the series that they list, from each archive that
-- they name.

create table received_manifest (
  id bigint generated always as identity primary key,
  tenant smallint not null references tenant,
  study_uid text collate "C" not null,
  -- `instance` and its SOP Instance UID, or `DocumentReference` and its id: a manifest that is sent again takes its own place.
  document text collate "C" not null,
  -- SOP Instance UIDs that it lists.
  listed text[] not null,
  -- Where those are said to be that no archive of ours is known for, as [{url, locationUid, aeTitle}].
  unknown jsonb not null default '[]',
  received_at timestamptz not null default now(),
  unique (tenant, document, study_uid)
);
create index received_manifest_study on received_manifest (tenant, study_uid);

-- A study is pulled as a whole, part '', or as far as manifests list it: one part for each archive.
alter table pull add column part text collate "C" not null default '';
-- Of such a part, as [{seriesInstanceUid, instances}].
alter table pull add column listed jsonb;
alter table pull drop constraint pull_pkey;
alter table pull add primary key (tenant, study_uid, part);

-- How far the feed was read for manifests: what was kept before was no concern of theirs.
create table manifest_cursor (
  is_only boolean primary key default true check (is_only),
  cursor text collate "C"
);
insert into manifest_cursor (cursor)
  select (select xid::text || '.' || id from event order by event.xid desc, event.id desc limit 1);
