// Cases as they come in: reads on in the feed of orders and studies, makes a case of what a contract covers, brings it on while
// it arrives, holds it where it may not be read, and lets it leave for its reader once it is whole. Every step looks at how
// things are and not at what was told, so that it can be done again; one node at a time does it.

import type { Clock } from '../../base/clock.ts';
import { asProblem, Problem } from '../../base/problem.ts';
import { Completeness } from '../../delivery/completeness.ts';
import type { CaseHappening } from '../../reading/case/case-event.ts';
import type { ReadingCase } from '../../reading/case/reading-case.ts';
import type { CaseLog } from '../../reading/store/case-log.ts';
import type { CasePlace, StoredCase } from '../../reading/store/case-row.ts';
import { caseOf, intakeDue } from '../../reading/store/cases.ts';
import type { CatalogueEvent } from '../../storage/events.ts';
import { FeedFollower } from '../../storage/feed-follower.ts';
import type { Order } from '../../translate/order.ts';
import type { Core } from '../core.ts';
import { holdsOf, isHoldReason, priorsOf } from './case-holds.ts';
import type { OutboundCase } from './outbound-case.ts';
import { type Agreed, digest, orderDigest, type ToldOrder, ToldStudies, type ToldStudy } from './told-study.ts';

export const limits = {
  /** Events that one step takes in. */
  events: 500,
  /** Looks by itself so often: studies become quiet, and notices are missed. */
  lookMs: 1_000,
  pauseMs: 200,
  /** Images that nobody ordered wait so long before somebody is called. */
  orphanMs: 10 * 60_000,
  /** What is held is looked at so often: what it waits for is told by no event of its own. */
  heldMs: 10_000,
  /** A study that was made longer ago and that nobody ordered is an old one that came late, and no case. */
  freshDays: 7,
} as const;

export const intake = { kind: 'exchange', id: 'intake' } as const;

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

/** Of which something follows for a study. */
const ofStudies: ReadonlySet<string> = new Set([
  ...['instances-kept', 'study-announced', 'order-assigned', 'hidden', 'unhidden', 'taken-back'],
]);

export class CaseIntake {
  readonly #options: IntakeOptions;
  readonly #told: ToldStudies;
  readonly #completeness: Completeness;
  #follower: FeedFollower | undefined;

  constructor(options: IntakeOptions) {
    this.#options = options;
    this.#told = new ToldStudies(options.core, options.agreed);
    this.#completeness = new Completeness(options.core.database);
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
  async study(tenant: number, id: string, isAsked = false): Promise<ReadingCase | undefined> {
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
    const known = await caseOf(database, tenant, { order: id });
    const order: ToldOrder = { id, order: row.document, status: row.status };
    if (known !== undefined) await this.#orderSaid(known, order);
    else await this.#announce(tenant, order, row.document);
  }

  async #announce(tenant: number, order: ToldOrder, document: OrderRow['document']): Promise<void> {
    if (isOff(order) || order.status === 'COMPLETED') return;
    const { clock, log } = this.#options;
    const taken = await this.#told.order(tenant, document, clock.now());
    if (taken === undefined) return;
    const { term, facts, room } = taken;
    const { accession, studyInstanceUid: studyUid } = document;
    await log.create(
      {
        ...{ client: tenant, room, studyUid, order: order.id, orderDigest: orderDigest(order) },
        ...(accession && { accession: accession.number }),
      },
      intake,
      [{ kind: 'announced', facts, term: { id: term.id, version: term.version }, ...orderedAt(order) }],
    );
  }

  /** What was said of the order of a case: it is off, or another than was known. */
  async #orderSaid({ reading: { id }, client, studyUid }: StoredCase, order: ToldOrder): Promise<void> {
    const { log, core } = this.#options;
    const said = orderDigest(order);
    const [study] = await core.database.query<{ id: string }>(
      'select id from study where tenant = $1 and study_uid = $2',
      [client, studyUid ?? ''],
    );
    const { clock } = this.#options;
    const told = study && (await this.#told.study(client, study.id, clock.now()));
    const taken =
      told?.taken ??
      (await this.#told.order(client, { studyInstanceUid: studyUid ?? '', ...order.order }, clock.now()));
    const wasRaised = (await log.events(id)).some(({ kind }) => kind === 'raised');
    await log.change(
      id,
      intake,
      ({ reading: { state, facts }, orderDigest: known }) => {
        if (isOff(order) && isFree(state)) return [{ kind: 'cancelled', reason: 'order-cancelled' }];
        // Whoever has it is told of that, too, and decides what becomes of what was begun.
        if (known === `${said}${order.status}` || (known === said && !isOff(order))) return [];
        const now = taken && {
          ...facts,
          ...taken.facts,
          ...{ provider: facts.provider, readType: facts.readType, readBy: facts.readBy },
          ...{ instances: facts.instances, priors: facts.priors },
          ...(wasRaised && { priority: facts.priority }),
        };
        return [
          ...(now && isUnsigned(state) && digest(now) !== digest(facts)
            ? [{ kind: 'facts-changed' as const, facts: now }]
            : []),
          ...(isChangeable(state) ? [{ kind: 'changed' as const, what: 'order-changed' as const }] : []),
        ];
      },
      { orderDigest: isOff(order) ? `${said}${order.status}` : said },
    );
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
  document: Order & { studyInstanceUid: string };
  status: string;
  studyUid: string;
  accession: string | null;
}

const isOff = ({ status }: ToldOrder): boolean => status === 'CANCELED' || status === 'DISCONTINUED';

const among =
  (...states: ReadingCase['state'][]) =>
  (state: ReadingCase['state']): boolean =>
    states.includes(state);

/** Images, or an order, are still to come. */
const isUnbegun = among('announced', 'orphan');
const isArriving = among('announced', 'orphan', 'receiving', 'hold');
/** Nobody has begun it. */
const isFree = among('announced', 'orphan', 'receiving', 'hold', 'ready', 'offered');
const isUnsigned = among('announced', 'receiving', 'hold', 'ready', 'offered', 'claimed', 'reading', 'parked');
const isChangeable = among('claimed', 'reading', 'parked', 'preliminary', 'over-read', 'final', 'delivered', 'closed');

function bound({ term, facts }: NonNullable<ToldStudy['taken']>, order: ToldOrder | undefined): CaseHappening {
  return { kind: 'bound', term: { id: term.id, version: term.version }, facts, ...orderedAt(order) };
}

/** When it was ordered, where the order says so. */
function orderedAt(order: ToldOrder | undefined): { orderedAt?: number } {
  const at = Date.parse(order?.order.requestedAt ?? '');
  return Number.isNaN(at) ? {} : { orderedAt: at };
}
