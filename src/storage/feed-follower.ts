// Whoever follows the feed and can do each step again: one node at a time reads on from where any of them had come to, deals with
// what it read, and only then says how far it is. What is written in the transaction that goes on reads by itself (`advance`).

import type { ProblemCode } from '../base/problem.ts';
import { alone } from './alone.ts';
import type { Database } from './database.ts';
import { type CatalogueEvent, EVENT_CHANNEL, isBefore, latestCursor, readEvents } from './events.ts';
import { advance, type FeedReader, feedPosition } from './feed-position.ts';
import { Follower } from './follower.ts';

export const limits = {
  /** What happened is passed over by whom nobody wants no sooner than this: somebody may have begun to want it meanwhile. */
  passOverMs: 5_000,
} as const;

export interface FeedFollowerOptions {
  database: Database;
  reader: FeedReader;
  /** Events that one step takes in. */
  events: number;
  /** Between two looks at a feed that goes on. */
  pauseMs: number;
  /** Looks by itself so often: a notice was missed, or the node that did it is gone. */
  lookMs: number;
  /** Whether anything can follow from what happens; absent: always. Where nothing can, it is passed over. */
  isWanted?(): Promise<boolean>;
  /** Deals with them, so that doing it again comes to the same; leaves the rest where the signal says that the node stops. */
  take(events: readonly CatalogueEvent[], signal: AbortSignal): Promise<void>;
  /** After the feed was read to its end. */
  afterwards?(signal: AbortSignal): Promise<void>;
  /** A look failed; the next notice, or the time, brings another. */
  failed(code: ProblemCode): void;
}

export class FeedFollower {
  readonly #options: FeedFollowerOptions;
  #follower: Follower | undefined;
  /** The end of the feed as it was then, while nobody wanted it. */
  #end: { cursor: string | undefined; at: number } | undefined;

  private constructor(options: FeedFollowerOptions) {
    this.#options = options;
  }

  /** Follows from now on; is at its first look when it resolves. */
  static async open(options: FeedFollowerOptions): Promise<FeedFollower> {
    const feed = new FeedFollower(options);
    const { database, pauseMs, lookMs, failed } = options;
    feed.#follower = await Follower.open({
      notices: database.notices,
      channels: [EVENT_CHANNEL],
      ...{ pauseMs, lookMs, failed },
      look: (signal) => feed.#look(signal),
    });
    return feed;
  }

  /** Resolves once a look that is under way has ended. */
  async close(): Promise<void> {
    await this.#follower?.close();
  }

  async #look(signal: AbortSignal): Promise<void> {
    const { database, reader, isWanted, afterwards } = this.#options;
    if (isWanted !== undefined && !(await isWanted())) return this.#passOver();
    this.#end = undefined;
    await alone(database, `feed ${reader}`, async () => {
      while (!signal.aborted && (await this.#step(signal)));
      if (!signal.aborted) await afterwards?.(signal);
    });
  }

  /** Resolves to whether there may be more to read. */
  async #step(signal: AbortSignal): Promise<boolean> {
    const { database, reader, events: limit, take } = this.#options;
    const from = await feedPosition(database, reader);
    const events = await readEvents(database, { ...(from && { after: from }), limit });
    const to = events.at(-1)?.cursor;
    if (to === undefined) return false;
    await take(events, signal);
    if (signal.aborted) return false;
    // Nothing but the place: what was done is durable, and would be the same again.
    const isMine = await advance(database, reader, { from, to }, async () => undefined);
    return isMine && events.length === limit;
  }

  /** Another node may know of somebody who wants it that this one has not heard of: what is new is left for later. */
  async #passOver(): Promise<void> {
    const now = performance.now();
    if (this.#end !== undefined && now - this.#end.at < limits.passOverMs) return;
    const { database, reader } = this.#options;
    const before = this.#end?.cursor;
    this.#end = { cursor: await latestCursor(database), at: now };
    if (before === undefined) return;
    const from = await feedPosition(database, reader);
    if (from === undefined || isBefore(from, before))
      await advance(database, reader, { from, to: before }, async () => undefined);
  }
}
