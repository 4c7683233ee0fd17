// Videos while they are made and afterwards. Each is written to a file of the pixel cache as fast as it is made, and whoever
// wants it reads from that file: a client that takes it slowly holds nobody up, one that comes later gets any stretch of it.

import { open } from 'node:fs/promises';
import { Problem } from '../../base/problem.ts';
import type { Film } from '../../dicomweb/handlers.ts';
import type { Sized } from '../../dicomweb/wado/byte-range.ts';
import type { CacheKey, PixelCache } from './pixel-cache.ts';
import { limits, Reel } from './reel.ts';

export type MakeFilm = (signal: AbortSignal) => AsyncIterable<Uint8Array>;

export class KeptFilms {
  readonly #cache: PixelCache;
  readonly #maker: string;
  readonly #making = new Map<string, { reel: Reel; kept: Promise<void> }>();

  /** `maker`: names what makes them; of another one nothing is kept. */
  constructor(cache: PixelCache, maker: string) {
    this.#cache = cache;
    this.#maker = maker;
  }

  /** What `make` gives now or gave before. It is made as long as anybody waits for it whose `signal` has not aborted. */
  film({ object, made }: CacheKey, make: MakeFilm, signal: AbortSignal): Film {
    const key = { object, made: `${made} by ${this.#maker}` };
    const kept = async (): Promise<Sized | undefined> => {
      const file = await this.#cache.file(key);
      return file && stretchesOf(file.path, file.sizeBytes);
    };
    const chunks = async function* (this: KeptFilms): AsyncGenerator<Uint8Array> {
      const film = await kept();
      yield* film === undefined ? this.#begun(key, make).reel.read(signal) : film.open(0, film.sizeBytes);
    }.bind(this);
    const whole = async (): Promise<Sized> => {
      const film = await kept();
      if (film !== undefined) return film;
      const begun = this.#begun(key, make);
      await begun.reel.whole(signal);
      await begun.kept;
      const made = await kept();
      // What it shows was removed meanwhile.
      if (made === undefined) throw new Problem('catalogue/not-found', { what: 'video' });
      return made;
    };
    return { maker: this.#maker, kept, chunks, whole };
  }

  #begun(key: CacheKey, make: MakeFilm): { reel: Reel; kept: Promise<void> } {
    const name = JSON.stringify([key.object, key.made]);
    const making = this.#making.get(name);
    if (making !== undefined) return making;
    const reel = new Reel();
    const forget = (): void => {
      if (this.#making.get(name)?.reel === reel) this.#making.delete(name);
    };
    // Who comes after that begins anew.
    reel.abandoned.addEventListener('abort', forget, { once: true });
    const kept = this.#cache.keepFile(key, (path) => reel.record(path, make(reel.abandoned))).finally(forget);
    // Its readers are told.
    kept.catch(() => {});
    const begun = { reel, kept };
    this.#making.set(name, begun);
    return begun;
  }
}

/** Of a file that is whole. What was opened stays there to be read, also when the cache lets it go. */
const stretchesOf = (path: string, sizeBytes: number): Sized => ({
  sizeBytes,
  async *open(start, end) {
    const file = await open(path);
    try {
      for (let at = start; at < end; ) {
        const chunk = Buffer.allocUnsafeSlow(Math.min(limits.chunkBytes, end - at));
        await file.read(chunk, 0, chunk.length, at);
        at += chunk.length;
        yield chunk;
      }
    } finally {
      await file.close();
    }
  },
});
