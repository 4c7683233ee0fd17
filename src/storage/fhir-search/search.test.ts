import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../../../test/support/database.ts';
import { finds, observation, report } from '../../../test/support/fhir-search.ts';
import { type AnyResource, pageOf, remove, store } from '../../../test/support/fhir-store.ts';
import { writeCursor } from '../../fhir/search/cursor.ts';

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
