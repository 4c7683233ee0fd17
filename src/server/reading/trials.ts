// Readings for research: a time point is read by one reader, then by another who knows nothing of the first, and where they differ
// in what decides by a third. Each reading is a case, asked for when the one before is signed, so that nobody can have two.

import { Problem } from '../../base/problem.ts';
import type { Actor } from '../../reading/case/case-event.ts';
import type { CaseLog } from '../../reading/store/case-log.ts';
import {
  changeTimePoint,
  insertTimePoint,
  insertTrial,
  type StoredTrial,
  type TimePoint,
  timePointOf,
  trialNamed,
} from '../../reading/store/trials.ts';
import { checkAnswers, outcomeOf, type TrialAnswers } from '../../reading/trials/adjudicate.ts';
import { researchStudyId, researchStudyOf } from '../../reading/trials/research-study.ts';
import type { Database } from '../../storage/database.ts';
import { writeVersion } from '../../storage/fhir-resources.ts';
import { type Transaction, transact } from '../../storage/transaction.ts';
import { ownWriters } from '../fhir/own-writers.ts';
import { readFurther } from './further-reading.ts';

const exchange: Actor = { kind: 'exchange', id: 'trials' };

export class Trials {
  readonly #database: Database;
  readonly #cases: CaseLog;

  constructor({ database, cases }: { database: Database; cases: CaseLog }) {
    this.#database = database;
    this.#cases = cases;
  }

  /** With its ResearchStudy in the client's FHIR. Throws reading/out-of-step for a name that is in use. */
  async add(trial: StoredTrial): Promise<void> {
    await transact(this.#database, async (transaction) => {
      if (!(await insertTrial(transaction, trial))) throw new Problem('reading/out-of-step', { what: 'another trial' });
      const key = {
        tenant: trial.client,
        type: 'ResearchStudy',
        id: researchStudyId(trial.id),
        by: ownWriters.reading,
      };
      await writeVersion(transaction, key, 'PUT', () => researchStudyOf(trial));
    });
  }

  /** Has the study of a case of the client read for a trial. Resolves to the case of the first reading. */
  async read(client: number, id: string, { subject, visit, of }: Pick<TimePoint, 'subject' | 'visit' | 'of'>) {
    const trial = await this.#trial(client, id);
    const stored = await this.#cases.stored(of);
    const { facts, term } = stored.reading;
    if (stored.client !== client || facts.provider !== trial.provider) throw new Problem('reading/unknown-case');
    if (term === undefined) throw new Problem('reading/no-term');
    return transact(this.#database, async (transaction) => {
      const trialing = { readType: 'trial' as const, readBy: [] };
      const first = await readFurther(this.#cases, stored, trialing, { actor: exchange, transaction });
      const point = {
        client,
        trial: id,
        subject,
        visit,
        of,
        cases: [first],
        readings: [],
        state: 'awaits-readings' as const,
      };
      if (await insertTimePoint(transaction, point)) return first;
      throw new Problem('reading/out-of-step', { what: 'another reading of this visit' });
    });
  }

  /** What a reader answers of a case that they signed. Throws reading/not-holder, request/malformed; given once. */
  async answer(code: string, reader: string, answers: TrialAnswers): Promise<TimePoint> {
    const { reports } = await this.#cases.read(code);
    if (reports[0]?.reader !== reader) throw new Problem('reading/not-holder');
    return transact(this.#database, async (transaction) => {
      const point = await timePointOf(transaction, code);
      if (point === undefined) throw new Problem('catalogue/not-found', { what: 'reading of a trial' });
      const { questions } = await this.#trial(point.client, point.trial);
      checkAnswers(questions, answers);
      if (point.readings.some((reading) => reading.case === code)) {
        throw new Problem('reading/out-of-step', { what: 'another answer' });
      }
      const given = [...point.readings, { case: code, reader, answers }];
      const readings = given.sort((one, other) => point.cases.indexOf(one.case) - point.cases.indexOf(other.case));
      const after = { ...point, readings, state: outcomeOf(questions, readings).state };
      return this.#goOn(transaction, after);
    });
  }

  /** A case was signed: where it is a reading of a trial the next is asked for. May be done again. */
  async signed(code: string): Promise<void> {
    await transact(this.#database, async (transaction) => {
      const point = await timePointOf(transaction, code);
      if (point !== undefined) await this.#goOn(transaction, point);
    });
  }

  /** Asks for the reading that is due: the second when the first is signed, the third when both differ in what decides. */
  async #goOn(transaction: Transaction, point: TimePoint): Promise<TimePoint> {
    const { cases, state } = point;
    const readers = (await Promise.all(cases.map((each) => this.#cases.read(each)))).flatMap(({ reports }) =>
      reports.slice(0, 1).map(({ reader }) => reader),
    );
    const isDue =
      (cases.length === 1 && readers.length === 1) || (cases.length === 2 && state === 'awaits-adjudication');
    const next = isDue ? [await this.#next(transaction, point.of, readers)] : [];
    const after = { ...point, cases: [...cases, ...next] };
    await changeTimePoint(transaction, after);
    return after;
  }

  async #next(transaction: Transaction, of: string, readBy: readonly string[]): Promise<string> {
    const trialing = { readType: 'trial' as const, readBy };
    return readFurther(this.#cases, await this.#cases.stored(of), trialing, { actor: exchange, transaction });
  }

  async #trial(client: number, id: string): Promise<StoredTrial> {
    const trial = await trialNamed(this.#database, client, id);
    if (trial === undefined) throw new Problem('catalogue/not-found', { what: 'trial' });
    return trial;
  }
}
