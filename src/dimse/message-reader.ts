// Fragments in, messages out: command sets are gathered, data sets are passed on piece by piece. PS3.7 6.3.1, PS3.8
// Annex E: one message after another, each first its command set, then its data set if the command says so.

import { type CommandSet, readCommandSet } from './command-set.ts';
import type { DimseLimits } from './limits.ts';
import { PduError } from './pdu/cursor.ts';

/** Takes the data set of one message, piece by piece. Bytes are lent until `write` returned or its promise settled. */
export interface DataSetSink {
  write(bytes: Uint8Array): void | Promise<void>;
  end(): void | Promise<void>;
  /** The association ended before the data set did. */
  abort(reason: string): void;
}

/** A command set has come whole; the answer takes its data set, undefined drops it. */
export type Receive = (contextId: number, command: CommandSet) => DataSetSink | undefined;

export class MessageReader {
  readonly #limits: DimseLimits;
  readonly #receive: Receive;
  #contextId = 0;
  #pieces: Uint8Array[] = [];
  #bytes = 0;
  #awaitsDataSet = false;
  #sink: DataSetSink | undefined;
  /** Messages whose command set has come. */
  count = 0;

  constructor(limits: DimseLimits, receive: Receive) {
    this.#limits = limits;
    this.#receive = receive;
  }

  get betweenMessages(): boolean {
    return !this.#awaitsDataSet && this.#bytes === 0;
  }

  /** Some bytes of a fragment, or its end. Throws PduError for fragments that form no message. */
  piece(contextId: number, control: number, bytes: Uint8Array, endsValue: boolean): void | Promise<void> {
    const last = endsValue && (control & 2) === 2;
    if (!this.betweenMessages && contextId !== this.#contextId) throw new PduError('fragments of two messages');
    this.#contextId = contextId;
    return (control & 1) === 1 ? this.#commandPiece(bytes, last) : this.#dataSetPiece(bytes, last);
  }

  abort(reason: string): void {
    this.#sink?.abort(reason);
    this.#sink = undefined;
    this.#awaitsDataSet = false;
  }

  #commandPiece(bytes: Uint8Array, last: boolean): void {
    if (this.#awaitsDataSet) throw new PduError('a command fragment within a data set');
    this.#bytes += bytes.length;
    if (this.#bytes > this.#limits.commandSetBytes) throw new PduError('a command set over the limit');
    if (!last) this.#pieces.push(bytes.slice());
    else this.#command(this.#pieces.length === 0 ? bytes : Buffer.concat([...this.#pieces, bytes]));
  }

  #command(bytes: Uint8Array): void {
    this.#pieces = [];
    this.#bytes = 0;
    this.count++;
    const command = readCommandSet(bytes);
    this.#awaitsDataSet = command.hasDataSet;
    this.#sink = this.#receive(this.#contextId, command);
  }

  #dataSetPiece(bytes: Uint8Array, last: boolean): void | Promise<void> {
    if (!this.#awaitsDataSet) throw new PduError('a data set that no command announced');
    const wait = bytes.length > 0 ? this.#sink?.write(bytes) : undefined;
    if (!last) return wait;
    return wait ? wait.then(() => this.#dataSetEnds()) : this.#dataSetEnds();
  }

  #dataSetEnds(): void | Promise<void> {
    const sink = this.#sink;
    this.#sink = undefined;
    this.#awaitsDataSet = false;
    return sink?.end();
  }
}

/** Holds a whole data set that is small by nature: an identifier, action or event information. */
export class Collector implements DataSetSink {
  readonly #limitBytes: number;
  readonly #done: (bytes: Uint8Array) => void | Promise<void>;
  readonly #failed: (reason: 'over the limit' | 'association ended') => void;
  #pieces: Uint8Array[] = [];
  #bytes = 0;

  /** Exactly one of `done` and `failed` is called; over the limit, the rest is dropped first. */
  constructor(
    limitBytes: number,
    done: (bytes: Uint8Array) => void | Promise<void>,
    failed: (reason: 'over the limit' | 'association ended') => void,
  ) {
    this.#limitBytes = limitBytes;
    this.#done = done;
    this.#failed = failed;
  }

  write(bytes: Uint8Array): void {
    this.#bytes += bytes.length;
    if (this.#bytes > this.#limitBytes) this.#pieces = [];
    else this.#pieces.push(bytes.slice());
  }

  end(): void | Promise<void> {
    if (this.#bytes > this.#limitBytes) return this.#failed('over the limit');
    return this.#done(this.#pieces.length === 1 ? this.#pieces[0]! : Buffer.concat(this.#pieces));
  }

  abort(): void {
    this.#failed('association ended');
  }
}
