// C-MOVE. PS3.7 9.1.4, PS3.4 C.4.2: the instances go to a third peer, on associations that we request.

import { Problem } from '../base/problem.ts';
import type { Destination, SendableInstance } from './handlers.ts';
import { agreedOf, retrieveQuery } from './identifier.ts';
import type { Operation, Service } from './operation.ts';
import { readPlainDataSet } from './plain-data-set.ts';
import { openAssociation, type RequestedAssociation } from './requested-association.ts';
import { type QueryRetrieve, queryRetrieveClasses } from './services.ts';
import { type ContextProposal, planAssociations } from './store-contexts.ts';
import { type MoveOriginator, sendInstance } from './store-scu.ts';
import { performSubOperations } from './sub-operations.ts';

/** A destination that ends this many associations one after another is given up. */
const BROKEN_ASSOCIATIONS = 2;

export const cMove: Service = (operation) => {
  const { context, command } = operation;
  const model = queryRetrieveClasses.get(context.abstractSyntax);
  if (model?.service === 'move' && command.hasDataSet)
    return operation.withDataSet((bytes) => move(operation, model, bytes));
  operation.fail(new Problem('request/method-not-allowed', { method: 'C-MOVE in this presentation context' }));
  return undefined;
};

async function move(operation: Operation, model: QueryRetrieve, bytes: Uint8Array): Promise<void> {
  const { served, context, command } = operation;
  const identifier = readPlainDataSet(bytes, context.transferSyntax);
  const query = retrieveQuery(identifier, model, agreedOf(served.extended.get(context.abstractSyntax)));
  const aeTitle = command.moveDestination ?? '';
  const destination = await served.handlers.destination(operation.exchange, aeTitle);
  if (!destination) throw new Problem('dimse/destination-unknown', { aeTitle });
  const instances = await served.handlers.retrieve(operation.exchange, query);
  const mover = new Mover(operation, destination);
  const plans = planAssociations(instances, served.limits.presentationContexts);
  const contextsOf = new Map(plans.flatMap((plan) => plan.instances.map((instance) => [instance, plan.contexts])));
  try {
    const ordered = plans.flatMap((plan) => plan.instances);
    await performSubOperations(operation, ordered, (instance, chunks) =>
      mover.send(instance, chunks, contextsOf.get(instance)!),
    );
  } finally {
    await mover.close();
  }
}

/** Keeps one association to the destination open for as long as its presentation contexts are the right ones. */
class Mover {
  readonly #operation: Operation;
  readonly #destination: Destination;
  readonly #originator: MoveOriginator;
  #association: RequestedAssociation | undefined;
  #contexts: readonly ContextProposal[] | undefined;
  #broken = 0;

  constructor(operation: Operation, destination: Destination) {
    this.#operation = operation;
    this.#destination = destination;
    this.#originator = {
      moveOriginatorAeTitle: operation.served.exchange.peer.callingAeTitle,
      moveOriginatorMessageId: operation.command.messageId ?? 0,
    };
  }

  async send(
    instance: SendableInstance,
    chunks: AsyncIterable<Uint8Array>,
    contexts: readonly ContextProposal[],
  ): Promise<number> {
    const { messages, contexts: accepted } = await this.#open(contexts);
    try {
      const response = await sendInstance(messages, accepted.values(), instance, chunks, this.#originator);
      this.#broken = 0;
      return response.status!;
    } catch (error) {
      if (!this.#association?.isOpen) this.#broken++;
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#association?.release();
    this.#association = undefined;
  }

  async #open(contexts: readonly ContextProposal[]): Promise<RequestedAssociation> {
    if (this.#association?.isOpen && this.#contexts === contexts) return this.#association;
    await this.close();
    const { aeTitle, host, port, tls } = this.#destination;
    if (this.#broken >= BROKEN_ASSOCIATIONS)
      throw new Problem('dimse/peer-unreachable', { aeTitle, reason: 'it ended the associations before' });
    const { aeTitle: callingAeTitle, limits, timers } = this.#operation.served.surroundings;
    try {
      const request = { host, port, tls, calledAeTitle: aeTitle, callingAeTitle, contexts, limits, timers };
      this.#association = await openAssociation(request);
    } catch (error) {
      this.#broken = BROKEN_ASSOCIATIONS;
      throw error;
    }
    this.#contexts = contexts;
    return this.#association;
  }
}
