// One object on its way to disk: bytes gather in a slab, full slabs go to the object's disk thread. The steps and their
// order are in object-store.ts.

import { createHash } from 'node:crypto';
import path from 'node:path';
import { Problem } from '../../base/problem.ts';
import { concatenated } from '../../dicom/bytes.ts';
import type { Creation, DiskAnswer } from './disk-messages.ts';
import { type DiskThread, failure, type Publisher, THREAD_ENDED, limits as threadLimits } from './disk-threads.ts';
import { type Bucket, type Buckets, quarantineName, temporaryName } from './object-buckets.ts';
import type { ObjectHashes, ObjectWriter } from './object-store.ts';

export const limits = {
  /** Slabs of one object that may wait for the disk before its sender does. */
  slabsAhead: 4,
} as const;

export interface WriterSurroundings {
  root: string;
  buckets: Buckets;
  publisher: Publisher;
  /** Called when the disk turned out to be full. */
  onFull(): void;
}

/** What a step answers after `abort` or `leave`. */
const ABANDONED = new Problem('request/cancelled');

let lastId = 0;

export class FolderObjectWriter implements ObjectWriter {
  object: string;
  sizeBytes: number;
  readonly #around: WriterSurroundings;
  readonly #thread: DiskThread;
  readonly #id: number;
  readonly #bucket: Bucket;
  readonly #temporary: string;
  readonly #headerSha256: Uint8Array;
  readonly #spill = () => this.#send(false);
  readonly #hashed = Promise.withResolvers<Uint8Array>();
  readonly #synced = Promise.withResolvers<void>();
  readonly #forgotten = Promise.withResolvers<void>();
  /** Until the first bytes are taken, before which it goes. */
  #header: Uint8Array | undefined;
  /** Until the first slab is sent. */
  #create: Creation | undefined;
  #failure: Problem | undefined;
  #slab: number | undefined;
  #bytes: Uint8Array = new Uint8Array(0);
  #filled = 0;
  #ahead = 0;
  #ended = false;
  #drained: PromiseWithResolvers<void> | undefined;
  /** Bytes that wait for a slab; what is written meanwhile comes after them. */
  #waiting: Uint8Array[] | undefined;
  #taking: Promise<void> | undefined;
  #last: Promise<Uint8Array> | undefined;

  constructor(around: WriterSurroundings, thread: DiskThread, header: Uint8Array, prefix: string) {
    lastId += 1;
    this.#id = lastId;
    this.#around = around;
    this.#thread = thread;
    const { object, bucket } = around.buckets.take();
    this.object = object;
    this.#bucket = bucket;
    this.#temporary = path.join(around.root, temporaryName(object));
    this.#headerSha256 = createHash('sha256').update(header).digest();
    this.sizeBytes = header.length;
    // Whoever awaits a step gets its failure; a step nobody awaits is not an unhandled rejection.
    this.#synced.promise.catch(() => undefined);
    this.#hashed.promise.catch(() => undefined);
    thread.listen(this.#id, (answer) => this.#hear(answer));
    this.#header = header;
    this.#create = { path: this.#temporary, hashPrefix: prefix, headerBytes: header.length };
  }

  write(chunk: Uint8Array): void | Promise<void> {
    if (this.#failure) throw this.#failure;
    this.sizeBytes += chunk.length;
    const bytes = this.#afterHeader(chunk);
    if (this.#waiting !== undefined) {
      this.#waiting.push(bytes);
      return this.#taking;
    }
    const left = this.#take(bytes);
    if (left.length === 0) return this.#drain();
    this.#waiting = [left];
    this.#taking = this.#takeWaiting(this.#waiting);
    // Whoever writes again, or flushes, hears of the failure too.
    this.#taking.catch(() => undefined);
    return this.#taking;
  }

  #afterHeader(chunk: Uint8Array): Uint8Array {
    const header = this.#header;
    this.#header = undefined;
    return header === undefined ? chunk : concatenated([header, chunk]);
  }

  /** Copies what there are slabs for; answers the rest. */
  #take(chunk: Uint8Array): Uint8Array {
    let taken = 0;
    while (taken < chunk.length) {
      const slab = this.#slab ?? this.#thread.takeSlab();
      if (slab === undefined) break;
      if (this.#slab === undefined) this.#fill(slab);
      const part = chunk.subarray(taken, taken + threadLimits.slabBytes - this.#filled);
      copy(part, this.#bytes, this.#filled);
      this.#filled += part.length;
      taken += part.length;
      if (this.#filled === threadLimits.slabBytes) this.#send(false);
    }
    return chunk.subarray(taken);
  }

  async #takeWaiting(waiting: Uint8Array[]): Promise<void> {
    try {
      for (let left = waiting.shift(); left !== undefined; left = waiting.shift()) {
        for (left = this.#take(left); left.length > 0; left = this.#take(left)) this.#fill(await this.#freeSlab());
        await this.#drain();
      }
    } finally {
      this.#waiting = undefined;
    }
  }

  async #freeSlab(): Promise<number> {
    const slab = await this.#thread.waitForSlab();
    if (this.#failure === undefined) return slab;
    this.#thread.giveSlab(slab);
    throw this.#failure;
  }

  /** Back-pressure: when so many slabs are ahead that the sender is to wait. */
  #drain(): Promise<void> | undefined {
    if (this.#ahead < limits.slabsAhead) return undefined;
    this.#drained ??= Promise.withResolvers();
    return this.#drained.promise;
  }

  async flush(): Promise<ObjectHashes> {
    return { sha256: await this.#writeLast(), headerSha256: this.#headerSha256 };
  }

  sync(): Promise<void> {
    return this.#synced.promise;
  }

  async publish(): Promise<void> {
    await this.#around.publisher.publish(this.#temporary, path.join(this.#around.root, this.object));
    this.#end();
  }

  async setAside(): Promise<void> {
    await this.#writeLast();
    await this.#synced.promise;
    this.object = quarantineName(this.object);
    await this.publish();
  }

  abort(): Promise<void> {
    return this.#forget({ remove: this.#temporary });
  }

  /** Its bucket stays marked. */
  async leave(): Promise<void> {
    this.#bucket.open += 1;
    await this.#forget({});
  }

  /** Once, however often it is asked for. */
  #writeLast(): Promise<Uint8Array> {
    this.#last ??= this.#sendLast();
    return this.#last;
  }

  async #sendLast(): Promise<Uint8Array> {
    if (this.#failure) throw this.#failure;
    if (this.#header !== undefined) await this.write(new Uint8Array(0));
    await this.#taking;
    if (this.#slab === undefined) this.#fill(this.#thread.takeSlab() ?? (await this.#freeSlab()));
    this.#send(true);
    return this.#hashed.promise;
  }

  #fill(slab: number): void {
    this.#slab = slab;
    this.#bytes = this.#thread.slab(slab);
    this.#filled = 0;
    this.#thread.hold(this.#spill);
  }

  #send(last: boolean): void {
    const slab = this.#slab;
    if (slab === undefined) return;
    this.#thread.release(this.#spill);
    this.#slab = undefined;
    this.#ahead += 1;
    this.#thread.order({ id: this.#id, slab, length: this.#filled, create: this.#create, last });
    this.#create = undefined;
  }

  #hear(answer: DiskAnswer): void {
    if ('free' in answer) this.#freed(answer.synced);
    else if ('sha256' in answer) this.#hashed.resolve(answer.sha256);
    else if ('forgotten' in answer) this.#forgotten.resolve();
    else if ('failed' in answer) {
      this.#fail(failure(answer));
      if (answer.failed === THREAD_ENDED) this.#forgotten.resolve();
    }
  }

  #freed(synced: boolean): void {
    if (synced) this.#synced.resolve();
    this.#ahead -= 1;
    this.#drained?.resolve();
    this.#drained = undefined;
  }

  #fail(problem: Problem): void {
    this.#failure ??= problem;
    if (problem.code === 'storage/full') this.#around.onFull();
    this.#hashed.reject(problem);
    this.#synced.reject(problem);
    this.#drained?.reject(problem);
  }

  async #forget(forget: { remove?: string }): Promise<void> {
    this.#failure ??= ABANDONED;
    const untouched = this.#create !== undefined;
    if (this.#slab !== undefined) {
      this.#thread.release(this.#spill);
      this.#thread.giveSlab(this.#slab);
      this.#slab = undefined;
    }
    if (!untouched) {
      this.#thread.order({ id: this.#id, forget });
      await this.#forgotten.promise;
    }
    this.#end();
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#thread.unlisten(this.#id);
    this.#around.buckets.release(this.#bucket);
  }
}

/** V8 sets shared memory word by word; Buffer copies parts of a buffer with memmove, in half the time. */
function copy({ buffer, byteOffset, length }: Uint8Array, to: Uint8Array, at: number): void {
  Buffer.from(buffer as ArrayBuffer).copy(to, at, byteOffset, byteOffset + length);
}
