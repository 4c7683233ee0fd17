// Reviews of readings: what is signed may be drawn, is read again by somebody who knows neither author nor report, and both are
// compared. What is found right to differ is owed an addendum, and the site hears of it as of any critical result.

import type { Clock } from '../../base/clock.ts';
import { Problem } from '../../base/problem.ts';
import type { Mac } from '../../deidentify/pseudonyms.ts';
import type { Actor, CaseHappening, SignedReport } from '../../reading/case/case-event.ts';
import { isDiscrepancy, type Review, type ReviewStep, reviewAfter } from '../../reading/quality/review.ts';
import { type SampleReason, sampleReason } from '../../reading/quality/sample.ts';
import type { CaseLog } from '../../reading/store/case-log.ts';
import type { StoredCase } from '../../reading/store/case-row.ts';
import {
  changeReview,
  hasReview,
  insertReview,
  reviewBySecondCase,
  reviewNamed,
  signedBefore,
  targetsOf,
} from '../../reading/store/reviews.ts';
import type { ServiceTerm, TermReference } from '../../reading/terms/service-term.ts';
import type { Database } from '../../storage/database.ts';
import { type Transaction, transact } from '../../storage/transaction.ts';
import { readFurther } from './further-reading.ts';

export interface QualityKeeperOptions {
  database: Database;
  cases: CaseLog;
  term(reference: TermReference): ServiceTerm | undefined;
  clock: Clock;
  /** By which the draw is made. */
  mac(): Promise<Mac>;
}

const exchange: Actor = { kind: 'exchange', id: 'quality' };

/** What a site is told of when a review finds a reading wrong in what matters: a critical result of hours. */
export const DISCREPANCY = 'discrepancy';

export class QualityKeeper {
  readonly #options: QualityKeeperOptions;

  constructor(options: QualityKeeperOptions) {
    this.#options = options;
  }

  /** A report of this case was signed: draws it, or goes on with the review that it is the second reading of. May be done again. */
  async signed(caseId: string): Promise<void> {
    const { database, cases } = this.#options;
    const stored = await cases.stored(caseId);
    const events = await cases.events(caseId);
    const event =
      events.find(({ kind }) => kind === 'final-signed') ?? events.find(({ kind }) => kind === 'preliminary-signed');
    const term = stored.reading.term && this.#options.term(stored.reading.term);
    if (event === undefined || !('report' in event) || term === undefined) return;
    const review = await reviewBySecondCase(database, caseId);
    if (review !== undefined) return this.#read(review.review, event.report);
    // What is over-read by another will be compared anyway, and is drawn once it is final.
    if (event.kind === 'preliminary-signed' && term.readType !== 'preliminary') return;
    if (await hasReview(database, caseId, event.report.version)) return;
    const why = await this.#drawn(stored, event.report, event.at, term);
    if (why !== undefined) await this.#begin(stored, event.report, why);
  }

  /** A person's step in a review. Throws catalogue/not-found, reading/review-not-now, auth/forbidden. */
  async step(tenant: number, id: string, actor: Actor, step: Exclude<ReviewStep, { kind: 'read' }>): Promise<Review> {
    const { database, cases, clock } = this.#options;
    const found = await reviewNamed(database, tenant, id);
    if (found === undefined) throw new Problem('catalogue/not-found', { what: 'review' });
    const before = found.review;
    const after = reviewAfter(before, step);
    const { reading } = await cases.stored(before.case);
    await transact(database, async (transaction) => {
      if (!(await changeReview(transaction, before, after, clock.now()))) throw new Problem('reading/moved');
      const happenings = happeningsOf(after, step, reading.critical.length);
      if (happenings.length > 0) {
        await cases.append(before.case, reading.sequence, actor, happenings, { transaction });
      }
      if (isDiscrepancy(after)) await tellFound(transaction, found.client, after);
    });
    return after;
  }

  async #drawn(
    { reading, client }: StoredCase,
    { reader }: SignedReport,
    at: number,
    { quality }: ServiceTerm,
  ): Promise<SampleReason | undefined> {
    const { database, mac } = this.#options;
    const most = quality.newStarterCases;
    const readBefore = most === 0 ? 0 : await signedBefore(database, { client, reader, at, most });
    const asked = { case: reading.id, reader, facts: reading.facts, readBefore };
    return sampleReason(await mac(), asked, quality, await targetsOf(database, client));
  }

  /** The second reading is a case of its own, of the same study, that its first reader is never given. */
  async #begin(stored: StoredCase, { reader, version }: SignedReport, why: SampleReason): Promise<void> {
    const { database, cases, clock } = this.#options;
    const { reading, client, room } = stored;
    const id = `${reading.id}-R${version}`;
    await transact(database, async (transaction) => {
      const further = { readType: 'second' as const, readBy: [] };
      const secondCase = await readFurther(cases, stored, further, { actor: exchange, transaction });
      const review: Review = {
        id,
        case: reading.id,
        why,
        author: reader,
        version,
        secondCase,
        state: 'awaits-reading',
      };
      await insertReview(transaction, review, { client, ...(room !== undefined && { room }), at: clock.now() });
      await cases.append(reading.id, reading.sequence, exchange, [{ kind: 'sampled', why, review: id }], {
        transaction,
      });
    });
  }

  async #read(review: Review, { reader }: SignedReport): Promise<void> {
    if (review.state !== 'awaits-reading') return;
    const { database, clock } = this.#options;
    await changeReview(database, review, reviewAfter(review, { kind: 'read', reviewer: reader }), clock.now());
  }
}

function happeningsOf(after: Review, step: ReviewStep, loops: number): CaseHappening[] {
  const happenings: CaseHappening[] = [];
  if (step.kind === 'score') {
    happenings.push({ kind: 'reviewed', review: after.id, score: step.score, difference: after.difference! });
  }
  if (step.kind === 'arbitrate') happenings.push({ kind: 'arbitrated', review: after.id, upheld: step.upheld });
  if (isDiscrepancy(after) && after.difference === 'major') {
    happenings.push({
      kind: 'critical-flagged',
      loop: `${after.case}.${loops + 1}`,
      category: 2,
      finding: DISCREPANCY,
    });
  }
  return happenings;
}

/** Whoever follows the feed of the client hears of it: an addendum is owed. */
async function tellFound(
  transaction: Transaction,
  client: number,
  { id, case: code, difference }: Review,
): Promise<void> {
  await transaction.query(`insert into event (tenant, kind, detail) values ($1, 'reading-discrepancy', $2)`, [
    client,
    JSON.stringify({ case: code, review: id, difference }),
  ]);
}
