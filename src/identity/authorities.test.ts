import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Authorities } from './authorities.ts';

const authorities = new Authorities([
  { name: 'NORTH', universalId: '1.2.3', universalIdType: 'ISO', sources: ['CT1', 'ADT^NORTH'] },
  { name: 'South', namespaceId: 'STH', system: 'https://south.example/mrn', sources: [] },
]);

test('one authority is one, by whichever of its names it comes', () => {
  const names = [
    authorities.issuer({ namespaceId: 'NORTH' }),
    authorities.issuer({ namespaceId: ' north ' }),
    authorities.issuer({ universalId: '1.2.3', universalIdType: 'ISO' }),
    authorities.issuer({ namespaceId: 'N', universalId: '1.2.3' }),
    authorities.issuerOfSystem('urn:oid:1.2.3'),
    authorities.ofSource('ct1'),
  ];
  assert.deepEqual(new Set(names), new Set(['NORTH']));
  assert.equal(authorities.issuer({ namespaceId: 'STH' }), 'South');
  assert.equal(authorities.issuerOfSystem('https://south.example/mrn'), 'South');
});

test('an authority that nobody knows keeps its universal id, else its namespace', () => {
  assert.equal(authorities.issuer({ namespaceId: 'X', universalId: '9.9', universalIdType: 'ISO' }), '9.9&ISO');
  assert.equal(authorities.issuer({ namespaceId: 'X' }), 'X');
  assert.equal(authorities.issuer({}), '');
  assert.equal(authorities.ofSource('unknown'), '');
});

test('an issuer has one FHIR system, and comes back from it', () => {
  for (const [issuer, system] of [
    ['NORTH', 'urn:oid:1.2.3'],
    ['South', 'https://south.example/mrn'],
    ['9.9&ISO', 'urn:oid:9.9'],
    ['a1b2&UUID', 'urn:uuid:a1b2'],
    ['Klinik Süd', 'urn:fascia:namespace:Klinik%20S%C3%BCd'],
    ['https://ehr.example/id', 'https://ehr.example/id'],
  ] as const) {
    assert.equal(authorities.systemOf(issuer), system);
    assert.equal(authorities.issuerOfSystem(system), issuer);
  }
});

test('messages name an authority by its designator', () => {
  assert.deepEqual(authorities.designatorOf('NORTH'), {
    namespaceId: 'NORTH',
    universalId: '1.2.3',
    universalIdType: 'ISO',
  });
  assert.deepEqual(authorities.designatorOf('9.9&ISO'), { universalId: '9.9', universalIdType: 'ISO' });
  assert.deepEqual(authorities.designatorOf('X'), { namespaceId: 'X' });
});
