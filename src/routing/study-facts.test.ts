import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DataSet } from '../dicom/dataset.ts';
import { FactsError, factsOfJson } from './facts-json.ts';
import { factsOfInstances } from './study-facts.ts';
import { studyObjects, studyUid } from './testing/study-objects.ts';

const source = { door: 'dimse', aeTitle: 'CT1' };

test('the instances of a study say what is in it, series by series, in whatever order they come', () => {
  const facts = factsOfInstances(studyObjects(), { tenant: 't', source });
  assert.equal(facts.study.uid, studyUid);
  assert.equal(facts.study.instances, 12);
  assert.deepEqual(facts.study.modalities, ['CT', 'SR', 'KO', 'PR', 'SEG', 'RTSTRUCT', 'RWV']);
  const [first] = facts.study.series;
  assert.deepEqual(first, {
    uid: '2.25.9010',
    number: 1,
    modality: 'CT',
    description: 'Series 1',
    sopClasses: ['1.2.840.10008.5.1.4.1.1.2'],
    imageTypes: ['ORIGINAL', 'PRIMARY', 'AXIAL'],
    instances: 3,
  });
  assert.deepEqual(facts.source, source);
  const backwards = factsOfInstances(studyObjects().reverse(), { tenant: 't', source });
  const bySeries = (one: typeof facts) => new Map(one.study.series.map(({ uid, instances }) => [uid, instances]));
  assert.deepEqual(new Map([...bySeries(backwards)].sort()), new Map([...bySeries(facts)].sort()));
});

test('an instance that comes twice is counted once', () => {
  const [one] = studyObjects();
  assert.equal(factsOfInstances([one!, one!], { tenant: 't' }).study.instances, 1);
});

test('the age is that at the study: by the dates, else as the device says (PS3.5 6.2 AS)', () => {
  const age = (attributes: Record<string, string>) => {
    const dataset = new DataSet();
    for (const [keyword, value] of Object.entries(attributes)) dataset.set(keyword, value);
    const { ageYears, ageDays } = factsOfInstances([dataset], { tenant: 't' }).person!;
    return [ageYears, ageDays];
  };
  assert.deepEqual(age({ PatientBirthDate: '20101124', StudyDate: '20261123' }), [15, 5843]);
  assert.deepEqual(age({ PatientBirthDate: '20101123', StudyDate: '20261123', PatientAge: '099Y' }), [16, 5844]);
  assert.deepEqual(age({ PatientAge: '018M' }), [1, undefined]);
  assert.deepEqual(age({ PatientAge: '010W' }), [0, undefined]);
  assert.deepEqual(age({ PatientBirthDate: 'unknown', StudyDate: '20261123' }), [undefined, undefined]);
});

test('facts as JSON are those of the table, with moments and lists; others are refused with what was meant', () => {
  const facts = factsOfJson({
    tenant: 'north',
    study: { uid: '1.2', modalities: ['CT'], series: [{ uid: '1.3', sliceThickness: 0.6 }] },
    order: { neededBy: '2026-11-23T12:00:00+01:00', priority: null },
  });
  assert.deepEqual(facts.order, { neededBy: new Date('2026-11-23T11:00:00Z') });
  const told = (given: unknown) => {
    assert.throws(() => factsOfJson(given), FactsError);
    try {
      factsOfJson(given);
    } catch (error) {
      return (error as FactsError).faults;
    }
  };
  assert.deepEqual(told({ study: { uid: '1', modalitis: [] }, ordr: {}, time: { clock: '08:00' } }), [
    'no fact study.modalitis; did you mean modalities?',
    'no facts ordr; did you mean order?',
    'no facts time',
  ]);
  assert.deepEqual(told({ study: { uid: '1', instances: 1.5, lossy: 'yes', series: [{ modality: 'CT' }] } }), [
    'study.instances must be a whole number',
    'study.lossy must be true or false',
    'study.series[0].uid is missing',
  ]);
  assert.deepEqual(told({ study: { uid: '1' }, order: { neededBy: '2026-11-23' } }), [
    'order.neededBy must be a moment with its offset, 2026-11-23T07:35:00Z',
  ]);
});

test('whatever is given as facts is taken or refused', () => {
  fc.assert(
    fc.property(fc.anything(), (given) => {
      try {
        factsOfJson(given);
      } catch (error) {
        assert.ok(error instanceof FactsError);
      }
    }),
  );
});
