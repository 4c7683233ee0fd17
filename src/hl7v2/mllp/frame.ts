// Frames of the Minimal Lower Layer Protocol, release 1: a start block (VT), the message, an end block (FS) and a carriage
// return. HL7 v2 implementation guide, appendix C 4.3. Tolerant of what stands between frames and of an end without CR.

const START_BLOCK = 0x0b;
const END_BLOCK = 0x1c;
const CARRIAGE_RETURN = 0x0d;
const LINE_FEED = 0x0a;

export type FrameEvent =
  | { kind: 'message'; bytes: Uint8Array }
  /** Over the limit: what it began with. The rest of it is passed over. */
  | { kind: 'too-large'; head: Uint8Array }
  /** Another start block came before the end block. */
  | { kind: 'unfinished'; sizeBytes: number };

export interface FrameLimits {
  messageBytes: number;
}

const HEAD_BYTES = 4_096;
const FIRST_BYTES = 4_096;

export class FrameReader {
  readonly #limits: FrameLimits;
  #buffer = new Uint8Array(0);
  #length = 0;
  #state: 'between' | 'within' | 'dropping' = 'between';
  /** Whether an end block was the last thing, so that line ends belong to it. */
  #ended = false;
  #garbageBytes = 0;

  constructor(limits: FrameLimits) {
    this.#limits = limits;
  }

  /** Whether a frame has begun and not ended. */
  get isWithin(): boolean {
    return this.#state !== 'between';
  }

  /** Bytes that are held of an unfinished frame. */
  get heldBytes(): number {
    return this.#state === 'within' ? this.#length : 0;
  }

  /** Bytes outside of frames since the last frame. */
  get garbageBytes(): number {
    return this.#garbageBytes;
  }

  /** What `chunk` completes. The bytes of a message are its own; `chunk` may be used again. */
  push(chunk: Uint8Array): FrameEvent[] {
    const events: FrameEvent[] = [];
    for (let at = 0; at < chunk.length; ) {
      at = this.#state === 'between' ? this.#seek(chunk, at) : this.#read(chunk, at, events);
    }
    return events;
  }

  /** Looks for a start block. */
  #seek(chunk: Uint8Array, from: number): number {
    const found = chunk.indexOf(START_BLOCK, from);
    const to = found < 0 ? chunk.length : found;
    for (let at = from; at < to; at++) {
      const byte = chunk[at]!;
      if (this.#ended && (byte === CARRIAGE_RETURN || byte === LINE_FEED)) continue;
      this.#ended = false;
      this.#garbageBytes++;
    }
    if (found < 0) return to;
    this.#begin();
    return found + 1;
  }

  #begin(): void {
    this.#state = 'within';
    this.#length = 0;
    this.#garbageBytes = 0;
  }

  /** Reads on within a frame, to its end, to the start of another, or to the end of the chunk. */
  #read(chunk: Uint8Array, from: number, events: FrameEvent[]): number {
    const end = chunk.indexOf(END_BLOCK, from);
    const limit = end < 0 ? chunk.length : end;
    const start = chunk.subarray(from, limit).indexOf(START_BLOCK);
    const to = start < 0 ? limit : from + start;
    this.#keep(chunk.subarray(from, to), events);
    if (start >= 0) {
      events.push({ kind: 'unfinished', sizeBytes: this.#length });
      this.#begin();
      return to + 1;
    }
    if (end < 0) return to;
    if (this.#state === 'within') events.push({ kind: 'message', bytes: this.#buffer.slice(0, this.#length) });
    this.#state = 'between';
    this.#ended = true;
    this.#length = 0;
    // A large one is not held on to by a connection that goes idle.
    if (this.#buffer.length > 65_536) this.#buffer = new Uint8Array(0);
    return to + 1;
  }

  #keep(part: Uint8Array, events: FrameEvent[]): void {
    if (this.#state === 'dropping' || part.length === 0) return;
    const length = this.#length + part.length;
    if (length > this.#limits.messageBytes) {
      const head =
        this.#length > 0 ? this.#buffer.slice(0, Math.min(this.#length, HEAD_BYTES)) : part.slice(0, HEAD_BYTES);
      events.push({ kind: 'too-large', head });
      this.#state = 'dropping';
      this.#buffer = new Uint8Array(0);
      return;
    }
    if (length > this.#buffer.length) {
      const larger = new Uint8Array(Math.max(FIRST_BYTES, length, Math.min(2 * length, this.#limits.messageBytes)));
      larger.set(this.#buffer.subarray(0, this.#length));
      this.#buffer = larger;
    }
    this.#buffer.set(part, this.#length);
    this.#length = length;
  }
}

/** A message as it goes on the wire. */
export function frame(message: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(message.length + 3);
  bytes[0] = START_BLOCK;
  bytes.set(message, 1);
  bytes[message.length + 1] = END_BLOCK;
  bytes[message.length + 2] = CARRIAGE_RETURN;
  return bytes;
}
