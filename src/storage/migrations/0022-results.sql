-- Reports are DiagnosticReports among the resources of FHIR; a version that holds a document of DICOM has it in the study it is about.

-- Which instance says which version of which report: made of it, or that which it was read from.
create table report_document (
  tenant smallint not null references tenant,
  sop_uid text collate "C" not null,
  study_uid text collate "C" not null,
  series_uid text collate "C" not null,
  sop_class text collate "C" not null,
  -- Id of the DiagnosticReport.
  report text collate "C" not null,
  version integer not null,
  primary key (tenant, sop_uid)
);
create index report_document_of on report_document (tenant, report, version desc);

-- Reports of which no study is here, or one of somebody else: until it is.
create table report_waiting (
  tenant smallint not null references tenant,
  report text collate "C" not null,
  version integer not null,
  study_uid text collate "C",
  accession_number text collate "C",
  -- Why a study that is here is not theirs; a code of base/problem.ts.
  problem text,
  since timestamptz not null default now(),
  primary key (tenant, report)
);
create index report_waiting_study on report_waiting (tenant, study_uid) where study_uid is not null;
create index report_waiting_accession on report_waiting (tenant, accession_number) where accession_number is not null;

-- How far the events were read for it.
create table report_cursor (
  is_only boolean primary key default true check (is_only),
  cursor text collate "C"
);
insert into report_cursor default values;
