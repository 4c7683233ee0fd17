// The images of a series to scroll through: which one is on the stage, windowed how, and which are asked for ahead.

import type { ImageStore } from './image-store.ts';
import { type Place, renderedUrl, sizeFor } from './image-url.ts';
import type { Shown } from './overlay.ts';
import type { Slice } from './slices.ts';
import type { Layer, Stage } from './stage.ts';
import { draggedWindow, startingWindow, windowsFor } from './windows.ts';

const limits = {
  /** Images asked for ahead, in the direction of scrolling and against it. */
  ahead: 40,
  behind: 10,
  framesPerSecond: 15,
  /** Longest side of what is asked for, as far as the screen shows it enlarged. */
  sizes: [1024, 2048, 4096, 8192],
};

export interface OpenSeries extends Omit<Place, 'sopInstanceUid'> {
  modality: string;
}

interface SliceViewOptions {
  changed(): void;
  say(text: string): void;
  layersOn(slice: Slice): readonly Layer[];
}

export class SliceView {
  readonly #stage: Stage;
  readonly #images: ImageStore;
  /** Called with each change of what is written around an image. */
  readonly #changed: () => void;
  /** What is painted over a slice. */
  readonly #layersOn: (slice: Slice) => readonly Layer[];
  /** On the stage now. */
  #staged: { slice: Slice; image: ImageBitmap | HTMLCanvasElement } | undefined;
  /** Tells the person; an empty text is that all is well. */
  readonly #say: (text: string) => void;
  #series: OpenSeries | undefined;
  #slices: readonly Slice[] = [];
  #at = 0;
  #direction = 1;
  #window: { center: number; width: number } | undefined;
  #isOriginal = false;
  #playing: number | undefined;
  /** Set while an image is awaited: the next one asked for meanwhile takes its turn afterwards, those between never do. */
  #awaited = false;

  constructor(stage: Stage, images: ImageStore, { changed, say, layersOn }: SliceViewOptions) {
    this.#stage = stage;
    this.#images = images;
    this.#changed = changed;
    this.#say = say;
    this.#layersOn = layersOn;
  }

  open(series: OpenSeries, slices: readonly Slice[]): void {
    this.stop();
    this.#staged = undefined;
    this.#series = series;
    this.#at = 0;
    this.#window = undefined;
    this.take(slices);
  }

  /** More of the same series, as they become known. */
  take(slices: readonly Slice[]): void {
    this.#slices = slices;
    this.refresh();
  }

  get shown(): Pick<Shown, 'slice' | 'at' | 'count' | 'received' | 'window' | 'original'> {
    const slice = this.#slices[this.#at];
    const [first] = slice?.instance.windows ?? [];
    return {
      slice,
      at: this.#at + 1,
      count: this.#slices.length,
      received: this.#slices.filter((each) => this.#images.has(this.#urlOf(each))).length,
      window: slice?.instance.isColor ? undefined : (this.#window ?? first),
      original: this.#isOriginal,
    };
  }

  scroll(steps: number): void {
    const at = Math.min(Math.max(this.#at + steps, 0), this.#slices.length - 1);
    if (at === this.#at || at < 0) return;
    this.#direction = Math.sign(steps);
    this.#at = at;
    this.refresh();
  }

  /** As a film, round and round, or no longer. */
  play(): void {
    if (this.#playing !== undefined) {
      this.stop();
      return;
    }
    this.#playing = setInterval(() => {
      if (this.#at === this.#slices.length - 1) this.scroll(Number.NEGATIVE_INFINITY);
      else this.scroll(1);
    }, 1000 / limits.framesPerSecond);
  }

  stop(): void {
    clearInterval(this.#playing);
    this.#playing = undefined;
  }

  chooseWindow(at: number): void {
    const slice = this.#slices[this.#at];
    const chosen = slice && windowsFor(slice.instance, this.#series!.modality)[at];
    if (chosen !== undefined) this.#setWindow(chosen);
  }

  dragWindow(dx: number, dy: number): void {
    const slice = this.#slices[this.#at];
    if (slice === undefined || slice.instance.isColor) return;
    const { instance } = slice;
    this.#setWindow(draggedWindow(this.#window ?? startingWindow(instance), instance.range, dx, dy));
  }

  resetWindow(): void {
    this.#setWindow(undefined);
  }

  toggleOriginal(): void {
    this.#isOriginal = !this.#isOriginal;
    this.refresh();
  }

  /** Shows the image of the moment: at once where it is held, and else when it comes. */
  refresh(): void {
    this.#changed();
    const slice = this.#slices[this.#at];
    if (slice === undefined) return;
    const url = this.#urlOf(slice);
    const held = this.#isOriginal ? undefined : this.#images.get(url);
    if (held !== undefined) {
      this.#show(slice, held);
      this.#say('');
      this.#expect();
    } else if (!this.#awaited) void this.#receive(slice, url);
  }

  /** Paints anew what lies over the image that is on the stage. */
  repaint(): void {
    if (this.#staged !== undefined) this.#show(this.#staged.slice, this.#staged.image);
  }

  #show(slice: Slice, image: ImageBitmap | HTMLCanvasElement): void {
    this.#staged = { slice, image };
    this.#stage.show(image, this.#layersOn(slice));
  }

  #setWindow(window: { center: number; width: number } | undefined): void {
    this.#window = window;
    this.refresh();
  }

  async #receive(slice: Slice, url: string): Promise<void> {
    this.#awaited = true;
    const isOriginal = this.#isOriginal;
    try {
      const image = isOriginal ? await this.#original(slice) : await this.#images.load(url);
      if (this.#slices.includes(slice)) this.#show(slice, image);
      this.#say('');
    } catch (error) {
      if (this.#slices[this.#at] === slice) this.#say((error as Error).message);
      return;
    } finally {
      this.#awaited = false;
    }
    const now = this.#slices[this.#at];
    const isLate = now !== slice || isOriginal !== this.#isOriginal || this.#urlOf(now) !== url;
    if (isLate) this.refresh();
    else this.#expect();
  }

  async #original({ instance, frame }: Slice): Promise<HTMLCanvasElement> {
    const { originalImage } = await import('./original.ts');
    return originalImage({ ...this.#series!, sopInstanceUid: instance.sopInstanceUid }, frame, this.#window);
  }

  #expect(): void {
    const { ahead, behind } = limits;
    const near = (steps: number) => this.#slices[this.#at + steps * this.#direction];
    const wanted = [
      ...Array.from({ length: ahead }, (_, step) => near(step + 1)),
      ...Array.from({ length: behind }, (_, step) => near(-step - 1)),
    ];
    this.#images.expect(wanted.filter((slice) => slice !== undefined).map((slice) => this.#urlOf(slice)));
  }

  #urlOf({ instance, frame }: Slice): string {
    const { sizes } = limits;
    const wanted = this.#stage.camera.zoom > 1 ? sizes.find((size) => size >= this.#stage.shownPixels) : sizes[0];
    const size = sizeFor(instance, wanted ?? sizes.at(-1));
    const place = { ...this.#series!, sopInstanceUid: instance.sopInstanceUid };
    return renderedUrl(place, { frame, frames: instance.frames, size, window: this.#window });
  }
}
