// Messages over one association, both ways: requests of the peer go to `receive`, responses to whoever invoked them.
// PS3.7 8 and 10: a request and its responses are an operation or a notification, named by its Message ID.

import { Problem } from '../base/problem.ts';
import type { Association } from './association.ts';
import { type CommandSet, describeCommand, isResponse } from './command-set.ts';
import type { DimseLimits } from './limits.ts';
import { Collector, type DataSetSink, MessageReader, type Receive } from './message-reader.ts';
import { MessageWriter } from './message-writer.ts';
import { nameOfUid, trace } from './trace.ts';

export interface Response {
  command: CommandSet;
  dataset?: Uint8Array;
}

/** PS3.7 C.3: more responses follow. */
export const isPending = (status: number | undefined): boolean => status === 0xff00 || status === 0xff01;

interface Invocation {
  /** A promise holds back the responses that follow. */
  pending(response: Response): void | Promise<void>;
  resolve(response: Response): void;
  reject(error: unknown): void;
}

export type NewCommand = Omit<CommandSet, 'hasDataSet'>;

export class MessageExchange {
  readonly #association: Association;
  readonly #limits: DimseLimits;
  readonly #reader: MessageReader;
  readonly #writer: MessageWriter;
  readonly #invocations = new Map<number, Invocation>();
  #lastMessageId = 0;

  constructor(association: Association, limits: DimseLimits, receive: Receive) {
    this.#association = association;
    this.#limits = limits;
    this.#reader = new MessageReader(limits, (contextId, command) => {
      trace(association, 'received', () => describeCommand(command, nameOfUid));
      return isResponse(command.commandField) ? this.#response(command) : receive(contextId, command);
    });
    this.#writer = new MessageWriter(association, limits.sendPduLength);
  }

  /** What the peer announced as its Maximum Length (PS3.8 D.1; 0: no limit), known once the association is established. */
  set peerMaximumLength(announced: number | undefined) {
    this.#writer.maximumLength = Math.min(announced || this.#limits.sendPduLength, this.#limits.sendPduLength);
  }

  /** Nothing is being said, and nobody waits for an answer. */
  get isIdle(): boolean {
    return this.#reader.betweenMessages && this.#invocations.size === 0;
  }

  /** How long the peer may wait with its next PDU, in milliseconds. */
  get patienceMs(): number {
    if (!this.#reader.betweenMessages) return this.#limits.stalledMessageMs;
    if (this.#invocations.size > 0) return this.#limits.responseMs;
    return this.#reader.count === 0 ? this.#limits.firstMessageMs : this.#limits.idleAssociationMs;
  }

  /** From `AssociationUser.piece`. */
  piece(contextId: number, control: number, bytes: Uint8Array, endsValue: boolean): void | Promise<void> {
    return this.#reader.piece(contextId, control, bytes, endsValue);
  }

  /** From `AssociationUser.ended`. */
  ended(reason: string): void {
    this.#reader.abort(reason);
    for (const invocation of this.#invocations.values())
      invocation.reject(new Problem('dimse/association-ended', { reason }));
    this.#invocations.clear();
  }

  /** Sends a message that awaits no response. */
  send(contextId: number, command: NewCommand, dataset?: readonly Uint8Array[]): void {
    const whole = { ...command, hasDataSet: dataset !== undefined };
    trace(this.#association, 'sent', () => describeCommand(whole, nameOfUid));
    this.#writer.send(contextId, whole, dataset);
  }

  /** A promise when the peer is slow to take what was sent. */
  drained(): Promise<void> | undefined {
    return this.#association.drained();
  }

  /**
   * Sends a request and resolves with its final response; `pending` gets those before it. Rejects with a Problem when
   * the association ends before, or with what a streamed data set throws (see MessageWriter.stream).
   */
  async invoke(
    contextId: number,
    command: NewCommand,
    dataset?: readonly Uint8Array[] | AsyncIterable<Uint8Array>,
    pending: Invocation['pending'] = () => {},
  ): Promise<Response> {
    if (!this.#association.isOpen) throw new Problem('dimse/association-ended', { reason: 'it was over before' });
    const messageId = command.messageId ?? this.nextMessageId();
    const { promise, resolve, reject } = Promise.withResolvers<Response>();
    this.#invocations.set(messageId, { pending, resolve, reject });
    if (dataset !== undefined && Symbol.asyncIterator in dataset)
      this.#stream(contextId, { ...command, messageId, hasDataSet: true }, dataset).catch((error) => {
        this.#invocations.delete(messageId);
        reject(error);
      });
    else this.send(contextId, { ...command, messageId }, dataset);
    return promise;
  }

  nextMessageId(): number {
    do this.#lastMessageId = (this.#lastMessageId % 0xffff) + 1;
    while (this.#invocations.has(this.#lastMessageId));
    return this.#lastMessageId;
  }

  #stream(contextId: number, command: CommandSet, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    trace(this.#association, 'sent', () => describeCommand(command, nameOfUid));
    return this.#writer.stream(contextId, command, chunks);
  }

  /** A response to nothing that was asked is dropped, with its data set. */
  #response(command: CommandSet): DataSetSink | undefined {
    const messageId = command.messageIdBeingRespondedTo ?? -1;
    const invocation = this.#invocations.get(messageId);
    if (!invocation) return undefined;
    const deliver = (dataset?: Uint8Array): void | Promise<void> => {
      if (isPending(command.status)) return invocation.pending({ command, dataset });
      this.#invocations.delete(messageId);
      invocation.resolve({ command, dataset });
    };
    if (!command.hasDataSet) {
      deliver();
      return undefined;
    }
    return new Collector(this.#limits.identifierBytes, deliver, (what) => {
      this.#invocations.delete(messageId);
      invocation.reject(
        new Problem('request/too-large', { what: `a response (${what})`, limit: this.#limits.identifierBytes }),
      );
    });
  }
}
