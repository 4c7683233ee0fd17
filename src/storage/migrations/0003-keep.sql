-- One round trip keeps a batch: studies and series that were not known, instances, counts, events and audit rows.
-- The caller orders everything by study, series and UID, so that nodes which keep the same things do not wait in a circle.
-- Plain statements in a row: at one instance a batch they cost half of what one statement with as many parts does.

-- `new_studies` and `new_series` hold what the node has no id for, with its place `n` in `study_ids` or `series_ids`.
-- Instances whose (series, SOP UID) is there already are left out of `ids` and `objects`: the caller compares and decides.
create function keep_batch(
  new_studies json, new_series json,
  inout study_ids bigint[], study_tenant smallint[], inout series_ids bigint[], series_study integer[],
  in_series integer[], in_tenant smallint[], in_sop_uid text[], in_sop_class text[], in_transfer_syntax text[],
  in_instance_number text[], in_ordinal integer[], in_rows integer[], in_columns integer[], in_bits_allocated integer[],
  in_number_of_frames integer[], in_sha256 bytea[], in_header_sha256 bytea[], in_object text[], in_size_bytes bigint[],
  in_dataset_offset integer[], in_frames bytea[], in_metadata bytea[], in_findings text[], in_source text[],
  audit_tenant smallint[], audit_principal text[], audit_door text[], audit_study_uid text[], audit_count integer[],
  audit_request_id text[], audit_remote_address text[],
  out patient_differs boolean[], out ids bigint[], out objects text[]
) language plpgsql as $$
declare
  s record;
  found_id bigint;
  kept_series bigint[];
  kept_sop_class text[];
  sop_classes_now text[];
  modality_now text;
  modalities_now text[];
  series_modality text[];
  series_added integer[];
  series_first integer[];
  ids_now bigint[];
  first_instances integer;
  added integer;
  first boolean;
  visible boolean;
begin
  if new_studies is not null then
    patient_differs := array_fill(false, array[cardinality(study_ids)]);
    for s in
      select * from json_to_recordset(new_studies) as (
        n integer, tenant smallint, study_uid text, patient_key text, patient_id text, issuer_of_patient_id text,
        patient_name_alphabetic text, patient_name_ideographic text, patient_name_phonetic text, patient_name_sounds text[],
        patient_birth_date text, patient_sex text, study_date text, study_time text, accession_number text, study_id text,
        study_description text, referring_physician text, attributes text, answer_head text, answer_middle text, answer_tail text
      ) order by tenant, study_uid, patient_key
    loop
      -- Whoever keeps the first instance of a study does so alone, or two patients would not see each other.
      perform pg_advisory_xact_lock(hashtextextended(s.study_uid, s.tenant));
      -- One Patient ID and no issuer on one side is not yet another patient.
      select id into found_id from study
        where tenant = s.tenant and study_uid = s.study_uid and (patient_key = s.patient_key
          or (patient_id = s.patient_id and (issuer_of_patient_id is null or s.issuer_of_patient_id is null)))
        order by patient_key = s.patient_key desc, id limit 1;
      if found_id is null then
        insert into study (tenant, study_uid, patient_key, patient_id, issuer_of_patient_id, patient_name_alphabetic,
          patient_name_ideographic, patient_name_phonetic, patient_name_sounds, patient_birth_date, patient_sex, study_date,
          study_time, accession_number, study_id, study_description, referring_physician, attributes, answer_head,
          answer_middle, answer_tail)
        values (s.tenant, s.study_uid, s.patient_key, s.patient_id, s.issuer_of_patient_id, s.patient_name_alphabetic,
          s.patient_name_ideographic, s.patient_name_phonetic, s.patient_name_sounds, s.patient_birth_date, s.patient_sex,
          s.study_date, s.study_time, s.accession_number, s.study_id, s.study_description, s.referring_physician,
          s.attributes, s.answer_head, s.answer_middle, s.answer_tail)
        returning id into found_id;
        insert into event (tenant, kind, study, detail)
          select s.tenant, 'study-patient-differs', found_id, json_build_object('studies', json_agg(other.id order by other.id))
          from study other where other.tenant = s.tenant and other.study_uid = s.study_uid and other.id <> found_id
          having count(*) > 0;
      end if;
      study_ids[s.n] := found_id;
      select exists (select from study where tenant = s.tenant and study_uid = s.study_uid and id < found_id) into first;
      patient_differs[s.n] := first;
    end loop;
  end if;

  if new_series is not null then
    for s in
      select * from json_to_recordset(new_series) as (
        n integer, tenant smallint, series_uid text, modality text, series_number text, series_description text,
        body_part text, series_date text, attributes text, answer_head text, answer_tail text, answer_rest text
      ) order by series_uid
    loop
      insert into series (study, tenant, series_uid, modality, series_number, series_description, body_part, series_date,
        attributes, answer_head, answer_tail, answer_rest)
      values (study_ids[series_study[s.n]], s.tenant, s.series_uid, s.modality, s.series_number, s.series_description,
        s.body_part, s.series_date, s.attributes, s.answer_head, s.answer_tail, s.answer_rest)
      on conflict (study, series_uid) do nothing
      returning id into found_id;
      if found_id is null then
        select id into found_id from series where study = study_ids[series_study[s.n]] and series_uid = s.series_uid;
      end if;
      series_ids[s.n] := found_id;
    end loop;
  end if;

  with inserted as (
    insert into instance (series, study, tenant, sop_uid, sop_class, transfer_syntax, instance_number, ordinal, rows,
      columns, bits_allocated, number_of_frames, sha256, header_sha256, object, size_bytes, dataset_offset, frames,
      metadata, findings, source)
    select series_ids[in_series[n]], study_ids[series_study[in_series[n]]], in_tenant[n], in_sop_uid[n], in_sop_class[n],
      in_transfer_syntax[n], in_instance_number[n], in_ordinal[n], in_rows[n], in_columns[n], in_bits_allocated[n],
      in_number_of_frames[n], in_sha256[n], in_header_sha256[n], in_object[n], in_size_bytes[n], in_dataset_offset[n],
      in_frames[n], in_metadata[n], in_findings[n]::jsonb, in_source[n]
    -- Subscripts, not unnest: that makes a tuple store of 16 KiB for each of the arrays.
    from generate_series(1, cardinality(in_series)) as n
    on conflict (series, sop_uid, version) do nothing
    returning id, series, sop_class, object
  )
  select coalesce(array_agg(id), '{}'), coalesce(array_agg(object), '{}'), array_agg(series), array_agg(sop_class)
    into ids, objects, kept_series, kept_sop_class from inserted;

  -- All series, then all studies, each in the caller's order: whoever holds one waits only for a later one.
  for n in 1 .. cardinality(series_ids) loop
    added := cardinality(array_positions(kept_series, series_ids[n]));
    continue when added is null or added = 0;
    update series set instance_count = instance_count + added, version = version + 1, updated_at = now()
      where id = series_ids[n]
      returning instance_count = added, hidden_at is null, modality into first, visible, modality_now;
    -- A series that the node remembers is gone: it forgets, and tries again.
    if not found then
      raise exception 'series % is gone', series_ids[n] using errcode = 'serialization_failure';
    end if;
    series_modality[n] := modality_now;
    series_added[n] := case when visible then added else 0 end;
    series_first[n] := case when visible and first then 1 else 0 end;
  end loop;

  -- Expressions and no queries where a loop can do: most batches have one study, and few instances.
  for m in 1 .. cardinality(study_ids) loop
    added := 0;
    first_instances := 0;
    modalities_now := '{}';
    for n in 1 .. cardinality(series_ids) loop
      continue when series_study[n] <> m or series_added[n] is null or series_added[n] = 0;
      added := added + series_added[n];
      first_instances := first_instances + series_first[n];
      if series_modality[n] is not null then
        modalities_now := modalities_now || series_modality[n];
      end if;
    end loop;
    ids_now := '{}';
    sop_classes_now := '{}';
    for i in 1 .. cardinality(ids) loop
      continue when series_study[array_position(series_ids, kept_series[i])] <> m;
      ids_now := ids_now || ids[i];
      if sop_classes_now[1] is distinct from kept_sop_class[i] then
        sop_classes_now := sop_classes_now || kept_sop_class[i];
      end if;
    end loop;
    continue when cardinality(ids_now) = 0;
    if added > 0 then
      update study set
          instance_count = instance_count + added,
          series_count = series_count + first_instances,
          modalities = case when modalities @> modalities_now then modalities else union_of(modalities, modalities_now) end,
          sop_classes = case when sop_classes @> sop_classes_now then sop_classes
            else union_of(sop_classes, sop_classes_now) end,
          updated_at = now()
        where id = study_ids[m];
    end if;
    insert into event (tenant, kind, study, instances) values (study_tenant[m], 'instances-kept', study_ids[m], ids_now);
  end loop;

  insert into audit (tenant, principal, door, action, outcome, study_uid, instance_count, request_id, remote_address)
    select audit_tenant[n], audit_principal[n], audit_door[n], 'store', 'success', audit_study_uid[n], audit_count[n],
      audit_request_id[n], audit_remote_address[n]
    from generate_series(1, cardinality(audit_tenant)) as n;
end $$;

create function union_of(a text[], b text[]) returns text[] language sql immutable as $$
  select coalesce(array_agg(distinct v order by v), '{}') from unnest(a || b) as v where v is not null
$$;

-- What is counted: served, and not hidden at any level. `changed_series` has a new answer to /metadata.
create function recount_study(of_study bigint, changed_series bigint[]) returns void language plpgsql as $$
begin
  update series r set
      instance_count = (select count(*) from instance i where i.series = r.id and i.served and i.hidden_at is null),
      version = r.version + 1,
      updated_at = now()
    where r.id = any (changed_series);
  update study s set
      instance_count = c.instances, series_count = c.series, modalities = c.modalities, sop_classes = c.sop_classes,
      updated_at = now()
    from (
      select coalesce(sum(r.instance_count), 0)::integer as instances, count(*)::integer as series,
        coalesce(array_agg(distinct r.modality order by r.modality) filter (where r.modality is not null), '{}') as modalities,
        coalesce((select array_agg(distinct i.sop_class order by i.sop_class) from instance i join series v on v.id = i.series
          where v.study = of_study and v.hidden_at is null and i.served and i.hidden_at is null), '{}') as sop_classes
      from series r where r.study = of_study and r.hidden_at is null and r.instance_count > 0
    ) c
    where s.id = of_study;
end $$;

-- Instances whose files turned out not to be durable: nobody was told that they are kept.
create function take_back(instance_ids bigint[]) returns void language plpgsql as $$
declare
  gone record;
begin
  for gone in
    with deleted as (delete from instance where id = any (instance_ids) returning id, study, series, tenant)
    select study, tenant, array_agg(distinct series) as series, array_agg(id order by id) as ids
      from deleted group by study, tenant order by study
  loop
    delete from series r where r.id = any (gone.series) and not exists (select from instance i where i.series = r.id);
    perform recount_study(gone.study, gone.series);
    delete from study s where s.id = gone.study and not exists (select from series r where r.study = s.id);
    insert into event (tenant, kind, study, instances) values (gone.tenant, 'taken-back', gone.study, gone.ids);
  end loop;
  perform pg_notify('event', '');
end $$;
