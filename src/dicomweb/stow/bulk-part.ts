// The bulk data parts of a STOW-RS request while they wait for the instance they belong to: small ones in memory, the rest
// in one scratch file of the request, so that their order and their size are the client's affair.

import type { MediaType } from '../../base/http/media-type.ts';
import type { ByteSource } from '../../translate/byte-source.ts';
import type { ScratchFile } from '../handlers.ts';
import { limits } from '../limits.ts';

/** The room that the parts of one request share. */
export class BulkRoom {
  readonly #openScratch: () => Promise<ScratchFile>;
  #scratch: Promise<ScratchFile> | undefined;
  heldBytes = 0;

  constructor(openScratch: () => Promise<ScratchFile>) {
    this.#openScratch = openScratch;
  }

  scratch(): Promise<ScratchFile> {
    this.#scratch ??= this.#openScratch();
    return this.#scratch;
  }

  async close(): Promise<void> {
    const scratch = await this.#scratch?.catch(() => undefined);
    await scratch?.close();
  }
}

export class BulkPart implements ByteSource {
  readonly mediaType: MediaType;
  readonly #room: BulkRoom;
  #held: Uint8Array[] | undefined = [];
  /** Where in the scratch file it begins, once it is there. Parts come one after another, and so lie there in one piece. */
  #start = -1;
  sizeBytes = 0;

  constructor(room: BulkRoom, mediaType: MediaType) {
    this.#room = room;
    this.mediaType = mediaType;
  }

  /** `chunk` is lent until the promise settles. */
  write(chunk: Uint8Array): void | Promise<void> {
    if (this.#held === undefined) return this.#spill([chunk]);
    const isRoom =
      this.sizeBytes + chunk.length <= limits.bulkHeldBytes &&
      this.#room.heldBytes + chunk.length <= limits.bulkHeldBytesOfRequest;
    if (!isRoom) return this.#spill([...this.#letGo(), chunk]);
    this.#held.push(chunk.slice());
    this.#room.heldBytes += chunk.length;
    this.sizeBytes += chunk.length;
  }

  async read(start: number, end: number): Promise<Uint8Array> {
    const last = Math.min(end, this.sizeBytes);
    if (start >= last) return new Uint8Array(0);
    if (this.#held === undefined) return (await this.#room.scratch()).read(this.#start + start, this.#start + last);
    return this.#whole(this.#held).subarray(start, last);
  }

  async *chunks(start = 0, end = this.sizeBytes): AsyncGenerator<Uint8Array> {
    for (let at = start; at < end; at += limits.bulkReadBytes) {
      yield await this.read(at, Math.min(end, at + limits.bulkReadBytes));
    }
  }

  /** It is not needed any more. */
  release(): void {
    if (this.#held !== undefined) this.#letGo();
    this.#held = [];
    this.sizeBytes = 0;
  }

  #whole(held: Uint8Array[]): Uint8Array {
    if (held.length !== 1) this.#held = [Buffer.concat(held)];
    return this.#held![0]!;
  }

  #letGo(): Uint8Array[] {
    const held = this.#held!;
    this.#held = undefined;
    this.#room.heldBytes -= this.sizeBytes;
    this.sizeBytes = 0;
    return held;
  }

  async #spill(chunks: Uint8Array[]): Promise<void> {
    const scratch = await this.#room.scratch();
    if (this.#start < 0) this.#start = scratch.sizeBytes;
    for (const chunk of chunks) {
      await scratch.write(chunk);
      this.sizeBytes += chunk.length;
    }
  }
}
