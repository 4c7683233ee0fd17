import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gateNames, type Stage } from './gate.ts';
import { gates } from './gates.ts';
import { closedGates } from './testing/oracle.ts';
import { randomNumbers, randomWorld, rowsOf } from './testing/random-world.ts';
import { aReader, aTerm, theFacts } from './testing/rows.ts';

const noon = Date.parse('2026-11-23T12:00:00Z');
const closed = (change: {
  facts?: object;
  term?: object;
  reader?: object;
  known?: object;
  stage?: Stage;
  at?: number;
}) =>
  gates(
    theFacts(change.facts),
    aTerm(change.term),
    aReader(change.reader),
    change.at ?? noon,
    change.stage ?? 'offer',
    change.known,
  ).failed.map(({ gate }) => gate);

/** `FASCIA_WORLDS=100000` is the long form. */
const worlds = Number(process.env.FASCIA_WORLDS ?? 4000);

test(`in ${worlds} random worlds no illegal offer is made and nobody is wrongly refused: every gate agrees with brute force`, (t) => {
  const random = randomNumbers(20261123);
  const seen = new Map<string, number>();
  let open = 0;
  for (let n = 0; n < worlds; n++) {
    const world = randomWorld(random);
    const { facts, term, reader, at, stage, known } = rowsOf(world);
    const result = gates(facts, term, reader, at, stage, known);
    const found = result.failed.map(({ gate }) => gate).sort();
    assert.deepEqual(found, closedGates(world), `world ${n}: ${JSON.stringify(world)}`);
    assert.equal(result.open, found.length === 0);
    assert.equal(result.entitlement !== undefined, result.open);
    if (result.open) open += 1;
    for (const gate of found) seen.set(gate, (seen.get(gate) ?? 0) + 1);
  }
  t.diagnostic(`${open} open; ${gateNames.map((gate) => `${gate} ${seen.get(gate) ?? 0}`).join(', ')}`);
  assert.ok(open > worlds / 100);
  for (const gate of gateNames) assert.ok((seen.get(gate) ?? 0) > worlds / 200, `${gate} was hardly tried`);
});

test('ACR: a reader is licensed where the image was made and where it is read, a country holding its states', () => {
  const licence = { id: 'L', number: '1', issuer: 'board', period: { from: '2020-01-01' }, status: 'active' as const };
  const away = { at: 'US-CA' };
  assert.deepEqual(closed({ reader: away }), ['licence']);
  assert.deepEqual(closed({ reader: { ...away, licences: [{ ...licence, validAt: ['US'] }] } }), []);
  const two = ['US-NY', 'US-CA'].map((place) => ({ ...licence, id: place, validAt: [place] }));
  const result = gates(theFacts(), aTerm(), aReader({ ...away, licences: two }), noon, 'sign');
  assert.deepEqual(result.entitlement?.licences, ['US-NY', 'US-CA']);
});

test('a licence that ends between claim and sign lets claim and not sign, and the failure names it', () => {
  const period = { from: '2026-01-01', to: '2026-11-23T12:30:00Z' };
  const licences = [{ id: 'NY-7', number: '7', issuer: 'b', validAt: ['US'], period, status: 'active' as const }];
  const reader = aReader({ licences });
  assert.ok(gates(theFacts(), aTerm(), reader, noon, 'claim').open);
  const { failed } = gates(theFacts(), aTerm(), reader, noon + 30 * 60_000, 'sign');
  assert.deepEqual(failed, [
    { gate: 'licence', reason: 'no licence in force in US-NY, where the patient is', at: 'licence NY-7' },
  ]);
});

test('a draft privilege prepares: it may take a case, is offered none, and signs none', () => {
  const [privilege] = aReader().privileges;
  const draft = { privileges: [{ ...privilege!, level: 'draft' }] };
  const stages = (['offer', 'claim', 'sign'] as const).map((stage) => closed({ reader: draft, stage }));
  assert.deepEqual(stages, [['privilege'], [], ['privilege']]);
});

test('the narrower privilege decides: what is denied at one site is denied, whatever holds for the client', () => {
  const [broad] = aReader().privileges;
  const privileges = [broad!, { ...broad!, id: 'no MG', level: 'none' as const, modalities: ['MG'] }];
  const reader = { privileges, displayCalibratedUntil: '2027-01-01' };
  assert.deepEqual(closed({ reader, facts: { modality: 'MG' } }), ['privilege']);
  assert.deepEqual(closed({ reader }), []);
});

test('Medicare pays for no final reading made abroad: such a reader reads preliminarily', () => {
  const payers = [
    { payer: 'medicare', readType: '*', readerAt: 'US', allowed: true },
    { payer: 'medicare', readType: 'preliminary', readerAt: '*', allowed: true },
    { payer: 'medicare', readType: '*', readerAt: '*', allowed: false },
  ];
  const jurisdictions = {
    ...aTerm().jurisdictions,
    transfer: { mechanism: 'SCC', evidence: 'e', validUntil: '2027-01-01' },
  };
  const licences = [{ ...aReader().licences[0]!, validAt: ['US', 'AU'] }];
  const ask = (at: string, readType: string) =>
    closed({ facts: { payer: 'medicare', readType }, term: { payers, jurisdictions }, reader: { at, licences } });
  assert.deepEqual(ask('AU', 'final'), ['payer']);
  assert.deepEqual(ask('AU', 'preliminary'), []);
  assert.deepEqual(ask('US-NY', 'final'), []);
});

test('hours over midnight belong to the day they began, and a holiday takes them away', () => {
  const hours = [{ days: [0], from: '20:00', to: '08:00', zone: 'America/New_York' }];
  const holiday = ['2026-11-22'];
  const mondayNight = Date.parse('2026-11-23T07:59:00-05:00');
  assert.deepEqual(closed({ term: { hours }, at: mondayNight }), []);
  assert.deepEqual(closed({ term: { hours }, at: mondayNight + 60_000 }), ['hours']);
  assert.deepEqual(closed({ term: { hours, holidays: holiday }, at: mondayNight }), ['hours']);
  assert.deepEqual(closed({ term: { hours, holidays: holiday }, at: mondayNight, stage: 'sign' }), []);
});
