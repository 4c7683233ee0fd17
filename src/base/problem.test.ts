import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asProblem, Problem, problems } from './problem.ts';

test('every Problem answers each protocol with a failure that the protocol knows', () => {
  for (const [code, row] of Object.entries(problems)) {
    assert.ok(row.http >= 400 && row.http <= 599, `${code}: HTTP ${row.http}`);
    // PS3.7 Annex C: failures are Axxx, Cxxx and the 01xx/02xx codes of C.5; FE00 is a cancel.
    assert.match(row.dimse.toString(16).padStart(4, '0'), /^(a|c|01|02|fe00)/, code);
    assert.notEqual(row.ack as string, 'AA', code);
  }
});

test('anything thrown becomes a Problem; a Problem stays itself', () => {
  const own = new Problem('catalogue/not-found', { what: 'study' });
  assert.equal(asProblem(own), own);
  const other = asProblem(new Error('boom'), { requestId: 'r1' });
  assert.equal(other.code, 'internal/unexpected');
  assert.match(other.message, /r1/);
  assert.doesNotMatch(other.message, /boom/);
});
