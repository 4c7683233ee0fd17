import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { testDatabase } from '../../../test/support/database.ts';
import { type AnyResource, pageOf, remove, store } from '../../../test/support/fhir-store.ts';
import { fuzzRuns, fuzzSeed } from '../../../test/support/fuzz-runs.ts';
import { datePrefixes, dateRangeOf, rangesMeet } from '../../fhir/date-range.ts';
import { writeCursor } from '../../fhir/search/cursor.ts';
import type { IndexValue } from '../../fhir/search/index-value.ts';
import { indexValuesOf } from '../../fhir/search/index-values.ts';
import { isOwn, meets } from '../../fhir/search/meets.ts';
import { fuzzedQueries, fuzzedRequest } from '../../fhir/search/parse.fuzz.ts';
import type { Criterion, SearchRequest } from '../../fhir/search/request.ts';
import { arbitraryResource } from '../../fhir/testing/arbitrary-resource.ts';
import { search } from './search.ts';

const asking = (type: string, criteria: readonly Criterion[]): SearchRequest => ({
  types: [type],
  criteria,
  sort: [],
  includes: [],
  count: 50,
  understood: [],
  ignored: [],
});

/** By which a resource with this value is found; undefined where it says that there is none to be found by. */
function criterionOf(value: IndexValue): Criterion | undefined {
  const { parameter } = value;
  switch (value.kind) {
    case 'token': {
      const { system, code } = value;
      if (code === undefined && system === undefined) return undefined;
      return { kind: 'token', parameter, values: [{ system: system ?? '', ...(code && { code }) }], isNegated: false };
    }
    case 'string':
      return { kind: 'string', parameter, how: 'exact', values: [value.text] };
    case 'date': {
      const { start, end } = value;
      return start === undefined
        ? undefined
        : { kind: 'date', parameter, values: [{ prefix: 'eq', range: { start, end: end! } }] };
    }
    case 'quantity': {
      const { low, high, system } = value;
      if (low === undefined) return undefined;
      const about = { value: low, low, high: high!, approximateLow: low, approximateHigh: high! };
      return { kind: 'quantity', parameter, values: [{ prefix: 'ap', ...about, ...(system && { system }) }] };
    }
    case 'reference': {
      const { type, id } = value;
      return id === undefined
        ? undefined
        : { kind: 'reference', parameter, values: [{ id, ...(type && { types: [type] }) }] };
    }
    case 'uri':
      return { kind: 'uri', parameter, how: 'equals', values: [value.uri] };
  }
}

const types = [
  'Observation',
  'DiagnosticReport',
  'ServiceRequest',
  'Task',
  'DocumentReference',
  'Practitioner',
  'ChargeItem',
  'Group',
];

test('law: a resource is found by each of its own index values', async (t) => {
  const database = await testDatabase(t);
  let asked = 0;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...types), fc.nat(), async (type, seed) => {
      const resource = { ...arbitraryResource(type, seed), id: `r${seed}` } as AnyResource;
      await store(database, [resource]);
      for (const value of indexValuesOf(resource)) {
        const criterion = criterionOf(value);
        if (criterion === undefined) continue;
        const { matches } = await search(
          database,
          1,
          asking(type, [criterion, { kind: 'id', ids: [resource.id], isNegated: false }]),
        );
        assert.equal(matches.length, 1, JSON.stringify(value));
        asked += 1;
      }
    }),
    { numRuns: 40 },
  );
  assert.ok(asked > 100, `${asked} values`);
});

test('law: dates are found as their ranges say', async (t) => {
  const database = await testDatabase(t);
  const texts = [
    '2025', '2026', '2027', '2026-02', '2026-03', '2026-02-28', '2026-03-01', '2024-02-29', '2026-03-01T00:00:00Z', '2026-02-28T23:59:59Z',
    '2026-03-01T00:30:00+01:00', '2026-03-01T10:15:00.250Z', '2026-03-01T10:15:00Z', '0001', '9999', '0099-12-31',
  ]; // biome-ignore format: a list to be read at a glance
  const said = texts.map((text, at) => ({ id: `d${at}`, range: dateRangeOf(text)! }));
  await store(
    database,
    texts.map((text, at) => ({ resourceType: 'DiagnosticReport', id: `d${at}`, effectiveDateTime: text })),
  );
  for (const prefix of datePrefixes.filter((each) => each !== 'ap')) {
    for (const text of texts) {
      const { matches } = await pageOf(database, `DiagnosticReport?date=${prefix}${encodeURIComponent(text)}`);
      const expected = said.filter(({ range }) => rangesMeet(range, dateRangeOf(text)!, prefix));
      assert.deepEqual(matches.map(({ id }) => id).sort(), expected.map(({ id }) => id).sort(), `${prefix}${text}`);
    }
  }
});

test('law: a walk over all pages finds what is there throughout once, and nothing twice, while others write', async (t) => {
  const database = await testDatabase(t);
  const report = (id: string, day: number, status = 'final'): AnyResource => ({
    resourceType: 'DiagnosticReport',
    id,
    status,
    ...(day > 0 && { effectiveDateTime: `2026-01-${String(day).padStart(2, '0')}` }),
  });
  const write = fc.record({
    what: fc.constantFrom('new', 'changed', 'removed'),
    at: fc.nat(29),
    day: fc.nat(9),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('', '_sort=date', '_sort=-date', '_sort=-_id', '_sort=date,-_id'),
      fc.integer({ min: 1, max: 7 }),
      fc.array(fc.array(write, { maxLength: 4 }), { maxLength: 12 }),
      async (order, count, writes) => {
        await database.query('truncate fhir_resource_kept, fhir_history, fhir_date, fhir_token');
        // Those with an even number stay; others come and go.
        await store(
          database,
          Array.from({ length: 30 }, (_, at) => report(`r${at}`, at % 10)),
        );
        const seen: string[] = [];
        let added = 0;
        let cursor = '';
        for (let pages = 0; pages < 100; pages++) {
          const query = [order, `_count=${count}`, cursor].filter((part) => part !== '').join('&');
          const { matches, next } = await pageOf(database, `DiagnosticReport?${query}`);
          seen.push(...matches.map(({ id }) => id));
          if (next === undefined) break;
          cursor = `_cursor=${writeCursor(next)}`;
          for (const { what, at, day } of writes[pages] ?? []) {
            if (what === 'new') await store(database, [report(`n${added++}`, day)]);
            else if (what === 'changed') await store(database, [report(`r${at}`, at % 10, 'amended')]);
            else if (at % 2 === 1) await remove(database, 'DiagnosticReport', `r${at}`);
          }
        }
        // What was put in anew may have come before, and been seen.
        const stayed = seen.filter((id) => /^r\d*[02468]$/.test(id));
        assert.equal(new Set(seen).size, seen.length);
        assert.equal(stayed.length, 15);
      },
    ),
    { numRuns: 15 },
  );
});

test('law: one resource at hand meets what is asked exactly where a search among all of them finds it', async (t) => {
  const database = await testDatabase(t);
  const resources = types.flatMap((type, which) =>
    [1, 2, 3, 4].map((at) => ({ ...arbitraryResource(type, which * 10 + at), id: `r${which}x${at}` }) as AnyResource),
  );
  await store(database, resources);
  const rows = await database.query<{ resource: AnyResource }>('select resource from fhir_resource');
  const stored = rows.map(({ resource }) => ({
    type: resource.resourceType,
    id: resource.id,
    lastUpdated: Date.parse((resource as { meta?: { lastUpdated?: string } }).meta?.lastUpdated ?? ''),
    values: Map.groupBy(indexValuesOf(resource), ({ parameter }) => parameter),
  }));
  const own = stored
    .flatMap(({ values }) => [...values.values()].flat().flatMap((value) => criterionOf(value) ?? []))
    .filter((_, at) => at % 7 === 0);
  const fuzzed = [...fuzzedQueries(fuzzRuns(100), fuzzSeed, types)].flatMap(
    (query) => fuzzedRequest(query)?.criteria ?? [],
  );
  let met = 0;
  for (const criterion of [...own, ...fuzzed].filter(isOwn)) {
    for (const type of types) {
      const { matches } = await search(database, 1, asking(type, [criterion]));
      const meeting = stored.filter((each) => each.type === type && meets(each, criterion)).map(({ id }) => id);
      assert.deepEqual(meeting.sort(), matches.map(({ id }) => id).sort(), `${type} ${JSON.stringify(criterion)}`);
      met += meeting.length;
    }
  }
  assert.ok(met > 50, `${met} met`);
});

test('fuzz: whatever is asked is answered, and with nothing of another tenant', async (t) => {
  const database = await testDatabase(t);
  await database.query(`insert into tenant (id, name) overriding system value values (2, 'other')`);
  const fill = (prefix: string, tenant: number): Promise<void> =>
    store(
      database,
      types.flatMap((type, which) =>
        [1, 2, 3].map((at) => ({ ...arbitraryResource(type, which * 10 + at), id: `${prefix}${at}` }) as AnyResource),
      ),
      tenant,
    );
  await fill('ours', 1);
  await fill('theirs', 2);
  let asked = 0;
  let found = 0;
  for (const query of fuzzedQueries(fuzzRuns(400), fuzzSeed, types)) {
    const request = fuzzedRequest(query);
    if (request === undefined) continue;
    const page = await search(database, 1, request).catch((cause: Error) => {
      throw new Error(JSON.stringify(query), { cause });
    });
    for (const { id } of [...page.matches, ...page.included]) assert.match(id, /^ours/, JSON.stringify(query));
    asked += 1;
    found += page.matches.length;
  }
  assert.ok(asked > 50 && found > 50, `${asked} asked, ${found} found`);
});
