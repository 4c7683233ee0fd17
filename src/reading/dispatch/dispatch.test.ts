import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { requestPriorities } from '../terms/service-term.ts';
import { bestReader, type FreeReader } from './best-reader.ts';
import { ClassQueues, isFor } from './class-queues.ts';
import { explainCase, explainPick } from './explain-pick.ts';
import { lookAhead, pick } from './pick.ts';
import { ReadTimes } from './read-times.ts';
import { longestWait, tardinessCost } from './tardiness-cost.ts';
import type { CaseClass, CaseKind, WaitingCase } from './waiting-case.ts';

const MINUTE = 60_000;
const slaMinutes = { stat: 30, asap: 60, urgent: 720, routine: 4320 };

const kinds = requestPriorities.flatMap((priority) =>
  ['CT-neuro', 'XR'].map(
    (procedure): CaseKind => ({ procedure, priority, slaMs: slaMinutes[priority] * MINUTE, rvu: 1 }),
  ),
);
const kind = (procedure: string, priority: CaseKind['priority']): CaseKind =>
  kinds.find((each) => each.procedure === procedure && each.priority === priority)!;
const classOf = (of: CaseKind, client = 'A'): CaseClass => ({
  key: `${client} ${kinds.indexOf(of)}`,
  client,
  kind: of,
});
const waits = (id: string, of: CaseClass, readyMinutes: number, more: Partial<WaitingCase> = {}): WaitingCase => ({
  id,
  class: of,
  readyAt: readyMinutes * MINUTE,
  dueAt: readyMinutes * MINUTE + of.kind.slaMs,
  ...more,
});
const minutes: Record<string, number> = { 'CT-neuro': 9, XR: 3 };
const reader = (more: Partial<FreeReader> = {}): FreeReader => ({
  id: 'R1',
  mayRead: () => true,
  expectedMs: ({ procedure }) => minutes[procedure]! * MINUTE,
  subspecialties: [],
  languages: [],
  pace: 1,
  rarest: 1,
  freeSince: 0,
  shareWhoMay: () => 1,
  ...more,
});

test('whatever came and went, a pick is the best of all cases that this reader may have', () => {
  const step = fc.record({
    what: fc.constantFrom('put', 'put', 'remove'),
    id: fc.integer({ min: 0, max: 30 }),
    kind: fc.nat(kinds.length - 1),
    client: fc.constantFrom('A', 'B', 'C'),
    ready: fc.integer({ min: 0, max: 5000 }),
    barred: fc.boolean(),
    known: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), fc.integer({ min: 0, max: 9000 }), (steps, now) => {
      const queues = new ClassQueues();
      const all = new Map<string, WaitingCase>();
      for (const { what, id, kind: at, client, ready, barred, known } of steps) {
        if (what === 'remove') {
          assert.equal(queues.remove(String(id)), all.get(String(id)));
          all.delete(String(id));
          continue;
        }
        const waiting = waits(String(id), classOf(kinds[at]!, client), ready, {
          barred: barred ? ['R1'] : [],
          knownTo: known ? ['R1'] : [],
        });
        queues.put(waiting);
        all.set(waiting.id, waiting);
      }
      const asking = reader({ mayRead: ({ client }) => client !== 'C' });
      const mine = [...all.values()].filter((waiting) => isFor(waiting, asking));
      const best = Math.max(...mine.map((waiting) => tardinessCost(waiting, asking, now * MINUTE)));
      const picked = pick(queues, asking, now * MINUTE);
      assert.equal(queues.size, all.size);
      if (mine.length === 0) assert.equal(picked, undefined);
      else assert.equal(tardinessCost(picked!, asking, now * MINUTE), best);
      assert.equal(explainPick(queues, asking, now * MINUTE).picked, picked?.id);
    }),
    { numRuns: 300 },
  );
});

test('a stat case goes before an emergency that is late already', () => {
  const queues = new ClassQueues();
  queues.put(waits('late', classOf(kind('XR', 'asap')), 0));
  queues.put(waits('stat', classOf(kind('CT-neuro', 'stat')), 100));
  assert.equal(pick(queues, reader(), 100 * MINUTE)!.id, 'stat');
});

test('a routine case that has waited its most goes before urgent work that is in time', () => {
  const queues = new ClassQueues();
  const cap = slaMinutes.routine * longestWait.routine;
  queues.put(waits('routine', classOf(kind('CT-neuro', 'routine')), 0));
  queues.put(waits('asap', classOf(kind('XR', 'asap')), cap - 59));
  assert.equal(pick(queues, reader(), (cap - 1) * MINUTE)!.id, 'asap');
  assert.equal(pick(queues, reader(), cap * MINUTE)!.id, 'routine');
});

test('a reader who declined a case is given the next, and another reader still gets it', () => {
  const queues = new ClassQueues();
  const of = classOf(kind('XR', 'urgent'));
  queues.put(waits('first', of, 0, { barred: ['R1'] }));
  queues.put(waits('second', of, 1));
  assert.equal(pick(queues, reader(), 0)!.id, 'second');
  assert.equal(pick(queues, reader({ id: 'R2' }), 0)!.id, 'first');
});

test('what is fetched ahead is what the reader would be given, and stays unbound', () => {
  const queues = new ClassQueues();
  for (let n = 0; n < 5; n++) queues.put(waits(`U${n}`, classOf(kind('XR', 'urgent')), n));
  assert.deepEqual(
    lookAhead(queues, reader(), 0, 3).map(({ id }) => id),
    ['U0', 'U1', 'U2'],
  );
  assert.equal(queues.size, 5);
});

test('a specialist is kept free for what only they may read, and who did less is preferred', () => {
  const waiting = waits('case', classOf(kind('XR', 'urgent')), 0);
  const specialist = reader({ id: 'specialist', rarest: 0.05 });
  assert.equal(bestReader(waiting, [specialist, reader({ id: 'general' })], 0)!.id, 'general');
  assert.equal(bestReader(waiting, [specialist], 0)!.id, 'specialist');
  assert.equal(
    bestReader(waiting, [reader({ id: 'ahead', pace: 1.5 }), reader({ id: 'behind', pace: 0.8 })], 0)!.id,
    'behind',
  );
  assert.equal(bestReader(waiting, [reader({ mayRead: () => false })], 0), undefined);
});

test('who is ahead of the median is given what pays less, who is behind what pays more', () => {
  const queues = new ClassQueues();
  const [well, badly] = [3, 0.05].map((rvu, at) => ({
    ...kind('XR', 'urgent'),
    rvu,
    procedure: at === 0 ? 'CT-neuro' : 'XR',
  }));
  queues.put(waits('well', { key: 'well', client: 'A', kind: well! }, 0));
  queues.put(waits('badly', { key: 'badly', client: 'A', kind: badly! }, 0));
  const alike = { expectedMs: () => 5 * MINUTE };
  assert.equal(pick(queues, reader({ ...alike, pace: 1.8 }), 0)!.id, 'badly');
  assert.equal(pick(queues, reader({ ...alike, pace: 0.4 }), 0)!.id, 'well');
});

test('a reader is told why a case went to somebody else', () => {
  const queues = new ClassQueues();
  const waiting = waits('case', classOf(kind('CT-neuro', 'asap')), 0, { barred: ['declined'] });
  queues.put(waiting);
  const readers = [reader({ id: 'closed', mayRead: () => false }), reader({ id: 'declined' }), reader({ id: 'open' })];
  const [first, ...others] = explainCase(queues, waiting, readers, 0);
  assert.equal(first!.reader, 'open');
  assert.equal(first!.before, 0);
  assert.deepEqual(
    others.map(({ reader: id, isBarred, score }) => ({ id, isBarred, score })),
    [
      { id: 'closed', isBarred: false, score: undefined },
      { id: 'declined', isBarred: true, score: undefined },
    ],
  );
});

test('two readings of a reader say little of how long they take, fifty say nearly all', () => {
  const times = new ReadTimes();
  for (let n = 0; n < 64; n++) times.add('slow', 'CT', 20 * MINUTE);
  for (let n = 0; n < 64; n++) times.add('usual', 'CT', 10 * MINUTE);
  times.add('new', 'CT', 30 * MINUTE);
  const of = (id: string): number => times.expectedMs(id, 'CT') / MINUTE;
  assert.ok(of('new') < 14, `one reading of half an hour: ${of('new')}`);
  assert.ok(of('slow') > 18, `sixty readings of 20 minutes: ${of('slow')}`);
  assert.equal(times.expectedMs('nobody', 'MR'), 10 * MINUTE);
});
