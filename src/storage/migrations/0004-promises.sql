-- What a node has said it will do, and does after a restart too.

-- Storage Commitment (PS3.4 J.3). A transaction is here before its request is answered, and its result until the
-- requestor has taken it. Afterwards only its UID is remembered.
create table commitment (
  tenant smallint not null references tenant,
  -- AE title of who asked, and gets the result.
  requestor text collate "C" not null,
  transaction_uid text collate "C" not null,
  -- The node that was asked: it alone reports, or a peer would be told twice.
  node text not null,
  state text not null default 'waiting' check (state in ('waiting', 'reported', 'given up')),
  -- One element for each reference while it waits; a failure reason of PS3.3 C.14.1.1, or null where committed.
  sop_classes text[],
  sop_uids text[],
  failures integer[],
  requested_at timestamptz not null default now(),
  primary key (tenant, requestor, transaction_uid)
);
create index commitment_waiting on commitment (node, requested_at) where state = 'waiting';

-- Files of instances whose rows say that their bytes are gone: removed after that commit, then forgotten here.
create table removal (
  object text collate "C" primary key
);

-- Retention looks for what is hidden, which is little.
create index study_hidden on study (hidden_at) where hidden_at is not null;
create index series_hidden on series (hidden_at) where hidden_at is not null;
create index instance_hidden on instance (hidden_at) where hidden_at is not null and purged_at is null;
