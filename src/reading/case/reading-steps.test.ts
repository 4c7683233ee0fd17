import assert from 'node:assert/strict';
import { test } from 'node:test';
import { campaignRounds, campaignSeed } from '../../../test/support/campaign/rounds.ts';
import { Random } from '../../identity/testing/random.ts';
import { someFacts } from '../testing/facts.ts';
import { nextStep } from '../testing/next-step.ts';
import { randomBeginning, randomHappening } from '../testing/random-happening.ts';
import { eventsOf } from '../testing/told-case.ts';
import type { CaseEvent, CaseHappening } from './case-event.ts';
import { foldCase, mayFollow } from './fold.ts';
import { projectionOf } from './projections.ts';
import { readingSteps } from './reading-steps.ts';
import { askedToCancel, readingTask, taskId } from './reading-task.ts';

const CODE = '4KTM-9QX2';
const ready: CaseHappening[] = [
  { kind: 'announced', facts: someFacts(), term: { id: 'north', version: 1 } },
  { kind: 'images-arrived', instances: 1 },
  { kind: 'ready', instances: 1, priors: 0 },
];
const claim = (reader: string): CaseHappening => ({ kind: 'claimed', reader, transactionUid: '2.25.7', leaseUntil: 0 });
const stepsOf = (...more: CaseHappening[]) => readingSteps(eventsOf([...ready, ...more]));
const states = (...more: CaseHappening[]) => stepsOf(...more).map(({ state }) => state);

function randomLog(random: Random): CaseEvent[] {
  const events: CaseEvent[] = [];
  for (let at = 1; at <= 40; at++) {
    const now = events.length === 0 ? undefined : foldCase(CODE, events);
    const happening =
      now === undefined
        ? randomBeginning(random)
        : ((random.chance(0.5) ? nextStep(now, at) : undefined) ?? randomHappening(random, now, at));
    if (mayFollow(now, happening) !== undefined) continue;
    events.push({ sequence: events.length + 1, at, by: { kind: 'exchange', id: 'test' }, ...happening });
  }
  return events;
}

test('PS3.4 CC.1.1: a step is never scheduled again, and another that replaces it is', () => {
  assert.deepEqual(states(), ['SCHEDULED']);
  assert.deepEqual(states(claim('ada')), ['IN PROGRESS']);
  const back = stepsOf(claim('ada'), { kind: 'requeued', reader: 'ada', why: 'lease-lost' });
  assert.deepEqual(
    back.map(({ state, reason, replaces }) => [state, reason, replaces]),
    [
      ['CANCELED', 'lease-lost', undefined],
      ['SCHEDULED', undefined, 1],
    ],
  );
});

test('what is held is not ready, and is the same step when it is', () => {
  const held: CaseHappening = { kind: 'held', reason: 'count-differs', cause: 'client' };
  const again: CaseHappening[] = [held, { kind: 'released', reason: 'count-differs' }, ready[2]!];
  assert.deepEqual(
    [stepsOf(held), stepsOf(...again)].map((steps) => steps.map(({ number, isReady }) => [number, isReady])),
    [[[1, false]], [[1, true]]],
  );
});

test('of any log the steps are in order, one is open at most, and the last says what the case comes to', () => {
  const random = new Random(campaignSeed);
  for (let round = 0; round < campaignRounds(300); round++) {
    const events = randomLog(random);
    const steps = readingSteps(events);
    const reading = foldCase(CODE, events);
    assert.deepEqual(
      steps.map(({ number }) => number),
      steps.map((_, at) => at + 1),
    );
    assert.ok(steps.slice(0, -1).every(({ endedAt }) => endedAt !== undefined));
    const { workitem } = projectionOf(reading);
    // What is held was scheduled before, or is not yet; an over-reading that never came is called off.
    const isApart = ['receiving', 'hold', 'in-error'].includes(reading.state);
    if (!isApart) assert.equal(steps.at(-1)?.state, workitem, reading.state);
    const task = readingTask(reading, events, { changedAt: 41 });
    assert.equal(task.status, projectionOf(reading).task.status);
    assert.equal(task.authoredOn, new Date(events[0]!.at).toISOString());
  }
});

test('HL7 COW: a Task asks to call a case off where it aborts the Task of one, and waits for an answer', () => {
  const code = { coding: [{ system: 'http://hl7.org/fhir/CodeSystem/task-code', code: 'abort' }] };
  const request = { resourceType: 'Task', status: 'requested', intent: 'order', code } as const;
  const own = foldCase(CODE, eventsOf(ready)).id;
  const of = (reference: string) => askedToCancel({ ...request, focus: { reference } });
  assert.deepEqual(
    [of(`Task/${taskId(own)}`), of('Task/another'), of('Task/reading-0000-0000')],
    [own, undefined, undefined],
  );
  assert.equal(
    askedToCancel({ ...request, status: 'completed', focus: { reference: `Task/${taskId(own)}` } }),
    undefined,
  );
});
