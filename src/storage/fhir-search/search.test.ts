import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../../../test/support/database.ts';
import { type AnyResource, idsOf, pageOf, remove, store } from '../../../test/support/fhir-store.ts';
import { writeCursor } from '../../fhir/search/cursor.ts';

const LOINC = 'http://loinc.org';
const UCUM = 'http://unitsofmeasure.org';

const observation = (id: string, more: object): AnyResource => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { coding: [{ system: LOINC, code: '8867-4', display: 'Heart rate' }] },
  ...more,
});

const report = (id: string, more: object): AnyResource => ({
  resourceType: 'DiagnosticReport',
  id,
  status: 'final',
  code: { text: 'CT Kopf' },
  ...more,
});

/** Each query with the ids it finds. */
async function finds(database: Parameters<typeof idsOf>[0], expected: Readonly<Record<string, string>>): Promise<void> {
  for (const [asked, ids] of Object.entries(expected)) {
    assert.equal((await idsOf(database, asked)).join(' '), ids, asked);
  }
}

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

/** An order, its report by a radiologist, two results, and an order of another. */
const orderToResult: readonly AnyResource[] = [
  {
    resourceType: 'ServiceRequest',
    id: 'order',
    status: 'active',
    intent: 'order',
    subject: { reference: 'Patient/1' },
    identifier: [{ system: 'urn:acc', value: 'A1' }],
  },
  {
    resourceType: 'ServiceRequest',
    id: 'other',
    status: 'draft',
    intent: 'order',
    subject: { reference: 'Patient/2' },
  },
  { resourceType: 'Organization', id: 'hospital', name: 'St. Anna' },
  { resourceType: 'Organization', id: 'ward', name: 'Radiology', partOf: { reference: 'Organization/hospital' } },
  { resourceType: 'Practitioner', id: 'reader', name: [{ family: 'Okafor' }] },
  {
    resourceType: 'PractitionerRole',
    id: 'role',
    practitioner: { reference: 'Practitioner/reader' },
    organization: { reference: 'Organization/ward' },
  },
  report('report', {
    subject: { reference: 'Patient/1' },
    basedOn: [{ reference: 'ServiceRequest/order' }],
    performer: [{ reference: 'PractitionerRole/role' }],
    result: [{ reference: 'Observation/first' }, { reference: 'Observation/second' }],
  }),
  observation('first', { subject: { reference: 'Patient/1' }, valueQuantity: { value: 72, unit: '/min' } }),
  observation('second', {
    subject: { reference: 'Patient/1' },
    component: [
      { code: { coding: [{ code: 'sys' }] }, valueQuantity: { value: 120 } },
      { code: { coding: [{ code: 'dia' }] }, valueQuantity: { value: 80 } },
    ],
    code: { text: 'pressure' },
  }),
  {
    resourceType: 'DocumentReference',
    id: 'letter',
    status: 'current',
    relatesTo: [
      { code: 'replaces', target: { reference: 'DocumentReference/old' } },
      { code: 'signs', target: { reference: 'DocumentReference/plain' } },
    ],
  },
];

test('R4 search.html#chaining, #has: along references, forwards and back, and both', async (t) => {
  const database = await testDatabase(t);
  await store(database, orderToResult);
  await finds(database, {
    'DiagnosticReport?based-on.identifier=urn:acc|A1': 'report',
    'DiagnosticReport?based-on:ServiceRequest.status=active': 'report',
    'DiagnosticReport?based-on:ServiceRequest.status=draft': '',
    'DiagnosticReport?performer:PractitionerRole.practitioner.name=oka': 'report',
    'DiagnosticReport?performer:PractitionerRole.organization.partof.name=st. a': 'report',
    'DiagnosticReport?result.value-quantity=gt70': 'report',
    'DiagnosticReport?result._id=first': 'report',
    'DiagnosticReport?result._lastUpdated=ge2026': 'report',
    'Observation?_has:DiagnosticReport:result:status=final': 'first second',
    'Observation?_has:DiagnosticReport:result:based-on.identifier=A1': 'first second',
    'ServiceRequest?_has:DiagnosticReport:based-on:_has:Task:focus:status=ready': '',
    'ServiceRequest?_has:DiagnosticReport:based-on:result.code=8867-4': 'order',
    'Organization?_has:PractitionerRole:organization:practitioner:Practitioner.name=okafor': 'ward',
    'Observation?subject.identifier=nobody': '',
  });
});

test('R4 search.html#combining: the parts of a composite are met in one element', async (t) => {
  const database = await testDatabase(t);
  await store(database, orderToResult);
  await finds(database, {
    'Observation?code-value-quantity=8867-4$72': 'first',
    'Observation?code-value-quantity=8867-4$gt72': '',
    'Observation?component-code-value-quantity=sys$gt100': 'second',
    'Observation?component-code-value-quantity=dia$gt100': '',
    'Observation?combo-code-value-quantity=dia$80,8867-4$72': 'first second',
    'DocumentReference?relationship=replaces$DocumentReference/old': 'letter',
    'DocumentReference?relationship=signs$DocumentReference/old': '',
  });
});

test('R4 search.html#include, #revinclude: what belongs to the matches comes along once, with iterate what belongs to that', async (t) => {
  const database = await testDatabase(t);
  await store(database, orderToResult);
  const included = async (asked: string): Promise<string> => {
    const { included: found, missing } = await pageOf(database, asked);
    return [...found.map(({ id }) => id), ...missing.map(({ type, id }) => `(${type}/${id})`)].sort().join(' ');
  };
  assert.equal(await included('DiagnosticReport?_include=DiagnosticReport:result'), 'first second');
  assert.equal(await included('DiagnosticReport?_include=DiagnosticReport:subject'), '(Patient/1)');
  assert.equal(await included('DiagnosticReport?_include=DiagnosticReport:performer:Practitioner'), '');
  assert.equal(await included('DiagnosticReport?_include=*'), '(Patient/1) first order role second');
  assert.equal(
    await included('DiagnosticReport?_include=DiagnosticReport:performer&_include=PractitionerRole:practitioner'),
    'role',
  );
  assert.equal(
    await included(
      'DiagnosticReport?_include=DiagnosticReport:performer&_include:iterate=PractitionerRole:*&_include:iterate=Organization:partof',
    ),
    'hospital reader role ward',
  );
  assert.equal(await included('ServiceRequest?_id=order&_revinclude=DiagnosticReport:based-on'), 'report');
  assert.equal(
    await included(
      'ServiceRequest?_id=order&_revinclude=DiagnosticReport:based-on&_include:iterate=DiagnosticReport:result&_revinclude:iterate=DiagnosticReport:result',
    ),
    'first report second',
  );
  assert.equal(
    await included('Observation?_revinclude=DiagnosticReport:result&_include:iterate=DiagnosticReport:result'),
    'report',
  );
});

test('R4 search.html#sort: several keys, either way, those without a value last; every page holds what comes next', async (t) => {
  const database = await testDatabase(t);
  const dates = ['2026-03-01', undefined, '2026-01-01', '2026-03-01', undefined, '2026-02-01', '2026-02-01'];
  await store(
    database,
    dates.map((date, at) =>
      report(`r${at}`, { ...(date && { effectiveDateTime: date }), status: at % 2 ? 'final' : 'amended' }),
    ),
  );
  const walk = async (query: string, count: number): Promise<string[]> => {
    const pages: string[] = [];
    let [cursor, backward] = [undefined, undefined] as (string | undefined)[];
    do {
      const page = await pageOf(
        database,
        `DiagnosticReport?${query}&_count=${count}${cursor ? `&_cursor=${cursor}` : ''}`,
      );
      const ids = page.matches.map(({ id }) => id.slice(1)).join('');
      // The page before, from here, is the page we came from.
      if (backward !== undefined) {
        const before = await pageOf(
          database,
          `DiagnosticReport?${query}&_count=${count}&_cursor=${writeCursor(page.previous!)}`,
        );
        assert.equal(before.matches.map(({ id }) => id.slice(1)).join(''), backward, query);
      } else assert.equal(page.previous, undefined);
      pages.push(ids);
      [cursor, backward] = [page.next && writeCursor(page.next), ids];
    } while (cursor !== undefined);
    return pages;
  };
  const orders: Record<string, string> = {
    '': '0123456',
    '_sort=date': '2560314',
    '_sort=-date': '0356214',
    '_sort=-date,-_id': '3065241',
    '_sort=status,-date': '0624351',
    '_sort=-status,date': '5312604',
    '_sort=-_id': '6543210',
    '_sort=_lastUpdated,-_id': '6543210',
    '_sort=subject': '0123456',
  };
  for (const [query, expected] of Object.entries(orders)) {
    for (const count of [1, 2, 3, 7, 50])
      assert.equal((await walk(query, count)).join(''), expected, `${query} by ${count}`);
  }
});

test('R4 search.html#total, #count: how many there are, and no entries where nothing else is asked', async (t) => {
  const database = await testDatabase(t);
  await store(database, orderToResult);
  const { matches, total, next } = await pageOf(database, 'Observation?_count=1');
  assert.deepEqual([matches.length, total, next?.id], [1, 2, 'first']);
  const counted = await pageOf(database, 'Observation?_summary=count');
  assert.deepEqual([counted.matches.length, counted.total, counted.next], [0, 2, undefined]);
  assert.equal((await pageOf(database, 'Observation?_total=none')).total, undefined);
  assert.equal((await pageOf(database, 'Observation?_total=accurate&code=nothing')).total, 0);
});

test('R4 search.html#_type: several types at once, in the order of type and id', async (t) => {
  const database = await testDatabase(t);
  await store(database, orderToResult);
  const { matches, next } = await pageOf(database, '?_type=Organization,Observation&_lastUpdated=ge2026&_count=3');
  assert.deepEqual(
    matches.map(({ type, id }) => `${type}/${id}`),
    ['Observation/first', 'Observation/second', 'Organization/hospital'],
  );
  const rest = await pageOf(database, `?_type=Organization,Observation&_count=3&_cursor=${writeCursor(next!)}`);
  assert.deepEqual(
    rest.matches.map(({ id }) => id),
    ['ward'],
  );
  await finds(database, { '?_type=ServiceRequest,DiagnosticReport&subject=Patient/1': 'report order' });
});

test('a resource that was deleted is not found, one that was changed by what it says now', async (t) => {
  const database = await testDatabase(t);
  await store(database, [observation('a', {}), observation('b', {})]);
  await remove(database, 'Observation', 'a');
  await finds(database, { 'Observation?code=8867-4': 'b', Observation: 'b' });
  await store(database, [observation('b', { status: 'amended', code: { text: 'x' } })]);
  await finds(database, {
    'Observation?code=8867-4': '',
    'Observation?status=amended': 'b',
    'Observation?status=final': '',
  });
});

test('no tenant finds, counts, chains to or includes what is another tenant\u2019s', async (t) => {
  const database = await testDatabase(t);
  await database.query(`insert into tenant (id, name) overriding system value values (2, 'other')`);
  await store(database, orderToResult, 1);
  await store(
    database,
    [
      report('report', {
        basedOn: [{ reference: 'ServiceRequest/order' }],
        result: [{ reference: 'Observation/first' }],
      }),
    ],
    2,
  );
  const asked = [
    'Observation',
    'Observation?code=8867-4',
    'Observation?_has:DiagnosticReport:result:status=final',
    'DiagnosticReport?based-on.identifier=A1',
    'Observation?code-value-quantity=8867-4$72',
    'Observation?_sort=code',
  ];
  for (const query of asked) {
    const page = await pageOf(database, query, 2);
    assert.deepEqual([page.matches, page.total], [[], 0], query);
  }
  const page = await pageOf(database, 'DiagnosticReport?_include=*&_revinclude=DiagnosticReport:result', 2);
  assert.deepEqual([page.matches.length, page.included], [1, []]);
});
