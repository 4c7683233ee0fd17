-- Intake: by what it sees that an order or a patient is no longer what it was when the case was taken in.

alter table reading_case
  -- Of what the order says of the reading, and of whose the study is; digests, so that the row says neither.
  add column order_digest text collate "C",
  add column identity_digest text collate "C";

-- How far the identity log was read for it.
create table reading_identity_cursor (
  is_only boolean primary key default true check (is_only),
  position text collate "C" not null
);
insert into reading_identity_cursor (position)
  select coalesce((select xid::text || '.' || id from identity_event order by xid desc, id desc limit 1), '0.0');
