// A whole slide on the stage: of the level that has as many pixels as the screen shows, the tiles that are in sight; what is
// still on its way is seen coarser meanwhile.

import type { ImageStore } from './image-store.ts';
import { type Place, renderedUrl } from './image-url.ts';
import type { SlideLevel } from './slide-levels.ts';
import type { Box, Picture } from './stage.ts';

export class Slide implements Picture {
  readonly width: number;
  readonly height: number;
  /** What was lost of its finest level, see `InstanceView`. */
  readonly lossy: string;
  readonly #levels: readonly SlideLevel[];
  readonly #images: ImageStore;
  readonly #series: Omit<Place, 'sopInstanceUid'>;

  /** `levels`: at least one, the finest first. */
  constructor(series: Omit<Place, 'sopInstanceUid'>, levels: readonly SlideLevel[], images: ImageStore) {
    const [finest] = levels;
    this.width = finest!.columns;
    this.height = finest!.rows;
    this.lossy = finest!.lossy;
    this.#levels = levels;
    this.#images = images;
    this.#series = series;
  }

  draw(context: CanvasRenderingContext2D, visible: Box, scale: number): void {
    const wanted = this.#levelFor(scale);
    context.save();
    context.beginPath();
    context.rect(0, 0, this.width, this.height);
    context.clip();
    const missing: string[] = [];
    // From the coarsest to the one that is wanted: finer tiles cover coarser ones.
    for (let at = this.#levels.length - 1; at >= wanted; at--) {
      for (const { url, box } of this.#tiles(this.#levels[at]!, visible)) {
        const image = this.#images.get(url);
        if (image !== undefined) context.drawImage(image, box.left, box.top, box.width, box.height);
        else if (at === wanted || at === this.#levels.length - 1) missing.push(url);
      }
    }
    context.restore();
    this.#images.expect(missing);
  }

  /** The coarsest that has a pixel for each of the screen. */
  #levelFor(scale: number): number {
    const wantedColumns = this.width * Math.min(scale, 1);
    const enough = this.#levels.findLastIndex(({ columns }) => columns >= wantedColumns);
    return Math.max(enough, 0);
  }

  *#tiles(level: SlideLevel, visible: Box): Generator<{ url: string; box: Box }> {
    const [x, y] = [this.width / level.columns, this.height / level.rows];
    const { tileColumns, tileRows, frames } = level;
    const [width, height] = [tileColumns * x, tileRows * y];
    const right = Math.min(visible.left + visible.width, this.width);
    const bottom = Math.min(visible.top + visible.height, this.height);
    for (let row = Math.max(0, Math.floor(visible.top / height)); row * height < bottom; row++) {
      for (let column = Math.max(0, Math.floor(visible.left / width)); column * width < right; column++) {
        const frame = level.frameAt(column, row);
        if (frame === undefined) continue;
        const place = { ...this.#series, sopInstanceUid: level.sopInstanceUid };
        const url = renderedUrl(place, { frame, frames, size: Math.max(tileColumns, tileRows), isSlide: true });
        yield { url, box: { left: column * width, top: row * height, width, height } };
      }
    }
  }
}
