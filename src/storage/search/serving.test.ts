import assert from 'node:assert/strict';
import { test } from 'node:test';
import { image, insertImages } from '../../../test/support/catalogue-rows.ts';
import { testDatabase } from '../../../test/support/database.ts';
import { tagOf, vrOf } from '../../dicom/dictionary.ts';
import type { Query } from '../../dicom/query.ts';
import type { ServedDemographics } from '../served-demographics.ts';
import { demographicTags } from './coerced-members.ts';
import { search } from './search.ts';

type Answer = Record<string, { Value?: unknown[] }>;

const note = { modifyingSystem: 'FASCIA', at: new Date('2026-01-15T10:11:12Z'), sourceOfPreviousValues: 'CT1' };
const values = { PatientID: 'P1', PatientName: 'Quimbley^Hermione', IssuerOfPatientID: 'OURS' };

async function archive(...parameters: Parameters<typeof testDatabase>) {
  const database = await testDatabase(...parameters);
  const jane = (PatientID: string) => image({ PatientID, PatientName: 'Doe^Jane', PatientSex: 'F' });
  await insertImages(database, [jane('N1'), jane('S1'), image({ PatientID: 'X', PatientName: 'Roe^Richard' })]);
  const studies = await database.query<{ id: string }>(`select id from study where patient_id <> 'X' order by id`);
  const studyIds = studies.map(({ id }) => id);
  const asked: string[][] = [];
  const served: ServedDemographics = async (_, ids) => {
    asked.push([...ids]);
    const known = ids.filter((id) => studyIds.includes(id));
    return new Map(known.map((id) => [id, { personId: 'P1', studyIds, values, note }]));
  };
  const ask = async (query: Partial<Query>, studies?: readonly string[]) => {
    const servedAs = studies && [{ tags: demographicTags, studies }];
    const whole: Query = { level: 'STUDY', keys: [], returnPaths: [], fuzzy: false, ...query };
    const { body } = await search(database, { tenant: 1, query: whole, baseUrl: '', served, servedAs });
    return JSON.parse(Buffer.from(body).toString()) as Answer[];
  };
  return { ask, asked, studyIds };
}

const key = (keyword: string, ...given: string[]) => {
  const tag = tagOf(keyword)!;
  return { path: [tag], vr: vrOf(tag), values: given };
};
const first = (answer: Answer, tag: string) => answer[tag]?.Value?.[0];
const paths = (...keywords: string[]) => keywords.map((keyword) => [tagOf(keyword)!]);

test('an answer tells of the patient what is served, and of what was received only where that is asked for', async (t) => {
  const { ask } = await archive(t);
  const [plain, , stranger] = await ask({});
  assert.deepEqual([first(plain!, '00100020'), first(plain!, '00100040')], ['P1', 'F']);
  assert.equal(plain!['04000561'], undefined);
  assert.equal(first(stranger!, '00100020'), 'X', 'of whom nothing is known');
  const [noted] = await ask({ returnPaths: paths('OriginalAttributesSequence') });
  const [item] = noted!['04000561']!.Value as Answer[];
  const [original] = item!['04000550']!.Value as Answer[];
  assert.deepEqual([first(original!, '00100020'), first(original!, '00100010')], ['N1', { Alphabetic: 'Doe^Jane' }]);
});

test('an answer that says nothing of the patient asks nobody, and one that does asks once for all of its rows', async (t) => {
  const { ask, asked } = await archive(t);
  const inOne = { upperLevels: [] as const, level: 'SERIES' as const };
  const [series] = await ask(inOne);
  assert.equal(series!['00100020'], undefined);
  assert.equal(asked.length, 0);
  const [named] = await ask({ ...inOne, returnPaths: paths('PatientID') });
  assert.deepEqual([first(named!, '00100020'), named!['00100010']], ['P1', undefined]);
  assert.deepEqual(
    asked.map((ids) => ids.length),
    [3],
  );
});

test('a study is found by what was received, and by what is served, and other keys narrow both', async (t) => {
  const { ask, studyIds } = await archive(t);
  const ids = async (query: Partial<Query>, also?: readonly string[]) =>
    (await ask(query, also)).map((answer) => first(answer, '00100020'));
  assert.deepEqual(await ids({ keys: [key('PatientName', 'Doe*')] }, []), ['P1', 'P1']);
  assert.deepEqual(await ids({ keys: [key('PatientName', 'Quimbley*')] }, []), []);
  assert.deepEqual(await ids({ keys: [key('PatientName', 'Quimbley*')] }, studyIds), ['P1', 'P1']);
  const both = [key('PatientName', 'Quimbley*'), key('Modality', 'MR')];
  assert.deepEqual(await ids({ keys: both }, studyIds), []);
});

test('counts over a patient are over all studies of the person', async (t) => {
  const { ask } = await archive(t);
  const [answer] = await ask({ returnPaths: paths('NumberOfPatientRelatedStudies') });
  assert.equal(first(answer!, '00201200'), 2);
});
