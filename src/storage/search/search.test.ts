import assert from 'node:assert/strict';
import { test } from 'node:test';
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
import { image } from '../../../test/support/catalogue-rows.ts';
import type { Query } from '../../dicom/query.ts';

test('PS3.4 C.2.2.2: studies by single values, wildcards and lists', async (t) => {
  const database = await catalogue(t, [
    image({ PatientID: 'A1', AccessionNumber: 'X%Y', StudyInstanceUID: '1.2.1', StudyDescription: 'Kopf' }),
    image({ PatientID: 'A2', AccessionNumber: 'X_Y', StudyInstanceUID: '1.2.2', StudyDescription: 'KOPF' }),
    image({ PatientID: 'A10', AccessionNumber: 'X\\Y', StudyInstanceUID: '1.2.3', StudyID: '7' }),
    image({ PatientID: 'B1', StudyInstanceUID: '1.2.4' }),
    image({ StudyInstanceUID: '1.2.5' }),
  ]);
  const studies = (keys: Keys) => found(database, query('STUDY', keys));
  assert.deepEqual(await studies({ PatientID: 'A1' }), ['A1']);
  assert.deepEqual(await studies({ PatientID: 'A?' }), ['A1', 'A2']);
  assert.deepEqual(await studies({ PatientID: 'A*' }), ['A1', 'A2', 'A10']);
  assert.deepEqual(await studies({ PatientID: '*1' }), ['A1', 'B1']);
  assert.deepEqual(await studies({ PatientID: '*1*' }), ['A1', 'A10', 'B1']);
  assert.deepEqual(await studies({ PatientID: 'a1' }), [], 'only names are matched without regard to case');
  assert.deepEqual(await studies({ PatientID: ['A2', 'B*'] }), ['A2', 'B1']);
  assert.deepEqual(await studies({ StudyDescription: 'Kopf' }), ['A1']);
  assert.deepEqual(await studies({ AccessionNumber: 'X%Y' }), ['A1']);
  assert.deepEqual(await studies({ AccessionNumber: 'X_*' }), ['A2'], 'what LIKE takes for a wildcard is none');
  assert.deepEqual(await studies({ AccessionNumber: '?%?' }), ['A1']);
  assert.deepEqual(await studies({ StudyInstanceUID: ['1.2.4', '1.2.1', '9'] }), ['A1', 'B1']);
  assert.deepEqual(await studies({ StudyInstanceUID: '1.2.*' }), [], 'UIDs have no wildcards');
  assert.equal((await studies({ PatientID: '*' })).length, 5, 'a lone asterisk is universal matching');
  assert.equal((await studies({ PatientID: '' })).length, 5);
  assert.deepEqual(await studies({ PatientID: '""' }), [undefined], 'C.2.2.2.7: two quotes match what is empty');
  assert.deepEqual(await studies({ StudyID: '7', PatientID: 'A*' }), ['A10']);
});

test('values are only ever values: quotes, backslashes, NUL, surrogates and great lengths find nothing and break nothing', async (t) => {
  const odd = `O'Br"ien\\^{}%_$1`;
  const database = await catalogue(t, [image({ PatientID: 'P', StudyDescription: odd }), image({ PatientID: 'Q' })]);
  const studies = (keys: Keys) => found(database, query('STUDY', keys));
  assert.deepEqual(await studies({ StudyDescription: odd }), []);
  assert.deepEqual(await studies({ StudyDescription: `O'Br"ien*` }), ['P']);
  for (const value of [
    `'; drop table study; --`,
    'A\0',
    '\0',
    '\ud800*',
    '$1',
    'x'.repeat(1_000_000),
    `${'*a'.repeat(500)}*`,
  ]) {
    assert.deepEqual(await studies({ PatientID: value }), [], JSON.stringify(value).slice(0, 40));
    assert.deepEqual(await studies({ PatientName: value }), []);
    assert.deepEqual(await studies({ StudyDate: value }), []);
    assert.deepEqual(await studies({ ModalitiesInStudy: value }), []);
    assert.deepEqual(await studies({ NumberOfStudyRelatedSeries: value }), []);
    assert.deepEqual(await studies({ InstitutionName: value }), []);
  }
  const uids = Array.from({ length: 1000 }, (_, n) => `1.2.${n}`);
  assert.deepEqual(await studies({ StudyInstanceUID: uids }), []);
});

test('person names match in any component group, whatever their case, in every script', async (t) => {
  const database = await catalogue(t, [
    image({ PatientID: 'latin', PatientName: 'Müller^Anna' }),
    image({ PatientID: 'plain', PatientName: 'MULLER^ANNA' }),
    image({ PatientID: 'cyrillic', PatientName: 'Иванов^Иван' }),
    image({ PatientID: 'greek', PatientName: 'Διονυσίου^Πάσχος' }),
    image({ PatientID: 'japanese', PatientName: 'Yamada^Tarou=山田^太郎=やまだ^たろう' }),
    image({ PatientID: 'empty' }),
  ]);
  const named = (PatientName: string, fuzzy = false) => found(database, query('STUDY', { PatientName }, { fuzzy }));
  assert.deepEqual(await named('MÜLLER^anna'), ['latin']);
  assert.deepEqual(await named('Muller*'), ['plain']);
  assert.deepEqual(await named('*anna'), ['latin', 'plain']);
  assert.deepEqual(await named('ИВАНОВ*'), ['cyrillic']);
  assert.deepEqual(await named('διονυσίου^ΠΆΣΧΟΣ'), ['greek']);
  assert.deepEqual(await named('Διονυσίου^πάσχοσ'), ['greek']);
  assert.deepEqual(await named('山田*'), ['japanese']);
  assert.deepEqual(await named('*たろう'), ['japanese']);
  assert.deepEqual(await named('yamada*=山田*'), ['japanese']);
  assert.deepEqual(await named('yamada*=山本*'), []);
  assert.deepEqual(await named('Müller'), [], 'a single value is the whole name');
  assert.deepEqual(await named('""'), ['empty']);
  assert.deepEqual(await named('muller', true), ['latin', 'plain'], 'by sound, accents do not matter');
  assert.deepEqual(await named('Ann Mueler', true), ['latin', 'plain'], 'words in any order, begun or heard');
  assert.deepEqual(await named('nna', true), [], 'the middle of a word is no beginning');
  assert.deepEqual(await named('太', true), ['japanese']);
});

test('PS3.4 C.2.2.2.5: dates and times in ranges, open ones too', async (t) => {
  const study = (PatientID: string, StudyDate: string | null, StudyTime: string | null) =>
    image({ PatientID, StudyDate, StudyTime });
  const database = await catalogue(t, [
    study('a', '20240110', '0815'),
    study('b', '20240111', '235959.5'),
    study('c', '20240112', '10'),
    study('d', '2024.01.13', '10:30:00'),
    study('e', null, null),
    study('f', '20240111', null),
  ]);
  const when = (keys: Keys, more: Partial<Query> = {}) => found(database, query('STUDY', keys, more));
  assert.deepEqual(await when({ StudyDate: '20240111' }), ['b', 'f']);
  assert.deepEqual(await when({ StudyDate: '20240111-20240112' }), ['b', 'c', 'f']);
  assert.deepEqual(await when({ StudyDate: '20240112-' }), ['c', 'd']);
  assert.deepEqual(await when({ StudyDate: '-20240110' }), ['a']);
  assert.deepEqual(await when({ StudyDate: '19700102-20991231' }), ['a', 'b', 'c', 'd', 'f']);
  assert.deepEqual(await when({ StudyDate: '2024.01.13' }), ['d']);
  assert.deepEqual(await when({ StudyDate: '""' }), ['e']);
  assert.deepEqual(await when({ StudyDate: 'yesterday' }), []);
  assert.deepEqual(await when({ StudyTime: '10' }), ['c', 'd'], 'an hour is all of it');
  assert.deepEqual(await when({ StudyTime: '1000-1030' }), ['c', 'd']);
  assert.deepEqual(await when({ StudyTime: '235959' }), ['b']);
  assert.deepEqual(await when({ StudyTime: '-0815' }), ['a']);
  const both = { StudyDate: '20240110-20240112', StudyTime: '0900-1000' };
  assert.deepEqual(await when(both), ['b', 'c', 'f'], 'one range of moments');
  assert.deepEqual(await when(both, { combinedDateTime: false }), ['c'], 'a range of days and, on each, one of times');
});

test('a study of several series', async (t) => {
  const studyUid = '1.2.840.1';
  const ct = (more: object) => image({ StudyInstanceUID: studyUid, PatientID: 'P', PatientName: 'Doe^Jane', ...more });
  const images = [
    ct({
      SeriesInstanceUID: '1.2.840.1.1',
      SOPInstanceUID: '1.2.840.1.1.1',
      InstanceNumber: '1',
      SeriesNumber: '1',
      SeriesDescription: 'axial',
      InstitutionName: 'North',
      KVP: '120',
      NumberOfFrames: '3',
    }),
    ct({
      SeriesInstanceUID: '1.2.840.1.1',
      SOPInstanceUID: '1.2.840.1.1.2',
      InstanceNumber: '02',
      SeriesNumber: '1',
      KVP: '80',
    }),
    ct({
      SeriesInstanceUID: '1.2.840.1.2',
      SOPInstanceUID: '1.2.840.1.2.1',
      Modality: 'SR',
      SOPClassUID: '1.2.840.10008.5.1.4.1.1.88.11',
      SeriesNumber: '02',
      Rows: null,
      Columns: null,
      BitsAllocated: null,
    }),
    image({
      StudyInstanceUID: '1.2.840.2',
      SeriesInstanceUID: '1.2.840.1.1',
      SOPInstanceUID: '1.2.840.2.1',
      PatientID: 'Q',
      Modality: 'MR',
      StudyDescription: 'other',
    }),
  ];
  const database = await catalogue(t, images);

  await t.test(
    'PS3.18 Table 10.6.3-3: a study answers with its attributes, the counts computed, in ascending order',
    async () => {
      const [study] = await answers(database, query('STUDY', { StudyInstanceUID: studyUid }));
      assert.deepEqual(study, {
        '00080005': { vr: 'CS', Value: ['ISO_IR 192'] },
        '00080020': { vr: 'DA' },
        '00080030': { vr: 'TM' },
        '00080050': { vr: 'SH' },
        '00080056': { vr: 'CS', Value: ['ONLINE'] },
        '00080061': { vr: 'CS', Value: ['CT', 'SR'] },
        '00080090': { vr: 'PN' },
        '00081190': { vr: 'UR', Value: [`${baseUrl}/studies/${studyUid}`] },
        '00100010': { vr: 'PN', Value: [{ Alphabetic: 'Doe^Jane' }] },
        '00100020': { vr: 'LO', Value: ['P'] },
        '00100030': { vr: 'DA' },
        '00100040': { vr: 'CS' },
        '0020000D': { vr: 'UI', Value: [studyUid] },
        '00200010': { vr: 'SH' },
        '00201206': { vr: 'IS', Value: [2] },
        '00201208': { vr: 'IS', Value: [3] },
      });
    },
  );

  await t.test('PS3.18 Table 10.6.3-4: series of a study named in the path', async () => {
    const [first, second, ...none] = await answers(database, query('SERIES', { StudyInstanceUID: studyUid }));
    assert.equal(none.length, 0);
    assert.deepEqual(first, {
      '00080005': { vr: 'CS', Value: ['ISO_IR 192'] },
      '00080060': { vr: 'CS', Value: ['CT'] },
      '0008103E': { vr: 'LO', Value: ['axial'] },
      '00081190': { vr: 'UR', Value: [`${baseUrl}/studies/${studyUid}/series/1.2.840.1.1`] },
      '0020000D': { vr: 'UI', Value: [studyUid] },
      '0020000E': { vr: 'UI', Value: ['1.2.840.1.1'] },
      '00200011': { vr: 'IS', Value: [1] },
      '00201209': { vr: 'IS', Value: [2] },
    });
    assert.equal(firstOf(second!, 'Modality'), 'SR');
  });

  await t.test('PS3.18 Table 10.6.3-5: instances of a series named in the path', async () => {
    const keys = { StudyInstanceUID: studyUid, SeriesInstanceUID: '1.2.840.1.1' };
    const [first, second, ...none] = await answers(database, query('IMAGE', keys));
    assert.equal(none.length, 0);
    const sop = '1.2.840.1.1.1';
    assert.deepEqual(first, {
      '00080016': { vr: 'UI', Value: ['1.2.840.10008.5.1.4.1.1.2'] },
      '00080018': { vr: 'UI', Value: [sop] },
      '00080056': { vr: 'CS', Value: ['ONLINE'] },
      '00081190': { vr: 'UR', Value: [`${baseUrl}/studies/${studyUid}/series/1.2.840.1.1/instances/${sop}`] },
      '0020000D': { vr: 'UI', Value: [studyUid] },
      '0020000E': { vr: 'UI', Value: ['1.2.840.1.1'] },
      '00200013': { vr: 'IS', Value: [1] },
      '00280008': { vr: 'IS', Value: [3] },
      '00280010': { vr: 'US', Value: [16] },
      '00280011': { vr: 'US', Value: [32] },
      '00280100': { vr: 'US', Value: [16] },
    });
    assert.deepEqual(second!['00200013'], { vr: 'IS', Value: [2] });
    assert.equal('00280008' in second!, false);
    const [report] = await answers(database, query('IMAGE', { ...keys, SeriesInstanceUID: '1.2.840.1.2' }));
    assert.deepEqual(report!['00280010'], { vr: 'US' });
  });

  await t.test('PS3.18 10.6.3.3: levels that the path does not name answer too', async () => {
    const [series] = await answers(database, query('SERIES', { PatientID: 'P' }));
    assert.equal(firstOf(series!, 'PatientID'), 'P');
    assert.equal(firstOf(series!, 'NumberOfStudyRelatedInstances'), 3);
    assert.equal(firstOf(series!, 'RetrieveURL'), `${baseUrl}/studies/${studyUid}/series/1.2.840.1.1`);
    const named = query('SERIES', { StudyInstanceUID: studyUid }, { upperLevels: ['STUDY'] });
    assert.equal(firstOf((await answers(database, named))[0]!, 'PatientID'), 'P');
    const [instance] = await answers(database, query('IMAGE', { StudyInstanceUID: studyUid }));
    assert.equal(firstOf(instance!, 'Modality'), 'CT');
    assert.equal(firstOf(instance!, 'PatientID'), undefined);
    assert.deepEqual(Object.keys(instance!), Object.keys(instance!).sort());
  });

  await t.test('keys of upper and lower levels: relational queries', async () => {
    const ids = async (level: Query['level'], keys: Keys, keyword: string) =>
      found(database, query(level, keys), keyword);
    assert.deepEqual(await ids('SERIES', { PatientID: 'P', Modality: 'SR' }, 'SeriesInstanceUID'), ['1.2.840.1.2']);
    assert.deepEqual(await ids('SERIES', { SeriesNumber: '2' }, 'SeriesInstanceUID'), ['1.2.840.1.2']);
    assert.deepEqual(await ids('IMAGE', { PatientName: 'doe*', InstanceNumber: '2' }, 'SOPInstanceUID'), [
      '1.2.840.1.1.2',
    ]);
    assert.deepEqual(await ids('IMAGE', { SOPClassUID: '1.2.840.10008.5.1.4.1.1.88.11' }, 'SOPInstanceUID'), [
      '1.2.840.1.2.1',
    ]);
    assert.deepEqual(await ids('STUDY', { ModalitiesInStudy: 'SR' }, 'PatientID'), ['P']);
    assert.deepEqual(await ids('STUDY', { ModalitiesInStudy: ['SR', 'MR'] }, 'PatientID'), ['P', 'Q']);
    assert.deepEqual(await ids('STUDY', { ModalitiesInStudy: 'M*' }, 'PatientID'), ['Q']);
    assert.deepEqual(await ids('STUDY', { SOPClassesInStudy: '1.2.840.10008.5.1.4.1.1.88.11' }, 'PatientID'), ['P']);
    assert.deepEqual(await ids('STUDY', { NumberOfStudyRelatedInstances: '3' }, 'PatientID'), ['P']);
    assert.deepEqual(await ids('STUDY', { Modality: 'MR' }, 'PatientID'), ['Q']);
    assert.deepEqual(await ids('STUDY', { Modality: 'SR', SOPInstanceUID: '1.2.840.1.1.1' }, 'PatientID'), []);
    assert.deepEqual(await ids('STUDY', { Modality: 'CT', SOPInstanceUID: '1.2.840.1.1.1' }, 'PatientID'), ['P']);
    assert.deepEqual(await ids('SERIES', { SOPInstanceUID: '1.2.840.1.2.1' }, 'SeriesInstanceUID'), ['1.2.840.1.2']);
  });

  await t.test('one Series UID in two studies does not mix them', async () => {
    const both = await answers(database, query('SERIES', { SeriesInstanceUID: '1.2.840.1.1' }));
    assert.deepEqual(
      both.map((series) => firstOf(series, 'StudyInstanceUID')),
      [studyUid, '1.2.840.2'],
    );
    const other = query('IMAGE', { StudyInstanceUID: '1.2.840.2', SeriesInstanceUID: '1.2.840.1.1' });
    assert.deepEqual(await found(database, other, 'SOPInstanceUID'), ['1.2.840.2.1']);
  });

  await t.test('attributes without a column match and are answered, at the level that has them', async () => {
    const north = await answers(database, query('SERIES', { InstitutionName: 'No?th' }));
    assert.deepEqual(
      north.map((series) => firstOf(series, 'InstitutionName')),
      ['North'],
    );
    const kvp = await answers(database, query('IMAGE', { StudyInstanceUID: studyUid, KVP: '80' }));
    assert.deepEqual(
      kvp.map((each) => [firstOf(each, 'SOPInstanceUID'), firstOf(each, 'KVP')]),
      [['1.2.840.1.1.2', 80]],
    );
    assert.deepEqual(await found(database, query('STUDY', { KVP: '80' })), [], 'no study has it');
  });

  await t.test('includefield adds what the level has; all adds everything but bulk data', async () => {
    const fields = (level: Query['level'], keys: Keys, returnPaths: Query['returnPaths']) =>
      answers(database, query(level, keys, { returnPaths }));
    const [other] = await fields('STUDY', { PatientID: 'Q' }, [pathOf('StudyDescription'), pathOf('Modality')]);
    assert.equal(firstOf(other!, 'StudyDescription'), 'other');
    assert.equal('00080060' in other!, false);
    const [counted] = await fields('STUDY', { PatientID: 'P' }, [pathOf('NumberOfPatientRelatedInstances')]);
    assert.equal(firstOf(counted!, 'NumberOfPatientRelatedInstances'), 3);
    const [series] = await fields('SERIES', { StudyInstanceUID: studyUid }, 'all');
    assert.equal(firstOf(series!, 'InstitutionName'), 'North');
    assert.equal(firstOf(series!, 'PatientID'), 'P');
    const [instance] = await fields('IMAGE', { SOPInstanceUID: '1.2.840.1.1.1' }, 'all');
    assert.equal(firstOf(instance!, 'KVP'), 120);
    assert.deepEqual(Object.keys(instance!), Object.keys(instance!).sort());
  });
});

test('a sequence matches by one of its items, private elements by their value', async (t) => {
  const requested = (ScheduledProcedureStepID: string, RequestedProcedureID: string) => {
    const item = image();
    for (const tag of [...item.elements.keys()]) item.delete(tag);
    return item
      .set('ScheduledProcedureStepID', ScheduledProcedureStepID)
      .set('RequestedProcedureID', RequestedProcedureID);
  };
  const withPrivate = image({ PatientID: 'private', StudyInstanceUID: '1.7' });
  withPrivate.set(0x0009_0010, 'ACME').set(0x0009_1001, 'secret', 'LO');
  const database = await catalogue(t, [
    image({ PatientID: 'one', RequestAttributesSequence: [requested('S1', 'R1'), requested('S2', 'R2')] }),
    image({ PatientID: 'two', RequestAttributesSequence: [requested('S1', 'R2')] }),
    withPrivate,
  ]);
  const step = 'RequestAttributesSequence.ScheduledProcedureStepID';
  const procedure = 'RequestAttributesSequence.RequestedProcedureID';
  assert.deepEqual(await found(database, query('SERIES', { [step]: 'S1' })), ['one', 'two']);
  assert.deepEqual(
    await found(database, query('SERIES', { [step]: 'S1', [procedure]: 'R2' })),
    ['two'],
    'in the same item',
  );
  const key = { path: [0x0009_1001], vr: 'LO' as const, values: ['sec*'] };
  const matching = await answers(database, { ...query('IMAGE', {}), keys: [key] });
  assert.deepEqual(
    matching.map((each) => [firstOf(each, 'PatientID'), each['00091001']?.Value?.[0]]),
    [['private', 'secret']],
  );
});
