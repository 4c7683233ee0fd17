import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, type TestContext, test } from 'node:test';
import { caseLogOf } from '../../../test/support/case-crowd.ts';
import { testDatabase } from '../../../test/support/database.ts';
import { testClock } from '../../../test/support/test-clock.ts';
import type { Actor, SignedReport } from '../../reading/case/case-event.ts';
import type { Review } from '../../reading/quality/review.ts';
import { recordEgress } from '../../reading/store/egress.ts';
import { expiredCases } from '../../reading/store/removals.ts';
import { listReviews, putTargets } from '../../reading/store/reviews.ts';
import { someFacts, someTerm } from '../../reading/testing/facts.ts';
import type { Database } from '../../storage/database.ts';
import { readEvents } from '../../storage/events.ts';
import { QualityKeeper } from './quality-keeper.ts';

const desk: Actor = { kind: 'desk', id: 'token:1' };
const mac = (message: string) => new Uint8Array(createHmac('sha256', 'k').update(message).digest());

async function exchange(t: TestContext, quality: { secondReadRate: number; newStarterCases: number }) {
  const database = await testDatabase(t);
  const clock = testClock();
  const cases = caseLogOf(database, clock);
  t.after(() => cases.close());
  const term = () => someTerm({ quality: { ...quality, blind: true } });
  const keeper = new QualityKeeper({ database, cases, term, clock, mac: async () => mac });
  return { database, clock, cases, keeper, read, sign };

  async function read(reader: string, study = '1.2.3'): Promise<string> {
    const { id } = (await cases.create({ client: 1, studyUid: study }, desk, [
      { kind: 'announced', facts: someFacts(), term: { id: 't', version: 1 } },
      { kind: 'images-arrived', instances: 3 },
      { kind: 'ready', instances: 3, priors: 0 },
    ]))!;
    await sign(id, reader);
    return id;
  }

  async function sign(id: string, reader: string): Promise<void> {
    clock.advance(60_000);
    const report: SignedReport = {
      version: 1,
      reader,
      textHash: 'h',
      entitlement: { licences: ['l'], privilege: 'p', checkedAt: clock.now() },
      overridden: [],
    };
    await cases.change(id, { kind: 'reader', id: reader }, () => [
      { kind: 'claimed', reader, transactionUid: '2.25.1', leaseUntil: clock.now() + 60_000 },
      { kind: 'opened', reader },
      { kind: 'final-signed', report },
    ]);
    await keeper.signed(id);
  }
}

async function onlyReview(database: Database): Promise<Review> {
  const [stored, ...others] = await listReviews(database, 1, { limit: 2 });
  assert.equal(others.length, 0);
  return stored!.review;
}

describe('a review', () => {
  test('is a case of its own that the first reader is never given, and ends where both agree', async (t) => {
    const { database, cases, keeper, read, sign } = await exchange(t, { secondReadRate: 1, newStarterCases: 0 });
    const id = await read('ada');
    await keeper.signed(id);
    const reviews = await listReviews(database, 1, { limit: 10 });
    assert.equal(reviews.length, 1, 'drawn once, however often it is told of');
    const { secondCase } = reviews[0]!.review;
    const second = await cases.stored(secondCase!);
    assert.deepEqual(
      [second.partOf, second.studyUid, second.reading.state, second.reading.facts.readType],
      [id, '1.2.3', 'ready', 'second'],
    );
    const claim = { kind: 'claimed' as const, reader: 'ada', transactionUid: '2.25.9', leaseUntil: 0 };
    await assert.rejects(
      cases.change(secondCase!, desk, () => [claim]),
      { code: 'reading/read-before' },
    );
    await sign(secondCase!, 'ben');
    const after = await keeper.step(1, reviews[0]!.review.id, desk, { kind: 'score', by: 'ben', score: '1' });
    assert.deepEqual([after.state, after.reviewer], ['closed', 'ben']);
    assert.equal((await listReviews(database, 1, { limit: 10 })).length, 1, 'a second reading is not drawn again');
    assert.deepEqual(
      (await cases.events(id)).slice(-2).map(({ kind }) => kind),
      ['sampled', 'reviewed'],
    );
  });

  test('that finds what matters flags it to the site and asks for an addendum', async (t) => {
    const { database, cases, keeper, read, sign } = await exchange(t, { secondReadRate: 1, newStarterCases: 0 });
    const id = await read('ada');
    const review = await onlyReview(database);
    await sign(review.secondCase!, 'ben');
    await keeper.step(1, review.id, desk, { kind: 'score', by: 'ben', score: '3b' });
    await keeper.step(1, review.id, desk, { kind: 'respond', by: 'ada', response: 'contests' });
    assert.deepEqual((await cases.read(id)).critical, []);
    await keeper.step(1, review.id, desk, { kind: 'arbitrate', by: 'cleo', upheld: true });
    const { critical } = await cases.read(id);
    assert.deepEqual([critical.length, critical[0]!.category, critical[0]!.id], [1, 2, `${id}.1`]);
    const told = (await readEvents(database)).filter(({ kind }) => kind === 'reading-discrepancy');
    assert.deepEqual(
      told.map(({ detail }) => detail),
      [{ case: id, review: review.id, difference: 'major' }],
    );
    const [owed] = await listReviews(database, 1, { limit: 1 });
    assert.equal(owed!.hasAddendum, false);
    const report = {
      version: 2,
      reader: 'ada',
      textHash: 'h2',
      entitlement: { licences: ['l'], privilege: 'p', checkedAt: 0 },
      overridden: [],
    };
    await cases.change(id, desk, () => [
      { kind: 'amended', how: 'corrected', report, reason: 'review', discrepancy: review.id },
    ]);
    const [paid] = await listReviews(database, 1, { limit: 1 });
    assert.equal(paid!.hasAddendum, true);
  });

  test('the first readings of a new starter are all read again, counted for this client', async (t) => {
    const { database, read } = await exchange(t, { secondReadRate: 0, newStarterCases: 2 });
    for (const study of ['1.1', '1.2', '1.3']) await read('ada', study);
    const reviews = await listReviews(database, 1, { limit: 10 });
    assert.deepEqual(
      reviews.map(({ review }) => review.why),
      ['new-starter', 'new-starter'],
    );
  });

  test('what is looked at more closely is drawn, and another tenant sees nothing of it', async (t) => {
    const { database, keeper, read } = await exchange(t, { secondReadRate: 0, newStarterCases: 0 });
    await putTargets(database, 1, [{ modality: 'CT', rate: 1 }], 'token:1');
    await read('ada');
    const [drawn] = await listReviews(database, 1, { limit: 10 });
    assert.equal(drawn!.review.why, 'targeted');
    assert.deepEqual(await listReviews(database, 2, { limit: 10 }), []);
    const step = keeper.step(2, drawn!.review.id, desk, { kind: 'score', by: 'ben', score: '1' });
    await assert.rejects(step, { code: 'catalogue/not-found' });
  });

  test('keeps the copies of the first case beyond their time, until it has been read again', async (t) => {
    const { database, clock, read, sign } = await exchange(t, { secondReadRate: 1, newStarterCases: 0 });
    const id = await read('ada');
    const left = { kind: 'instance', tenant: 1, recipient: 'telerad', room: 2, studyUid: '2.25.1' } as const;
    const copy = { patient: 'P', profile: 'R-read', sha256: new Uint8Array(32), sizeBytes: 1 };
    const expiresAt = new Date(clock.now());
    for (const code of [id, 'OTHR-CASE']) {
      await recordEgress(database, { case: code, name: `2.25.${code.length}`, ...left, ...copy, expiresAt });
    }
    clock.advance(86_400_000);
    const expired = async () => (await expiredCases(database, new Date(clock.now()))).map((each) => each.case);
    assert.deepEqual(await expired(), ['OTHR-CASE']);
    const review = await onlyReview(database);
    await sign(review.secondCase!, 'ben');
    assert.deepEqual((await expired()).sort(), [id, 'OTHR-CASE'].sort());
  });

  test('of two who score at the same moment one does', async (t) => {
    const { database, keeper, read, sign } = await exchange(t, { secondReadRate: 1, newStarterCases: 0 });
    await read('ada');
    const review = await onlyReview(database);
    await sign(review.secondCase!, 'ben');
    const scores = (['1', '2a'] as const).map((score) =>
      keeper.step(1, review.id, desk, { kind: 'score', by: 'ben', score }),
    );
    const outcomes = await Promise.allSettled(scores);
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
  });
});
