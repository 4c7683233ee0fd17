-- Headers of a Subscription's channel are credentials: they stand beside it (fhir_subscription), and versions of it have their names
-- alone.
create function hidden_headers(given json) returns json language sql immutable as $$
  select jsonb_set(given::jsonb, '{channel,header}', coalesce((
    select jsonb_agg(to_jsonb(btrim(split_part(line, ':', 1)) || ': ***') order by at)
    from jsonb_array_elements_text(given::jsonb #> '{channel,header}') with ordinality l(line, at)), '[]'))::json
$$;
-- No new version: what is said of it is the same.
alter table fhir_resource disable trigger fhir_resource_history;
update fhir_resource set resource = hidden_headers(resource)
  where type = 'Subscription' and jsonb_typeof(resource::jsonb #> '{channel,header}') = 'array';
alter table fhir_resource enable trigger fhir_resource_history;
update fhir_history set resource = hidden_headers(resource)
  where type = 'Subscription' and jsonb_typeof(resource::jsonb #> '{channel,header}') = 'array';
drop function hidden_headers(json);
