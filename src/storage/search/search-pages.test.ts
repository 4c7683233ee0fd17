import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { QueryArrayConfig } from 'pg';
import {
  answers,
  baseUrl,
  catalogue,
  firstOf,
  found,
  type Keys,
  pathOf,
  query,
} from '../../../test/support/asked-catalogue.ts';
import { image, insertImages } from '../../../test/support/catalogue-rows.ts';
import { testDatabase } from '../../../test/support/database.ts';
import type { DicomJson } from '../../dicom/json.ts';
import type { Query } from '../../dicom/query.ts';
import type { Database } from '../database.ts';
import { limits } from './limits.ts';
import { search } from './search.ts';

test('ours: the newest studies come first, those without a date at the end, on every page once', async (t) => {
  const dated = (id: string, StudyDate?: string, StudyTime?: string) =>
    image({ PatientID: id, ...(StudyDate && { StudyDate }), ...(StudyTime && { StudyTime }) });
  const database = await catalogue(t, [
    dated('undated'),
    dated('morning', '20260102', '080000'),
    dated('oldest', '19991231', '235959'),
    dated('untimed', '20260102'),
    dated('evening', '20260102', '200000'),
    dated('evening too', '20260102', '200000'),
  ]);
  const newest = (more: Partial<Query>) => found(database, query('STUDY', {}, { newestFirst: true, ...more }));
  const all = ['evening too', 'evening', 'morning', 'untimed', 'oldest', 'undated'];
  assert.deepEqual(await newest({}), all);
  assert.deepEqual(await newest({ limit: 2 }), all.slice(0, 2));
  assert.deepEqual(await newest({ limit: 3, offset: 2 }), all.slice(2, 5));
  assert.deepEqual(await newest({ offset: 5 }), all.slice(5));
  assert.deepEqual(await found(database, query('STUDY', { PatientID: 'ev*' }, { newestFirst: true })), all.slice(0, 2));
  const unindexed = query('STUDY', { PatientComments: 'x' }, { newestFirst: true });
  await assert.rejects(found(database, unindexed), { code: 'request/malformed' });
});

test('behaviour 43: pages partition the answer, with and without keys that JavaScript matches, while data arrives', async (t) => {
  const images = Array.from({ length: 30 }, (_, n) =>
    image({ PatientID: `P${n}`, StudyDescription: 'x', PatientComments: n % 2 === 0 ? 'even' : 'odd' }),
  );
  const database = await catalogue(t, images);
  for (const [keys, total] of [
    [{}, 30],
    [{ PatientID: 'P*' }, 30],
    [{ PatientComments: 'even' }, 15],
  ] as const) {
    const pages: unknown[] = [];
    for (let offset = 0; offset < total; offset += 7) {
      const page = await found(database, query('STUDY', keys, { offset, limit: 7 }));
      pages.push(...page);
      await insertImages(database, [image({ PatientID: `late${total}.${offset}`, PatientComments: 'even' })]);
    }
    const expected = images.map((each) => each.text('PatientID')).filter((_, n) => total === 30 || n % 2 === 0);
    assert.deepEqual(pages.slice(0, total), expected);
  }
  assert.deepEqual(await found(database, query('STUDY', {}, { offset: 1000, limit: 5 })), []);
  assert.deepEqual(await found(database, query('STUDY', {}, { limit: 0 })), []);
});

test('beyond our own limit the rest is counted, beyond the client’s it is not', async (t) => {
  const database = await catalogue(
    t,
    Array.from({ length: 12 }, () => image({ PatientComments: 'note' })),
  );
  const ask = async (keys: Keys, more: Partial<Query> = {}) => {
    const { count, remaining } = await search(database, {
      tenant: 1,
      query: query('STUDY', keys, more),
      baseUrl,
      maxResults: 5,
    });
    return [count, remaining];
  };
  assert.deepEqual(await ask({}), [5, 7]);
  assert.deepEqual(await ask({}, { offset: 3 }), [5, 4]);
  assert.deepEqual(await ask({}, { offset: 10 }), [2, 0]);
  assert.deepEqual(await ask({}, { limit: 5 }), [5, 0]);
  assert.deepEqual(await ask({}, { limit: 8 }), [5, 3]);
  assert.deepEqual(await ask({ PatientComments: 'note' }), [5, 7]);
  assert.deepEqual(await ask({ PatientComments: 'none' }), [0, 0]);
});

test('what is hidden is not found, at any level', async (t) => {
  const database = await catalogue(t, [
    image({ PatientID: 'P', StudyInstanceUID: '1.1', SeriesInstanceUID: '1.1.1', SOPInstanceUID: '1.1.1.1' }),
    image({ PatientID: 'P', StudyInstanceUID: '1.1', SeriesInstanceUID: '1.1.1', SOPInstanceUID: '1.1.1.2' }),
    image({
      PatientID: 'P',
      StudyInstanceUID: '1.1',
      SeriesInstanceUID: '1.1.2',
      Modality: 'MR',
      SOPInstanceUID: '1.1.2.1',
    }),
  ]);
  const instances = () => found(database, query('IMAGE', { PatientID: 'P' }), 'SOPInstanceUID');
  assert.equal((await instances()).length, 3);
  await database.query(`update instance set hidden_at = now() where sop_uid = '1.1.1.1'`);
  assert.deepEqual(await instances(), ['1.1.1.2', '1.1.2.1']);
  await database.query(`update instance set served = false where sop_uid = '1.1.1.2'`);
  assert.deepEqual(await instances(), ['1.1.2.1']);
  await database.query(`update series set hidden_at = now() where series_uid = '1.1.2'`);
  assert.deepEqual(await instances(), []);
  assert.deepEqual(await found(database, query('STUDY', { Modality: 'MR' })), []);
  assert.deepEqual(await found(database, query('SERIES', {}), 'SeriesInstanceUID'), ['1.1.1']);
  assert.deepEqual(await found(database, query('STUDY', {})), ['P']);
  await database.query('update study set hidden_at = now()');
  assert.deepEqual(await found(database, query('SERIES', {})), []);
  assert.deepEqual(await found(database, query('STUDY', {})), []);
});

test('an answer that is held follows every change of its row, and the URL that is asked under', async (t) => {
  const database = await catalogue(t, [image({ PatientID: 'P', StudyInstanceUID: '1.5', SeriesInstanceUID: '1.5.1' })]);
  const counts = async (url = baseUrl) => {
    const { body } = await search(database, { tenant: 1, query: query('STUDY', {}), baseUrl: url });
    const [study] = JSON.parse(Buffer.from(body).toString()) as DicomJson[];
    return [firstOf(study!, 'NumberOfStudyRelatedInstances'), firstOf(study!, 'RetrieveURL')];
  };
  assert.deepEqual(await counts(), [1, `${baseUrl}/studies/1.5`]);
  assert.deepEqual(await counts(), [1, `${baseUrl}/studies/1.5`]);
  await insertImages(database, [image({ PatientID: 'P', StudyInstanceUID: '1.5', SeriesInstanceUID: '1.5.1' })]);
  assert.deepEqual(await counts(), [2, `${baseUrl}/studies/1.5`]);
  assert.deepEqual(await counts('http://other/"quoted"'), [2, 'http://other/"quoted"/studies/1.5']);
});

test('an answer of many rows is held as a whole, and follows what is changed, added and hidden of it', async (t) => {
  const numbered = (n: number) =>
    image({ PatientID: `P${n}`, PatientName: 'Doe^Jane', StudyInstanceUID: `1.9.${n}`, StudyDescription: 'before' });
  const numbers = Array.from({ length: limits.wholeRows }, (_, n) => n);
  const database = await catalogue(t, numbers.map(numbered));
  let listed = 0;
  const { pool } = database;
  const listening = {
    async query(config: QueryArrayConfig) {
      const answer = await pool.query<[string, string | null]>(config);
      const [row] = answer.rows;
      // The seal, and the rows where they are not those that are held.
      if (row?.length === 2 && typeof row[1] === 'string' && row[1].includes(',')) listed += 1;
      return answer;
    },
  };
  const asked = { ...database, pool: listening } as unknown as Database;
  const ask = async (keys: Keys = { PatientName: 'doe*' }): Promise<string[]> =>
    (await answers(asked, query('STUDY', keys, { returnPaths: [pathOf('StudyDescription')] }))).map(
      (study) => `${firstOf(study, 'PatientID')} ${firstOf(study, 'StudyDescription')}`,
    );
  const before = numbers.map((n) => `P${n} before`);
  for (let time = 0; time < 3; time++) assert.deepEqual(await ask(), before);
  assert.equal(listed, 1, 'the rows are listed once');
  await database.query(`update study set attributes = replace(attributes, 'before', 'after') where patient_id = 'P7'`);
  assert.deepEqual(await ask(), before.with(7, 'P7 after'));
  await insertImages(database, [numbered(numbers.length)]);
  assert.deepEqual(await ask(), [...before.with(7, 'P7 after'), `P${numbers.length} before`]);
  await database.query(`update study set hidden_at = now() where patient_id = 'P0'`);
  assert.deepEqual(await ask(), [...before.with(7, 'P7 after').slice(1), `P${numbers.length} before`]);
  assert.equal(listed, 4);
  assert.deepEqual(await ask({ PatientName: 'doe*', PatientID: 'P7' }), ['P7 after'], 'another question');
});

test('two tenants with the same data never see each other', async (t) => {
  const database = await testDatabase(t);
  await database.query(`insert into tenant (name) values ('second')`);
  const attributes = {
    PatientID: 'P',
    PatientName: 'Doe^Jane',
    PatientComments: 'same',
    StudyInstanceUID: '1.8',
    SeriesInstanceUID: '1.8.1',
    SOPInstanceUID: '1.8.1.1',
    KVP: '90',
  };
  await insertImages(database, [image({ ...attributes, StudyDescription: 'first' })], 1);
  await insertImages(database, [image({ ...attributes, StudyDescription: 'second' })], 2);
  const keys: Keys[] = [
    {},
    { PatientID: 'P' },
    { PatientName: 'doe*' },
    { PatientComments: 'same' },
    { StudyInstanceUID: '1.8' },
    { SOPInstanceUID: '1.8.1.1' },
    { NumberOfStudyRelatedSeries: '1' },
  ];
  for (const level of ['STUDY', 'SERIES', 'IMAGE'] as const) {
    for (const each of keys) {
      const asked = query(level, each, {
        returnPaths: [pathOf('StudyDescription'), pathOf('NumberOfPatientRelatedStudies')],
      });
      for (const [tenant, name] of [
        [1, 'first'],
        [2, 'second'],
      ] as const) {
        const [object, ...others] = await answers(database, asked, tenant);
        assert.equal(others.length, 0);
        assert.equal(firstOf(object!, 'StudyDescription'), name);
        assert.equal(firstOf(object!, 'NumberOfPatientRelatedStudies'), 1);
      }
      assert.deepEqual(await answers(database, asked, 3), []);
    }
  }
});
