import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAnswers, kappa, outcomeOf, type TrialAnswers, type TrialQuestion } from './adjudicate.ts';

const questions: TrialQuestion[] = [
  { name: 'response', kind: 'code', decides: true },
  { name: 'sum of diameters', kind: 'number', tolerance: 2, decides: false },
];
const reading = (reader: string, response: string, diameters: string) => ({
  case: `case of ${reader}`,
  reader,
  answers: { response, 'sum of diameters': diameters },
});

test('two readers who agree on what decides need no third, whatever else they differ in', () => {
  const outcome = outcomeOf(questions, [reading('a', 'PR', '40'), reading('b', 'PR', '47')]);
  assert.deepEqual(outcome, {
    state: 'agreed',
    answers: { response: 'PR', 'sum of diameters': '40' },
    differing: ['sum of diameters'],
  });
});

test('numbers within their tolerance are alike', () => {
  const outcome = outcomeOf(questions, [reading('a', 'SD', '40'), reading('b', 'SD', '41.9')]);
  assert.deepEqual(outcome.state === 'agreed' && outcome.differing, []);
});

test('where they differ in what decides a third reads, and its answer counts', () => {
  const pair = [reading('a', 'PR', '40'), reading('b', 'SD', '40')];
  assert.deepEqual(outcomeOf(questions, pair), { state: 'awaits-adjudication', differing: ['response'] });
  const outcome = outcomeOf(questions, [...pair, reading('c', 'PD', '52')]);
  assert.deepEqual(outcome.state === 'adjudicated' && outcome.answers.response, 'PD');
});

test('one reading alone decides nothing', () => {
  assert.equal(outcomeOf(questions, [reading('a', 'PR', '40')]).state, 'awaits-readings');
});

test('an answer that is missing, or no number, is refused', () => {
  checkAnswers(questions, { response: 'PR', 'sum of diameters': '40.5' });
  const faulty: TrialAnswers[] = [{ response: 'PR' }, { response: 'PR', 'sum of diameters': '4 cm' }];
  for (const answers of faulty) {
    assert.throws(() => checkAnswers(questions, answers), { code: 'request/malformed' });
  }
});

test('Cohen’s kappa: 1 where all agree, 0 where they agree as by chance, undefined where nothing can differ', () => {
  const pairs = (text: string) => text.split(' ').map((pair) => [pair[0]!, pair[1]!] as const);
  assert.equal(kappa(pairs('aa bb aa bb')), 1);
  assert.equal(kappa(pairs('aa ab ba bb')), 0);
  assert.equal(kappa(pairs('aa aa')), undefined);
  assert.equal(kappa([]), undefined);
});
