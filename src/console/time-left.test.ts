import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shareLeft, timeLeft } from './time-left.ts';

const clocked = {
  minutesLeft: 15,
  readyAt: '2026-11-23T10:00:00Z',
  dueAt: '2026-11-23T10:30:00Z',
  paused: false,
};

test('the time of a case is told in words, also when it is over or stands still', () => {
  assert.equal(timeLeft(clocked), '15 min');
  assert.equal(timeLeft({ ...clocked, minutesLeft: -3 }), '3 min late');
  assert.equal(timeLeft({ ...clocked, minutesLeft: 600, paused: true }), '10 h, paused');
  assert.equal(timeLeft({ ...clocked, minutesLeft: null }), 'no clock runs');
});

test('what is left is a share of all that it had', () => {
  const now = Date.parse('2026-11-23T10:15:00Z');
  assert.equal(shareLeft(clocked, now), 0.5);
  assert.equal(shareLeft({ ...clocked, minutesLeft: -1 }, now), 0);
  assert.equal(shareLeft({ ...clocked, minutesLeft: 90 }, now), 1);
});
