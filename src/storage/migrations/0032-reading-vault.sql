-- Outsourced reading: rooms in which readers see copies, the vault that knows whose they are, and what left.

-- The tenant in which the copies for one reading provider lie, of all its clients; nothing else is ever kept there.
create table reading_room (
  provider text collate "C" primary key,
  tenant smallint not null unique references tenant,
  -- ISO 3166-1 or 3166-2: where its copies rest.
  rests_at text collate "C" not null,
  created_at timestamptz not null default now()
);

-- A pseudonymisation domain: a client to a provider. Its key wraps those of its patients, and is wrapped by the vault's.
create table vault_domain (
  id integer generated always as identity primary key,
  -- Of the client.
  tenant smallint not null references tenant,
  name text collate "C" not null,
  -- Which key of the vault wraps it: the start of its SHA-256.
  wrapped_by text collate "C" not null,
  wrapped_key bytea not null,
  rotated_at timestamptz not null default now(),
  unique (tenant, name)
);

create table vault_patient (
  domain integer not null references vault_domain,
  pseudonym text collate "C" not null,
  -- Absent once it was erased: what is sealed with it is sealed for ever.
  wrapped_key bytea,
  sealed bytea,
  erased_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (domain, pseudonym),
  check ((wrapped_key is null) = (erased_at is not null))
);

create table vault_case (
  case_id text collate "C" primary key,
  domain integer not null,
  patient text collate "C" not null,
  sealed bytea not null,
  foreign key (domain, patient) references vault_patient
);

-- What stands for what in the copies of one case.
create table vault_value (
  case_id text collate "C" not null references vault_case,
  kind text not null check (kind in ('uid', 'identifier', 'token')),
  pseudonym text collate "C" not null,
  sealed bytea not null,
  primary key (case_id, kind, pseudonym)
);

-- How far the copies of a case are.
create table reading_outbound (
  case_id text collate "C" primary key,
  -- The client's, whose study it is, and the room's.
  tenant smallint not null references tenant,
  room smallint not null references tenant,
  study bigint not null,
  priors bigint[] not null default '{}',
  -- What is needed to judge and to copy: OutboundCase of server/reading/outbound.ts.
  document jsonb not null,
  -- whole: everything of the studies is in the room; held: something may not leave; ended: nothing more leaves.
  state text not null default 'copying' check (state in ('copying', 'whole', 'held', 'ended')),
  -- A code of why it is held; no value of anybody.
  reason text,
  -- As the studies were when they were looked at last: they are looked at again where that has changed.
  looked_at text collate "C",
  -- After a failure that is nobody's decision.
  retry_at timestamptz not null default '-infinity',
  whole_at timestamptz
);
create index reading_outbound_study on reading_outbound (study) where state <> 'ended';

-- Every instance and document that left, for each case that it left for.
create table reading_egress (
  case_id text collate "C" not null,
  -- SOP Instance UID under which it left, or the name of a document.
  name text collate "C" not null,
  kind text not null check (kind in ('instance', 'document')),
  tenant smallint not null,
  recipient text collate "C" not null,
  room smallint not null,
  -- Row of the client's instance; absent of a document.
  source bigint,
  -- Study Instance UID under which it left; '' of a document.
  study_uid text collate "C" not null,
  patient text collate "C" not null,
  profile text collate "C" not null,
  -- Of the data set as it lies in the room, or of the document's text.
  sha256 bytea not null,
  size_bytes bigint not null,
  content json,
  left_at timestamptz not null default now(),
  expires_at timestamptz,
  removed_at timestamptz,
  primary key (case_id, name),
  check ((kind = 'document') or content is null)
);
create unique index reading_egress_source on reading_egress (case_id, source) where source is not null and removed_at is null;
create index reading_egress_copy on reading_egress (room, name) where removed_at is null;
create index reading_egress_expiry on reading_egress (expires_at) where removed_at is null;
create index reading_egress_recipient on reading_egress (recipient, left_at);
create index reading_egress_tenant on reading_egress (tenant, left_at);

-- That copies are gone: what was removed, and what was looked for afterwards and not found.
create table reading_removal_proof (
  id bigint generated always as identity primary key,
  case_id text collate "C" not null,
  tenant smallint not null,
  recipient text collate "C" not null,
  reason text not null check (reason in ('recalled', 'expired')),
  asked_by text not null,
  document jsonb not null,
  at timestamptz not null default now()
);
create index reading_removal_proof_case on reading_removal_proof (case_id);

-- Removes copies from a room, and what was derived of them there; refuses any tenant that is none. Files are removed by whoever
-- asked, who is told their names by `removal`. Resolves to the objects.
create function erase_copies(of_room smallint, sop_uids text[]) returns table (object text, sha256 bytea, sop_uid text)
language plpgsql as $$
declare
  doomed bigint[];
  of_studies bigint[];
begin
  if not exists (select from reading_room r where r.tenant = of_room) then
    raise exception 'tenant % is no room', of_room using errcode = 'insufficient_privilege';
  end if;
  select coalesce(array_agg(i.id), '{}'), coalesce(array_agg(distinct i.study), '{}') into doomed, of_studies
    from instance i where i.tenant = of_room and i.sop_uid = any (sop_uids);
  perform lock_counts(doomed);
  return query select i.object, i.sha256, i.sop_uid from instance i where i.id = any (doomed);
  insert into removal (object) select i.object from instance i where i.id = any (doomed) on conflict do nothing;
  delete from delivery d where d.instance = any (doomed);
  delete from rejection x where x.tenant = of_room and x.sop_uid = any (sop_uids);
  delete from report_document d where d.tenant = of_room and d.sop_uid = any (sop_uids);
  perform take_back(doomed);
  -- What was found out of studies that are gone.
  select coalesce(array_agg(s), '{}') into of_studies from unnest(of_studies) as s
    where not exists (select from study t where t.id = s);
  delete from fact f where f.study = any (of_studies);
  delete from study_said x where x.study = any (of_studies);
  delete from study_arrival a where a.study = any (of_studies);
  delete from consignment_wait w using consignment c where c.id = w.consignment and c.study = any (of_studies);
  delete from consignment c where c.study = any (of_studies);
end $$;
