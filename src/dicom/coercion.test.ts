import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeInstance } from '../../test/support/instances.ts';
import { type CoercedValues, coerce } from './coercion.ts';
import { readDicom } from './reader.ts';
import { writePart10 } from './writer.ts';

const note = { modifyingSystem: 'FASCIA', at: new Date('2026-01-15T10:11:12.345Z') };

/** The object as it is read again. */
function coerced(attributes: Record<string, string>, values: CoercedValues) {
  const read = readDicom(makeInstance({ attributes }).file);
  coerce(read.dataset, values, note);
  return readDicom(Buffer.concat(writePart10(read)), { strict: true }).dataset;
}

test('PS3.3 C.12.1.1.9: what was changed or removed is kept with when, by whom and why', () => {
  const attributes = { IssuerOfPatientID: 'ELSEWHERE', InstitutionName: 'St. Elsewhere' };
  const values = { PatientID: 'L-7', PatientName: 'Test^Patient', IssuerOfPatientID: undefined, AccessionNumber: '' };
  const dataset = coerced(attributes, values);
  assert.equal(dataset.text('PatientID'), 'L-7');
  assert.equal(dataset.has('IssuerOfPatientID'), false);
  assert.equal(dataset.has('AccessionNumber'), true);
  assert.equal(dataset.text('AccessionNumber'), undefined);
  const [item, ...others] = dataset.items('OriginalAttributesSequence');
  assert.equal(others.length, 0);
  assert.equal(item!.text('AttributeModificationDateTime'), '20260115101112.345+0000');
  assert.equal(item!.text('ModifyingSystem'), 'FASCIA');
  assert.equal(item!.text('SourceOfPreviousValues'), 'St. Elsewhere');
  assert.equal(item!.text('ReasonForTheAttributeModification'), 'COERCE');
  const [original] = item!.items('ModifiedAttributesSequence');
  assert.equal(original!.text('PatientID'), 'P-1');
  assert.equal(original!.text('IssuerOfPatientID'), 'ELSEWHERE');
  assert.equal(original!.text('AccessionNumber'), 'ACC-1');
  assert.equal(original!.has('PatientName'), false, 'it is what it was');
});

test('a name in another script leaves the original readable: everything is encoded anew', () => {
  const attributes = { SpecificCharacterSet: 'ISO_IR 100', PatientName: 'Müller^Jörg', StudyDescription: 'Schädel' };
  const dataset = coerced(attributes, { PatientName: 'Иванов^Иван' });
  assert.equal(dataset.text('PatientName'), 'Иванов^Иван');
  assert.equal(dataset.text('StudyDescription'), 'Schädel');
  const [item] = dataset.items('OriginalAttributesSequence');
  assert.equal(item!.items('ModifiedAttributesSequence')[0]!.text('PatientName'), 'Müller^Jörg');
});

test('a second coercion is noted after the first, and one that changes nothing is not noted', () => {
  const read = readDicom(makeInstance().file);
  coerce(read.dataset, { PatientID: 'A' }, note);
  coerce(read.dataset, { PatientID: 'B' }, note);
  coerce(read.dataset, { PatientID: 'B', IssuerOfPatientID: undefined }, note);
  const items = read.dataset.items('OriginalAttributesSequence');
  const ids = items.map((item) => item.items('ModifiedAttributesSequence')[0]!.text('PatientID'));
  assert.deepEqual(ids, ['P-1', 'A']);
});
