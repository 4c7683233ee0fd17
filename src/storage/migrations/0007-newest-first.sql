-- Studies as people look through them, the newest first; ranges of dates are found by it as before.

drop index study_date;
create index study_date on study (tenant, study_date desc nulls last, study_time desc nulls last, id desc)
  where hidden_at is null;
