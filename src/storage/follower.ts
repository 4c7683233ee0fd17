// Whoever follows what others write: looks when it is told that something may be there, and by itself now and then; one look
// at a time, and what comes meanwhile is looked at together.

import { setTimeout as delay } from 'node:timers/promises';
import { asProblem, type ProblemCode } from '../base/problem.ts';
import type { Notices } from './notices.ts';

export interface FollowerOptions {
  notices: Pick<Notices, 'on'>;
  channels: readonly string[];
  /** Looks by itself so often: a notice was missed, or who did the work is gone. */
  lookMs: number;
  /** Between two looks at what goes on: each costs the same for one thing and for many. */
  pauseMs?: number;
  /** Does what there is to do. What is long is left when the signal says that the node stops. */
  look(signal: AbortSignal): Promise<void>;
  /** A look failed, but not by a stop; the next notice, or the time, brings another. */
  failed(code: ProblemCode): void;
}

export class Follower {
  readonly #options: FollowerOptions;
  readonly #closing = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #stops: readonly (() => void)[] = [];
  #running: Promise<void> | undefined;
  #isBehind = false;

  private constructor(options: FollowerOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.look(), options.lookMs).unref();
  }

  /** Has looked for the first time, or is at it, when it resolves. */
  static async open(options: FollowerOptions): Promise<Follower> {
    const follower = new Follower(options);
    try {
      const { channels, notices } = options;
      follower.#stops = await Promise.all(channels.map((each) => notices.on(each, () => follower.look())));
    } catch (thrown) {
      await follower.close();
      throw thrown;
    }
    follower.look();
    return follower;
  }

  /** Something may be there. */
  look(): void {
    this.#isBehind = true;
    if (!this.#closing.signal.aborted) this.#running ??= this.#run().finally(() => (this.#running = undefined));
  }

  /** Resolves once a look that is under way has ended. */
  async close(): Promise<void> {
    this.#closing.abort();
    clearInterval(this.#timer);
    for (const stop of this.#stops) stop();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { look, failed, pauseMs = 0 } = this.#options;
    const { signal } = this.#closing;
    while (this.#isBehind && !signal.aborted) {
      this.#isBehind = false;
      try {
        await look(signal);
      } catch (thrown) {
        if (!signal.aborted) failed(asProblem(thrown).code);
        return;
      }
      if (pauseMs > 0) await delay(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
