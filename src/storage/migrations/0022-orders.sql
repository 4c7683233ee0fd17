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
