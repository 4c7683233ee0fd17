import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readBySource } from './by-source.ts';

const words = ['received', 'reconciled'] as const;

test('a setting by source: one word for all, or a list in which * is everybody else', () => {
  const read = (text: string) => readBySource(text, words, assert.fail);
  assert.equal(read('').of('CT1'), 'received');
  assert.equal(read('reconciled').of('CT1'), 'reconciled');
  const some = read('CT1=reconciled, tenant:a=b=reconciled');
  assert.deepEqual(
    [some.of('CT1 '), some.of('CT2'), some.of(null), some.of('CT2', 'tenant:a=b')],
    ['reconciled', 'received', 'received', 'reconciled'],
  );
  assert.equal(read('CT1=received, *=reconciled').of('CT1', 'CT2'), 'received');
  assert.deepEqual([some.isAny('reconciled'), read('received').isAny('reconciled')], [true, false]);
});

test('what is no word of the setting is told', () => {
  const faults: string[] = [];
  readBySource('perhaps, =reconciled, CT1=', words, (sentence) => faults.push(sentence));
  assert.equal(faults.length, 3);
  assert.equal(faults[0], '"perhaps" is neither one of received, reconciled nor SOURCE=reconciled');
});
