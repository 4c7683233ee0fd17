// Reads on in the feed of what was kept and in the identity log, asks who wants to be told of what, and writes it down for
// them together with the place in the feed: nothing is lost or told twice by a crash. Of nodes that share the catalogue the
// first to write has done it.

import type { Interaction } from '../../fhir/subscriptions/topics.ts';
import { searchTopic, topics, topicsOfWritten } from '../../fhir/subscriptions/topics.ts';
import { type CatalogueEvent, EVENT_CHANNEL, latestCursor, readEvents } from '../../storage/events.ts';
import { advance, feedPosition } from '../../storage/feed-position.ts';
import { resourceOf, versionOf, type WriteMethod } from '../../storage/fhir-resources.ts';
import {
  type Happening,
  noteStudies,
  record,
  limits as restLimits,
  settleStudy,
  studiesAtRest,
  xidOf,
} from '../../storage/fhir-subscription-feed.ts';
import { Follower } from '../../storage/follower.ts';
import { IDENTITY_CHANNEL, latestLogCursor, limits as logLimits, readStatements } from '../../storage/identity-log.ts';
import type { Core } from '../core.ts';
import { personsIn } from '../identity/named-in-entry.ts';
import { findableOf } from './findable.ts';
import type { SubscriberIndex } from './subscriber-index.ts';
import { SubscriptionsInForce } from './subscriptions-in-force.ts';
import type { Told } from './told.ts';

export const limits = {
  /** Events that one transaction takes in. */
  events: 500,
  /** Between two looks at a feed that goes on: what comes meanwhile is read together. */
  pauseMs: 100,
  /** Looks by itself so often: studies come to rest, a notice was missed, or the node that read is gone. */
  lookMs: 1_000,
  /** Where nobody is told, the place in the feed is moved so often. */
  idleMs: 30_000,
} as const;

interface ResourceChanged {
  type: string;
  id: string;
  version: number;
  method: WriteMethod;
}

export interface FeedOptions {
  core: Core;
  told: Told;
  /** See `limits` of storage/fhir-subscription-feed.ts. */
  restSeconds?: number;
}

export class SubscriptionFeed {
  readonly #core: Core;
  readonly #told: Told;
  readonly #rest: { restSeconds: number; longestSeconds: number };
  readonly #inForce: SubscriptionsInForce;
  #follower: Follower | undefined;
  #idleUntil = 0;

  private constructor({ core, told, restSeconds = restLimits.restSeconds }: FeedOptions) {
    this.#core = core;
    this.#told = told;
    this.#rest = { restSeconds, longestSeconds: restLimits.longestSeconds };
    this.#inForce = new SubscriptionsInForce(core);
  }

  static async open(options: FeedOptions): Promise<SubscriptionFeed> {
    const feed = new SubscriptionFeed(options);
    const { database, log } = options.core;
    feed.#follower = await Follower.open({
      notices: database.notices,
      channels: [EVENT_CHANNEL, IDENTITY_CHANNEL],
      ...limits,
      look: (signal) => feed.#look(signal),
      failed: (code) => log.warn({ code }, 'subscribers cannot be told just now'),
    });
    return feed;
  }

  async close(): Promise<void> {
    await this.#follower?.close();
  }

  async #look(signal: AbortSignal): Promise<void> {
    if ((await this.#inForce.now()).isEmpty && (await this.#passOver())) return;
    while (!signal.aborted && (await this.#readOn()));
    while (!signal.aborted && (await this.#readStatements()));
    while (!signal.aborted && (await this.#tellStudies()));
  }

  /**
   * Nobody is told of what happens now: whoever subscribes next need not wait until it was read. Resolves to false where somebody
   * has subscribed meanwhile: who is told is asked after it is known what happened, here and below, so that nobody is missed.
   */
  async #passOver(): Promise<boolean> {
    if (performance.now() < this.#idleUntil) return true;
    const { database } = this.#core;
    const ends = [
      { reader: 'subscription_cursor', to: await latestCursor(database) },
      { reader: 'subscription_identity_cursor', to: await latestLogCursor(database) },
    ] as const;
    if (!(await this.#inForce.now()).isEmpty) return false;
    this.#idleUntil = performance.now() + limits.idleMs;
    for (const { reader, to } of ends) {
      const from = await feedPosition(database, reader);
      if (to !== undefined && to !== from) await advance(database, reader, { from, to }, async () => undefined);
    }
    return true;
  }

  /** Resolves to whether there may be more to read. */
  async #readOn(): Promise<boolean> {
    const { database } = this.#core;
    const from = await feedPosition(database, 'subscription_cursor');
    const events = await readEvents(database, { ...(from && { after: from }), limit: limits.events });
    const to = events.at(-1)?.cursor;
    if (to === undefined) return false;
    const index = await this.#inForce.now();
    const happenings: Happening[] = [];
    for (const event of events) {
      if (event.kind === 'resource-changed') happenings.push(...(await this.#ofResource(index, event)));
    }
    const ofStudies = events.filter(({ tenant }) => asksStudies(index, tenant));
    const isMine = await advance(database, 'subscription_cursor', { from, to }, async (transaction) => {
      await noteStudies(transaction, ofStudies);
      await record(transaction, happenings);
    });
    return !isMine || events.length === limits.events;
  }

  /** One for each topic that somebody is told of. A deletion is told to who was told of what it deletes. */
  async #ofResource(index: SubscriberIndex, event: CatalogueEvent): Promise<Happening[]> {
    const { tenant, at } = event;
    const { type, id, version, method } = event.detail as ResourceChanged;
    const interaction: Interaction = method === 'DELETE' ? 'delete' : version === 1 ? 'create' : 'update';
    const asked = topicsOfWritten(type, interaction).filter(({ url }) => index.asks(tenant, url, type));
    if (asked.length === 0) return [];
    const number = interaction === 'delete' ? version - 1 : version;
    const stored = await versionOf(this.#core.database, { tenant, type, id }, number);
    if (stored?.text === undefined) return [];
    const resource = await findableOf(resourceOf(stored), (patient) => this.#told.idsOf(tenant, patient));
    return asked.map(({ url }) => ({
      tenant,
      xid: xidOf(event),
      at,
      focus: `${type}/${id}`,
      interaction,
      version,
      subscriptions: index.toldOf(tenant, url, type, resource),
    }));
  }

  async #readStatements(): Promise<boolean> {
    const { database } = this.#core;
    const reader = 'subscription_identity_cursor';
    const from = await feedPosition(database, reader);
    const statements = await readStatements(database, from ?? '0.0');
    const to = statements.at(-1)?.cursor;
    if (to === undefined) return false;
    const index = await this.#inForce.now();
    const happenings: Happening[] = [];
    for (const { entry, cursor } of statements) {
      const { tenant, at } = entry;
      const { url } = topics.patientMerged;
      if (!index.asks(tenant, url, 'Patient')) continue;
      const { people } = await this.#core.identity();
      await people.follow();
      const persons = await personsIn(database, [entry], people.of(tenant));
      for (const patient of await this.#told.patients(tenant, [...persons])) {
        const ids = await this.#told.idsOf(tenant, patient.id);
        const resource = await findableOf(patient, (id) => this.#told.idsOf(tenant, id));
        happenings.push({
          tenant,
          xid: xidOf({ cursor }),
          at,
          focus: `Patient/${patient.id}`,
          interaction: 'update',
          context: ids.filter((id) => id !== patient.id).map((id) => `Patient/${id}`),
          subscriptions: index.toldOf(tenant, url, 'Patient', resource),
        });
      }
    }
    const isMine = await advance(database, reader, { from, to }, async (transaction) => {
      await record(transaction, happenings);
    });
    return !isMine || statements.length === logLimits.entries;
  }

  /** Studies to which nothing more came. */
  async #tellStudies(): Promise<boolean> {
    const { database } = this.#core;
    const studies = await studiesAtRest(database, this.#rest);
    if (studies.length === 0) return false;
    const index = await this.#inForce.now();
    for (const study of studies) {
      const { tenant, xid, studyUid, wasTold } = study;
      const happenings: Happening[] = [];
      for (const { id, resource } of asksStudies(index, tenant) ? await this.#told.studies(tenant, studyUid) : []) {
        const interaction = resource === undefined ? 'delete' : wasTold ? 'update' : 'create';
        const found = await findableOf(
          resource ?? ({ resourceType: 'ImagingStudy', id, status: 'cancelled' } as never),
          (patient) => this.#told.idsOf(tenant, patient),
        );
        for (const { url } of topicsOfWritten('ImagingStudy', interaction)) {
          happenings.push({
            tenant,
            xid,
            at: new Date(study.lastAt),
            focus: `ImagingStudy/${id}`,
            interaction,
            subscriptions: index.toldOf(tenant, url, 'ImagingStudy', found),
          });
        }
      }
      await database.kysely.transaction().execute(async (transaction) => {
        if (await settleStudy(transaction, study)) await record(transaction, happenings);
      });
    }
    return studies.length === restLimits.studies;
  }
}

const asksStudies = (index: SubscriberIndex, tenant: number): boolean =>
  [topics.studyAvailable, topics.studyChanged, searchTopic].some(({ url }) => index.asks(tenant, url, 'ImagingStudy'));
