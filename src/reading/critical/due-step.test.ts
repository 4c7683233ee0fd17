import assert from 'node:assert/strict';
import { test } from 'node:test';
import { campaignRounds, campaignSeed } from '../../../test/support/campaign/rounds.ts';
import { Random } from '../../identity/testing/random.ts';
import { dueStep, type LoopPlace, placeAfter, waitOf } from './due-step.ts';
import { type CriticalCategory, checkPolicy, criticalCategories, standardPolicy } from './policy.ts';
import { JumpingClocks } from './testing/jumping-clocks.ts';
import { type Wait, waited } from './wait.ts';

const MINUTE_MS = 60_000;
/** All of it: `npm run campaign -- critical 10000`. */
const RUNS = campaignRounds(1_000);

const someClocks = (): JumpingClocks => new JumpingClocks(() => 0.5);

interface Told {
  recipient: string;
  step: number;
  at: number;
}

interface Run {
  told: Told[];
  state: LoopPlace['state'];
  /** The longest that nobody looked, in true time. */
  longestGapMs: number;
  /** The sum of what the wall went forward beyond true time between a look and the first one of another run. */
  forwardMs: number;
  /** The sum of the times in which no node ran. */
  downMs: number;
  endedAt: number;
}

/** One loop in a world of its own, looked at until it is over. */
function run(seed: number, category: CriticalCategory): Run {
  const chance = new Random(seed);
  const random = () => chance.next();
  const clocks = new JumpingClocks(random);
  const ladder = standardPolicy.ladders[category];
  const allMs = ladder.rungs.reduce((sum, { minutes }) => sum + minutes * MINUTE_MS, 0);
  const answersAt = random() < 0.4 ? random() * allMs * 1.2 : Infinity;
  let place: LoopPlace = { state: 'flagged', step: 0 };
  let wait: Wait = { leftMs: 0, lookedAt: clocks.now() };
  let [longestGapMs, downMs, forwardMs] = [0, 0, 0];
  let lookedAtMs = clocks.trueMs;
  const told: Told[] = [];
  while (place.state !== 'acknowledged' && place.state !== 'exhausted') {
    const before = clocks.trueMs;
    clocks.pass(random() * MINUTE_MS);
    if (random() < 0.1) clocks.jump();
    if (random() < 0.01) clocks.restart(random() * 20 * MINUTE_MS, random() < 0.2);
    const gapMs = clocks.trueMs - before;
    longestGapMs = Math.max(longestGapMs, gapMs);
    if (gapMs > MINUTE_MS) downMs += gapMs;
    if (clocks.trueMs >= answersAt) {
      place = { ...place, state: 'acknowledged' };
      continue;
    }
    const now = clocks.now();
    if (now.run !== wait.lookedAt.run) {
      forwardMs += Math.max(0, now.wallMs - wait.lookedAt.wallMs - (clocks.trueMs - lookedAtMs));
    }
    lookedAtMs = clocks.trueMs;
    wait = waited(wait, now);
    const due = dueStep(place, ladder, wait);
    if (due === undefined) continue;
    told.push({ recipient: due.rung.recipient, step: due.step, at: clocks.trueMs });
    place = placeAfter(due);
    wait = { leftMs: waitOf(due), lookedAt: clocks.now() };
  }
  return { told, state: place.state, longestGapMs, forwardMs, downMs, endedAt: clocks.trueMs };
}

test(`${RUNS} loops whose clocks jump and whose nodes die: nobody is passed over, nobody is told twice, no step is lost`, () => {
  let missed = 0;
  for (let seed = campaignSeed; seed < campaignSeed + RUNS; seed++) {
    const category = criticalCategories[seed % 3]!;
    const { rungs, lead } = standardPolicy.ladders[category];
    const { told, state, longestGapMs, forwardMs, downMs, endedAt } = run(seed, category);
    const expected = [...rungs.map(({ recipient }) => recipient), lead.recipient];
    assert.deepEqual(
      told.map(({ recipient }) => recipient),
      expected.slice(0, told.length),
      `seed ${seed}`,
    );
    assert.deepEqual(
      told.map(({ step }) => step),
      told.map((_, at) => at),
    );
    if (state === 'exhausted') assert.equal(told.length, expected.length, `seed ${seed}`);
    const moments = [...told.map(({ at }) => at), endedAt];
    for (const [at, { at: since }] of told.entries()) {
      const waitMs = (rungs[at]?.minutes ?? 0) * MINUTE_MS;
      const tookMs = moments[at + 1]! - since;
      // Never later than its time, the looks that did not take place and the runs whose end nobody measured.
      if (at < rungs.length && tookMs > waitMs + longestGapMs + downMs + MINUTE_MS) missed += 1;
      // Never earlier, but for what the wall was put forward while nobody could measure it.
      const isLastSaid = at + 1 === told.length;
      if (!isLastSaid) assert.ok(tookMs >= waitMs - forwardMs - MINUTE_MS, `seed ${seed}: step ${at} came too early`);
    }
  }
  assert.equal(missed, 0);
});

test('a clock that is put back by an hour within a run delays nobody, one that is put forward hurries nobody', () => {
  const start = { run: 'a', monotonicMs: 0, wallMs: 1_000_000_000 };
  const wait = { leftMs: 15 * MINUTE_MS, lookedAt: start };
  const later = { run: 'a', monotonicMs: 5 * MINUTE_MS };
  for (const wallMs of [start.wallMs - 60 * MINUTE_MS, start.wallMs + 60 * MINUTE_MS]) {
    assert.equal(waited(wait, { ...later, wallMs }).leftMs, 10 * MINUTE_MS);
  }
});

test('a loop that was not looked at for a day goes on by one step, not by all of them at once', () => {
  const ladder = standardPolicy.ladders[1];
  const due = dueStep({ state: 'notifying', step: 0 }, ladder, { leftMs: 0, lookedAt: someClocks().now() });
  assert.deepEqual([due?.kind, due?.step, due?.rung.recipient], ['escalate', 1, 'ward']);
});

test('who has acknowledged is told nothing more, and neither is anybody after the clinical lead', () => {
  const wait = { leftMs: 0, lookedAt: someClocks().now() };
  for (const state of ['acknowledged', 'exhausted'] as const) {
    assert.equal(dueStep({ state, step: 1 }, standardPolicy.ladders[1], wait), undefined);
  }
});

test('a policy in which somebody would be passed over is refused', () => {
  checkPolicy(standardPolicy);
  const { ladders } = standardPolicy;
  const faulty = [
    { ...ladders[2], rungs: [] },
    { ...ladders[2], rungs: [{ recipient: 'ward', channels: ['fhir' as const], minutes: 0 }] },
    { ...ladders[2], rungs: [{ recipient: 'ward', channels: [], minutes: 5 }] },
    { ...ladders[2], lead: { recipient: 'lead', channels: [] } },
  ];
  for (const ladder of faulty) {
    assert.throws(() => checkPolicy({ name: 'x', ladders: { ...ladders, 2: ladder } }), { code: 'request/malformed' });
  }
});

test('an answer is due within 60 minutes, 3 hours and 3 days at the latest', () => {
  const minutes = criticalCategories.map((category) =>
    standardPolicy.ladders[category].rungs.reduce((sum, rung) => sum + rung.minutes, 0),
  );
  assert.ok(minutes[0]! <= 60 && minutes[1]! <= 180 && minutes[2]! <= 3 * 1440);
});
