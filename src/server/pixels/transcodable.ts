// How the doors get a kept instance in another transfer syntax: its places from the catalogue, its bytes from the store, its
// frames through the pixel pool.

import type { FrameIndex } from '../../dicom/frame-index.ts';
import { transferSyntax } from '../../dicom/transfer-syntax.ts';
import type { KeptInstance } from '../../storage/catalogue.ts';
import type { ObjectStore } from '../../storage/objects/object-store.ts';
import type { PixelPool } from './pixel-pool.ts';
import { stretch } from './stored-stretch.ts';
import { servable, type Transcoded, type TranscodeOptions, transcode } from './transcode.ts';

type Range = { start: number; end: number };

export interface TranscodingSources {
  objects: ObjectStore;
  pixels: PixelPool;
  framesOf(instance: KeptInstance): Promise<FrameIndex | undefined>;
}

export interface Transcodable {
  /** Those in which an image stored like this one can be had, besides its own. */
  transferSyntaxes: readonly string[];
  /** Those of them that lose nothing. */
  lossless: readonly string[];
  /** The data set in one of them. Rejects as `transcode` does. */
  make(transferSyntaxUid: string, options?: Omit<TranscodeOptions, 'pixels'>): Promise<Transcoded>;
}

export function transcodable({ objects, pixels, framesOf }: TranscodingSources, instance: KeptInstance): Transcodable {
  const { object, transferSyntaxUid, sizeBytes, datasetOffset } = instance;
  const image = {
    transferSyntaxUid,
    sizeBytes,
    datasetOffset,
    open: (range: Range) => objects.open(object, range),
    // Each look at a deflated data set inflates it from its beginning: those with many frames are rare, and cost their square.
    openPlaces: ({ start, end }: Range) =>
      stretch(objects, instance, { offset: start, length: end - start }).open(0, end - start),
    frames: () => framesOf(instance),
  };
  const { all, lossless } = servableFrom(transferSyntaxUid);
  return {
    transferSyntaxes: all,
    lossless,
    make: (uid, options) => transcode(image, uid, { pixels, ...options }),
  };
}

const known = new Map<string, { all: readonly string[]; lossless: readonly string[] }>();

/** The syntaxes in which an image stored in one may be had, and those of them that lose nothing: the same for all such images. */
export function servableFrom(stored: string) {
  const found = known.get(stored);
  if (found !== undefined) return found;
  const all = servable(stored);
  const made = { all, lossless: all.filter((uid) => !transferSyntax(uid)!.lossy) };
  // Transfer syntaxes that nobody has defined are not remembered: peers may announce any number of them.
  if (transferSyntax(stored) !== undefined) known.set(stored, made);
  return made;
}
