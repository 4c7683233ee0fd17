// Messages in, fragments out, one message after another: nothing may come between the fragments of a data set, so what
// is sent while one is streamed waits for its end. PS3.8 Annex E.

import { giveBack } from '../base/give-back.ts';
import { type CommandSet, writeCommandSet } from './command-set.ts';
import { fragment } from './pdu/p-data-tf.ts';

/** Where fragments go: an association. */
export interface FragmentTarget {
  /** `taken` is called when the memory of the parts is free. */
  sendData(parts: readonly Uint8Array[], taken?: () => void): void;
  /** A promise when too much waits for the peer. */
  drained(): Promise<void> | undefined;
  readonly isOpen: boolean;
  abort(reason: string): void;
}

export class MessageWriter {
  readonly #target: FragmentTarget;
  /** What the peer takes in one P-DATA-TF (PS3.8 D.1). */
  maximumLength: number;
  #streaming = false;
  readonly #waiting: (() => void)[] = [];

  constructor(target: FragmentTarget, maximumLength: number) {
    this.#target = target;
    this.maximumLength = maximumLength;
  }

  /** Sends a message, at once or after the streamed one in hand. */
  send(contextId: number, command: CommandSet, dataset: readonly Uint8Array[] = []): void {
    if (this.#streaming) {
      this.#waiting.push(() => this.send(contextId, command, dataset));
      return;
    }
    const parts = this.#commandParts(contextId, command);
    dataset.forEach((bytes, i) => {
      this.#dataParts(parts, contextId, bytes, i === dataset.length - 1);
    });
    this.#target.sendData(parts);
  }

  /**
   * Sends a message whose data set is read meanwhile; resolves when all of it is on its way. Rejects with what `chunks`
   * throws: before the first chunk nothing is sent, later the association is aborted, for no data set can be taken back.
   * Chunks are given away: the memory of what was sent is freed.
   */
  async stream(contextId: number, command: CommandSet, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    const pieces = withLast(chunks);
    let piece = await pieces.next();
    if (this.#streaming) await new Promise<void>((begin) => this.#waiting.push(() => this.#begin(begin)));
    this.#streaming = true;
    try {
      const parts = this.#commandParts(contextId, command);
      for (; !piece.done; piece = await pieces.next()) {
        const { bytes, last } = piece.value;
        this.#dataParts(parts, contextId, bytes, last);
        this.#target.sendData(parts.splice(0), () => giveBack(bytes));
        await this.#target.drained();
        if (!this.#target.isOpen) break;
      }
    } catch (error) {
      this.#target.abort('a data set could not be read to its end');
      throw error;
    } finally {
      await pieces.return(undefined);
      this.#streaming = false;
      while (!this.#streaming && this.#waiting.length > 0) this.#waiting.shift()!();
    }
  }

  #begin(begin: () => void): void {
    this.#streaming = true;
    begin();
  }

  #commandParts(contextId: number, command: CommandSet): Uint8Array[] {
    const parts: Uint8Array[] = [];
    const value = { contextId, command: true, last: true };
    fragment((part) => parts.push(part), value, writeCommandSet(command), this.maximumLength);
    return parts;
  }

  #dataParts(parts: Uint8Array[], contextId: number, bytes: Uint8Array, last: boolean): void {
    fragment((part) => parts.push(part), { contextId, command: false, last }, bytes, this.maximumLength);
  }
}

/** Starts reading at once: the first chunk comes while something else is on the wire. Ends early by `return`. */
export function readAhead(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  let ahead: Promise<IteratorResult<Uint8Array>> | undefined = iterator.next();
  ahead.catch(() => {}); // whoever reads will see it
  return {
    next() {
      const next = ahead ?? iterator.next();
      ahead = undefined;
      return next;
    },
    async return() {
      await ahead?.catch(() => {});
      await iterator.return?.();
      return { done: true, value: undefined };
    },
    throw: (error) => Promise.reject(error),
    [Symbol.asyncIterator]() {
      return this;
    },
    [Symbol.asyncDispose]: async () => {},
  };
}

const NOTHING = new Uint8Array(0);

/** Each chunk with whether it is the last; an empty data set is one empty piece. */
async function* withLast(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<{ bytes: Uint8Array; last: boolean }> {
  let held: Uint8Array | undefined;
  for await (const chunk of chunks) {
    if (held) yield { bytes: held, last: false };
    held = chunk;
  }
  yield { bytes: held ?? NOTHING, last: true };
}
