import { test } from 'node:test';
import { testDatabase } from '../../../test/support/database.ts';
import { finds, observation, report, UCUM } from '../../../test/support/fhir-search.ts';
import { type AnyResource, store } from '../../../test/support/fhir-store.ts';

test('R4 search.html#token: code, system and code, neither, text, of-type, not, missing and value sets', async (t) => {
  const database = await testDatabase(t);
  await store(database, [
    observation('heart', {}),
    observation('words', { code: { text: 'Größe in Worten' }, status: 'amended' }),
    observation('other', {
      code: { coding: [{ system: 'urn:oid:1.2', code: '8867-4' }, { code: 'bare' }] },
      identifier: [
        { system: 'urn:oid:9', value: 'A|1', type: { coding: [{ system: 'urn:t', code: 'MR' }], text: 'Akte' } },
      ],
    }),
  ]);
  await finds(database, {
    'Observation?code=8867-4': 'heart other',
    'Observation?code=http://loinc.org|8867-4': 'heart',
    'Observation?code=urn:oid:1.2|': 'other',
    'Observation?code=|bare': 'other',
    'Observation?code=BARE': 'other',
    'Observation?code=8867': '',
    'Observation?code=http://loinc.org|8867-4,|bare': 'heart other',
    'Observation?code=8867-4&code=bare': 'other',
    'Observation?code:not=http://loinc.org|8867-4': 'other words',
    'Observation?code:text=größe': 'words',
    'Observation?code:text=heart': 'heart',
    'Observation?identifier:of-type=urn:t|MR|A\\|1': 'other',
    'Observation?identifier:of-type=urn:t|XX|A\\|1': '',
    'Observation?identifier=urn:oid:9|A\\|1': 'other',
    'Observation?identifier:text=akt': 'other',
    'Observation?identifier:missing=true': 'heart words',
    'Observation?identifier:missing=false': 'other',
    'Observation?code:missing=true': '',
    'Observation?status=http://hl7.org/fhir/observation-status|final': 'heart other',
    'Observation?status=|amended': 'words',
    'Observation?status=urn:x|final': '',
    'Observation?status:in=http://hl7.org/fhir/ValueSet/observation-status': 'heart other words',
    'Observation?status:not-in=http://hl7.org/fhir/ValueSet/observation-status': '',
    'Observation?_id=heart,words': 'heart words',
    'Observation?_id:not=heart,words': 'other',
  });
});

test('R4 search.html#string, #uri: beginnings without case and accents, exact, inside, below and above', async (t) => {
  const database = await testDatabase(t);
  const long = 'x'.repeat(300);
  await store(database, [
    {
      resourceType: 'Practitioner',
      id: 'p1',
      name: [{ family: 'Müller', given: ['Anna  Maria'] }],
      address: [{ line: ['Weg 1'], city: 'Köln' }],
    },
    { resourceType: 'Practitioner', id: 'p2', name: [{ family: 'muller-100%_sure', text: 'Dr. Müller' }] },
    { resourceType: 'Practitioner', id: 'p3', name: [{ family: `${long}A` }], meta: { profile: ['http://x.org/p|2'] } },
    { resourceType: 'Practitioner', id: 'p4', name: [{ family: `${long}B` }], meta: { profile: ['http://x.org/p/q'] } },
  ]);
  await finds(database, {
    'Practitioner?name=MULLER': 'p1 p2',
    'Practitioner?family:exact=Müller': 'p1',
    'Practitioner?family:exact=muller': '',
    'Practitioner?name:contains=ULLER': 'p1 p2',
    'Practitioner?name:contains=%25_': 'p2',
    'Practitioner?name:contains=_': 'p2',
    'Practitioner?given=anna maria': 'p1',
    'Practitioner?given=maria': '',
    'Practitioner?address=koln': 'p1',
    'Practitioner?address-city=Kö': 'p1',
    'Practitioner?address:missing=true': 'p2 p3 p4',
    [`Practitioner?family=${long}`]: 'p3 p4',
    [`Practitioner?family=${long}b`]: 'p4',
    [`Practitioner?family:exact=${long}A`]: 'p3',
    'Practitioner?_profile=http://x.org/p': 'p3',
    'Practitioner?_profile=http://x.org/p|2': 'p3',
    'Practitioner?_profile:below=http://x.org/': 'p3 p4',
    'Practitioner?_profile:above=http://x.org/p/q/r': 'p3 p4',
  });
});

test('R4 search.html#number, #quantity: precision, prefixes, units, comparators and ranges', async (t) => {
  const database = await testDatabase(t);
  const amount = (id: string, valueQuantity: object): AnyResource => observation(id, { valueQuantity });
  await store(database, [
    amount('a', { value: 5.4, unit: 'mg', system: UCUM, code: 'mg' }),
    amount('b', { value: 5.44, unit: 'milligram', system: UCUM, code: 'mg' }),
    amount('c', { value: 5.4, unit: 'g', system: UCUM, code: 'g' }),
    amount('d', { value: 10, comparator: '>', unit: 'mg' }),
    amount('e', { unit: 'mg' }),
    { resourceType: 'ChargeItem', id: 'f', factorOverride: 0.8, priceOverride: { value: 12.5, currency: 'EUR' } },
    { resourceType: 'ChargeItem', id: 'g', factorOverride: -100 },
  ]);
  await finds(database, {
    'Observation?value-quantity=5.4|http://unitsofmeasure.org|mg': 'a b',
    'Observation?value-quantity=5.40|http://unitsofmeasure.org|mg': 'a',
    'Observation?value-quantity=5.4||mg': 'a b',
    'Observation?value-quantity=5.4||milligram': 'b',
    'Observation?value-quantity=5.4': 'a b c',
    'Observation?value-quantity=ne5.4': 'd',
    'Observation?value-quantity=gt5.4': 'b d',
    'Observation?value-quantity=ge5.4': 'a b c d',
    'Observation?value-quantity=lt5.44': 'a c',
    'Observation?value-quantity=le5.44': 'a b c',
    'Observation?value-quantity=sa9': 'd',
    'Observation?value-quantity=eb9': 'a b c',
    'Observation?value-quantity=ap5.9': 'a b c',
    'Observation?value-quantity=gt1000': 'd',
    'Observation?value-quantity:missing=false': 'a b c d e',
    'ChargeItem?factor-override=0.8': 'f',
    'ChargeItem?factor-override=8e-1': 'f',
    'ChargeItem?factor-override=-100': 'g',
    'ChargeItem?factor-override=ap-95': 'g',
    'ChargeItem?factor-override=-1e2': 'g',
    'ChargeItem?factor-override=lt0,gt0': 'f g',
    'ChargeItem?price-override=12.5|urn:iso:std:iso:4217|EUR': 'f',
    'ChargeItem?price-override=gt12||USD': '',
  });
});

test('R4 search.html#date: what a date covers is compared with what is asked', async (t) => {
  const database = await testDatabase(t);
  const effective = (id: string, more: object): AnyResource => report(id, more);
  await store(database, [
    effective('day', { effectiveDateTime: '2026-03-14' }),
    effective('hour', { effectiveDateTime: '2026-03-14T10:00:00+01:00' }),
    effective('month', { effectiveDateTime: '2026-03' }),
    effective('open', { effectivePeriod: { start: '2026-03-10' } }),
    effective('leap', { effectiveDateTime: '2016-12-31T23:59:60Z' }),
    effective('none', { meta: { lastUpdated: '2026-01-01T00:00:00.500Z' } }),
  ]);
  await finds(database, {
    'DiagnosticReport?date=2026-03-14': 'day hour',
    'DiagnosticReport?date=2026-03': 'day hour month',
    'DiagnosticReport?date=2026-03-14T09:00:00Z': 'hour',
    'DiagnosticReport?date=2026-03-14T09:00Z': 'hour',
    'DiagnosticReport?date=ne2026-03-14': 'leap month open',
    'DiagnosticReport?date=gt2026-03-14': 'month open',
    'DiagnosticReport?date=ge2026-03-14': 'day hour month open',
    'DiagnosticReport?date=lt2026-03-14': 'leap month open',
    'DiagnosticReport?date=le2026-03-14': 'day hour leap month open',
    'DiagnosticReport?date=sa2026-03-09': 'day hour open',
    'DiagnosticReport?date=eb2026-03-15': 'day hour leap',
    'DiagnosticReport?date=ap2026-03-01': 'day hour month open',
    'DiagnosticReport?date=ge2026-03-14&date=le2026-03-14': 'day hour month open',
    'DiagnosticReport?date:missing=true': 'none',
    'DiagnosticReport?_lastUpdated=2026-01-01T00:00:00Z': 'none',
    'DiagnosticReport?_lastUpdated=lt2026-11-23': 'none',
    'DiagnosticReport?_lastUpdated=ge2026-11-23&date=2026-03': 'day hour month',
    'DiagnosticReport?_lastUpdated=2026-01': 'none',
  });
});

test('R4 search.html#reference: ids, types, URLs of ours and of others, canonical ones, and identifiers', async (t) => {
  const database = await testDatabase(t);
  const of = (id: string, subject: object): AnyResource => observation(id, { subject });
  await store(database, [
    of('a', { reference: 'Patient/1' }),
    of('b', { reference: 'Group/1' }),
    of('c', { reference: 'https://other.example/fhir/Patient/1' }),
    of('d', { type: 'Patient', identifier: { system: 'urn:oid:9', value: 'MRN7' } }),
    of('e', { reference: 'urn:uuid:c757873d-ec9a-4326-a141-556f43239520' }),
    of('f', { reference: '#inside' }),
    {
      resourceType: 'ServiceRequest',
      id: 's',
      instantiatesCanonical: ['http://x.org/plan|3'],
      subject: { reference: 'Patient/1/_history/4' },
    },
  ]);
  await finds(database, {
    'Observation?subject=Patient/1': 'a',
    'Observation?subject=1': 'a b',
    'Observation?subject:Patient=1': 'a',
    'Observation?subject:Group=Patient/1': '',
    'Observation?subject=https://fascia.example/fhir/R4/Patient/1': 'a',
    'Observation?subject=https://other.example/fhir/Patient/1': 'c',
    'Observation?subject=urn:uuid:c757873d-ec9a-4326-a141-556f43239520': 'e',
    'Observation?patient=1': 'a',
    'Observation?patient=Patient/1,Patient/2': 'a',
    'Observation?subject:identifier=urn:oid:9|MRN7': 'd',
    'Observation?subject:identifier=mrn7': 'd',
    'Observation?patient:missing=true': 'b e f',
    'Observation?subject:missing=true': '',
    'ServiceRequest?instantiates-canonical=http://x.org/plan': 's',
    'ServiceRequest?instantiates-canonical=http://x.org/plan|3': 's',
    'ServiceRequest?patient=1': 's',
  });
});
