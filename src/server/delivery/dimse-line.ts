// Deliveries by C-STORE: one association for as long as its presentation contexts do, whatever studies pass over it.

import { asProblem, Problem } from '../../base/problem.ts';
import type { Line, Outcome } from '../../delivery/line.ts';
import { storeOutcome } from '../../delivery/store-outcome.ts';
import type { SendableInstance } from '../../dimse/handlers.ts';
import { dimseLimits } from '../../dimse/limits.ts';
import { openAssociation, type RequestedAssociation } from '../../dimse/requested-association.ts';
import { type ContextProposal, planAssociations } from '../../dimse/store-contexts.ts';
import { sendInstance } from '../../dimse/store-scu.ts';
import type { KeptInstance } from '../../storage/catalogue.ts';

export interface DimseLineOptions {
  /** Where it is just now; undefined: no such peer. */
  peer(): { aeTitle: string; host: string; port: number } | undefined;
  callingAeTitle: string;
  sendable(instance: KeptInstance): SendableInstance;
}

export class DimseLine implements Line {
  readonly #options: DimseLineOptions;
  #association: RequestedAssociation | undefined;
  #contexts: ContextProposal[] = [];
  #proposed = new Set<string>();
  #next: readonly KeptInstance[] = [];

  constructor(options: DimseLineOptions) {
    this.#options = options;
  }

  prepare(instances: readonly KeptInstance[]): void {
    this.#next = instances;
  }

  async send(instance: KeptInstance): Promise<Outcome> {
    const association = await this.#associationFor(instance);
    const object = this.#options.sendable(instance);
    try {
      const { status } = await sendInstance(association.messages, association.contexts.values(), object);
      return storeOutcome(status!);
    } catch (thrown) {
      const { code } = asProblem(thrown);
      if (code === 'dimse/association-ended' || !association.isOpen) return { later: 'dimse/association-ended' };
      if (code === 'storage/unavailable') throw thrown;
      return { refused: code };
    }
  }

  async close(): Promise<void> {
    const association = this.#association;
    this.#association = undefined;
    await association?.release();
  }

  async #associationFor(instance: KeptInstance): Promise<RequestedAssociation> {
    if (this.#association?.isOpen && this.#proposed.has(keyOf(instance))) return this.#association;
    await this.close();
    const peer = this.#options.peer();
    if (peer === undefined) throw new Problem('dimse/destination-unknown', { aeTitle: 'of the destination' });
    const { aeTitle, host, port } = peer;
    this.#propose(instance);
    const { callingAeTitle } = this.#options;
    this.#association = await openAssociation({
      host,
      port,
      calledAeTitle: aeTitle,
      callingAeTitle,
      contexts: this.#contexts,
    });
    return this.#association;
  }

  /** Contexts for what comes next, and for what came before while there is room: modalities send the same again. */
  #propose(instance: KeptInstance): void {
    const wanted = [instance, ...this.#next].filter((one) => !this.#proposed.has(keyOf(one)));
    const plans = planAssociations(
      wanted.map((one) => this.#options.sendable(one)),
      dimseLimits.presentationContexts,
    );
    const [first] = plans;
    if (first === undefined) return;
    if (this.#contexts.length + first.contexts.length > dimseLimits.presentationContexts) {
      this.#contexts = [];
      this.#proposed.clear();
    }
    this.#contexts.push(...first.contexts);
    for (const one of first.instances) this.#proposed.add(keyOf(one));
  }
}

const keyOf = ({ sopClassUid, transferSyntaxUid }: Pick<KeptInstance, 'sopClassUid' | 'transferSyntaxUid'>): string =>
  `${sopClassUid} ${transferSyntaxUid}`;
