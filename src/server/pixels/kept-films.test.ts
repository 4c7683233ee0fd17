import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { type TestContext, test } from 'node:test';
import { emptyFolder } from '../../../test/support/folder.ts';
import { Problem } from '../../base/problem.ts';
import { KeptFilms } from './kept-films.ts';
import { PixelCache } from './pixel-cache.ts';

const KEY = { object: 'an object', made: 'a film' };
const here = new AbortController().signal;

async function films(t: TestContext) {
  const folder = emptyFolder((cleanUp) => t.after(cleanUp));
  const cache = await PixelCache.open(folder);
  return { folder, cache, kept: new KeptFilms(cache, 'm1') };
}

/** A film that is made piece by piece, as the test says. */
function studio() {
  const pieces: PromiseWithResolvers<string | undefined>[] = [Promise.withResolvers()];
  let made = 0;
  const gone = Promise.withResolvers<void>();
  return {
    made: () => made,
    gone: gone.promise,
    /** undefined: it is whole. */
    piece(text: string | undefined): void {
      pieces.push(Promise.withResolvers());
      pieces.at(-2)!.resolve(text);
    },
    fail(error: Error): void {
      pieces.at(-1)!.promise.catch(() => {}); // it may come before anybody waits for it
      pieces.at(-1)!.reject(error);
    },
    async *make(wanted: AbortSignal): AsyncGenerator<Uint8Array> {
      made += 1;
      wanted.addEventListener('abort', () => {
        gone.resolve();
        pieces.at(-1)!.resolve(undefined);
      });
      for (const piece of pieces) {
        const text = await piece.promise;
        if (wanted.aborted) throw new Problem('request/cancelled');
        if (text === undefined) return;
        yield Buffer.from(text);
      }
    },
  };
}

const textOf = async (chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<string> =>
  Buffer.concat(await Array.fromAsync(chunks)).toString();

test('a film is made once for all who want it while it is made, and from then on any stretch of it is there', async (t) => {
  const { kept } = await films(t);
  const { make, piece, ...at } = studio();
  const film = kept.film(KEY, make, here);
  assert.equal(await film.kept(), undefined);
  const first = film.chunks();
  piece('one ');
  assert.equal(String((await first[Symbol.asyncIterator]().next()).value), 'one ');
  const second = textOf(kept.film(KEY, make, here).chunks());
  const stretch = kept.film(KEY, make, here).whole();
  piece('two ');
  piece('three');
  piece(undefined);
  assert.equal(await second, 'one two three');
  const whole = await stretch;
  assert.equal(whole.sizeBytes, 13);
  assert.equal(await textOf(whole.open(4, 7)), 'two');
  assert.equal(await textOf(first), 'two three', 'who takes it slowly gets the rest');
  const again = (await kept.film(KEY, make, here).kept())!;
  assert.equal(await textOf(again.open(0, again.sizeBytes)), 'one two three');
  assert.equal(await textOf(kept.film(KEY, make, here).chunks()), 'one two three');
  assert.equal(at.made(), 1);
});

test('a film goes on being made as long as one is there who wants it, and is given up after the last', async (t) => {
  const { kept, folder, cache } = await films(t);
  const { make, piece, gone } = studio();
  const [one, other] = [new AbortController(), new AbortController()];
  const first = kept.film(KEY, make, one.signal).chunks()[Symbol.asyncIterator]();
  piece('something');
  await first.next();
  const read = kept.film(KEY, make, other.signal).chunks()[Symbol.asyncIterator]();
  await read.next();
  const second = read.next();
  one.abort();
  await assert.rejects(first.next(), { code: 'request/cancelled' });
  other.abort();
  await assert.rejects(second, { code: 'request/cancelled' });
  await gone;
  await cache.settle();
  const left = await readdir(folder, { recursive: true, withFileTypes: true });
  assert.deepEqual(
    left.filter((entry) => entry.isFile()),
    [],
  );
  const next = studio();
  const anew = textOf(kept.film(KEY, next.make, here).chunks());
  next.piece('made anew');
  next.piece(undefined);
  assert.equal(await anew, 'made anew');
});

test('who leaves while he reads gives it up too', async (t) => {
  const { kept } = await films(t);
  const { make, piece, gone } = studio();
  const reading = kept.film(KEY, make, here).chunks()[Symbol.asyncIterator]();
  piece('something');
  await reading.next();
  await reading.return?.();
  await gone;
});

test('a film that fails does so for all who wait for it, and is not kept', async (t) => {
  const { kept } = await films(t);
  const { make, piece, fail } = studio();
  const film = kept.film(KEY, make, here);
  const waiting = [textOf(film.chunks()), film.whole()];
  piece('the beginning');
  fail(new Problem('request/malformed', { reason: 'a frame is too short' }));
  await Promise.all(waiting.map((each) => assert.rejects(each, { code: 'request/malformed' })));
  assert.equal(await film.kept(), undefined);
});

test('nothing is left of a film once its object is forgotten, nor known of it to another maker', async (t) => {
  const { kept, cache } = await films(t);
  const { make, piece } = studio();
  const film = kept.film(KEY, make, here);
  const reading = film.chunks()[Symbol.asyncIterator]();
  piece('something');
  await reading.next();
  const forgotten = cache.forget(KEY.object);
  piece(undefined);
  await forgotten;
  assert.equal(await film.kept(), undefined);
  const other = studio();
  other.piece('of another');
  other.piece(undefined);
  assert.equal(await textOf(new KeptFilms(cache, 'm2').film(KEY, other.make, here).chunks()), 'of another');
  await reading.return?.();
});
