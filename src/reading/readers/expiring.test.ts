import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aReader, aTerm, theFacts } from '../gate/testing/rows.ts';
import { forecast } from './expiring.ts';

const now = Date.parse('2026-11-23');
const inDays = (days: number) => now + days * 86_400_000;
const until = (days: number) => ({ from: '2020-01-01', to: new Date(inDays(days)).toISOString() });
const licence = { ...aReader().licences[0]!, period: until(20) };

test('a licence that ends soon is told with the cases of late that nobody could read without it', () => {
  const readers = [aReader({ licences: [licence] }), aReader({ id: 'ray', at: 'US-NJ' })];
  const term = aTerm();
  const cases = Array.from({ length: 30 }, (_, n) => ({ facts: theFacts({ instances: n }), term }));
  const found = forecast({ readers, terms: [term], cases }, now, inDays(30));
  assert.deepEqual(found, {
    cases: 30,
    casesWithoutReader: 30,
    expiring: [
      { what: 'licence', reader: 'ng', row: 'NY-1', until: '2026-12-13T00:00:00.000Z', casesWithoutReader: 30 },
    ],
  });
  const covered = forecast({ readers: [...readers, aReader({ id: 'kim' })], terms: [term], cases }, now, inDays(30));
  assert.deepEqual([covered.casesWithoutReader, covered.expiring[0]?.casesWithoutReader], [0, 0]);
});

test('what is renewed already, or ends later, is not told', () => {
  const renewed = aReader({ licences: [licence, { ...licence, id: 'NY-2', period: { from: '2026-12-01' } }] });
  const terms = [aTerm()];
  assert.deepEqual(forecast({ readers: [renewed], terms, cases: [] }, now, inDays(30)).expiring, []);
  assert.deepEqual(
    forecast({ readers: [aReader({ licences: [licence] })], terms, cases: [] }, now, inDays(10)).expiring,
    [],
  );
});

test('evidence of a transfer, insurance, display and privileges end too', () => {
  const reader = aReader({
    insurance: [{ period: until(5), limit: '1', currency: 'EUR' }],
    displayCalibratedUntil: until(6).to,
    privileges: [{ ...aReader().privileges[0]!, period: until(7) }],
  });
  const transfer = { mechanism: 'SCC' as const, evidence: 'e', validUntil: until(8).to };
  const term = aTerm({ jurisdictions: { ...aTerm().jurisdictions, transfer } });
  const { expiring } = forecast({ readers: [reader], terms: [term], cases: [] }, now, inDays(30));
  assert.deepEqual(
    expiring.map(({ what }) => what),
    ['insurance', 'display', 'privilege', 'transfer'],
  );
});
