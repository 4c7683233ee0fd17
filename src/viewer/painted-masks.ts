// Painted masks of segmentations: those that came, those on their way, and those that cannot be had.

import { paintedMask } from '../pixels/segmentation/paint-mask.ts';
import type { MaskFrame, Segment, Segmentation } from '../pixels/segmentation/segmentation.ts';
import { frameSamples } from './frame-samples.ts';
import type { Place } from './image-url.ts';

const limits = {
  /** That are held beside those of the image on the stage. */
  masks: 96,
};

/** Neither while it is on its way. */
export interface Mask {
  canvas?: HTMLCanvasElement;
  failure?: string;
}

export class PaintedMasks {
  readonly #masks = new Map<string, Mask>();
  readonly #used = new Set<string>();
  /** Called when one came, or cannot be had. */
  readonly #came: () => void;

  constructor(came: () => void) {
    this.#came = came;
  }

  /** Asks for it where it is not held. */
  get(place: Place, segmentation: Segmentation, mask: MaskFrame, segment: Segment): Mask {
    const key = `${place.sopInstanceUid} ${mask.frame} ${segment.number}`;
    this.#used.add(key);
    const held = this.#masks.get(key) ?? this.#ask(place, segmentation, mask, segment);
    this.#masks.delete(key);
    this.#masks.set(key, held);
    return held;
  }

  /** All of an image were asked for: of others not too many are held. */
  trim(): void {
    for (const key of this.#masks.keys()) {
      if (this.#masks.size <= limits.masks + this.#used.size) break;
      if (!this.#used.has(key)) this.#masks.delete(key);
    }
    this.#used.clear();
  }

  /** What could not be had is asked for again. */
  forgetFailures(): void {
    for (const [key, { failure }] of this.#masks) if (failure !== undefined) this.#masks.delete(key);
  }

  #ask(place: Place, segmentation: Segmentation, mask: MaskFrame, segment: Segment): Mask {
    const made: Mask = {};
    const paint = async () => {
      const pixels = paintedMask(await frameSamples(place, mask.frame), segmentation, mask, segment);
      const { rows: height, columns: width } = mask;
      made.canvas = Object.assign(document.createElement('canvas'), { width, height });
      made.canvas.getContext('2d')!.putImageData(new ImageData(pixels, width, height), 0, 0);
    };
    paint()
      .catch((error: Error) => {
        made.failure = error.message;
      })
      .finally(this.#came);
    return made;
  }
}
