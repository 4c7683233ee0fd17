// PIX update notifications (IHE ITI-10) on their way: what pix-changes.ts queued is sent to each interface in order, at least
// once, again and again until it is acknowledged. A receiver that cannot be reached holds up nobody else.

import type { Interface } from '../../auth/interfaces.ts';
import { asProblem } from '../../base/problem.ts';
import { MllpSender } from '../../hl7v2/mllp/sender.ts';
import type { Notify } from '../../hl7v2/sender-profile.ts';
import { updateNotification } from '../../hl7v2/update-notification.ts';
import { EVENT_CHANNEL } from '../../storage/events.ts';
import { IDENTITY_CHANNEL } from '../../storage/identity-log.ts';
import { type PixNotice, postponeNotice, settleNotice, takeNotice } from '../../storage/pix-notices.ts';
import { authorityOf } from '../../translate/assigning-authority.ts';
import type { Core } from '../core.ts';
import { PixChanges } from './pix-changes.ts';

export const limits = {
  /** Between attempts at one notice; the last repeats. */
  pauseMs: [1_000, 5_000, 30_000, 120_000],
  /** Sends by itself so often: a pause is over, or another node that was at it is gone. */
  lookMs: 1_000,
} as const;

export interface PixNotifier {
  close(): Promise<void>;
}

export async function startPixNotifier(core: Core): Promise<PixNotifier> {
  const notifier = new Notifier(core, new PixChanges(core, await core.identity()));
  const stops = await Promise.all(
    [IDENTITY_CHANNEL, EVENT_CHANNEL].map((channel) => core.database.notices.on(channel, () => notifier.look())),
  );
  const timer = setInterval(() => notifier.sendAll(), limits.lookMs).unref();
  notifier.look();
  return {
    close() {
      clearInterval(timer);
      for (const stop of stops) stop();
      return notifier.close();
    },
  };
}

class Notifier {
  readonly #core: Core;
  readonly #changes: PixChanges;
  readonly #senders = new Map<string, MllpSender>();
  /** Receivers that are being sent to. */
  readonly #busy = new Map<string, Promise<void>>();
  #queueing: Promise<void> | undefined;
  #isBehind = false;
  #isClosing = false;

  constructor(core: Core, changes: PixChanges) {
    this.#core = core;
    this.#changes = changes;
  }

  /** Something was logged. */
  look(): void {
    this.#isBehind = true;
    if (!this.#isClosing) this.#queueing ??= this.#queue().finally(() => (this.#queueing = undefined));
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    await Promise.all([...this.#senders.values()].map((sender) => sender.close()));
    await Promise.all([this.#queueing, ...this.#busy.values()]);
  }

  async #queue(): Promise<void> {
    while (this.#isBehind && !this.#isClosing) {
      this.#isBehind = false;
      try {
        await this.#changes.queue();
      } catch (thrown) {
        this.#core.log.warn({ code: asProblem(thrown).code }, 'notifications cannot be queued just now');
      }
      this.sendAll();
    }
  }

  sendAll(): void {
    for (const { tenant, interface: receiver } of this.#core.interfaces.notified()) this.#begin(tenant, receiver);
  }

  #begin(tenant: number, receiver: Interface): void {
    const key = JSON.stringify([tenant, receiver.name]);
    if (this.#isClosing || this.#busy.has(key)) return;
    const sending = this.#send(tenant, receiver)
      .catch((thrown) => this.#core.log.warn({ code: asProblem(thrown).code }, 'notifications cannot be sent just now'))
      .finally(() => this.#busy.delete(key));
    this.#busy.set(key, sending);
  }

  /** Until none waits, or the first must wait for a while. */
  async #send(tenant: number, receiver: Interface): Promise<void> {
    const { database } = this.#core;
    while (!this.#isClosing) {
      const notice = await takeNotice(database, { tenant, interface: receiver.name });
      if (notice === undefined) return;
      try {
        await this.#senderTo(receiver.profile.notify!).send(messageOf(notice, receiver));
        await settleNotice(database, notice.id, { state: 'acknowledged' });
      } catch (thrown) {
        const problem = asProblem(thrown);
        if (/^[AC]E$/.test(String(problem.details.acknowledgmentCode))) {
          await settleNotice(database, notice.id, { state: 'refused', problem: problem.code });
        } else {
          const { pauseMs } = limits;
          const pause = pauseMs[Math.min(notice.attempts, pauseMs.length) - 1]!;
          // What broke off because we stop is sent at once by whoever comes next.
          await postponeNotice(database, notice.id, problem.code, this.#isClosing ? 0 : pause);
        }
        this.#core.log.warn({ door: 'mllp', code: problem.code }, 'a notification was not acknowledged');
      }
    }
  }

  #senderTo({ host, port }: Notify): MllpSender {
    const key = JSON.stringify([host, port]);
    const sender = this.#senders.get(key) ?? new MllpSender({ host, port, limits: { attempts: 1 } });
    this.#senders.set(key, sender);
    return sender;
  }
}

function messageOf({ id, identifiers, createdAt }: PixNotice, receiver: Interface) {
  return updateNotification({
    identifiers: identifiers.map((each) => ({ id: each.id, assigningAuthority: authorityOf(each.issuer) })),
    receivingApplication: receiver.sendingApplication,
    receivingFacility: receiver.sendingFacility,
    controlId: `PIX${id}`,
    changedAt: createdAt.toISOString(),
    now: new Date().toISOString(),
  });
}
