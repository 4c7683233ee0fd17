-- Cases that an exchange elsewhere answered are over as those that are signed here; and what is over for a while is closed.
drop index reading_case_study;
create unique index reading_case_study on reading_case (client, study_uid)
  where part_of is null and state not in ('final', 'delivered', 'answered', 'closed', 'cancelled', 'rejected', 'in-error');
drop index reading_case_order;
create unique index reading_case_order on reading_case (imaging_order)
  where part_of is null and state not in ('final', 'delivered', 'answered', 'closed', 'cancelled', 'rejected', 'in-error');
create index reading_case_closing on reading_case (changed_at) where state in ('final', 'delivered', 'answered');
