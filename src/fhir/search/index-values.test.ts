import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { resourceTypes } from '../definitions.ts';
import { type JsonObject, parseJson } from '../json.ts';
import { arbitraryResource } from '../testing/arbitrary-resource.ts';
import { parseExpression } from './expression.ts';
import { indexValuesOf } from './index-values.ts';
import { parametersOf } from './parameters.ts';

/** What is indexed of `resource` under `parameter`, without it. */
const indexed = (resource: object, parameter: string): object[] => {
  const read = parseJson(JSON.stringify(resource)) as JsonObject & { resourceType: string };
  return indexValuesOf(read)
    .filter((value) => value.parameter === parameter)
    .map(({ parameter: _, kind: __, isLeast: ___, isMost: ____, ...value }) => value);
};

test('R4 searchparameter-registry: every resource has those of every resource; the number of all is that of the registry', () => {
  for (const type of resourceTypes) {
    for (const name of ['_id', '_lastUpdated', '_tag', '_profile', '_security', '_source']) {
      assert.ok(parametersOf(type).has(name), `${type} ${name}`);
    }
  }
  assert.deepEqual(
    [...parametersOf('DiagnosticReport').keys()].filter((name) => !name.startsWith('_')).join(' '),
    'based-on category code conclusion date encounter identifier issued media patient performer result results-interpreter ' +
      'specimen status subject study',
  );
  assert.equal(parametersOf('Nothing').size, 0);
  assert.equal(parametersOf('constructor').size, 0);
});

test('FHIRPath: the part that search parameters need, and nothing beyond it', () => {
  assert.equal(parseExpression("telecom.where(system='email')|value.as(Quantity).code").length, 2);
  assert.throws(() => parseExpression('name.first()'));
  assert.throws(() => parseExpression('Observation.value + 1'));
});

test('a choice is indexed by the type it has', () => {
  const observation = (value: object): object => ({
    resourceType: 'Observation',
    status: 'final',
    code: { text: 'x' },
    ...value,
  });
  assert.deepEqual(indexed(observation({ valueQuantity: { value: 5, code: 'mg' } }), 'value-quantity'), [
    { low: '5', high: '5', code: 'mg' },
  ]);
  assert.deepEqual(indexed(observation({ valueDateTime: '2026' }), 'value-quantity'), []);
  assert.deepEqual(indexed(observation({ valueCodeableConcept: { text: 'Gut' } }), 'value-string'), [
    { text: 'Gut', folded: 'gut' },
  ]);
  assert.equal(indexed(observation({ effectiveTiming: { event: ['2026-01-01', '2026-03-01'] } }), 'date').length, 1);
});

test('FHIRPath where, resolve and exists choose what is indexed', () => {
  const patient = {
    resourceType: 'Patient',
    telecom: [
      { system: 'phone', value: '+49 30' },
      { system: 'email', value: 'A@example.org' },
    ],
    deceasedBoolean: false,
    link: [{ other: { reference: 'Patient/2' }, type: 'refer' }],
  };
  assert.deepEqual(indexed(patient, 'email'), [{ system: 'email', code: 'a@example.org' }]);
  assert.deepEqual(indexed(patient, 'deceased'), [{ code: 'false' }]);
  assert.deepEqual(indexed({ ...patient, deceasedBoolean: undefined, deceasedDateTime: '2026' }, 'deceased'), [
    { code: 'true' },
  ]);
  const appointment = {
    resourceType: 'Appointment',
    status: 'booked',
    participant: [
      { actor: { reference: 'Patient/1' } },
      { actor: { reference: 'Location/2' } },
      { actor: { reference: 'https://x.org/Patient/3' } },
    ],
  };
  assert.deepEqual(indexed(appointment, 'patient'), [
    { type: 'Patient', id: '1' },
    { type: 'Patient', id: 'https://x.org/Patient/3' },
  ]);
  assert.deepEqual(indexed(appointment, 'location'), [{ type: 'Location', id: '2' }]);
});

test('R4 per-1: a period that ends before it starts is found by what lies between', () => {
  const executionPeriod = { start: '2026', end: '2024-02-29' };
  const task = { resourceType: 'Task', status: 'received', intent: 'order', executionPeriod };
  const [period] = indexValuesOf(task).filter(({ parameter }) => parameter === 'period');
  assert.deepEqual(period, {
    ...{ kind: 'date', parameter: 'period', isLeast: true, isMost: true },
    ...{ start: Date.UTC(2024, 1, 29), end: Date.UTC(2027, 0, 1) },
  });
});

test('decimals of every length are indexed as numbers', () => {
  const charge = (text: string): string => `{"resourceType":"ChargeItem","factorOverride":${text}}`;
  const low = (text: string): unknown =>
    indexed(parseJson(charge(text)), 'factor-override').map((each) => (each as { low: string }).low)[0];
  assert.equal(low('1.50'), '1.50');
  assert.equal(low('12345678901234567890.5'), '12345678901234567890.5');
  assert.equal(low('1e-99999'), '0');
  assert.equal(low('1e99999'), 'Infinity');
});

test('R4 search.html#sort: of several values one is the least and one the most', () => {
  const practitioner = { resourceType: 'Practitioner', name: [{ family: 'Mohr', given: ['Zoe', 'Änne'] }] };
  const values = indexValuesOf(practitioner).filter(({ parameter }) => parameter === 'name');
  assert.deepEqual(
    values.map((value) => value.kind === 'string' && [value.folded, value.isLeast, value.isMost]),
    [
      ['mohr', undefined, undefined],
      ['zoe', undefined, true],
      ['anne', true, undefined],
    ],
  );
});

test('law: every resource that R4 defines is indexed, each value once and under a parameter of its type', () => {
  const types = [...resourceTypes];
  fc.assert(
    fc.property(fc.nat(types.length - 1), fc.nat(), (at, seed) => {
      const type = types[at]!;
      const resource = arbitraryResource(type, seed) as JsonObject & { resourceType: string };
      const values = indexValuesOf(resource);
      const names = new Set(parametersOf(type).keys());
      for (const { parameter } of values) assert.ok(names.has(parameter.split(/[:$]/)[0]!), parameter);
      const written = values.map((value) => JSON.stringify({ ...value, isLeast: 0, isMost: 0 }));
      assert.equal(new Set(written).size, written.length);
    }),
    { numRuns: 500 },
  );
});
