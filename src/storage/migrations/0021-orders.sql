-- Orders, the steps they are scheduled in (the modality worklist), and what is said of how they are done.

create table imaging_order (
  id bigint generated always as identity primary key,
  tenant smallint not null references tenant,
  -- Who sent it: the name of an HL7 interface, `fhir`.
  source text collate "C" not null,
  -- Numbers with who gave them, `issuer|number`, as one text that compares; absent where there is none.
  placer text collate "C",
  filler text collate "C",
  appointment text collate "C",
  accession_number text collate "C",
  requested_procedure_id text collate "C",
  study_uid text collate "C" not null,
  patient_id text collate "C" not null,
  issuer_of_patient_id text collate "C" not null,
  -- OrderStatus of translate/order.ts.
  status text not null,
  -- translate/order.ts.
  document jsonb not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index imaging_order_placer on imaging_order (tenant, placer) where placer is not null;
create index imaging_order_filler on imaging_order (tenant, filler) where filler is not null;
create index imaging_order_appointment on imaging_order (tenant, appointment) where appointment is not null;
create index imaging_order_accession on imaging_order (tenant, accession_number) where accession_number is not null;
create index imaging_order_study on imaging_order (tenant, study_uid);
create index imaging_order_patient on imaging_order (tenant, patient_id);

-- One row for each answer that a worklist can give. Columns are what is matched most; `item` is the answer, DICOM JSON, on
-- which everything else is matched.
create table scheduled_step (
  id bigint generated always as identity primary key,
  tenant smallint not null,
  imaging_order bigint not null references imaging_order,
  step_id text collate "C" not null,
  status text not null,
  -- Whether anybody is still asked to do it.
  is_open boolean not null,
  modality text collate "C",
  -- Empty: any station of the modality.
  station_ae_titles text[] collate "C" not null,
  start_date text collate "C",
  start_time text collate "C",
  accession_number text collate "C",
  requested_procedure_id text collate "C",
  study_uid text collate "C" not null,
  patient_id text collate "C",
  issuer_of_patient_id text collate "C",
  -- As dicom/person-name.ts compares them.
  patient_name_alphabetic text collate "C",
  patient_name_ideographic text collate "C",
  patient_name_phonetic text collate "C",
  patient_name_sounds text[],
  item text not null,
  updated_at timestamptz not null default now(),
  unique (imaging_order, step_id)
);
create index scheduled_step_day on scheduled_step (tenant, start_date, modality) where is_open;
create index scheduled_step_open on scheduled_step (tenant, id) where is_open;
create index scheduled_step_accession on scheduled_step (tenant, accession_number);
create index scheduled_step_patient on scheduled_step (tenant, patient_id);
create index scheduled_step_name on scheduled_step (tenant, patient_name_alphabetic) where is_open;
create index scheduled_step_procedure on scheduled_step (tenant, requested_procedure_id);
create index scheduled_step_study on scheduled_step (tenant, study_uid);

-- Messages that are orders wait to be applied as those about persons do.
drop index hl7_message_waiting;
create index hl7_message_waiting on hl7_message (id)
  where state = 'accepted' and message_type ~ '^(ADT|ORM|OMI|OMG|SIU)';

-- Modality Performed Procedure Steps, PS3.4 F.
create table performed_step (
  tenant smallint not null references tenant,
  sop_uid text collate "C" not null,
  -- IN PROGRESS, COMPLETED, DISCONTINUED
  status text not null,
  -- Who reported it: an AE title.
  source text collate "C" not null,
  -- DICOM JSON.
  attributes text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant, sop_uid)
);

-- What of it goes on to other systems, in the order in which it came; gone when it was taken.
create table step_message (
  id bigint generated always as identity primary key,
  tenant smallint not null,
  -- AE title of a peer.
  destination text collate "C" not null,
  sop_uid text collate "C" not null,
  -- N-CREATE, N-SET
  operation text not null,
  attributes text not null,
  attempts integer not null default 0,
  retry_at timestamptz not null default now(),
  -- Why it is not tried any more: a code of base/problem.ts.
  problem text
);
create index step_message_queue on step_message (tenant, destination, id) where problem is null;

-- What somebody said would come of a study, whether any of it has come or not: routing/completeness/study-arrival.ts.
create table announcement (
  tenant smallint not null references tenant,
  study_uid text collate "C" not null,
  -- step, available, expected
  kind text not null,
  -- Of the step or the notification; the series that is counted, '' for the study.
  key text collate "C" not null,
  detail jsonb not null,
  at timestamptz not null default now(),
  primary key (tenant, study_uid, kind, key)
);

-- Unified Procedure Steps, PS3.4 CC: work that somebody is to claim.
create table workitem (
  id bigint generated always as identity primary key,
  tenant smallint not null references tenant,
  sop_uid text collate "C" not null,
  -- SCHEDULED, IN PROGRESS, COMPLETED, CANCELED
  state text not null,
  -- Of whoever claimed it: the key to it, told to nobody.
  transaction_uid text collate "C",
  -- What is matched most.
  patient_id text collate "C",
  worklist_label text collate "C",
  -- DICOM JSON without state and Transaction UID.
  attributes text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (tenant, sop_uid)
);
create index workitem_open on workitem (tenant, id) where state in ('SCHEDULED', 'IN PROGRESS');
create index workitem_patient on workitem (tenant, patient_id);

-- Who is told what becomes of one workitem, of all, or of those that match.
create table workitem_subscription (
  tenant smallint not null references tenant,
  -- AE title, of a peer or of a web socket.
  subscriber text collate "C" not null,
  -- A SOP Instance UID, or that of a well-known instance (PS3.4 CC.2.3.1).
  workitem text collate "C" not null,
  deletion_lock boolean not null default false,
  -- Of a filtered subscription: the keys, DICOM JSON.
  filter text,
  -- Nothing that is created from now on is told (Suspend Global Subscription).
  suspended_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (tenant, subscriber, workitem)
);
create index workitem_subscription_of on workitem_subscription (tenant, workitem);
