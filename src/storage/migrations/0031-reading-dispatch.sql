-- Why a case went to a reader: what was in the running when it was claimed or offered. Ids, scores and closed gates; nothing
-- of a patient.

create table reading_decision (
  id text collate "C" primary key,
  reading_case text collate "C" not null references reading_case,
  reader text collate "C" not null,
  at timestamptz not null,
  -- pulled, pushed
  how text collate "C" not null,
  -- ExplainedPick, or the readers in the running (src/reading/dispatch/explain-pick.ts).
  detail json not null
);
create index reading_decision_of_case on reading_decision (reading_case, at desc);
-- What readings took, and how much each reader did: by when they ended.
create index reading_case_signed on reading_case (changed_at desc) where state in ('preliminary', 'final', 'delivered', 'closed');
