// route: reads on in the feed of what was kept, asks the rules in force, and writes what follows into the ledger. One node
// at a time does it, whoever shares the catalogue; a crash loses and doubles nothing, for both are one transaction.

import { setTimeout as delay } from 'node:timers/promises';
import { sql, type Transaction } from 'kysely';
import type { Log } from '../base/log.ts';
import { asProblem } from '../base/problem.ts';
import type { NormalisedStudy } from '../normalize/normalise-study.ts';
import type { Assessment } from '../routing/completeness/study-arrival.ts';
import { decide } from '../routing/decide.ts';
import { type PlannedDelivery, priorities } from '../routing/decision.ts';
import type { RuleSet } from '../routing/rule.ts';
import { rulesOf } from '../routing/rule-set.ts';
import { opensAt } from '../routing/window.ts';
import type { Database } from '../storage/database.ts';
import { type CatalogueEvent, EVENT_CHANNEL, readEvents } from '../storage/events.ts';
import { consign, DELIVERY_CHANNEL, type NewConsignment } from '../storage/ledger.ts';
import { backlogs, passOn } from '../storage/ledger-fallback.ts';
import type { RuleSets } from '../storage/rule-sets.ts';
import { type StudyForRules, studiesForRules } from '../storage/study-for-rules.ts';
import type { Tables } from '../storage/tables.ts';
import { Completeness } from './completeness.ts';
import { asksForNormalised } from './normalised-facts.ts';
import type { Bandwidth } from './pace.ts';
import type { PersonFacts } from './study-facts.ts';
import { studyFacts } from './study-facts.ts';

export const limits = {
  /** Events that one transaction takes in. */
  events: 500,
  /** Between two looks at a feed that goes on. */
  pauseMs: 100,
  /** Looks by itself so often: a notice was missed, or the node that routed is gone. */
  lookMs: 2_000,
  /** How often it is looked for studies that are over. */
  learnMs: 60_000,
} as const;

/** What rules must wait for identity for; what was sent with the images is known at once. */
const asksIdentity = /\bperson\.(id|identifiers|restricted)\b|"coerce"/;

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

export class Router {
  readonly #options: RouterOptions;
  readonly #completeness: Completeness;
  readonly #compiled = new Map<
    number,
    { version: number; rules: RuleSet; asksPerson: boolean; asksNormalised: boolean; asksBacklog: boolean }
  >();
  #running: Promise<void> | undefined;
  #isBehind = false;
  readonly #closing = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #learnAt = 0;
  #stop: () => void = () => undefined;

  private constructor(options: RouterOptions) {
    this.#options = options;
    this.#completeness = new Completeness(options.database);
  }

  static async open(options: RouterOptions): Promise<Router> {
    const router = new Router(options);
    router.#stop = await options.database.notices.on(EVENT_CHANNEL, () => router.look());
    router.#timer = setInterval(() => router.look(), limits.lookMs).unref();
    router.look();
    return router;
  }

  /** Something may have been kept. */
  look(): void {
    this.#isBehind = true;
    if (!this.#closing.signal.aborted) this.#running ??= this.#run().finally(() => (this.#running = undefined));
  }

  async close(): Promise<void> {
    this.#closing.abort();
    clearInterval(this.#timer);
    this.#stop();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#isBehind && !this.#closing.signal.aborted) {
      this.#isBehind = false;
      try {
        while ((await this.#step()) && !this.#closing.signal.aborted);
        while (!this.#closing.signal.aborted && (await passOn(this.#options.database))) this.#options.planned();
        await this.#learn();
        // What comes meanwhile is routed together: each look costs the same for one instance and for many.
        await delay(limits.pauseMs, undefined, { signal: this.#closing.signal }).catch(() => undefined);
      } catch (thrown) {
        this.#options.log.warn({ code: asProblem(thrown).code }, 'studies cannot be routed just now');
        return;
      }
    }
  }

  async #learn(): Promise<void> {
    if (Date.now() < this.#learnAt) return;
    this.#learnAt = Date.now() + limits.learnMs;
    while (!this.#closing.signal.aborted && (await this.#completeness.learn()) > 0);
  }

  /** One transaction; resolves to whether there may be more to read. */
  async #step(): Promise<boolean> {
    const { database, ruleSets, planned } = this.#options;
    const since = ruleSets.oldestInForce;
    if (since === undefined) return false;
    let events: CatalogueEvent[] = [];
    let queued = 0;
    await database.kysely.transaction().execute(async (transaction) => {
      const { rows } = await sql<{ cursor: string | null }>`
        select cursor from routing_cursor for update skip locked`.execute(transaction);
      const [row] = rows;
      if (row === undefined) return;
      const after = row.cursor ?? (await beginning(transaction, since));
      events = await readEvents(database, { ...(after && { after }), limit: limits.events });
      const last = events.at(-1)?.cursor ?? after;
      if (last === row.cursor || last === undefined) return;
      queued = await this.#route(transaction, events);
      await sql`update routing_cursor set cursor = ${last}`.execute(transaction);
      if (queued > 0) await sql`select pg_notify(${DELIVERY_CHANNEL}, '')`.execute(transaction);
    });
    if (queued > 0) planned();
    return events.length === limits.events;
  }

  async #route(transaction: Transaction<Tables>, events: readonly CatalogueEvent[]): Promise<number> {
    const kept = new Map<string, string[]>();
    for (const { kind, tenant, studyId, instanceIds } of events) {
      if (kind !== 'instances-kept' || studyId === undefined || this.#rulesOf(tenant) === undefined) continue;
      kept.set(studyId, [...(kept.get(studyId) ?? []), ...instanceIds]);
    }
    if (kept.size === 0) return 0;
    await this.#completeness.take(transaction, kept);
    const studies = await studiesForRules(this.#options.database, [...kept.keys()]);
    let queued = 0;
    for (const study of studies) queued += await this.#routeStudy(transaction, study, kept.get(study.id)!);
    return queued;
  }

  async #routeStudy(
    transaction: Transaction<Tables>,
    study: StudyForRules,
    instances: readonly string[],
  ): Promise<number> {
    const { rules, version, asksPerson, asksNormalised, asksBacklog } = this.#rulesOf(study.tenant)!;
    const { destination, normalised, person, tenantName } = this.#options;
    const at = new Date();
    const facts = studyFacts(
      study,
      await tenantName(study.tenant),
      asksPerson ? await person(study) : undefined,
      asksNormalised ? await normalised(study) : undefined,
    );
    const waiting = asksBacklog ? await backlogs(transaction, study.tenant, study.id) : undefined;
    const backlog = waiting && ((name: string) => waiting.get(name) ?? 0);
    const { deliveries } = decide(rules, facts, { at, ...(backlog && { backlog }) });
    if (deliveries.length === 0) return 0;
    const assessment = await this.#completeness.of(study, at);
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
          ruleSet: version,
          rules: delivery.rules,
          series,
          priority: priorities.indexOf(priority),
          ...waitsOf(delivery, assessment, at),
          ...(deadline && { deadline: deadline.at }),
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

  #rulesOf(tenant: number) {
    const stored = this.#options.ruleSets.inForce(tenant);
    if (stored === undefined) return undefined;
    const known = this.#compiled.get(tenant);
    if (known?.version === stored.version) return known;
    const rules = rulesOf(stored.document, { version: String(stored.version) });
    const compiled = {
      version: stored.version,
      rules,
      asksPerson: asksIdentity.test(JSON.stringify(stored.document)),
      asksNormalised: asksForNormalised(stored.document),
      asksBacklog: rules.rules.some(({ send }) => send.some(({ balance }) => balance === 'idlest')),
    };
    this.#compiled.set(tenant, compiled);
    return compiled;
  }
}

/** Everything that was kept before there were rules is passed over. */
async function beginning(transaction: Transaction<Tables>, since: Date): Promise<string | undefined> {
  const { rows } = await sql<{ cursor: string }>`
    select xid::text || '.' || id as cursor from event
    where at < ${since} and xid < pg_snapshot_xmin(pg_current_snapshot())
    order by event.xid desc, event.id desc limit 1`.execute(transaction);
  return rows[0]?.cursor;
}

/** When it may be sent: what it waits for is complete, and the schedule lets it go. */
function waitsOf(
  { after, schedule, zone, series }: PlannedDelivery,
  assessment: Assessment,
  now: Date,
): Pick<NewConsignment, 'readyAt' | 'waits'> {
  const opens = (at: Date): Date => opensAt(schedule, at, zone) ?? at;
  if (after === 'instance') return { readyAt: opens(now) };
  if (after === 'study') return { readyAt: opens(assessment.study.until ?? now) };
  const until = series.map((uid): [string, Date | undefined] => [uid, assessment.series.get(uid)?.until]);
  const waits = new Map(until.flatMap(([uid, at]) => (at === undefined ? [] : [[uid, opens(at)]])));
  const first = Math.min(...[...waits.values()].map((at) => at.getTime()));
  return { readyAt: waits.size < series.length ? opens(now) : new Date(first), waits };
}
