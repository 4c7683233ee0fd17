-- The catalogue of the spine. Text that is compared byte by byte has collation "C". The tenant leads every key.

create extension if not exists pg_trgm;
create extension if not exists fuzzystrmatch;

create table tenant (
  id smallint generated always as identity primary key,
  name text not null unique
);
insert into tenant (name) values ('default');

-- One row per (tenant, study, source patient): the same Study Instance UID with another patient is never merged silently.
create table study (
  id bigint generated always as identity primary key,
  tenant smallint not null references tenant,
  -- Searches look at it in every row: a column is found by walking over those before it.
  hidden_at timestamptz,
  study_uid text collate "C" not null,
  -- Who the source says this is: Patient ID and issuer, or the demographics where there is no Patient ID.
  patient_key text collate "C" not null,
  patient_id text collate "C",
  issuer_of_patient_id text collate "C",
  -- Person names as they are matched: lower case, trailing carets dropped; one per component group.
  patient_name_alphabetic text collate "C",
  patient_name_ideographic text collate "C",
  patient_name_phonetic text collate "C",
  -- Sound codes of the name's words, for fuzzy matching.
  patient_name_sounds text[],
  patient_birth_date text collate "C",
  patient_sex text collate "C",
  study_date text collate "C",
  study_time text collate "C",
  accession_number text collate "C",
  study_id text collate "C",
  study_description text collate "C",
  referring_physician text collate "C",
  -- Every patient and study level attribute of the first instance, DICOM JSON model, tags ascending.
  attributes text not null,
  -- The attributes every QIDO answer holds, as JSON members without braces, cut where computed members stand between:
  -- up to (0008,0056), from (0008,0090) up to (0008,1190), from (0010,0010) up to (0020,1206). Each ends with a comma or is empty.
  answer_head text not null,
  answer_middle text not null,
  answer_tail text not null,
  -- Computed, never taken from headers.
  modalities text[] not null default '{}',
  sop_classes text[] not null default '{}',
  series_count integer not null default 0,
  instance_count integer not null default 0,
  hidden_reason text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (tenant, study_uid, patient_key)
  -- Counts change with every batch kept: room in the page keeps those updates heap-only, off the indexes.
) with (fillfactor = 70);

create index study_patient_id on study (tenant, patient_id);
create index study_name_alphabetic on study (tenant, patient_name_alphabetic);
create index study_name_ideographic on study (tenant, patient_name_ideographic) where patient_name_ideographic is not null;
create index study_name_phonetic on study (tenant, patient_name_phonetic) where patient_name_phonetic is not null;
create index study_name_trigrams on study using gin (patient_name_alphabetic gin_trgm_ops);
create index study_name_sounds on study using gin (patient_name_sounds);
create index study_date on study (tenant, study_date);
create index study_accession on study (tenant, accession_number);
create index study_page on study (tenant, id) where hidden_at is null;

create table series (
  id bigint generated always as identity primary key,
  study bigint not null references study,
  tenant smallint not null,
  hidden_at timestamptz,
  series_uid text collate "C" not null,
  modality text collate "C",
  series_number text collate "C",
  series_description text collate "C",
  body_part text collate "C",
  series_date text collate "C",
  -- Every series level attribute of the first instance, DICOM JSON model, tags ascending.
  attributes text not null,
  -- As in study: up to (0008,1190), after it up to (0020,1209) with both UIDs, and after that; the last begins with
  -- a comma or is empty.
  answer_head text not null,
  answer_tail text not null,
  answer_rest text not null,
  instance_count integer not null default 0,
  -- Counts every change of what /metadata of this series answers; part of its ETag.
  version integer not null default 0,
  hidden_reason text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (study, series_uid)
) with (fillfactor = 70);

create index series_uid on series (tenant, series_uid);

create table instance (
  id bigint generated always as identity primary key,
  -- Both without a foreign key, which would lock and look up two rows for each instance: keep_batch updates them anyway
  -- and fails where one is gone.
  series bigint not null,
  study bigint not null,
  tenant smallint not null,
  hidden_at timestamptz,
  sop_uid text collate "C" not null,
  -- 1 for the first bytes kept under this UID; other bytes under the same UID get the next.
  version smallint not null default 1,
  -- Which version is served; exactly one per (series, sop_uid).
  served boolean not null default true,
  -- How these bytes relate to version 1: first, transcoded, demographics, conflict.
  class text not null default 'first',
  sop_class text collate "C" not null,
  transfer_syntax text collate "C" not null,
  instance_number text collate "C",
  -- Instance Number as a number, where it is one: the order of a series.
  ordinal integer,
  rows integer,
  columns integer,
  bits_allocated integer,
  number_of_frames integer,
  -- SHA-256 of the data set after group 0002, led by its transfer syntax: equal for the same object by any door.
  sha256 bytea not null,
  -- SHA-256 of what lies before the data set in the file. With `sha256` it covers every byte, and none is hashed twice.
  header_sha256 bytea not null,
  -- Name of the file in the object store.
  object text collate "C" not null,
  size_bytes bigint not null,
  dataset_offset integer not null,
  -- Where the frames are: the encoding of dicom/frame-index.ts.
  frames bytea,
  -- The data set without bulk data as DICOM JSON, cut at every BulkDataURI and compressed: the encoding of storage/metadata.ts.
  metadata bytea not null,
  findings jsonb,
  source text not null,
  hidden_reason text,
  -- When the retention policy removed the bytes of what had been hidden long enough; the row stays and says so.
  purged_at timestamptz,
  created_at timestamptz not null default now(),
  unique (series, sop_uid, version)
  -- Metadata stays in the row up to a third of a page, so that a series is read without a look-up for each instance.
) with (toast_tuple_target = 2720);
alter table instance alter column metadata set storage external;
alter table instance alter column frames set storage external;

-- The instances of a study are reached through its series.
create index instance_sop_uid on instance (tenant, sop_uid);

-- How far each node's instances are known to be durable: after a crash it looks at what came later.
create table keep_mark (
  node text primary key,
  instance bigint not null
);

-- The append-only change feed. Read it below the oldest running transaction: identity numbers are not in commit order.
-- One row for each study and batch, or change. Kinds: instances-kept; instance-transcoded, -demographics, -conflict (other bytes under a UID that is there);
-- study-patient-differs; hidden, unhidden; taken-back (a keep that failed after its commit); purged.
create table event (
  id bigint generated always as identity,
  xid xid8 not null default pg_current_xact_id(),
  tenant smallint not null,
  kind text not null,
  study bigint,
  instances bigint[],
  detail jsonb,
  at timestamptz not null default now(),
  primary key (xid, id)
);

-- What arrived and could not be kept as an instance: the bytes lie under quarantine/, the reason here.
create table quarantine (
  id bigint generated always as identity primary key,
  tenant smallint not null references tenant,
  door text not null,
  source text not null,
  problem text not null,
  reason text not null,
  object text,
  size_bytes bigint not null,
  at timestamptz not null default now()
);
