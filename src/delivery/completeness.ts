// Whether studies have come as a whole, by when their instances were kept and how long their sources pause. What is held in
// memory is read anew from the catalogue after a restart; what waits is in the ledger.

import type { Transaction } from 'kysely';
import { learnPauses, noPauses, type PauseCounts, quietTimes } from '../routing/completeness/quiet-time.ts';
import { type Assessment, type QuietTimes, StudyArrival } from '../routing/completeness/study-arrival.ts';
import { announcedOf } from '../storage/announced.ts';
import type { Database } from '../storage/database.ts';
import { LeastRecentlyUsed } from '../storage/least-recently-used.ts';
import {
  arrivedInstances,
  arrivedOfStudies,
  noteArrival,
  pausesOf,
  putPauses,
  takeStudiesOver,
} from '../storage/study-arrivals.ts';
import type { StudyForRules } from '../storage/study-for-rules.ts';
import type { Tables } from '../storage/tables.ts';

export const limits = {
  /** Studies whose arrival is held in memory. */
  studies: 512,
  /** A study is over, and its pauses are learned, when nothing came for so long: longer than any quiet time. */
  overMs: 3_600_000,
  /** Studies learned from in one go. */
  learned: 100,
} as const;

export class Completeness {
  readonly #database: Database;
  readonly #arrivals = new LeastRecentlyUsed<string, StudyArrival>(limits.studies);

  constructor(database: Database) {
    this.#database = database;
  }

  /** `kept`: rows of the instances that came, by row of their study; of those the catalogue holds it asks no more. */
  async take(kept: ReadonlyMap<string, readonly string[]>): Promise<void> {
    const studies = [...kept.keys()];
    const known = studies.filter((id) => this.#arrivals.get(id) !== undefined);
    const unknown = studies.filter((id) => !known.includes(id));
    const arrived = [
      ...(known.length > 0
        ? await arrivedInstances(
            this.#database,
            known.flatMap((id) => kept.get(id)!),
          )
        : []),
      ...(unknown.length > 0 ? await arrivedOfStudies(this.#database, unknown) : []),
    ];
    for (const [id, instances] of Map.groupBy(arrived, ({ study }) => study)) {
      const arrival = this.#arrivals.get(id) ?? new StudyArrival();
      for (const instance of instances) arrival.take({ kind: 'instance', ...instance });
      this.#arrivals.set(id, arrival);
    }
  }

  /** Of these studies something came: their pauses are learned when they are over. */
  note(transaction: Transaction<Tables>, studies: readonly string[]): Promise<void> {
    return noteArrival(transaction, studies, limits.overMs);
  }

  async of(study: StudyForRules, at: Date): Promise<Assessment> {
    const quiet = await this.quietOf(study.tenant, study.source ?? '');
    const arrival = this.#arrivals.get(study.id) ?? (await arrivalOf(this.#database, study.id));
    // Few are said of a study, and saying one again changes nothing.
    for (const said of await announcedOf(this.#database, study.tenant, study.studyInstanceUid)) arrival.take(said);
    return arrival.assess(at, quiet);
  }

  /** How long a source is quiet before nothing more comes of a study. */
  async quietOf(tenant: number, source: string): Promise<QuietTimes> {
    return quietTimes(((await pausesOf(this.#database, tenant, source)) as PauseCounts | undefined) ?? noPauses());
  }

  /** Learns from the studies that are over; resolves to how many. */
  learn(now: Date = new Date()): Promise<number> {
    return this.#database.kysely.transaction().execute(async (transaction) => {
      const over = await takeStudiesOver(transaction, now, limits.learned);
      const bySource = Map.groupBy(over, ({ tenant, source }) => `${tenant} ${source}`);
      for (const studies of bySource.values()) {
        const { tenant, source } = studies[0]!;
        let counts = ((await pausesOf(this.#database, tenant, source)) as PauseCounts | undefined) ?? noPauses();
        for (const { study } of studies) {
          const arrival = await arrivalOf(this.#database, study);
          counts = learnPauses(counts, arrival.longestGaps);
        }
        await putPauses(transaction, tenant, source, counts);
      }
      return over.length;
    });
  }
}

async function arrivalOf(database: Database, study: string): Promise<StudyArrival> {
  const arrival = new StudyArrival();
  for (const instance of await arrivedOfStudies(database, [study])) arrival.take({ kind: 'instance', ...instance });
  return arrival;
}
