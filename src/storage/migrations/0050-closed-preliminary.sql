-- A case that asked for no more than a preliminary report is over when that has arrived everywhere (decision 73). Of those that are
-- signed already the log says when that was.
update reading_case c set folded = jsonb_set(c.folded::jsonb, '{clocks,delivered}', to_jsonb(round(extract(epoch from e.at) * 1000)))::json
from (
  select reading_case, min(at) as at from reading_event
  where kind = 'delivered' and (detail->>'outstanding')::integer = 0 group by reading_case
) e
where e.reading_case = c.id and c.folded->'facts'->>'readType' = 'preliminary' and c.folded->'clocks'->'delivered' is null;
drop index reading_case_closing;
create index reading_case_closing on reading_case (changed_at) where state in ('preliminary', 'final', 'delivered', 'answered');
