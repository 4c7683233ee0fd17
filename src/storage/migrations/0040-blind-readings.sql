-- Blind readings: while a study in a room is read by somebody who is not to know what was found in it, nothing that the provider
-- made of it is there for anybody in the room, by whatever door they ask: those who ask by DIMSE are peers and no readers, and
-- nobody knows who sits before them. Copies stay. What is withheld comes back when the last such reading is over.

-- Whether whoever reads a case is not to know what was found before: src/reading/case/blindness.ts.
alter table reading_case add column is_blind boolean not null default false;
-- What left of a study, whatever case it left for.
create index reading_egress_study on reading_egress (room, study_uid);
create index reading_case_blind on reading_case (room, room_study_uid) where is_blind;

-- Resources of FHIR that are withheld keep their versions; doors read the views, whoever writes writes to the tables.
alter table fhir_resource rename to fhir_resource_kept;
alter table fhir_resource_kept add column withheld boolean not null default false;
alter table fhir_history add column withheld boolean not null default false;
create index fhir_resource_withheld on fhir_resource_kept (tenant, type, id) where withheld;
drop index fhir_resource_there;
create index fhir_resource_there on fhir_resource_kept (tenant, type, id) where not deleted and not withheld;
drop view fhir_version;
create view fhir_resource as
  select tenant, type, id, version, last_updated, deleted, method, resource, patients, change from fhir_resource_kept where not withheld;
create view fhir_version as
  select * from fhir_resource union all
  select tenant, type, id, version, last_updated, deleted, method, resource, patients, change from fhir_history where not withheld;
create view fhir_version_kept as select * from fhir_resource_kept union all select * from fhir_history;
-- To withhold is no new version.
drop trigger fhir_resource_history on fhir_resource_kept;
create trigger fhir_resource_history before update on fhir_resource_kept for each row
  when (old.version is distinct from new.version) execute function keep_fhir_history();

-- What the provider made of a study that is read blind: no copy, and not stored by the reader who has the case. A version that
-- somebody withdrew is theirs to show again.
create function is_withheld(i instance, of_study_uid text) returns boolean language sql stable as $$
  select coalesce(i.source, '') <> 'exchange'
    and not exists (select from reading_egress e where e.room = i.tenant and e.name = i.sop_uid)
    -- Of a study that did not leave as copies, its images are what is read.
    and (exists (select from reading_egress e where e.room = i.tenant and e.study_uid = of_study_uid)
      or i.sop_class ~ '^1[.]2[.]840[.]10008[.]5[.]1[.]4[.]1[.]1[.](11|66|88|104|481)[.]')
    and exists (
      select from reading_case c where c.is_blind and c.room = i.tenant and c.room_study_uid = of_study_uid
        and not exists (
          select from token t where t.tenant = i.tenant and t.reader = c.claimed_by
            and t.id::text = substring(i.source from '^(?:token|session):(.*)$')))
$$;

-- Hides what is to be withheld of a study, and shows what need not be any more.
create function settle_instances(of_room smallint, of_study_uid text) returns void language plpgsql as $$
declare
  of_one record;
  moved bigint[];
begin
  select array_agg(i.id) into moved from study s join instance i on i.study = s.id
    where s.tenant = of_room and s.study_uid = of_study_uid and (i.hidden_at is null or i.hidden_reason = 'blind-reading')
      and (i.hidden_at is null) = is_withheld(i, of_study_uid);
  if moved is null then
    return;
  end if;
  perform lock_counts(moved);
  for of_one in
    with changed as (
      update instance i set hidden_at = case when i.hidden_at is null then now() end,
          hidden_reason = case when i.hidden_at is null then 'blind-reading' end
        where i.id = any (moved) and (i.hidden_at is null or i.hidden_reason = 'blind-reading') and i.purged_at is null
        returning i.id, i.study, i.series, i.hidden_at is not null as is_hidden)
    select study, is_hidden, array_agg(distinct series) as series, array_agg(id order by id) as ids
      from changed group by study, is_hidden order by study
  loop
    perform recount_study(of_one.study, of_one.series);
    insert into event (tenant, kind, study, instances, detail)
      values (of_room, case when of_one.is_hidden then 'hidden' else 'unhidden' end, of_one.study, of_one.ids,
        '{"level": "instance", "reason": "blind-reading"}');
  end loop;
end $$;

-- The id of an ImagingStudy, as src/translate/imaging-study-id.ts writes it.
create function imaging_study_id(of_tenant smallint, of_study_uid text) returns text language plpgsql immutable as $$
declare
  digits constant text := '0123456789abcdefghijklmnopqrstuvwxyz';
  number numeric := 1;
  rest numeric;
  written text;
  id text := '';
begin
  for n in 1 .. length(of_study_uid) loop
    number := number * 11 + position(substring(of_study_uid from n for 1) in '0123456789.') - 1;
  end loop;
  foreach rest in array array[number, of_tenant::numeric] loop
    written := '';
    loop
      written := substring(digits from (rest % 36)::integer + 1 for 1) || written;
      rest := div(rest, 36);
      exit when rest = 0;
    end loop;
    id := case when id = '' then written else written || '-' || id end;
  end loop;
  return id;
end $$;

-- Resources that tell what was found: those that name a study which is read blind; and those that name no study, and that no
-- other one of another study names, as long as any is, because nobody can say that they are not of it. Only what was written since
-- the copies left can be.
create function settle_resources(of_room smallint) returns void language plpgsql as $$
declare
  findings constant text[] := '{Binary,Bundle,ClinicalImpression,Communication,Composition,Condition,DetectedIssue,DiagnosticReport,
    DocumentManifest,DocumentReference,Flag,List,Media,Observation,Procedure,Provenance,QuestionnaireResponse,RiskAssessment}';
  since timestamptz;
  names text;
begin
  select min(e.left_at), string_agg(distinct
      '(^|[^0-9.])' || replace(c.room_study_uid, '.', '[.]') || '([^0-9.]|$)|ImagingStudy/' || imaging_study_id(of_room, c.room_study_uid), '|')
    into since, names
    from reading_case c left join reading_egress e on e.room = c.room and e.study_uid = c.room_study_uid
    where c.is_blind and c.room = of_room and c.room_study_uid is not null;
  with settling as materialized (
    select r.type, r.id, case when names is null then 'other' when r.resource::text ~ names then 'blind'
        when r.resource::text ~ 'ImagingStudy/|urn:oid:|urn:dicom:uid' then 'other' end as place,
      r.resource::text as text
    from fhir_resource_kept r
    where r.tenant = of_room and not r.deleted and (r.withheld
      or (names is not null and r.type = any (findings) and r.last_updated >= coalesce(since, '-infinity')))
  ), blind as (
    
    select s.type, s.id from settling s where s.place = 'blind' or (s.place is null and not exists (
      select from settling o where o.place = 'other' and position('"' || s.type || '/' || s.id || '"' in o.text) > 0))
  ), moved as (
    update fhir_resource_kept r set withheld = not r.withheld from settling s
      where r.tenant = of_room and r.type = s.type and r.id = s.id
        and r.withheld <> exists (select from blind b where b.type = s.type and b.id = s.id)
      returning r.type, r.id, r.version, r.method, r.withheld
  ), history as (
    update fhir_history h set withheld = moved.withheld from moved
      where h.tenant = of_room and h.type = moved.type and h.id = moved.id
  )
  -- Whoever follows what is written hears of it now.
  insert into event (tenant, kind, detail)
    select of_room, 'resource-changed', json_build_object('type', type, 'id', id, 'version', version, 'method', method, 'by', 'node:reading')
    from moved where not withheld;
end $$;

-- Whatever happens to such a case, also that another reader has it now; what was under way when it began is found then at the latest.
create function settle_blindness() returns trigger language plpgsql as $$
begin
  if new.is_blind or (tg_op = 'UPDATE' and old.is_blind) then
    perform settle_instances(new.room, new.room_study_uid);
    perform settle_resources(new.room);
  end if;
  return null;
end $$;
create trigger reading_case_blindness after insert or update of state, is_blind, room_study_uid, claimed_by on reading_case
  for each row when (new.room is not null) execute function settle_blindness();

-- What comes meanwhile is withheld before anybody can see it.
create function withhold_resource() returns trigger language plpgsql as $$
begin
  if exists (select from reading_case where is_blind and room = new.tenant) then
    perform settle_resources(new.tenant);
  end if;
  return null;
end $$;
create trigger fhir_resource_blindness after insert or update of resource on fhir_resource_kept
  for each row execute function withhold_resource();

create function withhold_kept(kept bigint[]) returns void language plpgsql as $$
declare
  s record;
begin
  for s in
    select distinct c.room, c.room_study_uid from reading_case c
      join study t on t.tenant = c.room and t.study_uid = c.room_study_uid join instance i on i.study = t.id
      where c.is_blind and i.id = any (kept)
  loop
    perform settle_instances(s.room, s.room_study_uid);
  end loop;
end $$;

alter function hide_rejected(bigint[]) rename to hide_listed;
create function hide_rejected(kept bigint[]) returns integer language plpgsql as $$
begin
  if exists (select from reading_case where is_blind) then
    perform withhold_kept(kept);
  end if;
  return hide_listed(kept);
end $$;

-- Those that are open already; one that its term has not blind shows all again with its next entry.
update reading_case set is_blind = true
  where part_of is not null and folded->'facts'->>'readType' in ('second', 'trial')
    and state not in ('preliminary', 'final', 'delivered', 'closed', 'cancelled', 'rejected', 'in-error');
