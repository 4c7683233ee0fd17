-- The workitems of cases, in the rooms of their providers: which step of which case one is (src/reading/case/reading-steps.ts).
-- What stands in the workitem follows the log; whoever claims one claims the case.

create table reading_workitem (
  reading_case text collate "C" not null references reading_case,
  -- 1 is the first of the case.
  step integer not null,
  sop_uid text collate "C" not null unique,
  primary key (reading_case, step)
);
