// A clock that stands still until the test moves it.

import type { Clock } from '../../src/base/clock.ts';

export interface TestClock extends Clock {
  advance(ms: number): void;
}

export function testClock(startMs = Date.now()): TestClock {
  let passedMs = 0;
  return {
    now: () => startMs + passedMs,
    monotonicMs: () => passedMs,
    advance(ms) {
      passedMs += ms;
    },
  };
}
