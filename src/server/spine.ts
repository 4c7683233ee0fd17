// The spine as a node or a command runs it: objects on disk, the committer of the catalogue, and what a crash left behind
// put right before anything new is kept.

import path from 'node:path';
import type { Receive } from '../ingest/arrival.ts';
import { createReceive } from '../ingest/ingest.ts';
import type { DecodeFrame } from '../ingest/pixel-digest.ts';
import { Keeper } from '../storage/catalogue-keep.ts';
import { type ObjectFolder, openObjectFolder } from '../storage/objects/object-folder.ts';
import { recover } from '../storage/recovery.ts';
import type { Core } from './core.ts';
import { Idleness } from './idleness.ts';
import { PixelCache } from './pixels/pixel-cache.ts';
import { PixelPool } from './pixels/pixel-pool.ts';

export interface Spine {
  objects: ObjectFolder;
  keeper: Keeper;
  /** Codecs, in threads of their own. */
  pixels: PixelPool;
  /** What they made. */
  cache: PixelCache;
  /** Whether anything is received, decoded or rendered for somebody. */
  idleness: Idleness;
  receive: Receive;
  close(): Promise<void>;
}

/** `node` names whoever keeps, among those that share the objects' folder. */
export async function openSpine({ config, database, log, metrics, newStudies }: Core, node: string): Promise<Spine> {
  const closing = new AsyncDisposableStack();
  try {
    const objects = await openObjectFolder({ folder: config.objects, node });
    closing.defer(() => objects.close());
    const idleness = new Idleness();
    const pixels = new PixelPool({}, idleness);
    closing.defer(() => pixels.close());
    const cache = await PixelCache.open(path.join(config.data, 'cache'));
    closing.defer(() => cache.settle());
    const keeper = new Keeper(database, { node, newStudies });
    closing.defer(() => keeper.close());
    await recover(database, objects, keeper.mark, log);
    const decodeFrame: DecodeFrame = (uid, codestream, frame) =>
      pixels.decode(uid, codestream, frame, { isArriving: true });
    const { duplicatesServed: served, identityDomain } = config;
    const receive = idleness.during(
      createReceive({ database, store: objects, keeper, log, decodeFrame, served, identityDomain }),
    );
    metrics.watch('fascia_keep_queue', 'Instances waiting for their commit', () => keeper.queued);
    metrics.watch('fascia_pixel_queue', 'Frames waiting for a codec', () => pixels.waiting);
    return { objects, keeper, pixels, cache, idleness, receive, close: () => closing.disposeAsync() };
  } catch (error) {
    await closing.disposeAsync();
    throw error;
  }
}
