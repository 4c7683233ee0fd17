// One operation that a peer invoked: its request, its answers, and what happens when it is cancelled or fails. PS3.7 8.

import { asProblem, Problem } from '../base/problem.ts';
import { type CommandSet, commandName, responseTo } from './command-set.ts';
import type { Exchange } from './handlers.ts';
import { Collector, type DataSetSink } from './message-reader.ts';
import type { AcceptedContext } from './negotiation.ts';
import type { ServedAssociation } from './served-association.ts';

/** How a request is served: the answer takes its data set; undefined drops it. */
export type Service = (operation: Operation) => DataSetSink | undefined;

/** PS3.7 Annex C. */
export const status = { success: 0x0000, cancelled: 0xfe00, pending: 0xff00, pendingWithWarning: 0xff01 } as const;

/** PS3.7 E.1-1: Error Comment (0000,0902) is an LO. */
const ERROR_COMMENT_CHARACTERS = 64;

export class Operation {
  readonly served: ServedAssociation;
  readonly context: AcceptedContext;
  readonly command: CommandSet;
  #cancellation: AbortController | undefined;

  constructor(served: ServedAssociation, context: AcceptedContext, command: CommandSet) {
    this.served = served;
    this.context = context;
    this.command = command;
  }

  /** Aborts when the peer cancels the operation, or the association ends. */
  get signal(): AbortSignal {
    this.#cancellation ??= new AbortController();
    return this.#cancellation.signal;
  }

  /** What handlers are told of an operation that can be cancelled. */
  get exchange(): Exchange {
    return { ...this.served.exchange, signal: this.signal };
  }

  cancel(): void {
    this.#cancellation?.abort();
  }

  respond(code: number, fields: Partial<CommandSet> = {}, dataset?: readonly Uint8Array[]): void {
    const { command } = this;
    const response = {
      commandField: responseTo(command.commandField),
      messageIdBeingRespondedTo: command.messageId,
      affectedSopClassUid: command.affectedSopClassUid ?? command.requestedSopClassUid,
      affectedSopInstanceUid: command.affectedSopInstanceUid ?? command.requestedSopInstanceUid,
      status: code,
      ...fields,
    };
    this.served.messages.send(this.context.id, response, dataset);
  }

  /** The final answer to an operation that failed. What is no Problem is a bug and goes to the log. */
  fail(thrown: unknown): void {
    const { log, exchange } = this.served;
    const { associationId } = exchange;
    const problem = asProblem(thrown, { requestId: associationId });
    const action = commandName(this.command.commandField);
    if (problem.code === 'internal/unexpected') log.error({ associationId, action, error: thrown }, 'operation failed');
    else log.warn({ associationId, action, code: problem.code }, 'operation refused');
    const { dimse, errorId } = problem.answers;
    this.respond(dimse, { errorComment: commentOf(problem), ...(errorId !== undefined && { errorId }) });
  }

  /** Serves it in its own time: it can be cancelled, and is answered whatever happens. */
  run(task: () => Promise<void>): void {
    if (this.served.isBusy) this.fail(new Problem('request/overloaded', { limit: 'operations in progress' }));
    else
      this.served.track(
        this,
        task().catch((error) => this.fail(error)),
      );
  }

  /** Serves it once its data set has come whole. */
  withDataSet(task: (bytes: Uint8Array) => Promise<void>): DataSetSink {
    const limit = this.served.limits.identifierBytes;
    return new Collector(
      limit,
      (bytes) => this.run(() => task(bytes)),
      (what) => {
        if (what === 'over the limit') this.fail(new Problem('request/too-large', { what: 'the data set', limit }));
      },
    );
  }
}

/** Characters that every repertoire has, without the separator of values. */
function commentOf(problem: Problem): string {
  return problem.message.replace(/[^\x20-\x5b\x5d-\x7e]/g, '?').slice(0, ERROR_COMMENT_CHARACTERS);
}
