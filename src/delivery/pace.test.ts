import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Weekday, weekdays } from '../routing/window.ts';
import { Pace } from './pace.ts';

async function* zeros(bytes: number): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(bytes);
}

async function secondsFor(pace: Pace, bytes: number, megabitsPerSecond: number, days?: Weekday[]): Promise<number> {
  const from = performance.now();
  let sent = 0;
  const windows = [{ from: '00:00', to: '00:00', megabitsPerSecond, ...(days && { days }) }];
  for await (const chunk of pace.through(zeros(bytes), { windows, zone: 'UTC' })) sent += chunk.length;
  assert.equal(sent, bytes);
  return (performance.now() - from) / 1000;
}

test('all lines to a destination together take no more of the line than the window says', async () => {
  const pace = new Pace();
  // 2 x 250 kB at 8 Mbit/s: half a second, less what may go at once.
  const [one, other] = await Promise.all([secondsFor(pace, 250_000, 8), secondsFor(pace, 250_000, 8)]);
  const longer = Math.max(one, other);
  assert.ok(longer >= 0.39, `${longer} s`);
});

test('outside of its windows the line is all there is', async () => {
  const another = weekdays[(new Date().getUTCDay() + 3) % 7]!;
  assert.ok((await secondsFor(new Pace(), 5_000_000, 0.01, [another])) < 5);
});
