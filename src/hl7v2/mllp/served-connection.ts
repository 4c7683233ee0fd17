// One connection that messages come in on: frames read, handed to the handler, answered, in this order. A peer that makes
// no progress, or does not speak MLLP, is let go.

import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Log } from '../../base/log.ts';
import { asProblem, Problem } from '../../base/problem.ts';
import { Deadline, type Timers } from '../../base/timers.ts';
import { type Answering, acknowledgements } from '../acknowledgement.ts';
import type { Message } from '../message.ts';
import { readBatch } from '../reader.ts';
import { type FrameEvent, FrameReader, frame } from './frame.ts';
import type { MllpLimits } from './limits.ts';

/** Who is at the other end. */
export interface MllpPeer {
  remoteAddress: string;
  /** SHA-256 of the client's certificate, hexadecimal with colons; absent where none was demanded. */
  certificate?: string;
}

/**
 * Takes what came in one frame and resolves to what goes back, one frame each: usually one acknowledgement, none where the
 * sender wants none. What it rejects with is answered as an acknowledgement of that Problem.
 */
export type MessageHandler = (bytes: Uint8Array, peer: MllpPeer) => Promise<readonly Uint8Array[]>;

export interface Surroundings {
  handler: MessageHandler;
  limits: MllpLimits;
  timers: Timers;
  log: Log;
  /** Of all connections of the listener. */
  inFlight: { bytes: number };
}

/** MSH-10 of what we write ourselves: 20 characters, as v2.1 to v2.6 allow. */
export const systemAnswering: Answering = {
  controlId: () => randomUUID().replaceAll('-', '').slice(0, 20),
  now: () => new Date().toISOString(),
};

export class ServedConnection {
  /** Resolves when the connection is gone. */
  readonly done: Promise<void>;
  readonly #socket: Socket;
  readonly #around: Surroundings;
  readonly #reader: FrameReader;
  readonly #silent: Deadline;
  readonly #stuck: Deadline;
  readonly #peer: MllpPeer;
  #isBusy = false;
  #isClosing = false;
  /** What this connection adds to `inFlight`. */
  #counted = 0;

  constructor(socket: Socket, around: Surroundings) {
    const { limits, timers } = around;
    this.#socket = socket;
    this.#around = around;
    this.#reader = new FrameReader(limits);
    this.#silent = new Deadline(timers, () => this.#letGo('the peer went silent'));
    this.#stuck = new Deadline(timers, () => this.#letGo('the peer takes nothing that is sent'));
    this.#peer = peerOf(socket);
    const gone = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    socket.on('error', () => {}); // 'close' follows
    this.done = Promise.all([this.#serve(), gone]).then(() => {
      this.#silent.close();
      this.#stuck.close();
      this.#count(0);
    });
  }

  /** Whether a message is under way. */
  get isBusy(): boolean {
    return this.#isBusy || this.#reader.isWithin;
  }

  /** Ends once the message in hand is answered. */
  close(): void {
    this.#isClosing = true;
    if (!this.#isBusy) this.#socket.destroy();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  async #serve(): Promise<void> {
    const { limits } = this.#around;
    this.#silent.set(limits.firstByteMs);
    try {
      for await (const chunk of this.#socket) {
        const wasWithin = this.#reader.isWithin;
        const events = this.#reader.push(chunk);
        this.#count(this.#reader.heldBytes + sizeOf(events));
        if (this.#around.inFlight.bytes > limits.bytesInFlight) await this.#turnAway(events);
        else await this.#take(events);
        this.#count(this.#reader.heldBytes);
        if (this.#isClosing || this.#reader.garbageBytes > limits.garbageBytes) break;
        // A frame has one time limit from its first byte on, however slowly it trickles in.
        if (!this.#reader.isWithin) this.#silent.set(limits.idleMs);
        else if (!wasWithin || events.length > 0) this.#silent.set(limits.frameMs);
      }
      await this.#end();
    } catch {
      // The peer is gone; what it was not told it asks for again.
    }
    this.#socket.destroy();
  }

  async #take(events: readonly FrameEvent[]): Promise<void> {
    this.#isBusy = true;
    try {
      for (const event of events) {
        if (this.#isClosing && event.kind !== 'message') break;
        await this.#answer(event);
      }
    } finally {
      this.#isBusy = false;
    }
  }

  /** There is no room for what came: it is refused, and so is what has not ended yet. */
  async #turnAway(events: readonly FrameEvent[]): Promise<void> {
    const problem = new Problem('request/overloaded', { limit: 'messages on their way in' });
    for (const event of events) {
      if (event.kind === 'message') await this.#write(this.#refusal(event.bytes, problem));
    }
    if (this.#reader.isWithin) await this.#write(this.#refusal(undefined, problem));
    this.#isClosing = true;
  }

  async #answer(event: FrameEvent): Promise<void> {
    const { handler, limits, log } = this.#around;
    this.#silent.clear();
    if (event.kind === 'unfinished') {
      log.warn(
        { door: 'mllp', sizeBytes: event.sizeBytes, ...this.#where() },
        'a message without an end was passed over',
      );
    } else if (event.kind === 'too-large') {
      const problem = new Problem('request/too-large', { what: 'the message', limit: limits.messageBytes });
      log.warn({ door: 'mllp', code: problem.code, ...this.#where() }, 'message refused');
      await this.#write(this.#refusal(event.head, problem));
    } else {
      await this.#write(await this.#handled(handler, event.bytes));
    }
  }

  async #handled(handler: MessageHandler, bytes: Uint8Array): Promise<readonly Uint8Array[]> {
    try {
      return await handler(bytes, this.#peer);
    } catch (thrown) {
      const problem = asProblem(thrown);
      const isBug = problem.code === 'internal/unexpected';
      this.#around.log[isBug ? 'error' : 'warn'](
        { door: 'mllp', code: problem.code, ...this.#where(), ...(isBug && { error: problem.cause }) },
        'message refused',
      );
      return this.#refusal(bytes, problem);
    }
  }

  #refusal(bytes: Uint8Array | undefined, problem: Problem): Uint8Array[] {
    const message = bytes && firstOf(bytes);
    return acknowledgements(message, { problem }, systemAnswering).map((answer) => answer.bytes);
  }

  async #write(answers: readonly Uint8Array[]): Promise<void> {
    for (const answer of answers) {
      if (this.#socket.write(frame(answer))) continue;
      this.#stuck.set(this.#around.limits.stalledSendMs);
      await new Promise<void>((resolve) => {
        const go = () => {
          this.#socket.off('drain', go).off('close', go);
          resolve();
        };
        this.#socket.on('drain', go).on('close', go);
      });
      this.#stuck.clear();
    }
  }

  /** Lets the peer read what was written. */
  async #end(): Promise<void> {
    if (this.#socket.destroyed) return;
    this.#stuck.set(this.#around.limits.stalledSendMs);
    await new Promise<void>((resolve) => {
      this.#socket.once('close', () => resolve());
      this.#socket.end(() => resolve());
    });
  }

  #count(bytes: number): void {
    this.#around.inFlight.bytes += bytes - this.#counted;
    this.#counted = bytes;
  }

  #letGo(reason: string): void {
    this.#around.log.info({ door: 'mllp', reason, ...this.#where() }, 'connection let go');
    this.#socket.destroy();
  }

  #where() {
    return { remoteAddress: this.#peer.remoteAddress };
  }
}

function sizeOf(events: readonly FrameEvent[]): number {
  return events.reduce((sum, event) => sum + (event.kind === 'message' ? event.bytes.length : 0), 0);
}

function firstOf(bytes: Uint8Array): Message | undefined {
  try {
    return readBatch(bytes).messages[0];
  } catch {
    return undefined;
  }
}

function peerOf(socket: Socket): MllpPeer {
  const certificate = socket instanceof TLSSocket ? socket.getPeerCertificate().fingerprint256 : undefined;
  return { remoteAddress: socket.remoteAddress ?? '', ...(certificate !== undefined && { certificate }) };
}
