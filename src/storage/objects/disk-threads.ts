// The disk threads of a node: they write objects, and give them their final names, many at a time.

import { Worker } from 'node:worker_threads';
import { Problem } from '../../base/problem.ts';
import { alignedMemory } from './aligned-memory.ts';
import type { DiskAnswer, DiskOrder, DiskThreadData } from './disk-messages.ts';
import { diskProblem } from './disk-problem.ts';

export const limits = {
  /** Objects written at the same time; more wait for each other. Each thread takes 14 MB of memory. */
  threads: 2,
  /** A CT slice of 0.5 MB is one message. A multiple of WebAssembly's page, and so of a disk's block. */
  slabBytes: 640 * 1024,
  /** Of each writer: what all its objects in flight together may hold in memory. */
  slabs: 10,
  /** With so many of them at the disk, whoever waits for one gets it soon; with fewer, senders that fill theirs slowly have them. */
  slabsAtDisk: 3,
  /** How long durable objects wait for company before they get their final names together. */
  publishEveryMs: 50,
} as const;

/** Instead of an error code: the thread itself is gone, and answers nothing more. */
export const THREAD_ENDED = 'THREAD';

type Listener = (answer: DiskAnswer) => void;

/** One thread, with the slabs in which bytes wait for it. */
export class DiskThread {
  readonly #worker: Worker;
  readonly #memory: SharedArrayBuffer;
  readonly #listeners = new Map<number, Listener>();
  readonly #free: number[];
  readonly #waiting: ((slab: number) => void)[] = [];
  /** Objects that hold a slab which is not full: they give it up when others have none. */
  readonly #holders = new Set<() => void>();
  #atDisk = 0;
  #failure: Problem | undefined;

  constructor(slabs: number = limits.slabs) {
    this.#memory = alignedMemory(slabs * limits.slabBytes);
    this.#free = Array.from({ length: slabs }, (_, index) => slabs - 1 - index);
    const workerData: DiskThreadData = { slabs: this.#memory, slabBytes: limits.slabBytes };
    this.#worker = new Worker(new URL('./disk-thread.ts', import.meta.url), {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 4 },
    });
    this.#worker.on('message', (answer: DiskAnswer) => this.#hear(answer));
    this.#worker.on('error', (error) => this.#fail(error));
    // The sockets keep a node alive, not its disks.
    this.#worker.unref();
  }

  /** Objects in flight here. */
  get load(): number {
    return this.#listeners.size;
  }

  listen(id: number, listener: Listener): void {
    if (this.#failure) throw this.#failure;
    this.#listeners.set(id, listener);
    if (this.#listeners.size === 1) this.#worker.ref();
  }

  unlisten(id: number): void {
    this.#listeners.delete(id);
    if (this.#listeners.size === 0) this.#worker.unref();
  }

  order(order: DiskOrder): void {
    if ('slab' in order) this.#atDisk += 1;
    this.#worker.postMessage(order);
  }

  /** The bytes of a slab. */
  slab(index: number): Uint8Array {
    return new Uint8Array(this.#memory, index * limits.slabBytes, limits.slabBytes);
  }

  takeSlab(): number | undefined {
    return this.#free.pop();
  }

  /** A slab as soon as one is free. */
  waitForSlab(): Promise<number> {
    const waiting = new Promise<number>((resolve) => this.#waiting.push(resolve));
    this.#askHolder();
    return waiting;
  }

  /**
   * Asks the one who has held an unfilled slab longest to send it, where too few come back by themselves. What is sent
   * unfilled ends direct writing, so it is not asked for lightly.
   */
  #askHolder(): void {
    if (this.#waiting.length === 0 || this.#atDisk >= limits.slabsAtDisk) return;
    const [holder] = this.#holders;
    holder?.();
  }

  giveSlab(index: number): void {
    const waiting = this.#waiting.shift();
    if (waiting) waiting(index);
    else this.#free.push(index);
  }

  hold(send: () => void): void {
    this.#holders.add(send);
  }

  release(send: () => void): void {
    this.#holders.delete(send);
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #hear(answer: DiskAnswer): void {
    if ('free' in answer) {
      this.#atDisk -= 1;
      this.giveSlab(answer.free);
      this.#askHolder();
    }
    this.#listeners.get(answer.id)?.(answer);
  }

  /** A thread that ended by itself takes nothing more; every object in it fails. */
  #fail(error: unknown): void {
    this.#failure = new Problem('internal/unexpected', {}, error);
    for (const [id, listener] of this.#listeners)
      listener({ id, failed: THREAD_ENDED, message: 'the disk thread ended' });
  }
}

export function leastLoaded(threads: readonly DiskThread[]): DiskThread {
  return threads.reduce((least, other) => (other.load < least.load ? other : least));
}

type Move = { from: string; to: string };

/**
 * Gives files their final names, many at a time, with one sync of their folder. Nobody waits for it: what is published is
 * durable already, and is found under its temporary name until then.
 */
export class Publisher {
  readonly #threads: readonly DiskThread[];
  #waiting: { move: Move; resolve(): void; reject(problem: Problem): void }[] = [];
  #due: NodeJS.Timeout | undefined;
  #publishing = Promise.resolve();
  /** Below zero, where no object has its own. */
  #id = 0;

  constructor(threads: readonly DiskThread[]) {
    this.#threads = threads;
  }

  publish(from: string, to: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ move: { from, to }, resolve, reject });
      this.#due ??= setTimeout(() => void this.#publishWaiting(), limits.publishEveryMs);
    });
  }

  /** Publishes what waits without further ado. */
  async settle(): Promise<void> {
    await this.#publishWaiting();
    await this.#publishing;
  }

  #publishWaiting(): Promise<void> {
    clearTimeout(this.#due);
    this.#due = undefined;
    const batch = this.#waiting;
    this.#waiting = [];
    if (batch.length === 0) return Promise.resolve();
    this.#id -= 1;
    const id = this.#id;
    const thread = leastLoaded(this.#threads);
    this.#publishing = new Promise((done) => {
      thread.listen(id, (answer) => {
        thread.unlisten(id);
        for (const { resolve, reject } of batch) 'failed' in answer ? reject(failure(answer)) : resolve();
        done();
      });
      thread.order({ id, publish: batch.map(({ move }) => move) });
    });
    return this.#publishing;
  }
}

/** What a thread reports, as a Problem that names no path. */
export function failure(answer: { failed: string; message: string }): Problem {
  return diskProblem(Object.assign(new Error(answer.message), { code: answer.failed }));
}
