import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Authorities } from './authorities.ts';

const authorities = new Authorities([
  { name: 'NORTH', universalId: '1.2.3', universalIdType: 'ISO', sources: ['CT1', 'ADT@NORTH'] },
  { name: 'South', namespaceId: 'STH', system: 'https://south.example/mrn', sources: [] },
]);

test('one authority is one, by whichever of its names it comes', () => {
  for (const written of ['NORTH', ' north ', '1.2.3&ISO', 'N&1.2.3&ISO', 'NORTH&9.9&ISO', '&1.2.3&ISO'])
    assert.equal(authorities.canonical(written), 'NORTH', written);
  assert.equal(authorities.canonical('STH'), 'South');
  assert.equal(authorities.ofSource('ct1'), 'NORTH');
});

test('an authority that nobody knows keeps its universal id, else its namespace', () => {
  assert.equal(authorities.canonical('X&9.9&ISO'), '9.9&ISO');
  assert.equal(authorities.canonical('9.9&DNS'), '9.9&DNS');
  assert.equal(authorities.canonical('X'), 'X');
  assert.equal(authorities.canonical(''), '');
  assert.equal(authorities.ofSource('unknown'), '');
});

test('a sighting names every authority in one way, and one without an authority has that of its connection', () => {
  const sighting = { id: '1', site: 'CT1', issuer: '', patientId: '7', name: 'DOE^JANE', timestamp: '2026-01-01' };
  const otherPatientIds = [{ issuer: 'STH', id: '8' }];
  assert.deepEqual(authorities.applied({ ...sighting, otherPatientIds }), {
    ...sighting,
    issuer: 'NORTH',
    otherPatientIds: [{ issuer: 'South', id: '8' }],
  });
  assert.equal(authorities.applied({ ...sighting, site: 'MR9' }).issuer, '');
});

test('ITI TF-2 E.3: an issuer has one FHIR system, and comes back from it', () => {
  for (const [issuer, system] of [
    ['NORTH', 'urn:oid:1.2.3'],
    ['South', 'https://south.example/mrn'],
    ['9.9&ISO', 'urn:oid:9.9'],
    ['a1b2&UUID', 'urn:uuid:a1b2'],
    ['Klinik Süd', 'urn:fascia:namespace:Klinik%20S%C3%BCd'],
    ['https://ehr.example/id&URI', 'https://ehr.example/id'],
    ['https://ehr.example/id?a=1%26b=2&URI', 'https://ehr.example/id?a=1&b=2'],
  ] as const) {
    assert.equal(authorities.systemOf(issuer), system);
    assert.equal(authorities.issuerOfSystem(system), issuer);
  }
  assert.equal(authorities.issuerOfSystem('urn:fascia:namespace:%E0'), 'urn:fascia:namespace:%E0&URI');
});
