// Cases as they come in: reads on in the feed of orders and studies, and looks again at what waits. Every step looks at how things
// are and not at what was told, so that it can be done again; one node at a time does it. What becomes of a study is in
// study-intake.ts, of an order in order-intake.ts.

import { asProblem, Problem } from '../../base/problem.ts';
import type { ReadingCase } from '../../reading/case/reading-case.ts';
import type { StoredCase } from '../../reading/store/case-row.ts';
import { intakeDue } from '../../reading/store/cases.ts';
import type { CatalogueEvent } from '../../storage/events.ts';
import { FeedFollower } from '../../storage/feed-follower.ts';
import { intake } from './intake-words.ts';
import { type OrderedStudy, OrderIntake } from './order-intake.ts';
import { type IntakeOptions, StudyIntake } from './study-intake.ts';
import { ToldStudies } from './told-study.ts';

export const limits = {
  /** Events that one step takes in. */
  events: 500,
  /** Looks by itself so often: studies become quiet, and notices are missed. */
  lookMs: 1_000,
  pauseMs: 200,
} as const;

/** Of which something follows for a study. */
const ofStudies: ReadonlySet<string> = new Set([
  ...['instances-kept', 'study-announced', 'order-assigned', 'hidden', 'unhidden', 'taken-back'],
]);

export class CaseIntake {
  readonly #options: IntakeOptions;
  readonly #told: ToldStudies;
  readonly #studies: StudyIntake;
  readonly #orders: OrderIntake;
  #follower: FeedFollower | undefined;

  constructor(options: IntakeOptions) {
    this.#options = options;
    this.#told = new ToldStudies(options.core, options.agreed);
    this.#studies = new StudyIntake(options, this.#told);
    this.#orders = new OrderIntake(options, this.#told);
  }

  /** Follows the feed from now on. */
  async open(): Promise<this> {
    const { database, log, readingInUse } = this.#options.core;
    const { events, lookMs, pauseMs } = limits;
    this.#follower = await FeedFollower.open({
      ...{ database, reader: 'reading_intake_cursor', events, lookMs, pauseMs },
      isWanted: () => readingInUse.now(),
      take: async (told) => {
        for (const work of this.#workOf(told)) await this.#one(work);
      },
      afterwards: (signal) => this.#allDue(signal),
      failed: (code) => log.warn({ code }, 'cases cannot be taken in just now'),
    });
    return this;
  }

  async close(): Promise<void> {
    await this.#follower?.close();
  }

  async #allDue(signal: AbortSignal): Promise<void> {
    const { core, clock } = this.#options;
    for (const due of await intakeDue(core.database, new Date(clock.now()))) {
      if (signal.aborted) return;
      await this.#one(() => this.#due(due));
    }
  }

  /** What was told several times is done once; orders first, so that images find theirs. */
  #workOf(events: readonly CatalogueEvent[]): (() => Promise<unknown>)[] {
    const orders = new Map<string, () => Promise<unknown>>();
    const studies = new Map<string, () => Promise<unknown>>();
    for (const { kind, tenant, studyId, detail } of events) {
      if (this.#told.clientOf(tenant) === undefined) continue;
      const { order } = (detail ?? {}) as { order?: string };
      if (kind === 'order-kept' && order !== undefined) orders.set(order, () => this.order(tenant, order));
      if (ofStudies.has(kind) && studyId !== undefined) studies.set(studyId, () => this.study(tenant, studyId));
    }
    return [...orders.values(), ...studies.values()];
  }

  /** One that cannot be judged holds up no other; where the catalogue is away all of them wait. */
  async #one(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      const { code, cause } = asProblem(thrown);
      if (code.startsWith('storage/') || code === 'request/cancelled') throw thrown;
      const { log } = this.#options.core;
      log.warn({ code, ...(code === 'internal/unexpected' && { error: cause }) }, 'a case is not taken in');
    }
  }

  async #due({ reading, client, studyUid }: StoredCase): Promise<void> {
    const { log, core } = this.#options;
    const [study] = await core.database.query<{ id: string }>(
      'select id from study where tenant = $1 and study_uid = $2',
      [client, studyUid ?? ''],
    );
    if (reading.state === 'orphan' && !reading.rungs.includes('paged')) {
      await log.change(
        reading.id,
        intake,
        (before) =>
          before.reading.state === 'orphan' ? [{ kind: 'escalated', rung: 'paged', reason: 'images-no-order' }] : [],
        { intakeAt: null },
      );
    } else if (study === undefined) await log.change(reading.id, intake, () => [], { intakeAt: null });
    else await this.study(client, study.id);
  }

  /** `id`: row of the study. `isAsked`: the client itself wants it read, ordered or not. Resolves to its case, if it has one. */
  study(tenant: number, id: string, isAsked = false): Promise<ReadingCase | undefined> {
    return this.#studies.take(tenant, id, isAsked);
  }

  /** `id`: row of imaging_order. */
  async order(tenant: number, id: string): Promise<void> {
    const { database } = this.#options.core;
    const [row] = await database.query<OrderRow>(
      'select document, status, study_uid as "studyUid", accession_number as accession from imaging_order where tenant = $1 and id = $2',
      [tenant, id],
    );
    if (row === undefined) return;
    const studies = await database.query<{ id: string }>(
      `select id from study where tenant = $1 and hidden_at is null and (study_uid = $2 or accession_number = $3)`,
      [tenant, row.studyUid, row.accession],
    );
    for (const study of studies) await this.study(tenant, study.id);
    await this.#orders.take(tenant, { id, order: row.document, status: row.status }, row.document);
  }

  /**
   * The client wants a study read, or what an accession number names. Rejects with catalogue/not-found, and with
   * reading/no-term where no contract covers it.
   */
  async request(
    tenant: number,
    wish: { studyUid?: string | undefined; accession?: string | undefined },
  ): Promise<ReadingCase> {
    const { database } = this.#options.core;
    const [study] = await database.query<{ id: string }>(
      `select id from study where tenant = $1 and hidden_at is null and (study_uid = $2 or accession_number = $3)
       order by (study_uid = $2) desc nulls last, id desc limit 1`,
      [tenant, wish.studyUid ?? null, wish.accession ?? null],
    );
    if (study === undefined) throw new Problem('catalogue/not-found', { what: 'study' });
    const made = await this.study(tenant, study.id, true);
    if (made === undefined) throw new Problem('reading/no-term');
    return made;
  }
}

interface OrderRow extends Record<string, unknown> {
  document: OrderedStudy;
  status: string;
  studyUid: string;
  accession: string | null;
}
