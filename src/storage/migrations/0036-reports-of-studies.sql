-- Reports are found by their study (DiagnosticReport?study=): also those that were written before there was such a parameter.
insert into fhir_reference (tenant, type, id, parameter, is_least, is_most, target_type, target_id)
select r.tenant, r.type, r.id, 'study', named.at = 1, named.at = named.of, 'ImagingStudy', named.target
from fhir_resource r cross join lateral (
  select target, row_number() over (order by target) as at, count(*) over () as of
  from (select distinct substring(each->>'reference' from '^ImagingStudy/([A-Za-z0-9.-]{1,64})$') as target
    from json_array_elements(r.resource->'imagingStudy') each) t
  where target is not null) named
where r.type = 'DiagnosticReport' and not r.deleted and json_typeof(r.resource->'imagingStudy') = 'array';
