-- Which studies have facts that were found since a moment: ImagingStudy?_lastUpdated asks.
create index fact_found on fact (tenant, found_at);
