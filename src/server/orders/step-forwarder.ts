// Performed steps on their way to the systems that the operator named: each N-CREATE and N-SET as it came, in order, again
// and again until the peer takes it or says that it never will. PS3.4 F.7.2.

import { setTimeout as delay } from 'node:timers/promises';
import { asProblem } from '../../base/problem.ts';
import { createInstance, setInstance } from '../../dimse/managed-scu.ts';
import { PERFORMED_STEP } from '../../dimse/services.ts';
import { nextDueMs, type Outcome, STEP_CHANNEL, type StepMessage, sendNext } from '../../orders/step-messages.ts';
import { associated } from '../associated.ts';
import type { Core } from '../core.ts';

export const limits = {
  /** Looks by itself so often: a notice was missed, or the node that sent is gone. */
  lookMs: 30_000,
} as const;

/** PS3.7 C.5.6: there before, by an attempt whose answer was lost. */
const DUPLICATE_SOP_INSTANCE = 0x0111;
/** PS3.7 Annex C and PS3.4 C: out of resources, busy. */
const isBusy = (status: number): boolean => (status & 0xff00) === 0xa700 || status === 0x0213;

export class StepForwarder {
  readonly #core: Core;
  readonly #closing = new AbortController();
  #woken = Promise.withResolvers<void>();
  #stop: () => void = () => undefined;
  #running: Promise<void> = Promise.resolve();

  private constructor(core: Core) {
    this.#core = core;
  }

  static async open(core: Core): Promise<StepForwarder> {
    const forwarder = new StepForwarder(core);
    forwarder.#stop = await core.database.notices.on(STEP_CHANNEL, () => forwarder.#woken.resolve());
    forwarder.#running = forwarder.#run();
    return forwarder;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#stop();
    this.#woken.resolve();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { database, log } = this.#core;
    while (!this.#closing.signal.aborted) {
      this.#woken = Promise.withResolvers();
      try {
        while (!this.#closing.signal.aborted && (await sendNext(database, (message) => this.#send(message))));
        const dueMs = Math.min((await nextDueMs(database)) ?? limits.lookMs, limits.lookMs);
        const slept = delay(dueMs, undefined, { signal: this.#closing.signal, ref: false }).catch(() => undefined);
        await Promise.race([this.#woken.promise, slept]);
      } catch (thrown) {
        if (this.#closing.signal.aborted) return;
        log.warn({ code: asProblem(thrown).code }, 'performed steps cannot be passed on just now');
        await delay(limits.lookMs, undefined, { signal: this.#closing.signal, ref: false }).catch(() => undefined);
      }
    }
  }

  async #send({ tenant, destination, sopInstanceUid, operation, attributes }: StepMessage): Promise<Outcome> {
    const { called, log } = this.#core;
    try {
      const peer = called.find(tenant, destination);
      if (peer === undefined) return 'later';
      const invoke = operation === 'N-CREATE' ? createInstance : setInstance;
      const target = { sopClassUid: PERFORMED_STEP, sopInstanceUid };
      const { command } = await associated(this.#core, peer, { abstractSyntax: PERFORMED_STEP }, (association) =>
        invoke(association, target, attributes),
      );
      const { status = 0 } = command;
      // 0001H, 0107H and 0116H are warnings: it has it.
      const isTaken = [0, 1, 0x0107, 0x0116].includes(status);
      if (isTaken || (operation === 'N-CREATE' && status === DUPLICATE_SOP_INSTANCE)) return 'taken';
      log.warn({ destination, action: operation, status }, 'a performed step was not taken');
      return isBusy(status) ? 'later' : 'never';
    } catch (thrown) {
      log.warn(
        { destination, action: operation, code: asProblem(thrown).code },
        'a performed step could not be passed on',
      );
      return 'later';
    }
  }
}
