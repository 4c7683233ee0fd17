import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { learnPauses, noPauses, limits as quietLimits, quietTimes } from './quiet-time.ts';
import { limits, StudyArrival } from './study-arrival.ts';

const start = Date.UTC(2026, 10, 23, 8);
const at = (seconds: number) => new Date(start + seconds * 1000);
const quiet = { studyMs: 60_000, seriesMs: 15_000 };
const uids = (series: number, count: number) => Array.from({ length: count }, (_, n) => `2.25.${series}.${n}`);

/** `count` instances of a series, one each second from `from` on. */
function arrive(arrival: StudyArrival, series: number, count: number, from: number): void {
  for (const [n, sopInstanceUid] of uids(series, count).entries()) {
    arrival.take({ kind: 'instance', at: at(from + n), sopInstanceUid, seriesInstanceUid: `2.25.${series}` });
  }
}
const listed = (series: number, count: number) => ({
  seriesInstanceUid: `2.25.${series}`,
  sopInstanceUids: uids(series, count),
});

test('without a word from anybody, a series and a study are complete when it was quiet for long enough', () => {
  const arrival = new StudyArrival();
  arrive(arrival, 1, 10, 0);
  const early = arrival.assess(at(20), quiet);
  assert.deepEqual(early.study, { complete: false, missing: 0, until: at(69) });
  assert.deepEqual(early.lookAgainAt, at(24));
  const later = arrival.assess(at(24), quiet);
  assert.deepEqual(later.series.get('2.25.1'), { complete: true, because: 'quiet', missing: 0 });
  assert.equal(later.study.complete, false);
  assert.deepEqual(later.lookAgainAt, at(69));
  const last = arrival.assess(at(69), quiet);
  assert.deepEqual(last.study, { complete: true, because: 'quiet', missing: 0 });
  assert.equal(last.lookAgainAt, undefined);
});

test('MPPS: a study is complete the moment the last instance that its step performed is here', () => {
  const arrival = new StudyArrival();
  arrival.take({ kind: 'step', at: at(0), stepUid: 'S', status: 'IN PROGRESS', performed: [] });
  arrive(arrival, 1, 3, 1);
  assert.equal(arrival.assess(at(600), quiet).study.complete, false, 'quiet while the step goes on is no end');
  arrival.take({ kind: 'step', at: at(700), stepUid: 'S', status: 'COMPLETED', performed: [listed(1, 4)] });
  assert.equal(arrival.assess(at(700), quiet).study.missing, 1);
  arrival.take({ kind: 'instance', at: at(701), sopInstanceUid: '2.25.1.3', seriesInstanceUid: '2.25.1' });
  const { study, series } = arrival.assess(at(701), quiet);
  assert.deepEqual(study, { complete: true, because: 'listed', missing: 0 });
  assert.equal(series.get('2.25.1')!.complete, true);
});

test('the step may be completed before its first instance comes', () => {
  const arrival = new StudyArrival();
  arrival.take({ kind: 'step', at: at(0), stepUid: 'S', status: 'COMPLETED', performed: [listed(1, 2), listed(2, 2)] });
  arrive(arrival, 1, 2, 1);
  const { study, series } = arrival.assess(at(3), quiet);
  assert.deepEqual(series.get('2.25.1'), { complete: true, because: 'listed', missing: 0 });
  assert.deepEqual([study.complete, study.missing], [false, 2]);
  arrive(arrival, 2, 2, 4);
  assert.equal(arrival.assess(at(5), quiet).study.complete, true);
});

test('an Instance Availability Notification names what is to come', () => {
  const arrival = new StudyArrival();
  arrive(arrival, 1, 2, 0);
  arrival.take({ kind: 'available', at: at(2), instances: [listed(1, 3)] });
  assert.equal(arrival.assess(at(100), quiet).study.missing, 1);
});

test('a count that may still grow is believed when nothing came for a moment, a final one at once', () => {
  const counted = (final: boolean) => {
    const arrival = new StudyArrival();
    arrival.take({ kind: 'expected', at: at(0), instances: 3, final });
    arrive(arrival, 1, 3, 1);
    return arrival;
  };
  assert.equal(counted(false).assess(at(3), quiet).study.complete, false);
  const settled = counted(false).assess(at(3 + limits.settleMs / 1000), quiet);
  assert.deepEqual(settled.study, { complete: true, because: 'counted', missing: 0 });
  assert.deepEqual(counted(true).assess(at(3), quiet).study, { complete: true, because: 'counted', missing: 0 });
});

test('what was announced and never comes is given up after a while, with the number that is missing', () => {
  const arrival = new StudyArrival();
  arrive(arrival, 1, 198, 0);
  arrival.take({ kind: 'expected', at: at(198), instances: 200, final: true });
  const waiting = arrival.assess(at(300), quiet);
  const until = at(198 + limits.leastPatienceMs / 1000);
  assert.deepEqual(waiting.study, { complete: false, missing: 2, until });
  const over = arrival.assess(until, quiet);
  assert.deepEqual(over.study, { complete: true, because: 'given-up', missing: 2 });
});

test('a study of which nothing came is not complete, whatever was announced', () => {
  const arrival = new StudyArrival();
  arrival.take({ kind: 'step', at: at(0), stepUid: 'S', status: 'COMPLETED', performed: [listed(1, 2)] });
  assert.deepEqual(arrival.assess(at(100_000), quiet).study, { complete: false, missing: 2 });
});

test('a late instance makes the study incomplete until it is quiet again', () => {
  const arrival = new StudyArrival();
  arrive(arrival, 1, 5, 0);
  assert.equal(arrival.assess(at(100), quiet).study.complete, true);
  arrival.take({ kind: 'instance', at: at(200), sopInstanceUid: '2.25.1.99', seriesInstanceUid: '2.25.1' });
  assert.equal(arrival.assess(at(201), quiet).study.complete, false);
  assert.equal(arrival.assess(at(260), quiet).study.complete, true);
  assert.equal(arrival.longestGaps.studyMs, 196_000);
});

test('an instance that is sent twice counts once', () => {
  const arrival = new StudyArrival();
  arrival.take({ kind: 'expected', at: at(0), instances: 2, final: true });
  for (const seconds of [1, 2, 3]) {
    arrival.take({ kind: 'instance', at: at(seconds), sopInstanceUid: '2.25.1.0', seriesInstanceUid: '2.25.1' });
  }
  assert.deepEqual(arrival.assess(at(4), quiet).study.missing, 1);
});

test('a step that never ends does not hold a study for ever', () => {
  const arrival = new StudyArrival();
  arrival.take({ kind: 'step', at: at(0), stepUid: 'S', status: 'IN PROGRESS', performed: [] });
  arrive(arrival, 1, 2, 0);
  assert.deepEqual(arrival.assess(at(100), quiet).lookAgainAt, at(1 + limits.stepMs / 1000));
  assert.equal(arrival.assess(at(1 + limits.stepMs / 1000), quiet).study.complete, true);
});

test('nothing changes before the moment at which to look again', () => {
  const moment = fc.nat(2000);
  fc.assert(
    fc.property(fc.array(moment, { minLength: 1, maxLength: 20 }), fc.boolean(), moment, (arrivals, steps, now) => {
      const arrival = new StudyArrival();
      if (steps)
        arrival.take({ kind: 'step', at: at(0), stepUid: 'S', status: 'COMPLETED', performed: [listed(1, 3)] });
      for (const [n, second] of arrivals.toSorted((a, b) => a - b).entries()) {
        arrival.take({
          kind: 'instance',
          at: at(second),
          sopInstanceUid: `2.25.1.${n % 5}`,
          seriesInstanceUid: '2.25.1',
        });
      }
      const since = Math.max(...arrivals) + now;
      const { study, lookAgainAt } = arrival.assess(at(since), quiet);
      const before = lookAgainAt === undefined ? at(since + 10_000_000) : new Date(lookAgainAt.getTime() - 1);
      assert.deepEqual(arrival.assess(before, quiet).study, study);
    }),
  );
});

test('a source that pauses long is waited for longer, one that never pauses is not waited for long', () => {
  const learn = (studyMs: number, studies: number) =>
    Array.from({ length: studies }).reduce(
      (counts: ReturnType<typeof noPauses>) => learnPauses(counts, { studyMs, seriesMs: studyMs / 4 }),
      noPauses(),
    );
  const plain = quietTimes(noPauses()).studyMs;
  assert.ok(plain >= quietLimits.plain.studyMs && plain < 1.5 * quietLimits.plain.studyMs, `${plain}`);
  const slow = quietTimes(learn(400_000, 200)).studyMs;
  assert.ok(slow > 400_000 && slow < 700_000, `${slow}`);
  const fast = quietTimes(learn(1500, 2500)).studyMs;
  assert.equal(fast, quietLimits.floorMs);
  const afterFew = quietTimes(learn(1500, 5)).studyMs;
  assert.ok(afterFew > 30_000, `${afterFew}: five studies prove little`);
});

test('of a source whose studies pause differently, all but two of a hundred are whole', () => {
  const pauses = Array.from({ length: 1000 }, (_, n) => 1000 * 2 ** ((n % 100) / 12));
  const counts = pauses.reduce((so, studyMs) => learnPauses(so, { studyMs, seriesMs: studyMs }), noPauses());
  const { studyMs } = quietTimes(counts);
  const cut = pauses.filter((pause) => pause > studyMs).length;
  assert.ok(cut <= 20, `${cut} of 1000 cut`);
  assert.ok(studyMs < 1.6 * Math.max(...pauses), `${studyMs}`);
});
