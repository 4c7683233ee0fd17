import assert from 'node:assert/strict';
import { test } from 'node:test';
import { qualityOfReaders, wilson } from './interval.ts';
import { differenceOf, radpeerScores } from './radpeer.ts';
import { isDiscrepancy, type Review, type ReviewStep, reviewAfter } from './review.ts';

const sampled: Review = {
  id: 'v1',
  case: '4KTM-9QX2',
  why: 'random',
  author: 'ada',
  version: 1,
  state: 'awaits-reading',
};
const after = (...steps: ReviewStep[]): Review => steps.reduce(reviewAfter, sampled);
const read = { kind: 'read', reviewer: 'ben' } as const;
const scored = (score: (typeof radpeerScores)[number]) => ({ kind: 'score', by: 'ben', score }) as const;

test('RADPEER: what is likely to matter for the patient is major, agreement is no difference', () => {
  assert.deepEqual(
    radpeerScores.map((score) => differenceOf(score)),
    ['none', 'minor', 'major', 'minor', 'major'],
  );
});

test('a reading that both read alike is closed without the author', () => {
  const review = after(read, scored('1'));
  assert.equal(review.state, 'closed');
  assert.equal(isDiscrepancy(review), false);
});

test('a difference that the author accepts is a discrepancy', () => {
  const review = after(read, scored('3b'), { kind: 'respond', by: 'ada', response: 'accepts' });
  assert.deepEqual([review.state, review.difference, isDiscrepancy(review)], ['closed', 'major', true]);
});

test('a difference that the author contests is what the arbiter says', () => {
  for (const upheld of [true, false]) {
    const review = after(
      read,
      scored('2b'),
      { kind: 'respond', by: 'ada', response: 'contests' },
      { kind: 'arbitrate', by: 'cleo', upheld },
    );
    assert.deepEqual([review.state, isDiscrepancy(review)], ['closed', upheld]);
  }
});

test('nobody reviews, scores or arbitrates a reading of their own, and only the author answers', () => {
  const forbidden: [Review, ReviewStep][] = [
    [sampled, { kind: 'read', reviewer: 'ada' }],
    [after(read), { kind: 'score', by: 'ada', score: '1' }],
    [after(read, scored('2a')), { kind: 'respond', by: 'ben', response: 'accepts' }],
    [
      after(read, scored('2a'), { kind: 'respond', by: 'ada', response: 'contests' }),
      { kind: 'arbitrate', by: 'ben', upheld: true },
    ],
  ];
  for (const [review, step] of forbidden) assert.throws(() => reviewAfter(review, step), { code: 'auth/forbidden' });
});

test('a step that is not due is refused, and so is one that was made', () => {
  assert.throws(() => after(scored('1')), { code: 'reading/review-not-now' });
  assert.throws(() => after(read, read), { code: 'reading/review-not-now' });
});

test('Wilson: 5 of 50 lie between 4.3 and 21.4 %, 0 of 20 between 0 and 16.1 %', () => {
  const rounded = (value: number) => Math.round(value * 1000) / 1000;
  const five = wilson(5, 50);
  assert.deepEqual([rounded(five.low), rounded(five.high)], [0.043, 0.214]);
  const none = wilson(0, 20);
  assert.deepEqual([none.low, rounded(none.high)], [0, 0.161]);
  assert.deepEqual([wilson(0, 0).low, wilson(0, 0).high], [0, 1]);
});

test('of a reader count what was found right at the end, and apart what was drawn by chance', () => {
  const closed = (author: string, why: Review['why'], score: '1' | '2a' | '3b', upheld?: boolean): Review => ({
    ...sampled,
    author,
    why,
    score,
    difference: differenceOf(score),
    state: 'closed',
    ...(upheld !== undefined && { response: 'contests', upheld }),
  });
  const [ada, ben] = qualityOfReaders([
    closed('ada', 'random', '1'),
    closed('ada', 'random', '3b', true),
    closed('ada', 'targeted', '2a', true),
    closed('ada', 'random', '3b', false),
    closed('ben', 'new-starter', '1'),
    { ...sampled, author: 'ben' },
  ]);
  assert.deepEqual([ada!.discrepancies.count, ada!.discrepancies.of], [2, 4]);
  assert.deepEqual([ada!.major.count, ada!.drawnAtRandom.count, ada!.drawnAtRandom.of], [1, 1, 3]);
  assert.deepEqual([ben!.reader, ben!.discrepancies.of, ben!.drawnAtRandom.of], ['ben', 1, 0]);
});
