import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testClock } from '../../test/support/test-clock.ts';
import { canonicalAddress } from './address.ts';
import { failureLimit } from './failure-limit.ts';
import { limits } from './limits.ts';
import { peerAddresses } from './peer-address.ts';

test('an address is the same in each of its spellings', () => {
  const spellings = {
    '10.0.0.1': ['10.0.0.1', '::ffff:10.0.0.1', '::FFFF:a00:1', '[::ffff:10.0.0.1]', '0:0:0:0:0:ffff:0a00:0001'],
    '::1': ['::1', '0:0:0:0:0:0:0:1', '[::1]'],
    'fe80::1': ['fe80::1%eth0', 'FE80:0::1'],
  };
  for (const [canonical, texts] of Object.entries(spellings)) {
    for (const text of texts) assert.equal(canonicalAddress(text), canonical, text);
  }
  for (const text of ['ct1.hospital.example', '10.0.0', '10.0.0.256', '', '::ffff:10.0.0.1.2']) {
    assert.equal(canonicalAddress(text), undefined, text);
  }
});

test("a peer's host fits by address, and by the addresses its name has now", async () => {
  const clock = testClock();
  let names: Record<string, string[]> = { 'ct1.example': ['10.0.0.7', 'fd00::7'] };
  let asked = 0;
  const { fits } = peerAddresses(clock, async (name) => {
    asked += 1;
    if (!(name in names)) throw new Error('ENOTFOUND');
    return names[name]!;
  });
  assert(await fits('10.0.0.7', '::ffff:10.0.0.7'));
  assert(!(await fits('10.0.0.7', '10.0.0.8')));
  assert.equal(asked, 0);
  assert(await fits('CT1.example', '::ffff:10.0.0.7'));
  assert(await fits('ct1.example', 'fd00:0::7'));
  assert(!(await fits('ct1.example', '10.0.0.8')));
  assert.equal(asked, 1);
  names = { 'ct1.example': ['10.0.0.8'] };
  clock.advance(limits.peerNameCacheMs);
  assert(await fits('ct1.example', '10.0.0.8'));
  assert(!(await fits('gone.example', '10.0.0.8')));
  names = { 'gone.example': ['10.0.0.8'] };
  assert(await fits('gone.example', '10.0.0.8'), 'a failed look-up is not remembered');
});

test('an address that fails too often is known until its window has passed, a whole /64 of IPv6 as one', () => {
  const clock = testClock();
  const failures = failureLimit(clock);
  for (let n = 1; n <= limits.failuresPerAddress; n += 1) {
    assert(!failures.exceeded('10.0.0.1'));
    failures.count('10.0.0.1');
    failures.count(`2001:db8:0:1::${n}`);
  }
  assert(failures.exceeded('10.0.0.1'));
  assert(failures.exceeded('::ffff:10.0.0.1'));
  assert(!failures.exceeded('10.0.0.2'));
  assert(failures.exceeded('2001:db8:0:1:ffff::1'));
  assert(!failures.exceeded('2001:db8:0:2::1'));
  clock.advance(limits.failureWindowMs);
  assert(!failures.exceeded('10.0.0.1'));
});
