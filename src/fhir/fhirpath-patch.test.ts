import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Parameters, ParametersParameter } from '@medplum/fhirtypes';
import type { Problem } from '../base/problem.ts';
import { applyFhirPathPatch } from './fhirpath-patch.ts';
import type { JsonObject } from './json.ts';

const operation = (type: string, path: string, ...more: ParametersParameter[]): ParametersParameter => ({
  name: 'operation',
  part: [{ name: 'type', valueCode: type }, { name: 'path', valueString: path }, ...more],
});
const patched = (target: JsonObject, ...parameter: ParametersParameter[]): JsonObject =>
  applyFhirPathPatch(target, { resourceType: 'Parameters', parameter } as Parameters);
const refused = (target: JsonObject, ...parameter: ParametersParameter[]): string => {
  try {
    return JSON.stringify(patched(target, ...parameter));
  } catch (error) {
    return (error as Problem).code;
  }
};

const ada: JsonObject = {
  resourceType: 'Patient',
  birthDate: '1974-05-06',
  name: [
    { use: 'official', family: 'Okonkwo', given: ['Ada', 'B'] },
    { use: 'maiden', family: 'Smith' },
  ],
};
const text = (name: string, valueString: string): ParametersParameter => ({ name, valueString });
const number = (name: string, valueInteger: number): ParametersParameter => ({ name, valueInteger });

test('R4 fhirpatch: add, insert, delete, replace and move, on what a path names', () => {
  const added = patched(
    ada,
    operation('add', 'Patient', text('name', 'gender'), { name: 'value', valueCode: 'female' }),
  );
  assert.equal(added.gender, 'female');
  const contact = operation('add', 'Patient', text('name', 'contact'), {
    name: 'value',
    part: [{ name: 'name', valueHumanName: { text: 'her sister' } }],
  });
  assert.deepEqual(patched(ada, contact, contact).contact, Array(2).fill({ name: { text: 'her sister' } }));
  const replaced = patched(
    ada,
    operation('replace', "Patient.name.where(use = 'maiden').family", { name: 'value', valueString: 'Jones' }),
  );
  assert.deepEqual((replaced.name as JsonObject[])[1], { use: 'maiden', family: 'Jones' });
  const deleted = patched(ada, operation('delete', 'Patient.name[1]'));
  assert.equal((deleted.name as unknown[]).length, 1);
  assert.deepEqual(patched(ada, operation('delete', 'Patient.maritalStatus')), ada);
  const given = (made: JsonObject): unknown => (made.name as JsonObject[])[0]!.given;
  const path = 'Patient.name[0].given';
  assert.deepEqual(given(patched(ada, operation('insert', path, number('index', 1), text('value', 'X')))), [
    'Ada',
    'X',
    'B',
  ]);
  assert.deepEqual(given(patched(ada, operation('move', path, number('source', 0), number('destination', 1)))), [
    'B',
    'Ada',
  ]);
});

test('R4 fhirpatch: what names nothing or too much is unprocessable, what is no operation malformed', () => {
  const value = text('value', 'x');
  assert.equal(refused(ada, operation('replace', 'Patient.gender', value)), 'fhir/unprocessable');
  assert.equal(refused(ada, operation('replace', 'Patient.name.family', value)), 'fhir/unprocessable');
  assert.equal(refused(ada, operation('delete', 'Patient.name')), 'fhir/unprocessable');
  assert.equal(refused(ada, operation('add', 'Patient', text('name', 'nonsense'), value)), 'fhir/unprocessable');
  assert.equal(refused(ada, operation('insert', 'Patient.birthDate', number('index', 0), value)), 'fhir/unprocessable');
  assert.equal(refused(ada, operation('replace', 'Observation.status', value)), 'request/malformed');
  assert.equal(refused(ada, operation('replace', 'Patient.name.first().family', value)), 'request/malformed');
  assert.equal(refused(ada, operation('turn', 'Patient.name', value)), 'request/malformed');
  assert.equal(refused(ada, operation('replace', 'Patient.birthDate')), 'request/malformed');
  assert.equal(refused(ada, { name: 'other' }), 'request/malformed');
});
