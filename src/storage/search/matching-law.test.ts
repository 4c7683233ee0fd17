import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { image, insertImages } from '../../../test/support/catalogue-rows.ts';
import { testDatabase } from '../../../test/support/database.ts';
import { tagOf, vrOf } from '../../dicom/dictionary.ts';
import { matches } from '../../dicom/match.ts';
import type { MatchKey } from '../../dicom/query.ts';
import { hexOf } from '../../dicom/tag.ts';
import { findAnswers } from './find.ts';

const seed = 20_260_101;
const names = [
  'Smith^John',
  'SMITH^Jane',
  'Smyth^Jo',
  'Müller^Jörg',
  'Muller',
  'Yamada^Tarou=山田^太郎=やまだ^たろう',
  'Иванов^Иван',
  'Smith-Jones^Ann Marie',
];

/** What attributes hold: few values, so that keys find some. An empty text is no value. */
const stored: Record<string, readonly string[]> = {
  PatientID: ['1', '10', 'A_1', 'A%1', 'a*', ''],
  PatientName: ['', ...names],
  ReferringPhysicianName: ['', ...names],
  StudyDate: ['', '20231231', '20240101', '20240102', '2024.01.03'],
  StudyTime: ['', '00', '0830', '083015', '083015.25', '235959'],
  AccessionNumber: ['', 'ACC 1', 'ACC 2'],
  StudyDescription: ['', 'Head', 'head', 'Head \\ neck'],
  InstitutionName: ['', 'North', 'South'],
  SeriesNumber: ['', '1', '01', '2', '-3'],
  SeriesDate: ['', '20240101', '20240102'],
  SeriesTime: ['', '0830', '1200'],
  InstanceNumber: ['', '1', '12'],
  KVP: ['', '80', '120.0'],
};

/** What is asked for: such values and pieces of them, wildcards, ranges, and what is malformed. */
const asked: Record<string, readonly string[]> = {
  PatientID: [...stored.PatientID!, '1*', '?', '*_1', 'A?1', 'b', '""'],
  PatientName: [
    ...names,
    'smith*',
    '*j*',
    'SM?TH^J*',
    'Mül*',
    'mull*',
    '山田*',
    '*=*=やま*',
    'иван*',
    'jo',
    'ann smith',
    '""',
    '^',
  ],
  ReferringPhysicianName: [...names, 'smith*', 'Mül*', '山田^太郎', '*=山*', 'иван*', 'jo', '""'],
  StudyDate: ['20240101', '20240101-20240102', '-20231231', '20240102-', '2024.01.03', '2024', '""'],
  StudyTime: ['08', '0830', '083015', '0800-0830', '-0830', '0830-', '08:30', '""', 'noon'],
  AccessionNumber: ['ACC 1', 'ACC*', '* ?', '""'],
  StudyDescription: ['Head', 'h*', '*ea*', '""'],
  InstitutionName: ['North', '*h', '""'],
  SeriesNumber: ['1', '2', '-3', 'x'],
  SeriesDate: ['20240101', '20240101-20240102', '20240102-'],
  SeriesTime: ['0830', '0800-1100', '-0900'],
  InstanceNumber: ['1', '12', '012'],
  KVP: ['80', '120'],
};

const key = fc.constantFrom(...Object.keys(asked)).chain((keyword) => {
  const tag = tagOf(keyword)!;
  const values = fc.array(fc.constantFrom(...asked[keyword]!), { minLength: 1, maxLength: 2 });
  return values.map((each): MatchKey => ({ path: [tag], vr: vrOf(tag), values: each }));
});
const text = new TextDecoder();
const asItIs = { key: 'json', encode: (json: string) => new TextEncoder().encode(json) };
const keys = fc.uniqueArray(key, { maxLength: 3, selector: ({ path }) => path[0] });

test('SQL and memory agree on what matches: PS3.4 C.2.2.2, any attributes, any keys', async (t) => {
  const database = await testDatabase(t);
  const attributes = fc.record(
    Object.fromEntries(Object.entries(stored).map(([k, values]) => [k, fc.constantFrom(...values)])),
  );
  const images = fc
    .sample(attributes, { numRuns: 80, seed })
    .map((each) =>
      image(Object.fromEntries(Object.entries(each).map(([k, value]) => [k, value === '' ? null : value]))),
    );
  await insertImages(database, images);
  const uid = tagOf('SOPInstanceUID')!;
  await fc.assert(
    fc.asyncProperty(keys, fc.boolean(), fc.boolean(), async (wanted, fuzzy, combinedDateTime) => {
      const query = { level: 'IMAGE', keys: wanted, returnPaths: [[uid]], fuzzy, combinedDateTime } as const;
      const found: string[] = [];
      for await (const each of findAnswers(database, { tenant: 1, query, form: asItIs }))
        found.push(...each.map((json) => JSON.parse(text.decode(json))[hexOf(uid)].Value[0]));
      const expected = images.filter((each) => matches(each, wanted, { fuzzy, combinedDateTime }));
      assert.deepEqual(
        found,
        expected.map((each) => each.text(uid)),
      );
    }),
    { numRuns: 200, seed },
  );
});
