// Reads from a source while what was read before is still on its way to the client, up to a number of bytes.

/**
 * The chunks of `source` in batches of what is there; at most `limitBytes()` and one chunk are held besides the batch that was
 * given. Where that is 0, nothing is read until the next batch is asked for. Stops the source when left.
 */
export async function* readAhead(
  source: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  limitBytes: () => number,
): AsyncGenerator<Uint8Array[], void, undefined> {
  let batch: Uint8Array[] = [];
  let batchBytes = 0;
  let state: 'reading' | 'ended' | 'left' = 'reading';
  let arrived = Promise.withResolvers<void>();
  let taken = Promise.withResolvers<void>();

  async function read(): Promise<void> {
    for await (const chunk of source) {
      batch.push(chunk);
      batchBytes += chunk.length;
      arrived.resolve();
      if (batchBytes >= limitBytes()) await taken.promise;
      if (state === 'left') return;
    }
  }
  function release(): void {
    taken.resolve();
    taken = Promise.withResolvers();
  }
  const reading = read().finally(() => {
    if (state === 'reading') state = 'ended';
    arrived.resolve();
  });
  // The failure is thrown below, once all that was read before it has been given.
  reading.catch(() => {});

  try {
    for (;;) {
      await arrived.promise;
      if (batch.length === 0) break;
      const given = batch;
      batch = [];
      batchBytes = 0;
      if (state === 'reading') arrived = Promise.withResolvers();
      if (limitBytes() > 0) release();
      yield given;
      release();
    }
  } finally {
    state = 'left';
    taken.resolve();
  }
  await reading;
}
