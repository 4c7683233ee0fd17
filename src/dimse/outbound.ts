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

const NOTHING = new Uint8Array(0);

export class Outbound {
  readonly #socket: Socket;
  readonly #progress: () => void;
  #slab = Buffer.alloc(0);
  /** The gathered stretch of the slab. */
  #from = 0;
  #to = 0;
  #parts: Uint8Array[] = [];
  /** Of this turn. */
  #bytes = 0;
  #untakenBytes = 0;
  #afterwards: (() => void)[] = [];

  /** `progress` is called when something is handed to the system, and when it has taken it. */
  constructor(socket: Socket, progress: () => void) {
    this.#socket = socket;
    this.#progress = progress;
  }

  /** Takes `part` to be sent by the end of this turn. A large one may not change until it is taken: see `afterwards`. */
  write(part: Uint8Array): void {
    if (this.#bytes === 0) process.nextTick(() => this.flush());
    this.#bytes += part.length;
    this.#untakenBytes += part.length;
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

  /** Calls `act` when the system has taken all that was written so far, or the connection is gone. */
  afterwards(act: () => void): void {
    this.#afterwards.push(act);
    if (this.#bytes === 0) process.nextTick(() => this.flush());
  }

  /** Hands over what was gathered. */
  flush(): void {
    this.#closeSlab();
    const [parts, acts, bytes] = [this.#parts, this.#afterwards, this.#bytes];
    if (parts.length === 0 && acts.length === 0) return;
    this.#parts = [];
    this.#afterwards = [];
    this.#bytes = 0;
    const taken = (): void => {
      this.#untakenBytes -= bytes;
      for (const act of acts) act();
      this.#progress();
    };
    if (parts.length > 1) this.#socket.cork();
    const last = parts.pop() ?? NOTHING;
    for (const part of parts) this.#socket.write(part);
    this.#socket.write(last, taken);
    this.#socket.uncork();
    this.#progress();
  }

  /** A promise when more than `limitBytes` are not known to be taken: resolves once it has taken them. */
  drained(limitBytes: number): Promise<void> | undefined {
    if (this.#untakenBytes <= limitBytes) return undefined;
    return new Promise((resolve) => {
      this.afterwards(resolve);
      this.flush();
    });
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
