// route: reads on in the feed of what was kept, asks the rules in force, and writes what follows into the ledger. Of nodes
// that share the catalogue the first to write has done it; a crash loses and doubles nothing, for the ledger and the place in
// the feed are one transaction.

import { sql, type Transaction } from 'kysely';
import type { Log } from '../base/log.ts';
import type { NormalisedStudy } from '../normalize/normalise-study.ts';
import type { Assessment } from '../routing/completeness/study-arrival.ts';
import { decide } from '../routing/decide.ts';
import { type PlannedDelivery, priorities } from '../routing/decision.ts';
import type { StudyFacts } from '../routing/facts.ts';
import { opensAt } from '../routing/window.ts';
import type { Database } from '../storage/database.ts';
import { raiseAlarms } from '../storage/deadlines.ts';
import { type CatalogueEvent, EVENT_CHANNEL, readEvents } from '../storage/events.ts';
import { advance, feedPosition } from '../storage/feed-position.ts';
import { Follower } from '../storage/follower.ts';
import { consign, DELIVERY_CHANNEL, type NewConsignment } from '../storage/ledger.ts';
import { backlogs, passOn } from '../storage/ledger-fallback.ts';
import { nextOfStudy } from '../storage/next-appointments.ts';
import { ordersOfStudies } from '../storage/orders-of-studies.ts';
import { isPulled } from '../storage/prefetches.ts';
import type { RuleSets } from '../storage/rule-sets.ts';
import { type StudyForRules, studiesForRules } from '../storage/study-for-rules.ts';
import type { Tables } from '../storage/tables.ts';
import { type CompiledRules, RulesInForce } from './compiled-rules.ts';
import { Completeness } from './completeness.ts';
import type { Bandwidth } from './pace.ts';
import { planPrefetches } from './plan-prefetches.ts';
import type { PersonFacts } from './study-facts.ts';
import { studyFacts } from './study-facts.ts';

export const limits = {
  /** Events that one transaction takes in. */
  events: 500,
  /** Between two looks at a feed that goes on. */
  pauseMs: 100,
  /** Looks by itself so often: a notice was missed, or the node that routed is gone. */
  lookMs: 2_000,
  /** How often it is looked for what a fallback is to take, and for deadlines. */
  passOnMs: 1_000,
  /** How often it is looked for studies that are over. */
  learnMs: 60_000,
} as const;

/**
 * Events after which a study is looked at: something came of it, somebody said what will (MPPS, IAN), or when it is needed, or
 * for which order it was made.
 */
const decidedAnew: ReadonlySet<string> = new Set([
  'instances-kept',
  'study-announced',
  'appointment-changed',
  'order-assigned',
]);
/** Of those, which only matter where rules ask about orders. */
const ofOrders: ReadonlySet<string> = new Set(['appointment-changed', 'order-assigned']);

export interface RouterOptions {
  database: Database;
  log: Log;
  ruleSets: RuleSets;
  /** The id of the destination of this name, made where it is that of a peer. */
  destination(tenant: number, name: string): Promise<number>;
  tenantName(tenant: number): Promise<string>;
  /** Resolves once the study is identified. Asked only where rules ask about the person. */
  person(study: StudyForRules): Promise<PersonFacts>;
  /** What a study shows. Asked only where rules ask. */
  normalised(study: StudyForRules): Promise<Omit<NormalisedStudy, 'input'>>;
  /** Called when something was written into the ledger. */
  planned(): void;
}

/** A study that something came of, and what rules may ask about it. */
interface Arrived {
  study: StudyForRules;
  /** Rows of what came. */
  instances: readonly string[];
  compiled: CompiledRules;
  at: Date;
  facts: StudyFacts;
  /** Where a rule waits for more than an instance. */
  assessment: Assessment | undefined;
}

export class Router {
  readonly #options: RouterOptions;
  readonly #completeness: Completeness;
  readonly #rules: RulesInForce;
  #follower: Follower | undefined;
  #passOnAt = 0;
  #learnAt = 0;

  private constructor(options: RouterOptions) {
    this.#options = options;
    this.#rules = new RulesInForce(options.ruleSets);
    this.#completeness = new Completeness(options.database);
  }

  static async open(options: RouterOptions): Promise<Router> {
    const router = new Router(options);
    const { database, log } = options;
    router.#follower = await Follower.open({
      notices: database.notices,
      channels: [EVENT_CHANNEL],
      ...limits,
      look: (signal) => router.#look(signal),
      failed: (code) => log.warn({ code }, 'studies cannot be routed just now'),
    });
    return router;
  }

  /** Something may have been kept. */
  look(): void {
    this.#follower?.look();
  }

  async close(): Promise<void> {
    await this.#follower?.close();
  }

  async #look(signal: AbortSignal): Promise<void> {
    while ((await this.#step()) && !signal.aborted);
    await this.#sometimes(signal);
  }

  /** What need not be looked at with every image. */
  async #sometimes(signal: AbortSignal): Promise<void> {
    const now = Date.now();
    if (now >= this.#passOnAt) {
      this.#passOnAt = now + limits.passOnMs;
      while (!signal.aborted && (await passOn(this.#options.database))) this.#options.planned();
      while (!signal.aborted && (await raiseAlarms(this.#options.database)));
    }
    if (now >= this.#learnAt) {
      this.#learnAt = now + limits.learnMs;
      while (!signal.aborted && (await this.#completeness.learn()) > 0);
    }
  }

  /** Resolves to whether there may be more to read. */
  async #step(): Promise<boolean> {
    const { database, ruleSets, planned } = this.#options;
    const since = ruleSets.oldestInForce;
    if (since === undefined) return false;
    const from = await feedPosition(database, 'routing_cursor');
    const after = from ?? (await beginning(database, since));
    const events = await readEvents(database, { ...(after && { after }), limit: limits.events });
    const to = events.at(-1)?.cursor ?? after;
    if (to === undefined || to === from) return false;
    // Asked after it is known what was kept: what another node put in force before that decides.
    await ruleSets.refresh();
    const arrived = await this.#gather(events);
    let queued = 0;
    const isMine = await advance(database, 'routing_cursor', { from, to }, async (transaction) => {
      const timed = arrived.filter(({ assessment }) => assessment !== undefined);
      await this.#completeness.note(
        transaction,
        timed.map(({ study }) => study.id),
      );
      for (const each of arrived) queued += await this.#route(transaction, each);
      if (queued > 0) await sql`select pg_notify(${DELIVERY_CHANNEL}, '')`.execute(transaction);
    });
    if (isMine && queued > 0) planned();
    return !isMine || events.length === limits.events;
  }

  /** Everything that rules may ask of the studies that something came of. */
  async #gather(events: readonly CatalogueEvent[]): Promise<Arrived[]> {
    const { database, normalised, person, tenantName } = this.#options;
    const kept = new Map<string, string[]>();
    const timed = new Map<string, string[]>();
    for (const { kind, tenant, studyId, instanceIds } of events) {
      const compiled = this.#rules.of(tenant);
      if (!decidedAnew.has(kind) || studyId === undefined || compiled === undefined) continue;
      // Nobody waits for what was announced where each instance goes as it comes.
      if (kind === 'study-announced' && !compiled.asksCompleteness) continue;
      if (ofOrders.has(kind) && !compiled.asksOrder) continue;
      const instances = [...(kept.get(studyId) ?? []), ...instanceIds];
      kept.set(studyId, instances);
      if (compiled.asksCompleteness) timed.set(studyId, instances);
    }
    if (timed.size > 0) await this.#completeness.take(timed);
    const arrived: Arrived[] = [];
    for (const study of kept.size === 0 ? [] : await studiesForRules(database, [...kept.keys()])) {
      const compiled = this.#rules.of(study.tenant)!;
      const at = new Date();
      const facts = studyFacts(study, await tenantName(study.tenant), {
        person: compiled.asksPerson ? await person(study) : undefined,
        normalised: compiled.asksNormalised ? await normalised(study) : undefined,
        order: compiled.asksOrder ? (await ordersOfStudies(database, [study.id]))[0] : undefined,
        appointment: compiled.asksOrder ? await nextOfStudy(database, study.id) : undefined,
      });
      const assessment = compiled.asksCompleteness ? await this.#completeness.of(study, at) : undefined;
      arrived.push({ study, instances: kept.get(study.id)!, compiled, at, facts, assessment });
    }
    return arrived;
  }

  /** Resolves to how many objects were queued. */
  async #route(
    transaction: Transaction<Tables>,
    { study, instances, compiled, at, facts, assessment }: Arrived,
  ): Promise<number> {
    const { destination } = this.#options;
    const waiting = compiled.asksBacklog ? await backlogs(transaction, study.tenant, study.id) : undefined;
    const backlog = waiting && ((name: string) => waiting.get(name) ?? 0);
    const { deliveries, prefetches } = decide(compiled.rules, facts, { at, ...(backlog && { backlog }) });
    // A study that was pulled wants none of its own: else each prior would bring its priors.
    if (prefetches.length > 0 && !(await isPulled(transaction, study.tenant, study.studyInstanceUid))) {
      const wanted = { tenant: study.tenant, subject: `study ${study.id}`, study: study.id };
      await planPrefetches(transaction, { ...wanted, ruleSet: compiled.version, facts }, prefetches);
    }
    let queued = 0;
    for (const delivery of deliveries) {
      const { priority, form, series, deadline, fallback, bandwidth, zone } = delivery;
      queued += await consign(
        transaction,
        {
          tenant: study.tenant,
          study: study.id,
          destination: await destination(study.tenant, delivery.destination),
          form,
          ruleSet: compiled.version,
          rules: delivery.rules,
          series,
          priority: priorities.indexOf(priority),
          ...waitsOf(delivery, assessment, at),
          ...(deadline && { deadline }),
          ...(fallback && {
            fallback: {
              destination: await destination(study.tenant, fallback.destination),
              afterMs: fallback.afterMs,
            },
          }),
          ...(bandwidth.length > 0 && { bandwidth: JSON.stringify({ windows: bandwidth, zone } satisfies Bandwidth) }),
        },
        instances,
      );
    }
    return queued;
  }
}

/** Everything that was kept before there were rules is passed over. */
async function beginning(database: Database, since: Date): Promise<string | undefined> {
  const [row] = await database.query<{ cursor: string }>(
    `select xid::text || '.' || id as cursor from event
     where at < $1 and xid < pg_snapshot_xmin(pg_current_snapshot())
     order by event.xid desc, event.id desc limit 1`,
    [since],
  );
  return row?.cursor;
}

/** When it may be sent: what it waits for is complete, and the schedule lets it go. */
function waitsOf(
  { after, schedule, zone, series }: PlannedDelivery,
  assessment: Assessment | undefined,
  now: Date,
): Pick<NewConsignment, 'readyAt' | 'waits'> {
  const opens = (at: Date): Date => opensAt(schedule, at, zone) ?? at;
  if (after === 'instance' || assessment === undefined) return { readyAt: opens(now) };
  if (after === 'study') return { readyAt: opens(assessment.study.until ?? now) };
  const until = series.map((uid): [string, Date | undefined] => [uid, assessment.series.get(uid)?.until]);
  const waits = new Map(until.flatMap(([uid, at]) => (at === undefined ? [] : [[uid, opens(at)]])));
  const first = Math.min(...[...waits.values()].map((at) => at.getTime()));
  return { readyAt: waits.size < series.length ? opens(now) : new Date(first), waits };
}
