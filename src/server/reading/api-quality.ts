// What /api/v1 asks of reviews and of trials, for whoever asks. While a review goes on readers are told of it what is theirs to
// do, and not who else is in it.

import type { ApiQuality } from '../../api/reading-quality.ts';
import { may, type Principal } from '../../auth/principal.ts';
import { writeTable } from '../../base/csv.ts';
import { Problem } from '../../base/problem.ts';
import { readCaseCode } from '../../reading/case/case-code.ts';
import type { Actor } from '../../reading/case/case-event.ts';
import { qualityOfReaders } from '../../reading/quality/interval.ts';
import { isDiscrepancy, type ReviewState } from '../../reading/quality/review.ts';
import type { QualityTarget } from '../../reading/quality/sample.ts';
import {
  closedReviews,
  listReviews,
  putTargets,
  reviewNamed,
  type StoredReview,
  targetsOf,
} from '../../reading/store/reviews.ts';
import { listTrials, type StoredTrial, timePointsOf } from '../../reading/store/trials.ts';
import type { TrialAnswers, TrialQuestion } from '../../reading/trials/adjudicate.ts';
import { trialColumns, trialRow } from '../../reading/trials/trial-table.ts';
import type { Core } from '../core.ts';
import type { AfterReading } from './after-reading.ts';

const DAY_MS = 86_400_000;

type Step = Parameters<ApiQuality['step']>[1];

export class PrincipalsQuality implements ApiQuality {
  readonly #core: Core;
  readonly #after: AfterReading;
  readonly #principal: Principal;

  constructor(core: Core, after: AfterReading, principal: Principal) {
    this.#core = core;
    this.#after = after;
    this.#principal = principal;
  }

  async reviews({ state, limit }: { state?: ReviewState; limit: number }) {
    const { reader } = this.#principal;
    if (reader === undefined) this.#requireDesk();
    const query = { limit, ...(state && { state }), ...(reader !== undefined && { of: reader }) };
    const found = await listReviews(this.#core.database, this.#principal.tenant, query);
    return found.map((each) => this.#shown(each));
  }

  async step(id: string, step: Step) {
    const { reader, tenant, id: principal } = this.#principal;
    if (reader === undefined) this.#requireDesk();
    const by = reader ?? principal;
    const actor: Actor = { kind: reader === undefined ? 'supervisor' : 'reader', id: by };
    // Who compares both has read both, or answers for quality.
    if (reader !== undefined && step.step !== 'respond') await this.#requireReviewer(id, reader);
    await this.#after.quality.step(tenant, id, actor, stepBy(step, by));
    return this.#shown((await reviewNamed(this.#core.database, tenant, id))!);
  }

  async readers(days: number) {
    const since = new Date(Date.now() - days * DAY_MS);
    return qualityOfReaders(await closedReviews(this.#core.database, this.#principal.tenant, since));
  }

  targets() {
    return targetsOf(this.#core.database, this.#principal.tenant);
  }

  putTargets(targets: readonly QualityTarget[]) {
    return putTargets(this.#core.database, this.#principal.tenant, targets, this.#principal.id);
  }

  async trials() {
    const found = await listTrials(this.#core.database, this.#principal.tenant);
    return found.map(({ client: _, ...trial }) => trial);
  }

  async addTrial(trial: { id: string; title: string; provider: string; questions: TrialQuestion[] }) {
    await this.#after.trials.add({ ...trial, client: this.#principal.tenant });
  }

  async readForTrial(trial: string, wish: { subject: string; visit: string; case: string }) {
    const { subject, visit } = wish;
    const made = await this.#after.trials.read(this.#principal.tenant, trial, {
      subject,
      visit,
      of: codeOf(wish.case),
    });
    return { case: made };
  }

  async answer(caseId: string, answers: TrialAnswers) {
    const { reader } = this.#principal;
    if (reader === undefined) throw new Problem('auth/forbidden', { action: 'report' });
    const { state } = await this.#after.trials.answer(codeOf(caseId), reader, answers);
    return { state };
  }

  async trialTable(id: string): Promise<Uint8Array> {
    const { database } = this.#core;
    const found = (await listTrials(database, this.#principal.tenant)).filter((trial) => trial.id === id);
    // A provider may read for two clients who call their trials alike: it is told of both.
    if (found.length === 0) throw new Problem('catalogue/not-found', { what: 'trial' });
    const tables = await Promise.all(found.map((trial) => this.#table(trial)));
    return Buffer.from(tables.join(''));
  }

  async #table({ client, id, questions }: StoredTrial): Promise<string> {
    const points = await timePointsOf(this.#core.database, client, id);
    return writeTable(
      trialColumns(questions),
      points.map((point) => trialRow(questions, point)),
    );
  }

  async #requireReviewer(id: string, reader: string): Promise<void> {
    const found = await reviewNamed(this.#core.database, this.#principal.tenant, id);
    if (found === undefined || found.review.reviewer !== reader) {
      throw new Problem('catalogue/not-found', { what: 'review' });
    }
  }

  #requireDesk(): void {
    if (!may(this.#principal, 'administer')) throw new Problem('auth/forbidden', { action: 'administer' });
  }

  #shown({ review, madeAt, changedAt, hasAddendum }: StoredReview) {
    const { reader } = this.#principal;
    const { id, case: code, why, state, secondCase, author, reviewer, score, difference, response, upheld } = review;
    const isBlind = reader !== undefined && state !== 'closed';
    const told = (who: string | undefined) => (who === undefined || (isBlind && who !== reader) ? null : who);
    return {
      id,
      case: code,
      why,
      state,
      // The author is not to look for it before it is read.
      secondCase: isBlind && reader === author ? null : (secondCase ?? null),
      author: told(author),
      reviewer: told(reviewer),
      score: score ?? null,
      difference: difference ?? null,
      response: response ?? null,
      upheld: upheld ?? null,
      owesAddendum: isDiscrepancy(review) && !hasAddendum,
      madeAt,
      changedAt,
    };
  }
}

function stepBy(step: Step, by: string) {
  switch (step.step) {
    case 'score':
      return { kind: 'score' as const, by, score: step.score };
    case 'respond':
      return { kind: 'respond' as const, by, response: step.response };
    case 'arbitrate':
      return { kind: 'arbitrate' as const, by, upheld: step.upheld };
  }
}

function codeOf(said: string): string {
  const code = readCaseCode(said);
  if (code === undefined) throw new Problem('reading/unknown-case');
  return code;
}
