-- Manifests that were submitted to XDS repositories: the next of the same study stands in the place of the last, which a
-- registry knows by the entryUUID that we gave it.

create table xds_submission (
  tenant smallint not null,
  destination integer not null references destination,
  study_uid text collate "C" not null,
  -- As [{entry, document}], the latest first: entryUUID, and SOP Instance UID of the manifest. Each is written before it is
  -- sent, so that none is forgotten whose answer was lost.
  entries jsonb not null,
  -- Whether the first of them was accepted: then it is the only one.
  is_settled boolean not null,
  primary key (tenant, destination, study_uid)
);
