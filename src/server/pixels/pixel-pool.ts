// Decodes, encodes and renders frames in worker threads, so that no codec holds up a socket. They have a low priority, on
// Linux; the queue is bounded, and who comes too late is told so instead of filling memory; who goes away stops its work.

import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import { Problem } from '../../base/problem.ts';
import type { FrameDescription } from '../../pixels/frame-description.ts';
import type { FrameToTranscode, PixelAnswer, PixelTask, RenderTask } from './pixel-worker.ts';
import { Turns } from './turns.ts';

export const limits = {
  threads: availableParallelism(),
  framesWaiting: 64,
  /** A worker that had nothing to do for so long is let go, with its codec memory. */
  idleMs: 30_000,
  /** How long a frame that nobody waits for any more may go on; then its worker is ended, which costs the next one 0.1 s. */
  abandonedMs: 50,
  /** Added to the priority of the workers (setpriority(2)): what receives and sends goes first. */
  niceIncrement: 10,
  /**
   * While objects arrive, a worker rests so many times as long as it has worked: a priority alone does not hold it back where
   * the scheduler shares the processor among sessions, and never gives back the memory bandwidth that a codec takes.
   */
  restsPerWork: 9,
  longestRestMs: 500,
} as const;

/** What else the node does. */
export interface Surroundings {
  /** Called when somebody wants a frame; gives what is called once he has it. */
  begin(): () => void;
  /** Whether objects arrive, which goes first. */
  readonly isReceiving: boolean;
}

const quiet: Surroundings = { begin: () => () => {}, isReceiving: false };

export interface Waiting {
  signal?: AbortSignal;
  /** However many wait already: for what was begun and can only be ended by breaking off. */
  isPatient?: boolean;
  /** It is part of what arrives, and need not stand back for it. */
  isArriving?: boolean;
}

export class PixelPool {
  readonly #limits: Record<keyof typeof limits, number>;
  readonly #turns: Turns;
  readonly #surroundings: Surroundings;
  #workers: Piscina<PixelTask, PixelAnswer> | undefined;

  constructor(inForce: Partial<Record<keyof typeof limits, number>> = {}, surroundings: Surroundings = quiet) {
    this.#surroundings = surroundings;
    this.#limits = { ...limits, ...inForce };
    this.#turns = new Turns(this.#limits.threads, this.#limits.framesWaiting, 'framesWaiting');
  }

  /** Frames that wait for a worker. */
  get waiting(): number {
    return this.#turns.waiting;
  }

  /**
   * One frame as native samples, little endian, colour by pixel. The codestream is copied to the worker.
   * Rejects with what decodeFrame throws, request/overloaded, or request/cancelled.
   */
  decode(from: string, codestream: Uint8Array, frame: FrameDescription, waiting?: Waiting): Promise<Uint8Array> {
    return this.#run({ kind: 'decode', from, codestream, frame }, waiting);
  }

  /** One frame in another transfer syntax. Rejects as `decode` does, and with what encodeFrame throws. */
  transcode({ from, to, codestream, frame, ratio }: FrameToTranscode, waiting?: Waiting): Promise<Uint8Array> {
    return this.#run({ kind: 'transcode', from, to, codestream, frame, ratio }, waiting);
  }

  /**
   * Frames rendered and packed as a picture. Rejects as `decode` does, and with request/malformed for a region outside the
   * image or request/too-large for too long a moving picture.
   */
  async render(task: Omit<RenderTask, 'kind'>, waiting?: Waiting): Promise<{ mediaType: string; bytes: Uint8Array }> {
    const bytes = await this.#run({ kind: 'render', ...task }, waiting);
    return { mediaType: task.picture.mediaType, bytes };
  }

  /** Has a first worker load what it needs, where there was none yet. It is let go when idle, as the others are. */
  async warmUp(): Promise<void> {
    if (this.#workers !== undefined) return;
    await this.#run({ kind: 'warm-up' }, { isPatient: true });
  }

  async close(): Promise<void> {
    await this.#workers?.destroy();
  }

  async #run(task: PixelTask, waiting: Waiting = {}): Promise<Uint8Array> {
    const end = this.#surroundings.begin();
    try {
      return await this.#inTurn(task, waiting);
    } finally {
      end();
    }
  }

  async #inTurn(task: PixelTask, { signal, isPatient, isArriving }: Waiting): Promise<Uint8Array> {
    await this.#turns.take(signal, isPatient);
    const began = performance.now();
    const working = this.#work(task, signal).finally(() => this.#rest(isArriving ? 0 : performance.now() - began));
    const answer = await (signal === undefined ? working : untilAborted(working, signal));
    if (answer instanceof ArrayBuffer) return new Uint8Array(answer);
    throw new Problem(answer.code, answer.details);
  }

  /** The turn goes to the next, at once or after a rest. */
  #rest(workedMs: number): void {
    const { restsPerWork, longestRestMs } = this.#limits;
    const restMs = this.#surroundings.isReceiving ? Math.min(restsPerWork * workedMs, longestRestMs) : 0;
    if (restMs === 0) this.#turns.give();
    else setTimeout(() => this.#turns.give(), restMs);
  }

  /** Settles when the worker is free again, or ended. */
  async #work(task: PixelTask, signal: AbortSignal | undefined): Promise<PixelAnswer> {
    if (signal?.aborted) throw new Problem('request/cancelled');
    const end = new AbortController();
    let patience: NodeJS.Timeout | undefined;
    const abandoned = () => {
      patience = setTimeout(() => end.abort(), this.#limits.abandonedMs);
    };
    signal?.addEventListener('abort', abandoned, { once: true });
    try {
      return await this.#piscina().run(task, { signal: end.signal });
    } finally {
      clearTimeout(patience);
      signal?.removeEventListener('abort', abandoned);
    }
  }

  #piscina(): Piscina<PixelTask, PixelAnswer> {
    this.#workers ??= new Piscina<PixelTask, PixelAnswer>({
      filename: new URL('./pixel-worker.ts', import.meta.url).href,
      minThreads: 0,
      maxThreads: this.#limits.threads,
      idleTimeout: this.#limits.idleMs,
      niceIncrement: this.#limits.niceIncrement,
    });
    return this.#workers;
  }
}

/** What `work` gives, or request/cancelled at the moment of the abort; `work` goes on by itself. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(new Problem('request/cancelled'));
  signal.addEventListener('abort', abort, { once: true });
  work.catch(() => {});
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
