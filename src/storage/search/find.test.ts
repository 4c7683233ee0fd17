import assert from 'node:assert/strict';
import { test } from 'node:test';
import { image, insertImages } from '../../../test/support/catalogue-rows.ts';
import { testDatabase } from '../../../test/support/database.ts';
import { DataSet } from '../../dicom/dataset.ts';
import { entryOf, tagOf, vrOf } from '../../dicom/dictionary.ts';
import { answerForm } from '../../dicom/find-answer.ts';
import type { Query } from '../../dicom/query.ts';
import { readDicom } from '../../dicom/reader.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN } from '../../dicom/transfer-syntax.ts';
import type { Database } from '../database.ts';
import { type FindRequest, findAnswers } from './find.ts';
import { limits } from './limits.ts';

const pathOf = (path: string): number[] => path.split('.').map((each) => tagOf(each)!);

type Question = Omit<FindRequest, 'tenant'>;

/** An identifier: attributes with a value are matched, those without only returned. */
function identifier(level: Query['level'], attributes: Record<string, string>): Question {
  const dataset = new DataSet();
  const keys = Object.entries(attributes).map(([name, value]) => {
    const path = pathOf(name);
    const [item] = path.length > 1 ? dataset.items(path[0]!) : [];
    if (path.length === 1) dataset.set(path[0]!, value || null);
    else dataset.set(path[0]!, [(item ?? new DataSet()).set(path[1]!, value || null)]);
    return { path, vr: vrOf(path.at(-1)!), values: value === '' ? [] : [value] };
  });
  return {
    query: { level, keys, returnPaths: [], fuzzy: false },
    form: answerForm(dataset, new DataSet(), EXPLICIT_VR_LITTLE_ENDIAN),
  };
}

async function find(database: Database, question: Question, tenant = 1): Promise<DataSet[]> {
  const found: DataSet[] = [];
  for await (const answers of findAnswers(database, { tenant, ...question }))
    found.push(...answers.map((bytes) => readDicom(bytes, { form: 'dataset' }).dataset));
  return found;
}

const keywordsOf = (dataset: DataSet): string[] =>
  [...dataset.elements.keys()]
    .map((tag) => entryOf(tag)!.keyword)
    .filter((keyword) => keyword !== 'SpecificCharacterSet')
    .sort();

test('PS3.4 C.4.1.1.3.2: an answer has the attributes of the identifier and no others, empty where there is no value', async (t) => {
  const database = await testDatabase(t);
  await insertImages(database, [
    image({ PatientID: 'P', PatientName: 'Doe^Jane', StudyDescription: 'Thorax', StudyTime: '10' }),
  ]);
  const asked = {
    PatientID: 'P',
    PatientName: '',
    StudyDate: '',
    StudyDescription: '',
    ModalitiesInStudy: '',
    NumberOfStudyRelatedInstances: '',
    NumberOfPatientRelatedStudies: '',
    Modality: '',
  };
  const [answer, ...none] = await find(database, identifier('STUDY', asked));
  assert.equal(none.length, 0);
  assert.deepEqual(keywordsOf(answer!), Object.keys(asked).sort());
  assert.equal(answer!.text('PatientName'), 'Doe^Jane');
  assert.equal(answer!.text('StudyDescription'), 'Thorax');
  assert.equal(answer!.text('StudyDate'), undefined);
  assert.deepEqual(answer!.texts('ModalitiesInStudy'), ['CT']);
  assert.equal(answer!.number('NumberOfStudyRelatedInstances'), 1);
  assert.equal(answer!.number('NumberOfPatientRelatedStudies'), 1);
  assert.equal(answer!.has('Modality'), true);
});

test('names come back as they are spelt, in every script and group', async (t) => {
  const database = await testDatabase(t);
  const names = ['Yamada^Tarou=山田^太郎=やまだ^たろう', 'ИВАНОВ^Иван', 'Müller^^^Dr.'];
  await insertImages(
    database,
    names.map((PatientName) => image({ PatientName })),
  );
  const answers = await find(database, identifier('STUDY', { PatientName: '' }));
  assert.deepEqual(
    answers.map((each) => each.text('PatientName')),
    names,
  );
});

test('PATIENT level: one answer for each patient of a source, found by the name of any of the studies', async (t) => {
  const database = await testDatabase(t);
  await insertImages(database, [
    image({ PatientID: 'P', PatientName: 'Doe^J' }),
    image({ PatientID: 'Q', PatientName: 'Roe^Jane' }),
    image({ PatientID: 'P', PatientName: 'Doe^Jane', IssuerOfPatientID: null }),
    image({ PatientID: 'P', PatientName: 'Other^Person', IssuerOfPatientID: 'elsewhere' }),
    image({ PatientName: 'Nobody^Known' }),
    image({ PatientName: 'Nobody^Known' }),
  ]);
  const counts = {
    NumberOfPatientRelatedStudies: '',
    NumberOfPatientRelatedSeries: '',
    NumberOfPatientRelatedInstances: '',
  };
  const patients = async (name: string) =>
    (await find(database, identifier('PATIENT', { PatientName: name, PatientID: '', ...counts }))).map((each) => [
      each.text('PatientID'),
      each.text('PatientName'),
      each.number('NumberOfPatientRelatedStudies'),
      each.number('NumberOfPatientRelatedInstances'),
    ]);
  assert.deepEqual(await patients(''), [
    ['P', 'Doe^J', 2, 2],
    ['Q', 'Roe^Jane', 1, 1],
    ['P', 'Other^Person', 1, 1],
    [undefined, 'Nobody^Known', 2, 2],
  ]);
  assert.deepEqual(await patients('doe^jane'), [['P', 'Doe^Jane', 2, 2]]);
  await database.query(
    `update study set hidden_at = now() where patient_id = 'P' and patient_name_alphabetic = 'doe^j'`,
  );
  assert.deepEqual(await patients('doe*'), [['P', 'Doe^Jane', 1, 1]]);
});

test('a sequence in the identifier is matched, and answered with the attributes asked for in its items', async (t) => {
  const database = await testDatabase(t);
  const request = (step: string) =>
    new DataSet()
      .set('RequestedProcedureID', 'R')
      .set('ScheduledProcedureStepID', step)
      .set('RequestedProcedureDescription', 'chest');
  await insertImages(database, [
    image({ SeriesInstanceUID: '1.1', RequestAttributesSequence: [request('S1')] }),
    image({ SeriesInstanceUID: '1.2', RequestAttributesSequence: [request('S2')] }),
  ]);
  const [answer, ...none] = await find(
    database,
    identifier('SERIES', {
      SeriesInstanceUID: '',
      'RequestAttributesSequence.ScheduledProcedureStepID': 'S2',
      'RequestAttributesSequence.RequestedProcedureID': '',
      'RequestAttributesSequence.AccessionNumber': '',
    }),
  );
  assert.equal(none.length, 0);
  assert.equal(answer!.text('SeriesInstanceUID'), '1.2');
  const [item] = answer!.items('RequestAttributesSequence');
  assert.deepEqual(keywordsOf(item!), ['AccessionNumber', 'RequestedProcedureID', 'ScheduledProcedureStepID']);
  assert.equal(item!.text('ScheduledProcedureStepID'), 'S2');
});

test('instances answer with attributes of every level', async (t) => {
  const database = await testDatabase(t);
  await insertImages(database, [
    image({ PatientID: 'P', SeriesDescription: 'axial', SliceThickness: '1.5', InstanceNumber: '7' }),
  ]);
  const asked = {
    PatientID: 'P',
    SeriesDescription: '',
    SliceThickness: '',
    InstanceNumber: '',
    Rows: '',
    SOPClassUID: '',
    AvailableTransferSyntaxUID: '',
  };
  const [answer] = await find(database, identifier('IMAGE', asked));
  assert.deepEqual(keywordsOf(answer!), Object.keys(asked).sort());
  assert.equal(answer!.text('SeriesDescription'), 'axial');
  assert.equal(answer!.number('SliceThickness'), 1.5);
  assert.equal(answer!.number('InstanceNumber'), 7);
  assert.equal(answer!.number('Rows'), 16);
  assert.equal(answer!.text('AvailableTransferSyntaxUID'), '1.2.840.10008.1.2.1');
});

test('more answers than a batch holds come in the order of arrival, and no further batch is fetched once nobody asks', async (t) => {
  const database = await testDatabase(t);
  await insertImages(database, [image({ StudyInstanceUID: '1.1', PatientID: 'P', SeriesInstanceUID: '1.1.1' })]);
  const total = limits.firstBatch * 3 + 5;
  await database.query(
    `insert into instance (series, study, tenant, sop_uid, sop_class, transfer_syntax, ordinal, sha256, header_sha256, object,
       size_bytes, dataset_offset, metadata, source)
     select series, study, tenant, '1.9.' || n, sop_class, transfer_syntax, n, sha256, header_sha256, object, 0, 0, metadata, source
     from instance, generate_series(2, $1) n`,
    [total],
  );
  const question = identifier('IMAGE', { StudyInstanceUID: '1.1', SOPInstanceUID: '', InstanceNumber: '' });
  const all = await find(database, question);
  assert.equal(all.length, total);
  assert.deepEqual(
    all.slice(1).map((each) => each.number('InstanceNumber')),
    Array.from({ length: total - 1 }, (_, n) => n + 2),
  );
  const { counting, statements } = counted(database);
  for await (const _ of findAnswers(counting, { tenant: 1, ...question })) break;
  assert.equal(statements.length, 2);
});

/** The same catalogue, with the statements that it is asked from now on. It holds no answers yet. */
function counted(database: Database): { counting: Database; statements: string[] } {
  const statements: string[] = [];
  const pool = {
    query: (config: never) => {
      statements.push((config as { text: string }).text);
      return database.pool.query(config);
    },
  };
  return { counting: { ...database, pool } as unknown as Database, statements };
}

test('few matches are found and read in one round trip; of many, answers that are held are not read again', async (t) => {
  const database = await testDatabase(t);
  const named = (n: number) => image({ PatientID: `P${n}`, PatientName: 'Doe^Jane', StudyDescription: `before ${n}` });
  await insertImages(
    database,
    Array.from({ length: 50 }, (_, n) => named(n)),
  );
  const { counting, statements } = counted(database);
  const one = identifier('STUDY', { PatientID: 'P7', StudyDescription: '' });
  assert.equal((await find(counting, one))[0]!.text('StudyDescription'), 'before 7');
  assert.equal(statements.length, 1);
  const all = identifier('STUDY', { PatientName: 'Doe*', StudyDescription: '' });
  const descriptions = async () => (await find(counting, all)).map((each) => each.text('StudyDescription'));
  const first = await descriptions();
  assert.equal(statements.length, 3);
  assert.deepEqual(await descriptions(), first);
  assert.equal(statements.length, 4);
  await database.query(
    `update study set attributes = replace(attributes, 'before 7', 'after') where patient_id = 'P7'`,
  );
  assert.deepEqual(await descriptions(), first.with(7, 'after'));
  assert.equal(statements.length, 6);
});

test('an answer is held for its own question alone: other attributes and another character set are written anew', async (t) => {
  const database = await testDatabase(t);
  await insertImages(database, [image({ PatientID: 'P', PatientName: 'Müller^Jörg', StudyDescription: 'Thorax' })]);
  const question = identifier('STUDY', { PatientID: 'P', PatientName: '' });
  const [named] = await find(database, question);
  assert.equal(named!.text('SpecificCharacterSet'), 'ISO_IR 192');
  const latin = new DataSet().set('SpecificCharacterSet', 'ISO_IR 100').set('PatientID', 'P').set('PatientName', null);
  const form = answerForm(latin, new DataSet(), EXPLICIT_VR_LITTLE_ENDIAN);
  const [inLatin] = await find(database, { ...question, form });
  assert.equal(inLatin!.text('SpecificCharacterSet'), 'ISO_IR 100');
  assert.equal(inLatin!.text('PatientName'), 'Müller^Jörg');
  const [described] = await find(database, identifier('STUDY', { PatientID: 'P', StudyDescription: '' }));
  assert.deepEqual(keywordsOf(described!), ['PatientID', 'StudyDescription']);
});

test('two tenants with the same patient: C-FIND of one never counts or shows what the other has', async (t) => {
  const database = await testDatabase(t);
  await database.query(`insert into tenant (name) values ('second')`);
  const same = {
    PatientID: 'P',
    PatientName: 'Doe^Jane',
    StudyInstanceUID: '1.1',
    SeriesInstanceUID: '1.1.1',
    SOPInstanceUID: '1.1.1.1',
  };
  await insertImages(database, [image({ ...same, StudyDescription: 'first' })], 1);
  await insertImages(database, [image({ ...same, StudyDescription: 'second' })], 2);
  for (const level of ['PATIENT', 'STUDY', 'SERIES', 'IMAGE'] as const) {
    for (const [tenant, description] of [
      [1, 'first'],
      [2, 'second'],
    ] as const) {
      const asked = identifier(level, { PatientID: 'P', StudyDescription: '', NumberOfPatientRelatedStudies: '' });
      const [answer, ...none] = await find(database, asked, tenant);
      assert.equal(none.length, 0);
      assert.equal(answer!.text('StudyDescription'), description);
      assert.equal(answer!.number('NumberOfPatientRelatedStudies'), 1);
    }
  }
});

test('a value that its VR does not allow is left out, and hides no other answer', async (t) => {
  const database = await testDatabase(t);
  const odd = image({ PatientID: 'P1', StudyDescription: 'kept' });
  odd.set('PatientSex', Uint8Array.of(0xc3, 0xa9));
  await insertImages(database, [odd, image({ PatientID: 'P2', PatientSex: 'F' })]);
  const answers = await find(database, identifier('STUDY', { PatientID: 'P*', PatientSex: '', StudyDescription: '' }));
  assert.deepEqual(
    answers.map((each) => [each.text('PatientID'), each.text('StudyDescription'), each.text('PatientSex')]),
    [
      ['P1', 'kept', undefined],
      ['P2', undefined, 'F'],
    ],
  );
});
