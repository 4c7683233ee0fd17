// Tells subscribers what becomes of workitems: those that have a web socket here, whichever node did it (PS3.18 8.10), and
// the peers among them, by the node that did it (PS3.4 CC.2.4: N-EVENT-REPORT on an association of ours).

import { asProblem } from '../../base/problem.ts';
import { toJson } from '../../dicom/json.ts';
import { reportEvent } from '../../dimse/managed-scu.ts';
import { UPS_EVENT, UPS_PUSH } from '../../dimse/services.ts';
import { onWorkitemEvent, type WorkitemEvent } from '../../orders/workitem-events.ts';
import { associated } from '../associated.ts';
import type { Core } from '../core.ts';
import { nodeName } from '../node-name.ts';

export const limits = {
  /** Events that wait for peers; then the oldest is not told: a peer that comes back asks how things stand. */
  waiting: 10_000,
} as const;

type Send = (json: string) => void;

export class WorkitemTeller {
  readonly #core: Core;
  readonly #node: string;
  /** By tenant and AE title. */
  readonly #listeners = new Map<string, Set<Send>>();
  readonly #waiting: { event: WorkitemEvent; subscriber: string }[] = [];
  #running: Promise<void> | undefined;
  #messageId = 0;
  #isClosing = false;
  #stop: () => void = () => undefined;

  private constructor(core: Core) {
    this.#core = core;
    this.#node = nodeName(core.config, 'node');
  }

  static async open(core: Core): Promise<WorkitemTeller> {
    const teller = new WorkitemTeller(core);
    teller.#stop = await onWorkitemEvent(core.database, (event) => teller.#heard(event));
    return teller;
  }

  /** `send` gets the events of this subscriber from now on, until the answer is called. */
  listen(tenant: number, subscriber: string, send: Send): () => void {
    const key = keyOf(tenant, subscriber);
    const listeners = this.#listeners.get(key) ?? new Set();
    this.#listeners.set(key, listeners.add(send));
    return () => {
      listeners.delete(send);
      if (listeners.size === 0 && this.#listeners.get(key) === listeners) this.#listeners.delete(key);
    };
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    this.#stop();
    await this.#running;
  }

  #heard(event: WorkitemEvent): void {
    for (const subscriber of event.subscribers) {
      const listeners = this.#listeners.get(keyOf(event.tenant, subscriber));
      if (listeners !== undefined) {
        const json = this.#message(event);
        for (const send of listeners) send(json);
      }
      if (event.node !== this.#node || this.#core.called.find(event.tenant, subscriber) === undefined) continue;
      if (this.#waiting.length >= limits.waiting) this.#waiting.shift();
      this.#waiting.push({ event, subscriber });
    }
    this.#running ??= this.#tellPeers().finally(() => (this.#running = undefined));
  }

  /** PS3.18 8.10.5: the command set of an N-EVENT-REPORT, as far as it says something, and its event information. */
  #message({ uid, eventTypeId, information }: WorkitemEvent): string {
    this.#messageId = (this.#messageId % 0xffff) + 1;
    return JSON.stringify({
      '00000002': { vr: 'UI', Value: [UPS_EVENT] },
      '00000110': { vr: 'US', Value: [this.#messageId] },
      '00001000': { vr: 'UI', Value: [uid] },
      '00001002': { vr: 'US', Value: [eventTypeId] },
      ...toJson(information),
    });
  }

  /** In order, one after the other. */
  async #tellPeers(): Promise<void> {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      if (this.#isClosing) return;
      await this.#tellPeer(next.event, next.subscriber);
    }
  }

  async #tellPeer({ tenant, uid, eventTypeId, information }: WorkitemEvent, subscriber: string): Promise<void> {
    const { called, log } = this.#core;
    const peer = called.find(tenant, subscriber);
    if (peer === undefined) return;
    try {
      // CC.3.1.1: whoever reports events is SCP, also where it requests the association.
      const proposed = { abstractSyntax: UPS_EVENT, role: { scuRole: false, scpRole: true } };
      const target = { sopClassUid: UPS_PUSH, sopInstanceUid: uid, abstractSyntax: UPS_EVENT };
      await associated(this.#core, peer, proposed, (association) =>
        reportEvent(association, target, eventTypeId, information),
      );
    } catch (thrown) {
      log.warn({ destination: subscriber, code: asProblem(thrown).code }, 'a subscriber could not be told');
    }
  }
}

const keyOf = (tenant: number, subscriber: string): string => `${tenant} ${subscriber}`;
