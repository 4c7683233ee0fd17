// Tells the subscribers that have a web socket at this node, whichever node wrote their events down. Who is not there is told
// nothing; the handshake tells how many events there were, and $events has them.

import { asProblem } from '../../base/problem.ts';
import { writeResource } from '../../fhir/resource.ts';
import type { ToldSocket } from '../../fhir/rest/subscription-handlers.ts';
import { readSubscription, type SubscriptionRequest } from '../../fhir/subscriptions/read-subscription.ts';
import {
  type Binding,
  type StoredSubscription,
  SUBSCRIPTION_CHANNEL,
  subscriptionsOf,
} from '../../storage/fhir-subscriptions.ts';
import type { Core } from '../core.ts';
import type { Notices, Wanted } from './notices.ts';

export const limits = {
  /** Looks by itself so often: for heartbeats, and where a notice was missed. */
  lookMs: 2_000,
  /** Events of which one ping tells. */
  pinged: 500,
} as const;

interface Bound {
  tenant: number;
  id: string;
  /** Who asked for the socket: told by his own rights. */
  principal: string;
  baseUrl: string;
  /** Number of the last event that it was told, or that there was when it came. */
  told: number;
  heartbeatAt: number;
  socket: ToldSocket;
  /** As R4 has it by itself: that something happened, and not what. */
  pings: boolean;
}

export class SocketTeller {
  readonly #core: Core;
  readonly #notices: Notices;
  readonly #bound = new Set<Bound>();
  readonly #timer: NodeJS.Timeout;
  #stop: () => void = () => undefined;
  #running: Promise<void> | undefined;
  #isBehind = false;

  private constructor(core: Core, notices: Notices) {
    this.#core = core;
    this.#notices = notices;
    this.#timer = setInterval(() => this.look(), limits.lookMs).unref();
  }

  static async open(core: Core, notices: Notices): Promise<SocketTeller> {
    const teller = new SocketTeller(core, notices);
    teller.#stop = await core.database.notices.on(SUBSCRIPTION_CHANNEL, () => teller.look());
    return teller;
  }

  /** Shakes hands for each; resolves to what ends it. */
  async bind(
    { tenant, subscriptions, principal }: Binding,
    baseUrl: string,
    socket: ToldSocket,
    pings = false,
  ): Promise<() => void> {
    const mine: Bound[] = [];
    for (const stored of await subscriptionsOf(this.#core.database, tenant, subscriptions)) {
      const bound = {
        tenant,
        id: stored.id,
        principal,
        baseUrl,
        told: stored.events,
        heartbeatAt: Number.POSITIVE_INFINITY,
        socket,
        pings,
      };
      await this.#send(bound, stored, 'handshake');
      mine.push(bound);
      this.#bound.add(bound);
    }
    this.look();
    return () => {
      for (const bound of mine) this.#bound.delete(bound);
    };
  }

  look(): void {
    this.#isBehind = true;
    if (this.#bound.size > 0) this.#running ??= this.#run().finally(() => (this.#running = undefined));
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#stop();
    this.#bound.clear();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#isBehind) {
      this.#isBehind = false;
      for (const [tenant, all] of Map.groupBy([...this.#bound], (bound) => bound.tenant)) {
        try {
          await this.#look(tenant, all);
        } catch (thrown) {
          this.#core.log.warn({ code: asProblem(thrown).code }, 'subscribers cannot be told just now');
        }
      }
    }
  }

  async #look(tenant: number, all: readonly Bound[]): Promise<void> {
    const ids = [...new Set(all.map(({ id }) => id))];
    const stored = new Map((await subscriptionsOf(this.#core.database, tenant, ids)).map((each) => [each.id, each]));
    for (const bound of all) {
      const subscription = stored.get(bound.id);
      const isOn = subscription?.status === 'active' && this.#bound.has(bound);
      while (isOn && bound.told < subscription.events) await this.#send(bound, subscription, 'event-notification');
      if (isOn && performance.now() >= bound.heartbeatAt) await this.#send(bound, subscription, 'heartbeat');
      if (!isOn) this.#end(bound);
    }
  }

  async #send(bound: Bound, subscription: StoredSubscription, type: Wanted['type']): Promise<void> {
    try {
      const asks = readSubscription(subscription.resource, Date.now());
      const first = bound.told + 1;
      const numbers = { first, last: type === 'event-notification' ? subscription.events : bound.told };
      const told = bound.pings
        ? ({ content: 'empty', limit: limits.pinged } as const)
        : { content: asks.content, limit: asks.maxCount };
      const wanted = { type, ...told, ...numbers };
      const { bundle, last } = await this.#notices.of(
        { ...subscription, principal: bound.principal },
        wanted,
        bound.baseUrl,
      );
      const ping = `${type === 'handshake' ? 'bound' : 'ping'} ${bound.id}`;
      bound.socket.send(bound.pings ? ping : writeResource(bundle, asks.format));
      // Events that nobody can be told any more are passed over.
      bound.told = type === 'event-notification' && last < first ? subscription.events : last;
      bound.heartbeatAt = heartbeatOf(asks);
    } catch (thrown) {
      this.#core.log.warn({ objectId: bound.id, code: asProblem(thrown).code }, 'a subscriber could not be told');
      bound.told = subscription.events;
      this.#end(bound);
    }
  }

  #end(bound: Bound): void {
    if (this.#bound.delete(bound)) bound.socket.end();
  }
}

const heartbeatOf = ({ heartbeatSeconds }: SubscriptionRequest): number =>
  heartbeatSeconds === undefined ? Number.POSITIVE_INFINITY : performance.now() + heartbeatSeconds * 1000;
