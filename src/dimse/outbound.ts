// What goes to the socket: small parts (PDU headers, command sets, C-FIND responses) are gathered into one buffer, large
// ones (pieces of stored objects) go as they are, and all of one turn leaves in one system call. So no header travels
// alone, and no pixel is copied.

import type { Socket } from 'node:net';

/** Parts up to this size are copied together. */
const SMALL_BYTES = 4_096;
/** The buffer that they are copied into. */
const SLAB_BYTES = 65_536;
/** A turn that gathers more than this leaves at once. */
const TURN_BYTES = 1_048_576;

export class Outbound {
  readonly #socket: Socket;
  readonly #progress: () => void;
  #slab = Buffer.alloc(0);
  /** The gathered stretch of the slab. */
  #from = 0;
  #to = 0;
  #parts: Uint8Array[] = [];
  #bytes = 0;

  /** `progress` is called when something is handed to the system, and when it has taken it. */
  constructor(socket: Socket, progress: () => void) {
    this.#socket = socket;
    this.#progress = progress;
  }

  /** Bytes that the system has not taken yet. */
  get backlogBytes(): number {
    return this.#bytes + this.#socket.writableLength;
  }

  /** Takes `part` to be sent by the end of this turn. A large one may not change until `flush` has resolved. */
  write(part: Uint8Array): void {
    if (this.#bytes === 0) process.nextTick(() => this.flush());
    this.#bytes += part.length;
    if (part.length > SMALL_BYTES) {
      this.#closeSlab();
      this.#parts.push(part);
    } else {
      if (this.#to + part.length > this.#slab.length) this.#newSlab();
      this.#slab.set(part, this.#to);
      this.#to += part.length;
    }
    if (this.#bytes >= TURN_BYTES) this.flush();
  }

  /** Hands over what was gathered; `taken` is called when the system has it, or the connection is gone. */
  flush(taken?: () => void): void {
    this.#closeSlab();
    const parts = this.#parts;
    if (parts.length === 0 || this.#socket.destroyed) {
      if (taken) this.#afterWrites(taken);
      this.#forget();
      return;
    }
    this.#forget();
    if (parts.length > 1) this.#socket.cork();
    for (let i = 0; i < parts.length - 1; i++) this.#socket.write(parts[i]!);
    this.#socket.write(parts.at(-1)!, () => {
      this.#progress();
      taken?.();
    });
    if (parts.length > 1) this.#socket.uncork();
    this.#progress();
  }

  /** A promise when more than `limitBytes` wait for the system: resolves once it has taken them. */
  drained(limitBytes: number): Promise<void> | undefined {
    return this.backlogBytes > limitBytes ? new Promise((resolve) => this.flush(resolve)) : undefined;
  }

  #afterWrites(taken: () => void): void {
    if (this.#socket.writableLength === 0 || this.#socket.destroyed) taken();
    else this.#socket.write('', () => taken());
  }

  #forget(): void {
    this.#parts = [];
    this.#bytes = 0;
  }

  #closeSlab(): void {
    if (this.#to === this.#from) return;
    this.#parts.push(this.#slab.subarray(this.#from, this.#to));
    this.#from = this.#to;
  }

  #newSlab(): void {
    this.#closeSlab();
    this.#slab = Buffer.allocUnsafeSlow(SLAB_BYTES);
    this.#from = 0;
    this.#to = 0;
  }
}
