// Frames of new series as HTJ2K (PS3.5 A.4.13, RPCL) before anybody asks for them, so that a viewer which takes it has its
// first image from the first tenth of the bytes at once. Works only while the node has nothing else to do, follows the event
// feed, and goes on after a restart where it was. What it makes lies in the pixel cache, within the cache's limit.

import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '../../base/log.ts';
import { asProblem } from '../../base/problem.ts';
import { isHtj2k, transferSyntax } from '../../dicom/transfer-syntax.ts';
import type { Database } from '../../storage/database.ts';
import { type CatalogueEvent, EVENT_CHANNEL, latestCursor, readEvents } from '../../storage/events.ts';
import type { InstancePlace, InstancePlaces } from '../../storage/instance-places.ts';
import { type FrameSources, frameKey, storedFrames } from '../doors/dicomweb-frames.ts';
import type { Idleness } from '../idleness.ts';
import type { PixelCache } from './pixel-cache.ts';
import { PixelPool } from './pixel-pool.ts';

export const limits = {
  eventsAtOnce: 16,
  /** Larger files would push everything else out of the cache. */
  instanceBytes: 256 * 1024 * 1024,
  /** Events are looked for again after so long, where a notice of them was lost. */
  lookAgainMs: 60_000,
} as const;

export const HTJ2K_LOSSLESS_RPCL = '1.2.840.10008.1.2.4.202';

export interface IdleEncoderSources extends Pick<FrameSources, 'objects' | 'heads'> {
  database: Database;
  places: InstancePlaces;
  cache: PixelCache;
  idleness: Idleness;
  log: Log;
  /** Where it remembers how far it has come: a file. */
  cursorFile: string;
}

export interface IdleEncoder {
  /** Resolves once all that was kept before the call is encoded. */
  caughtUp(): Promise<void>;
  /** Stops within a frame. */
  close(): Promise<void>;
}

/** Of what is kept from now on, or since it last ran. */
export async function startIdleEncoder(sources: IdleEncoderSources): Promise<IdleEncoder> {
  const { database, cursorFile } = sources;
  const begun = (await readCursor(cursorFile)) ?? (await latestCursor(database));
  const encoding = new Encoding(sources, begun);
  const deaf = await database.notices.on(EVENT_CHANNEL, () => encoding.news());
  const ended = encoding.run();
  return {
    caughtUp: () => encoding.caughtUp(),
    async close() {
      deaf();
      encoding.stop();
      await ended;
    },
  };
}

class Encoding {
  readonly #sources: IdleEncoderSources;
  /** One thread of its own, behind everything else that runs on this machine. */
  readonly #pixels = new PixelPool({ threads: 1, niceIncrement: 19 });
  readonly #closing = new AbortController();
  #cursor: string | undefined;
  #news = Promise.withResolvers<void>();
  #waiting: (() => void)[] = [];

  constructor(sources: IdleEncoderSources, cursor: string | undefined) {
    this.#sources = sources;
    this.#cursor = cursor;
  }

  news(): void {
    this.#news.resolve();
  }

  stop(): void {
    this.#closing.abort();
    this.#news.resolve();
  }

  caughtUp(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push(resolve);
    this.news();
    return promise;
  }

  async run(): Promise<void> {
    const { log } = this.#sources;
    while (!this.#closing.signal.aborted) {
      await this.#readOn().catch((error) => log.warn({ error }, 'encoding ahead failed, it is tried again'));
    }
    await this.#pixels.close();
  }

  /** What has happened since, or the next thing to happen. */
  async #readOn(): Promise<void> {
    const waiting = this.#waiting;
    this.#news = Promise.withResolvers();
    const { database } = this.#sources;
    const events = await readEvents(database, { after: this.#cursor, limit: limits.eventsAtOnce });
    for (const event of events) await this.#encodeKept(event);
    if (events.length > 0 || this.#closing.signal.aborted) return;
    this.#waiting = this.#waiting.filter((each) => !waiting.includes(each));
    for (const tell of waiting) tell();
    const again = setTimeout(() => this.news(), limits.lookAgainMs).unref();
    await this.#news.promise.finally(() => clearTimeout(again));
  }

  async #encodeKept({ kind, tenant, instanceIds, cursor }: CatalogueEvent): Promise<void> {
    if (kind === 'instances-kept') {
      for (const place of await this.#sources.places.amongst(tenant, instanceIds)) await this.#encode(place);
    }
    if (this.#closing.signal.aborted) return;
    this.#cursor = cursor;
    await writeCursor(this.#sources.cursorFile, cursor);
  }

  /** Begins again as often as it is interrupted; frames that are there already are not made again. */
  async #encode(place: InstancePlace): Promise<void> {
    const { idleness, log } = this.#sources;
    if (!isWorthIt(place)) return;
    const closing = this.#closing.signal;
    const closed = new Promise<AbortSignal>((resolve) =>
      closing.addEventListener('abort', () => resolve(closing), { once: true }),
    );
    while (!closing.aborted) {
      const signal = AbortSignal.any([closing, await Promise.race([idleness.rest(), closed])]);
      try {
        return await this.#encodeFrames(place, signal);
      } catch (thrown) {
        if (signal.aborted) continue;
        // Of this object no such frames can be had; whoever asks hears why.
        log.debug({ code: asProblem(thrown).code }, 'an instance is not encoded ahead');
        return;
      }
    }
  }

  async #encodeFrames(place: InstancePlace, signal: AbortSignal): Promise<void> {
    const { objects, heads, places, cache } = this.#sources;
    const index = await places.framesOf(place);
    if (index === undefined || index.kind === 'video') return;
    const frames = await storedFrames({ objects, heads, pixels: this.#pixels }, place, index, signal, () => {});
    if ((await frames.availability(HTJ2K_LOSSLESS_RPCL)) !== 'made') return;
    for (let number = 1; number <= frames.count; number++) {
      signal.throwIfAborted();
      const key = frameKey(place, number, HTJ2K_LOSSLESS_RPCL);
      await cache.fill(key, () => frames.made(number, HTJ2K_LOSSLESS_RPCL));
    }
  }
}

/** What lost something on its way would only grow; what is HTJ2K already is as good as stored. */
function isWorthIt({ transferSyntaxUid, sizeBytes }: InstancePlace): boolean {
  const syntax = transferSyntax(transferSyntaxUid);
  return syntax !== undefined && !syntax.lossy && !isHtj2k(syntax.uid) && sizeBytes <= limits.instanceBytes;
}

async function readCursor(file: string): Promise<string | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return /^\d+\.\d+$/.test(text) ? text : undefined;
}

async function writeCursor(file: string, cursor: string): Promise<void> {
  const temporary = path.join(path.dirname(file), `${path.basename(file)}.part`);
  await writeFile(temporary, cursor, { mode: 0o600 });
  await rename(temporary, file);
}
