-- Keys of the vault have versions: while a domain has a new one, both open what they wrap, and the former goes when no patient's
-- key is wrapped by it any more.

alter table vault_domain
  add column version integer not null default 1,
  -- Of the version before, wrapped by the same key of the vault; absent when no rotation is under way.
  add column former_key bytea;

-- Which version of its domain's key wraps it.
alter table vault_patient add column key_version integer not null default 1;
