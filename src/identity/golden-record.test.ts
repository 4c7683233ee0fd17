import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { goldenRecord } from './golden-record.ts';
import type { Medium, Sighting } from './sighting.ts';

const said = (day: number, medium: Medium, more: Partial<Sighting>): Sighting => ({
  id: `${medium}${day}`,
  site: `site-${medium}`,
  issuer: 'NORTH',
  patientId: '1',
  name: '',
  timestamp: `2026-01-${String(day).padStart(2, '0')}T00:00:00Z`,
  medium,
  ...more,
});

test('a registration desk outranks a modality, and of two desks the later one is believed about a name', () => {
  const { name } = goldenRecord([
    said(1, 'hl7', { name: 'Roe^Jane' }),
    said(3, 'fhir', { name: 'Doe^Jane' }),
    said(9, 'dicom', { name: 'DOE JANE' }),
  ]).fields;
  assert.equal(name?.value, 'Doe^Jane');
  assert.deepEqual([name?.site, name?.medium, name?.timestamp], ['site-fhir', 'fhir', '2026-01-03T00:00:00Z']);
  assert.deepEqual(
    name?.others.map(({ value }) => value),
    ['Roe^Jane', 'DOE JANE'],
  );
});

test('a birth date does not change: most of those who say one are believed, not the last', () => {
  const { birthDate } = goldenRecord([
    said(1, 'hl7', { birthDate: '19700102' }),
    said(2, 'hl7', { birthDate: '19700102' }),
    said(3, 'hl7', { birthDate: '19700201' }),
  ]).fields;
  assert.deepEqual([birthDate?.value, birthDate?.count], ['19700102', 2]);
});

test('what stands for unknown is nobody’s, and what nobody says is absent', () => {
  const { fields } = goldenRecord(
    [said(1, 'hl7', { birthDate: '19000101', phone: ' ' })],
    (field, value) => field === 'birthDate' && value === '19000101',
  );
  assert.deepEqual(fields, {});
});

test('an identifier is known with everybody who used it, from when to when', () => {
  const { identifiers } = goldenRecord([
    said(2, 'hl7', {}),
    said(5, 'dicom', {}),
    said(1, 'dicom', {}),
    said(9, 'hl7', { patientId: '2' }),
    said(9, 'hl7', { patientId: '' }),
  ]);
  assert.deepEqual(identifiers, [
    {
      issuer: 'NORTH',
      id: '2',
      sites: ['site-hl7'],
      firstSeen: '2026-01-09T00:00:00Z',
      lastSeen: '2026-01-09T00:00:00Z',
    },
    {
      issuer: 'NORTH',
      id: '1',
      sites: ['site-dicom', 'site-hl7'],
      firstSeen: '2026-01-01T00:00:00Z',
      lastSeen: '2026-01-05T00:00:00Z',
    },
  ]);
});

test('the order in which things were said changes nothing', () => {
  const sighting = fc.record({
    day: fc.integer({ min: 1, max: 5 }),
    medium: fc.constantFrom<Medium>('hl7', 'dicom', 'fhir', 'upload'),
    name: fc.constantFrom('A^B', 'A^C', ''),
    sex: fc.constantFrom('F', 'M', ''),
    patientId: fc.constantFrom('1', '2'),
  });
  const lists = fc
    .array(sighting, { maxLength: 8 })
    .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));
  fc.assert(
    fc.property(lists, ([list, shuffled]) => {
      const record = (all: typeof list) => goldenRecord(all.map(({ day, medium, ...more }) => said(day, medium, more)));
      assert.deepEqual(record(shuffled), record(list));
    }),
  );
});
