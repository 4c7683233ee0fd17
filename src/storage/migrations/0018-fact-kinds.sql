-- Facts of how a series was acquired and of what is wrong with its header stand beside those of what was done and shown.

-- procedure: of the study. series: what it shows. acquisition: a standard attribute that private elements tell. repair: what
-- a header says wrongly, with the value it should have; null where only a person can know.
alter table fact add column kind text not null default 'series';
update fact set kind = 'procedure' where series_uid is null;
alter table fact alter column kind drop default;

-- What waits for a person is what was done and shown.
drop index fact_doubtful;
create index fact_doubtful on fact (tenant, study) where confidence < 0.95::real and kind in ('procedure', 'series');

-- Which studies have facts that were found since a moment: ImagingStudy?_lastUpdated asks.
create index fact_found on fact (tenant, found_at);
