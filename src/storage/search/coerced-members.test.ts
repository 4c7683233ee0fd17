import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type CoercedValues, coerce } from '../../dicom/coercion.ts';
import { DataSet } from '../../dicom/dataset.ts';
import { jsonText } from '../../dicom/json.ts';
import { coercedObject } from './coerced-members.ts';

const note = { modifyingSystem: 'FASCIA', at: new Date('2026-01-15T10:11:12.345Z'), sourceOfPreviousValues: 'CT1' };

const text = fc.stringMatching(/^[A-Z^ü]{0,12}$/).map((value) => value.trim());
const item = fc.record({ PatientID: fc.stringMatching(/^[0-9]{1,6}$/), IssuerOfPatientID: text }, { requiredKeys: [] });
const values: fc.Arbitrary<CoercedValues> = fc.record(
  {
    PatientName: text,
    PatientID: text,
    IssuerOfPatientID: fc.option(text, { nil: undefined }),
    PatientSex: fc.constantFrom('M', 'F', 'O', ''),
    OtherPatientIDsSequence: fc.option(fc.array(item, { maxLength: 3 }), { nil: undefined }),
  },
  { requiredKeys: [] },
);

function received(given: CoercedValues): DataSet {
  const dataset = new DataSet().set('SpecificCharacterSet', 'ISO_IR 192').set('StudyDescription', 'Schädel');
  coerce(dataset, given, note);
  return dataset;
}

test('what is served as JSON is what is served as a data set, whatever was received before', () => {
  fc.assert(
    fc.property(values, values, (before, after) => {
      const dataset = received(before);
      const json = jsonText(dataset);
      coerce(dataset, after, note);
      assert.equal(coercedObject(json, { values: after, note }), jsonText(dataset));
    }),
  );
});

test('a value that its representation does not allow moves into the original as it was written', () => {
  const json = '{"00100020":{"vr":"LO","Value":["7"]},"00100030":{"vr":"DA","Value":["1961"]}}';
  const coerced = coercedObject(json, { values: { PatientBirthDate: '19610307' }, note });
  const { '04000561': sequence, '00100030': birthDate } = JSON.parse(coerced);
  assert.deepEqual(birthDate, { vr: 'DA', Value: ['19610307'] });
  assert.deepEqual(sequence.Value[0]['04000550'].Value, [{ '00100030': { vr: 'DA', Value: ['1961'] } }]);
});
