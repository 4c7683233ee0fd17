// The transport connection under an association: bytes in become PDUs, with back-pressure, bytes out leave in few system
// calls, and a peer that makes no progress is noticed. Knows nothing of states. PS3.8 9.1.

import type { Socket } from 'node:net';
import { giveBack } from '../base/give-back.ts';
import type { Timers } from '../base/timers.ts';
import type { DimseLimits } from './limits.ts';
import { Outbound } from './outbound.ts';
import { PduStream, type PduUser } from './pdu-stream.ts';
import { PeerWatch } from './peer-watch.ts';

export interface ConnectionUser extends PduUser {
  /** How long the peer may take for its next PDU, now that one is complete; undefined: that is not watched in this state. */
  patienceMs(): number | undefined;
  /** What came is no PDU, or handling it threw; nothing more is understood. */
  invalid(error: unknown): void;
  /** The peer makes no progress. */
  stalled(reason: string): void;
  /** Called once, last. */
  closed(): void;
}

export class Connection {
  readonly #socket: Socket;
  readonly #user: ConnectionUser;
  readonly #limits: DimseLimits;
  readonly #stream: PduStream;
  readonly #outbound: Outbound;
  readonly #watch: PeerWatch;
  #isHeld = false;
  #remoteAddress: string;

  constructor(socket: Socket, user: ConnectionUser, limits: DimseLimits, timers: Timers) {
    this.#socket = socket;
    this.#remoteAddress = socket.remoteAddress ?? '';
    this.#user = user;
    this.#limits = limits;
    this.#stream = new PduStream(user, limits);
    this.#watch = new PeerWatch(timers, limits, (reason) => user.stalled(reason));
    this.#outbound = new Outbound(socket, () => this.#watch.sent(socket.writableLength));
    socket.setNoDelay(true);
    // A Buffer's slice is a view; whoever keeps a piece by slicing it needs a copy.
    socket.on('data', (chunk) => this.#push(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.length)));
    socket.on('error', () => {}); // 'close' follows
    socket.on('close', () => {
      this.#watch.close();
      user.closed();
    });
  }

  /** Also of a connection that was closed since. */
  get remoteAddress(): string {
    this.#remoteAddress ||= this.#socket.remoteAddress ?? '';
    return this.#remoteAddress;
  }

  get isDeaf(): boolean {
    return this.#stream.isDeaf;
  }

  /** What comes from now on is dropped. */
  goDeaf(): void {
    this.#stream.goDeaf();
  }

  /** Takes parts of PDUs to be sent by the end of this turn; `taken` is called when their memory is free. */
  write(parts: readonly Uint8Array[], taken?: () => void): void {
    for (const part of parts) this.#outbound.write(part);
    if (taken) this.#outbound.afterwards(taken);
  }

  flush(): void {
    this.#outbound.flush();
  }

  /** A promise when too much waits for the peer: resolves when it has taken it, or is gone. */
  drained(): Promise<void> | undefined {
    return this.#outbound.drained(this.#limits.sendBufferBytes);
  }

  /** The peer is to do something within `ms`, or within its patience. While we hold it back, it owes nothing. */
  expect(ms = this.#user.patienceMs()): void {
    if (ms !== undefined && !this.#isHeld) this.#watch.expect(ms);
  }

  expectNothing(): void {
    this.#watch.expectNothing();
  }

  /** Closes when what was written is sent. */
  end(): void {
    this.#outbound.flush();
    if (this.#socket.connecting) this.#socket.destroy();
    else this.#socket.destroySoon();
  }

  /** Closes at once. */
  destroy(): void {
    this.#socket.destroy();
  }

  #push(chunk: Uint8Array): void {
    try {
      const wait = this.#stream.push(chunk);
      if (wait) this.#hold(wait, chunk);
      else this.#passed(chunk);
    } catch (error) {
      this.#invalid(error);
    }
  }

  /** Back-pressure: nothing more is read until `wait` settles. */
  #hold(wait: Promise<void>, chunk: Uint8Array): void {
    this.#isHeld = true;
    this.#socket.pause();
    this.#watch.expectNothing();
    wait
      .catch((error) => this.#invalid(error))
      .then(() => {
        this.#isHeld = false;
        this.#passed(chunk);
        this.#socket.resume();
      });
  }

  #passed(chunk: Uint8Array): void {
    giveBack(chunk);
    const patienceMs = this.#user.patienceMs();
    if (patienceMs !== undefined) this.#watch.read(this.#stream.count, !this.#stream.betweenPdus, patienceMs);
  }

  #invalid(error: unknown): void {
    this.#user.invalid(error);
    this.#stream.goDeaf();
  }
}
