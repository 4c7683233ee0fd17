// Tells the subscribers that have a rest-hook: each in the order of its events and at least once, whatever happens to this
// node, and none kept waiting by another. A hook that fails is in error, is tried again ever more rarely, and is off in the end.

import type { Bundle } from '@medplum/fhirtypes';
import { asProblem, type ProblemCode } from '../../base/problem.ts';
import { pauseMs } from '../../delivery/back-off.ts';
import { writeResource } from '../../fhir/resource.ts';
import type { NotificationType } from '../../fhir/subscriptions/notification.ts';
import { readSubscription, type SubscriptionRequest } from '../../fhir/subscriptions/read-subscription.ts';
import {
  endedSubscriptions,
  giveBack,
  nextDue,
  postponeDelivery,
  type StoredSubscription,
  SUBSCRIPTION_CHANNEL,
  settleDelivery,
  takeDue,
} from '../../storage/fhir-subscriptions.ts';
import type { Core } from '../core.ts';
import { nodeName } from '../node-name.ts';
import type { Notices, Wanted } from './notices.ts';
import { callHook, type HookCall } from './rest-hook.ts';
import { setStatus } from './status.ts';

export const limits = {
  /** Hooks that are told at once: those that hang hold a place until their time is over. */
  atOnce: 64,
  /** Between two notifications to one: what happens meanwhile is told together, and costs one. */
  betweenMs: 1_000,
  /** Longer than any attempt takes: then another node may try. */
  leaseMs: 180_000,
  /** Looks by itself so often: a notice was missed, or another node is gone. */
  lookMs: 5_000,
  /** How long what is on its way may take when the node stops. */
  closeMs: 3_000,
  /** Failures in a row after which the Subscription says error, and after which it is off: in about two hours. */
  errorAfter: 2,
  offAfter: 20,
} as const;

export interface HookSenderOptions {
  core: Core;
  notices: Notices;
  /** After so many failures in a row; that of delivery/back-off.ts unless given. */
  pauseMs?: (failures: number) => number;
  /** See `limits`. */
  betweenMs?: number;
  offAfter?: number;
}

export class HookSender {
  readonly #options: HookSenderOptions;
  readonly #closing = new AbortController();
  readonly #busy = new Set<Promise<void>>();
  #stop: () => void = () => undefined;
  #running: Promise<void> | undefined;
  #isBehind = false;
  #isClosing = false;
  #endAt = 0;
  #timer: NodeJS.Timeout | undefined;

  private constructor(options: HookSenderOptions) {
    this.#options = options;
  }

  static async open(options: HookSenderOptions): Promise<HookSender> {
    const sender = new HookSender(options);
    await giveBack(options.core.database, nodeName(options.core.config, 'node'));
    sender.#stop = await options.core.database.notices.on(SUBSCRIPTION_CHANNEL, () => sender.look());
    sender.look();
    return sender;
  }

  /** There may be something to tell. */
  look(): void {
    this.#isBehind = true;
    if (!this.#isClosing) this.#running ??= this.#run().finally(() => (this.#running = undefined));
  }

  /** What is on its way may arrive; what takes too long is told again by whoever comes next. */
  async close(): Promise<void> {
    this.#isClosing = true;
    clearTimeout(this.#timer);
    this.#stop();
    await this.#running;
    const late = setTimeout(() => this.#closing.abort(), limits.closeMs);
    await Promise.all(this.#busy);
    clearTimeout(late);
  }

  async #run(): Promise<void> {
    const { core } = this.#options;
    clearTimeout(this.#timer);
    let dueMs: number = limits.lookMs;
    try {
      await this.#endThose();
      while (this.#isBehind && !this.#isClosing) {
        this.#isBehind = false;
        // While others are waiting for a place, nobody asks when the next is due.
        if (await this.#sendDue()) dueMs = Math.min((await nextDue(core.database)) ?? dueMs, dueMs);
      }
    } catch (thrown) {
      if (this.#isClosing) return;
      core.log.warn({ code: asProblem(thrown).code }, 'subscribers cannot be told just now');
    }
    // Those that are being told are due, too, until they are taken.
    if (!this.#isClosing) this.#timer = setTimeout(() => this.look(), Math.max(dueMs, 20)).unref();
  }

  async #endThose(): Promise<void> {
    if (performance.now() < this.#endAt) return;
    this.#endAt = performance.now() + limits.lookMs;
    const { core } = this.#options;
    for (const ended of await endedSubscriptions(core.database)) await setStatus(core, ended, 'off');
  }

  /** Resolves to whether all that are due are being told. */
  async #sendDue(): Promise<boolean> {
    const { core } = this.#options;
    const { leaseMs } = limits;
    for (;;) {
      const free = limits.atOnce - this.#busy.size;
      if (free === 0) return false;
      const due = await takeDue(core.database, { node: nodeName(core.config, 'node'), count: free, leaseMs });
      for (const subscription of due) {
        const telling = this.#tell(subscription).finally(() => {
          this.#busy.delete(telling);
          this.look();
        });
        this.#busy.add(telling);
      }
      if (due.length < free) return true;
    }
  }

  /** Never rejects: what goes wrong is written down. */
  async #tell(subscription: StoredSubscription): Promise<void> {
    const { core, notices } = this.#options;
    const { signal } = this.#closing;
    try {
      const asks = readSubscription(subscription.resource, Date.now());
      const wanted = wantedBy(subscription, asks);
      const { bundle, last } = await notices.of(subscription, wanted);
      const call = hookCallOf(asks, wanted.type, bundle);
      const { headers, timeoutSeconds } = asks;
      if (call !== undefined) await callHook(core.networks, { ...call, headers, timeoutSeconds, signal });
      const betweenMs = asks.style === 'search' ? 0 : (this.#options.betweenMs ?? limits.betweenMs);
      const { heartbeatSeconds } = asks;
      // After a handshake there is nothing to wait for.
      const pauseMs = last > subscription.delivered ? betweenMs : 0;
      // While it is still taken: whoever is let go of as requested is due to be shaken hands with again.
      if (subscription.status !== 'active') await setStatus(core, subscription, 'active');
      await settleDelivery(core.database, subscription, { delivered: last, pauseMs, heartbeatSeconds });
    } catch (thrown) {
      await this.#failed(subscription, asProblem(thrown).code).catch((cause) =>
        core.log.warn({ code: asProblem(cause).code }, 'a failed notification could not be written down'),
      );
    }
  }

  async #failed(subscription: StoredSubscription, problem: ProblemCode): Promise<void> {
    const { core, pauseMs: pause = pauseMs, offAfter = limits.offAfter } = this.#options;
    // What broke off because we stop is told at once by whoever comes next.
    const isStopping = this.#closing.signal.aborted;
    const failures = subscription.failures + 1;
    await postponeDelivery(core.database, subscription, {
      problem,
      pauseMs: isStopping ? 0 : pause(failures),
      isFailure: !isStopping,
    });
    if (isStopping) return;
    core.log.warn({ objectId: subscription.id, code: problem, attempt: failures }, 'a subscriber could not be told');
    if (forGood.has(problem) || failures >= offAfter) await setStatus(core, subscription, 'off', problem);
    else if (subscription.status === 'requested' || failures >= limits.errorAfter) {
      await setStatus(core, subscription, 'error', problem);
    }
  }
}

/** undefined where there is nothing to tell by now: what was to be sent is gone, or R4 has no such notification. */
function hookCallOf(
  { style, content, format, endpoint }: SubscriptionRequest,
  told: NotificationType,
  bundle: Bundle,
): Pick<HookCall, 'method' | 'endpoint' | 'content'> | undefined {
  const type = `application/fhir+${format}`;
  if (style === 'topic') {
    return { method: 'POST', endpoint: endpoint!, content: { type, text: writeResource(bundle, format) } };
  }
  if (told !== 'event-notification') return undefined;
  if (content === 'empty') return { method: 'POST', endpoint: endpoint! };
  const resource = bundle.entry?.[1]?.resource;
  if (resource === undefined) return undefined;
  // R4 valueset-subscription-channel-type.html: with a payload the URL is a service base, and the resource is updated there.
  const url = new URL(endpoint!);
  url.pathname = `${url.pathname.replace(/\/$/, '')}/${resource.resourceType}/${resource.id}`;
  return { method: 'PUT', endpoint: url.href, content: { type, text: writeResource(resource, format) } };
}

/** No attempt will end otherwise before somebody does something. */
const forGood: ReadonlySet<ProblemCode> = new Set(['auth/forbidden', 'fhir/invalid']);

/** A hook that nobody knows to be there is shaken hands with first; one without news is to hear that we are there. */
function wantedBy(
  { status, delivered, events }: StoredSubscription,
  { content, maxCount }: SubscriptionRequest,
): Wanted {
  const numbers = { content, first: delivered + 1, last: events, limit: maxCount };
  if (status !== 'requested' && delivered < events) return { type: 'event-notification', ...numbers };
  return { type: status === 'active' ? 'heartbeat' : 'handshake', ...numbers, last: delivered };
}
