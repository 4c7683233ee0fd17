import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fill } from '../../../bench/search-data.ts';
import { testDatabase } from '../../../test/support/database.ts';
import { tagOf, vrOf } from '../../dicom/dictionary.ts';
import type { Query } from '../../dicom/query.ts';
import { limits } from './limits.ts';
import { pageOf, planOf } from './plan.ts';

/** The indexes that serve what most clients ask for. PostgreSQL would rather read small tables whole: that is switched off. */
const served: [
  question: string,
  keys: Record<string, string[]>,
  level: Query['level'],
  fuzzy: boolean,
  indexes: string[],
][] = [
  ['a patient', { PatientID: ['1'] }, 'STUDY', false, ['study_patient_id']],
  ['the beginning of a Patient ID', { PatientID: ['Q00001*'] }, 'STUDY', false, ['study_patient_id']],
  ['an accession number', { AccessionNumber: ['1'] }, 'STUDY', false, ['study_accession']],
  ['a list of studies', { StudyInstanceUID: ['1', '2'] }, 'STUDY', false, ['study_tenant_study_uid_patient_key_key']],
  [
    'the beginning of a name',
    { PatientName: ['Smi*'] },
    'STUDY',
    false,
    ['study_name_alphabetic', 'study_name_ideographic', 'study_name_phonetic'],
  ],
  [
    'a part of a name',
    { PatientName: ['*mith*'] },
    'STUDY',
    false,
    ['study_name_trigrams', 'study_name_ideographic', 'study_name_phonetic'],
  ],
  ['a name by sound', { PatientName: ['Smith'] }, 'STUDY', true, ['study_name_sounds', 'study_name_trigrams']],
  ['a month', { StudyDate: ['20240101-20240131'] }, 'STUDY', false, ['study_date']],
  ['everything', {}, 'STUDY', false, ['study_page']],
  [
    'the series of a study',
    { StudyInstanceUID: ['1'] },
    'SERIES',
    false,
    ['study_tenant_study_uid_patient_key_key', 'series_study_series_uid_key'],
  ],
  ['a series', { SeriesInstanceUID: ['1'] }, 'SERIES', false, ['series_uid']],
  ['an instance', { SOPInstanceUID: ['1'] }, 'IMAGE', false, ['instance_sop_uid']],
];

test('the newest studies are read from an index, as many as the page has', async (t) => {
  const database = await testDatabase(t);
  await fill(database, 3_000);
  const plan = planOf(1, { level: 'STUDY', keys: [], returnPaths: [], fuzzy: false, newestFirst: true });
  const text = pageOf(plan, plan.parameters, { limit: 50, offset: 100 });
  const rows = await database.query<{ 'QUERY PLAN': string }>(`explain ${text}`, plan.parameters.values);
  const explained = rows.map((row) => row['QUERY PLAN']).join('\n');
  assert.match(explained, /\bstudy_date\b/);
  assert.doesNotMatch(explained, /Sort|Seq Scan/);
});

test('what most clients ask for is served by indexes', async (t) => {
  const database = await testDatabase(t);
  await fill(database, 3_000);
  const client = await database.pool.connect();
  try {
    await client.query('set enable_seqscan = off');
    for (const [question, keys, level, fuzzy, indexes] of served) {
      const matchKeys = Object.entries(keys).map(([keyword, values]) => {
        const tag = tagOf(keyword)!;
        return { path: [tag], vr: vrOf(tag), values };
      });
      const plan = planOf(1, { level, keys: matchKeys, returnPaths: [], fuzzy });
      const text = pageOf(plan, plan.parameters, { limit: limits.results });
      const { rows } = await client.query(`explain ${text}`, plan.parameters.values);
      const explained = rows.map((row) => row['QUERY PLAN']).join('\n');
      for (const index of indexes) assert.match(explained, new RegExp(`\\b${index}\\b`), `${question}:\n${explained}`);
      assert.doesNotMatch(explained, /Seq Scan/, question);
    }
  } finally {
    client.release();
  }
});
