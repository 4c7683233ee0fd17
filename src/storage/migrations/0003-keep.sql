-- One round trip keeps a batch: studies and series that were not known, instances, counts, events and audit rows.
-- Rows are locked in the order instances (by series and UID), series, studies, so that nodes rarely wait in a circle.

-- `new_studies` and `new_series` hold what the node has no id for, with its place `n` in `study_ids` or `series_ids`.
-- Instances whose (series, SOP UID) is there already are left out of `ids` and `objects`: the caller compares and decides.
create function keep_batch(
  new_studies json, new_series json,
  inout study_ids bigint[], inout series_ids bigint[], series_study integer[],
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
  grown_count integer;
  expected_count integer;
begin
  if new_studies is not null then
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
    end loop;
  end if;

  -- Only of studies that the node did not know: it remembers the answer for the others.
  select array_agg(exists (
      select from study this join study other on other.tenant = this.tenant and other.study_uid = this.study_uid
      where this.id = known.id and other.id < this.id) order by known.n)
    into patient_differs
    from unnest(case when new_studies is null then '{}' else study_ids end) with ordinality as known (id, n);

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
    select series_ids[i.series], study_ids[series_study[i.series]], i.tenant, i.sop_uid, i.sop_class, i.transfer_syntax,
      i.instance_number, i.ordinal, i.rows, i.columns, i.bits_allocated, i.number_of_frames, i.sha256, i.header_sha256,
      i.object, i.size_bytes, i.dataset_offset, i.frames, i.metadata, i.findings::jsonb, i.source
    from unnest(in_series, in_tenant, in_sop_uid, in_sop_class, in_transfer_syntax, in_instance_number, in_ordinal, in_rows,
      in_columns, in_bits_allocated, in_number_of_frames, in_sha256, in_header_sha256, in_object, in_size_bytes,
      in_dataset_offset, in_frames, in_metadata, in_findings, in_source)
      as i (series, tenant, sop_uid, sop_class, transfer_syntax, instance_number, ordinal, rows, columns, bits_allocated,
        number_of_frames, sha256, header_sha256, object, size_bytes, dataset_offset, frames, metadata, findings, source)
    on conflict (series, sop_uid, version) do nothing
    returning id, series, study, tenant, sop_class, object
  ), grown as (
    update series r set instance_count = r.instance_count + d.instances, version = r.version + 1, updated_at = now()
    from (select series, count(*)::integer as instances from inserted group by series) d
    where r.id = d.series
    returning r.id, r.study, r.modality, d.instances, r.instance_count = d.instances as fresh, r.hidden_at is null as visible
  ), counted as (
    update study t set
      instance_count = t.instance_count + d.instances,
      series_count = t.series_count + d.fresh,
      modalities = case when t.modalities @> d.modalities then t.modalities else union_of(t.modalities, d.modalities) end,
      sop_classes = case when t.sop_classes @> c.sop_classes then t.sop_classes else union_of(t.sop_classes, c.sop_classes) end,
      updated_at = now()
    from (select study, sum(instances)::integer as instances, (count(*) filter (where fresh))::integer as fresh,
        coalesce(array_agg(modality) filter (where modality is not null), '{}') as modalities
      from grown where visible group by study) d
      join (select study, array_agg(distinct sop_class) as sop_classes from inserted group by study) c using (study)
    where t.id = d.study
  ), told as (
    insert into event (tenant, kind, study, instances)
    select tenant, 'instances-kept', study, array_agg(id order by id) from inserted group by tenant, study
  )
  select coalesce(array_agg(id), '{}'), coalesce(array_agg(object), '{}'), count(distinct series), (select count(*) from grown)
    into ids, objects, expected_count, grown_count from inserted;

  -- A series the node remembers was taken back by another: let it forget and try again.
  if grown_count <> expected_count then
    raise exception 'a remembered series is gone' using errcode = 'serialization_failure';
  end if;

  insert into audit (tenant, principal, door, action, outcome, study_uid, instance_count, request_id, remote_address)
    select a.tenant, a.principal, a.door, 'store', 'success', a.study_uid, a.count, a.request_id, a.remote_address
    from unnest(audit_tenant, audit_principal, audit_door, audit_study_uid, audit_count, audit_request_id, audit_remote_address)
      as a (tenant, principal, door, study_uid, count, request_id, remote_address);
end $$;

create function union_of(a text[], b text[]) returns text[] language sql immutable as $$
  select coalesce(array_agg(distinct v order by v), '{}') from unnest(a || b) as v
$$;
