import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { calibrate, probabilityOf } from './calibration.ts';
import { confidenceOf, decide, type Lesson, learn, readJudge, writeJudge } from './judge.ts';
import { Random } from './random.ts';

/** Rows whose colour follows from one feature, but for some that no feature tells. */
function lessons(seed: number, count: number): Lesson<'colour'>[] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => {
    const truth = random.of(['red', 'green', 'blue']);
    const clear = random.chance(0.8);
    return {
      features: { colour: ['bias', clear ? `looks ${truth}` : 'looks grey'] },
      truth: { colour: truth },
      ambiguous: false,
      doubts: () => ['bias', clear ? 'clear' : 'grey'],
    };
  });
}

const model = learn(['colour'], { fields: lessons(1, 2000), doubt: lessons(2, 2000), calibration: lessons(3, 3000) });

test('the same lessons give the same model', () => {
  const again = learn(['colour'], { fields: lessons(1, 2000), doubt: lessons(2, 2000), calibration: lessons(3, 3000) });
  assert.equal(writeJudge(again), writeJudge(model));
});

test('a model that is written and read decides the same', () => {
  const back = readJudge<'colour'>(writeJudge(model));
  for (const lesson of lessons(4, 200)) assert.deepEqual(decide(back, lesson).values, decide(model, lesson).values);
});

test('confidence is the share that is right', () => {
  const held = lessons(5, 4000).map((lesson) => {
    const verdict = decide(model, lesson);
    return { confidence: confidenceOf(model, lesson, verdict), right: verdict.values.colour === lesson.truth.colour };
  });
  for (const [from, to] of [
    [0, 0.6],
    [0.9, 1.01],
  ] as const) {
    const some = held.filter(({ confidence }) => confidence >= from && confidence < to);
    const expected = some.reduce((sum, { confidence }) => sum + confidence, 0) / some.length;
    const found = some.filter(({ right }) => right).length / some.length;
    assert.ok(some.length > 100 && Math.abs(found - expected) < 0.05, `${found} of those said to be ${expected}`);
  }
});

test('what the rules say stands until much speaks against it', () => {
  const ruled = lessons(6, 30).map((lesson) => ({
    ...lesson,
    features: { colour: [...lesson.features.colour, 'rule red'] },
    truth: { colour: 'red' },
  }));
  const mixed = [...ruled, ...lessons(7, 30)];
  const taught = learn(['colour'], { fields: mixed, doubt: mixed, calibration: lessons(8, 300) });
  const seen = { features: { colour: ['bias', 'looks grey', 'rule red'] }, doubts: () => ['bias'] };
  assert.equal(decide(taught, seen).values.colour, 'red');
});

test('a higher score is never less likely right', () => {
  const rows = fc.array(fc.record({ score: fc.double({ min: -5, max: 5, noNaN: true }), right: fc.boolean() }), {
    minLength: 100,
  });
  fc.assert(
    fc.property(rows, (some) => {
      const fit = calibrate(some);
      const chances = [-6, -3, -1, 0, 1, 3, 6].map((score) => probabilityOf(fit, score));
      for (let at = 1; at < chances.length; at++) assert.ok(chances[at]! >= chances[at - 1]! - 1e-9);
    }),
    { numRuns: 50 },
  );
});
