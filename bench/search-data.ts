// Synthetic studies for bench/search.ts, made by PostgreSQL.

import type { Database } from '../src/storage/database.ts';

/** Studies of two series with two instances each, described as the spine would; 30 family names, 0.7 patients a study. */
export async function fill(database: Database, total: number): Promise<void> {
  await database.query(studiesSql, [total]);
  await database.query(seriesSql);
  await database.query(instancesSql);
  await database.query('vacuum analyze');
}

const studiesSql = `
  with facts as (
    select n, (array['CT','MR','US','CR','NM','MG'])[1 + n * 7919 % 6] as modality,
      (array['Smith','Smythe','Smirnov','Garcia','Muller','Nguyen','Okafor','Tanaka','Rossi','Johansson','Dubois','Kowalski',
        'Silva','Haddad','Novak','Papadopoulos','Yilmaz','Ivanova','Chen','Andersen','Müller','Grégoire','Иванов','Lindqvist',
        'OBrien','Zhang','Kim','Park','Singh','Patel'])[1 + n % 30] || '^' ||
      (array['Anna','John','Maria','Wei','Fatima','Carlos','Ingrid','Kofi','Yuki','Pierre'])[1 + n / 7 % 10] as name,
      'Q' || lpad((n % ($1::int * 7 / 10))::text, 6, '0') as patient_id, 'QACC' || n as accession,
      '2.25.' || (10::numeric ^ 32 + n)::numeric(40) as uid,
      to_char(date '2019-01-01' + n * 6151 % 2190, 'YYYYMMDD') as day, lpad((n % 24)::text, 2, '0') || '3000' as time
    from generate_series(0, $1::int - 1) n
  ), pieces as (
    select *,
      '"00080005":{"vr":"CS","Value":["ISO_IR 192"]},"00080020":{"vr":"DA","Value":["' || day
        || '"]},"00080030":{"vr":"TM","Value":["' || time || '"]},"00080050":{"vr":"SH","Value":["' || accession || '"]},' as head,
      '"00080090":{"vr":"PN"},' as middle,
      '"00100010":{"vr":"PN","Value":[{"Alphabetic":"' || name || '"}]},"00100020":{"vr":"LO","Value":["' || patient_id
        || '"]},"00100030":{"vr":"DA","Value":["19500101"]},"00100040":{"vr":"CS","Value":["M"]},"0020000D":{"vr":"UI","Value":["'
        || uid || '"]},"00200010":{"vr":"SH","Value":["1"]},' as tail
    from facts
  )
  insert into study (tenant, study_uid, patient_key, patient_id, patient_name_alphabetic, patient_name_sounds,
    patient_birth_date, patient_sex, study_date, study_time, accession_number, study_id, study_description, attributes,
    answer_head, answer_middle, answer_tail, modalities, sop_classes, series_count, instance_count)
  select 1, uid, 'id:' || patient_id, patient_id, lower(name), string_to_array(upper(name), '^'),
    '19500101', 'M', day, time, accession, '1', modality || ' exam',
    '{' || head || middle || '"00081030":{"vr":"LO","Value":["' || modality || ' exam"]},' || rtrim(tail, ',') || '}',
    head, middle, tail, array[modality], array['1.2.840.10008.5.1.4.1.1.7'], 2, 4
  from pieces order by n`;

const seriesSql = `
  insert into series (study, tenant, series_uid, modality, series_number, attributes, answer_head, answer_tail, answer_rest,
    instance_count)
  select s.id, 1, s.study_uid || '.' || n, s.modalities[1], n, member, member || ',', '"0020000D":{"vr":"UI","Value":["'
      || s.study_uid || '"]},"0020000E":{"vr":"UI","Value":["' || s.study_uid || '.' || n
      || '"]},"00200011":{"vr":"IS","Value":[' || n || ']},', '', 2
  from study s, generate_series(1, 2) n,
    lateral (select '"00080060":{"vr":"CS","Value":["' || s.modalities[1] || '"]}' as member) m
  order by s.id, n`;

const instancesSql = `
  insert into instance (series, study, tenant, sop_uid, sop_class, transfer_syntax, instance_number, ordinal, rows, columns,
    bits_allocated, sha256, header_sha256, object, size_bytes, dataset_offset, metadata, source)
  select e.id, e.study, 1, e.series_uid || '.' || n, '1.2.840.10008.5.1.4.1.1.7', '1.2.840.10008.1.2.1', n, n, 8, 8, 8,
    sha256(int8send(e.id)), sha256(int8send(e.id)), '', 1000, 200, '', 'bench'
  from series e, generate_series(1, 2) n order by e.id, n`;
