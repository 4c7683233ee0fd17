// A study as it comes in: a case is made of what a contract covers, brought on while images arrive, held where it may not be read,
// and lets its images leave for its reader once all of them are here.

import type { Clock } from '../../base/clock.ts';
import { Completeness } from '../../delivery/completeness.ts';
import type { CaseHappening } from '../../reading/case/case-event.ts';
import type { ReadingCase } from '../../reading/case/reading-case.ts';
import type { CaseLog } from '../../reading/store/case-log.ts';
import type { CasePlace, StoredCase } from '../../reading/store/case-row.ts';
import { caseOf } from '../../reading/store/cases.ts';
import type { Core } from '../core.ts';
import { holdsOf, isHoldReason, priorsOf } from './case-holds.ts';
import { among, intake, isOff, orderedAt } from './intake-words.ts';
import type { OutboundCase } from './outbound-case.ts';
import { type Agreed, orderDigest, type ToldOrder, type ToldStudies, type ToldStudy } from './told-study.ts';

export const limits = {
  /** Images that nobody ordered wait so long before somebody is called. */
  orphanMs: 10 * 60_000,
  /** What is held is looked at so often: what it waits for is told by no event of its own. */
  heldMs: 10_000,
  /** A study that was made longer ago and that nobody ordered is an old one that came late, and no case. */
  freshDays: 7,
} as const;

export interface IntakeOptions {
  core: Core;
  log: CaseLog;
  agreed: Agreed;
  clock: Clock;
  /** By what is known of the patient of a study, by its row (case-identity.ts). */
  identityOf(tenant: number, study: string): Promise<string>;
  /** Its images may leave for the room of its provider; may be asked again. Absent where another node does what takes long. */
  leave?(outbound: OutboundCase): Promise<void>;
}

export class StudyIntake {
  readonly #options: IntakeOptions;
  readonly #told: ToldStudies;
  readonly #completeness: Completeness;

  constructor(options: IntakeOptions, told: ToldStudies) {
    this.#options = options;
    this.#told = told;
    this.#completeness = new Completeness(options.core.database);
  }

  /** Makes a case of it or brings its case on. `id`: row of the study. `isAsked`: the client itself wants it read, ordered or not. Resolves to its case, if it has one. */
  async take(tenant: number, id: string, isAsked = false): Promise<ReadingCase | undefined> {
    const now = this.#options.clock.now();
    const told = await this.#told.study(tenant, id, now);
    if (told === undefined) return undefined;
    const known = await this.#caseOf(told);
    const stored = known ?? (await this.#begin(told, isAsked, now));
    return stored && this.#bringOn(stored, told, isAsked);
  }

  #caseOf({ study, order }: ToldStudy): Promise<StoredCase | undefined> {
    const { database } = this.#options.core;
    return caseOf(database, study.tenant, { studyUid: study.studyInstanceUid, order: order?.id });
  }

  /** A new case; undefined where nobody is to read it. */
  async #begin(told: ToldStudy, isAsked: boolean, now: number): Promise<StoredCase | undefined> {
    const { study, order, taken, images, accession } = told;
    if (taken === undefined || images === 0) return undefined;
    const isOrdered = order !== undefined && !isOff(order);
    if (!isAsked && !isOrdered && (order !== undefined || !(await this.#isFresh(told, now)))) return undefined;
    const { facts, term, room } = taken;
    const place: CasePlace & { client: number } = {
      client: study.tenant,
      room,
      studyUid: study.studyInstanceUid,
      ...(accession && { accession }),
      ...(order && { order: order.id, orderDigest: orderDigest(order) }),
      intakeAt: isOrdered || isAsked ? now : now + limits.orphanMs,
    };
    const reference = { id: term.id, version: term.version };
    const first: CaseHappening =
      isOrdered || isAsked
        ? { kind: 'announced', facts: { ...facts, instances: 0 }, term: reference, ...orderedAt(order) }
        : { kind: 'orphaned', facts };
    await this.#options.log.create(place, intake, [first]);
    return this.#caseOf(told);
  }

  async #isFresh({ study, date }: ToldStudy, now: number): Promise<boolean> {
    const oldest = new Date(now - limits.freshDays * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
    if (date !== undefined && date < oldest) return false;
    const { database } = this.#options.core;
    const pulled = await database.query('select 1 from pull where tenant = $1 and study_uid = $2', [
      study.tenant,
      study.studyInstanceUid,
    ]);
    return pulled.length === 0;
  }

  /** What has come is told, and once all of it has, whether it may be read. */
  async #bringOn(
    { reading: { id }, identityDigest, order: known, intakeAt }: StoredCase,
    told: ToldStudy,
    isAsked: boolean,
  ): Promise<ReadingCase> {
    const { log, agreed, core, clock } = this.#options;
    const { order, study, taken, images } = told;
    const here: Partial<CasePlace> = {
      studyUid: study.studyInstanceUid,
      // What is said of an order that is known already is compared with what it was.
      ...(order && order.id !== known && { order: order.id, orderDigest: orderDigest(order) }),
      ...(told.accession && { accession: told.accession }),
      ...(identityDigest === undefined && {
        identityDigest: await this.#options.identityOf(study.tenant, study.id),
      }),
    };
    const arrived = await log.change(
      id,
      intake,
      ({ reading: { state, facts } }) => [
        ...(state === 'orphan' && taken !== undefined && (isAsked || (order !== undefined && !isOff(order)))
          ? [bound(taken, order)]
          : []),
        ...(isArriving(state) && images > facts.instances
          ? [{ kind: 'images-arrived' as const, instances: images }]
          : []),
      ],
      here,
    );
    const term = arrived.term && agreed.term(arrived.term);
    if (this.#options.leave === undefined) return log.change(id, intake, () => [], { intakeAt: clock.now() });
    if ((arrived.state !== 'receiving' && arrived.state !== 'hold') || term === undefined) {
      const isDone = typeof intakeAt === 'number' && intakeAt <= clock.now() && !isUnbegun(arrived.state);
      return isDone ? log.change(id, intake, () => [], { intakeAt: null }) : arrived;
    }
    const at = new Date(clock.now());
    const { study: completion } = await this.#completeness.of(study, at);
    if (!completion.complete) {
      return log.change(id, intake, () => [], { intakeAt: completion.until?.getTime() ?? clock.now() + limits.heldMs });
    }
    const holds = await holdsOf(core, told, term, completion);
    const released = await this.#releasedByPeople(id);
    const wanted = holds.filter(({ reason }) => !released.has(reason));
    const held = await log.change(
      id,
      intake,
      ({ reading }) => {
        const open = reading.pauses.filter(({ to, reason }) => to === undefined && isHoldReason(reason));
        return [
          ...wanted
            .filter(({ reason }) => !open.some((pause) => pause.reason === reason))
            .map((hold): CaseHappening => ({ kind: 'held', ...hold })),
          ...open
            .filter(({ reason }) => !wanted.some((hold) => hold.reason === reason))
            .map(({ reason }): CaseHappening => ({ kind: 'released', reason })),
        ];
      },
      { intakeAt: wanted.length > 0 ? at.getTime() + limits.heldMs : null },
    );
    if (wanted.length === 0) await this.#leave(held, told, term, at);
    return log.read(id);
  }

  async #leave(
    { id, facts }: ReadingCase,
    told: ToldStudy,
    term: Parameters<typeof priorsOf>[1],
    at: Date,
  ): Promise<void> {
    await this.#options.leave!({
      id,
      tenant: told.study.tenant,
      study: told.study.id,
      priors: priorsOf(told.priors, term, told.date, at),
      client: told.client,
      provider: facts.provider,
      patientAt: facts.patientAt,
      priority: facts.priority,
      term,
    });
  }

  /** What a person let go is not held for the same reason again. */
  async #releasedByPeople(id: string): Promise<Set<string>> {
    const events = await this.#options.log.events(id);
    return new Set(
      events.flatMap((each) => (each.kind === 'released' && each.by.kind !== 'exchange' ? [each.reason] : [])),
    );
  }
}

/** Images, or an order, are still to come. */
const isUnbegun = among('announced', 'orphan');
const isArriving = among('announced', 'orphan', 'receiving', 'hold');

function bound({ term, facts }: NonNullable<ToldStudy['taken']>, order: ToldOrder | undefined): CaseHappening {
  return { kind: 'bound', term: { id: term.id, version: term.version }, facts, ...orderedAt(order) };
}
