// One study on the screen: a series of it, an image of that, and how the person looks at it.

import { documentPage, isPage } from './documents.ts';
import { element } from './dom.ts';
import { takeHands } from './gestures.ts';
import { ImageStore } from './image-store.ts';
import { type Place, renderedUrl, sizeFor } from './image-url.ts';
import { type InstanceView, instanceView } from './instance-view.ts';
import { Overlay } from './overlay.ts';
import { firstImageUrl } from './page.ts';
import { readObjects, readSeries } from './read-series.ts';
import { type Slice, slicesOf } from './slices.ts';
import { Slide } from './slide.ts';
import { slideLevels } from './slide-levels.ts';
import { Stage, wholeImage } from './stage.ts';
import { SeriesStrip } from './strip.ts';
import { openingSeries, type SeriesView, type StudyView } from './study-view.ts';
import { draggedWindow, startingWindow, windowsFor } from './windows.ts';

const limits = {
  /** Images asked for ahead, in the direction of scrolling and against it. */
  ahead: 40,
  behind: 10,
  framesPerSecond: 15,
  /** Of a slide, for one step of the wheel. */
  slideZoom: 1.25,
};

export class Pane {
  readonly root: HTMLElement;
  readonly #study: StudyView;
  readonly #stage = new Stage();
  readonly #overlay: Overlay;
  readonly #strip: SeriesStrip;
  readonly #message = element('p', { class: 'message', role: 'status' });
  readonly #page = element('div', { class: 'page' });
  readonly #images = new ImageStore(() => this.#arrived());
  #seriesAt: number;
  #slices: Slice[] = [];
  /** In place of slices, where the series is one. */
  #slide: Slide | undefined;
  #at = 0;
  #direction = 1;
  #window: { center: number; width: number } | undefined;
  #isOriginal = false;
  #playing: number | undefined;

  constructor(study: StudyView) {
    this.#study = study;
    this.#seriesAt = openingSeries(study.series);
    this.#overlay = new Overlay(study);
    this.#strip = new SeriesStrip(study, (at) => this.openSeries(at));
    const view = element('div', { class: 'view' }, this.#stage.canvas, this.#page, this.#message, this.#overlay.root);
    this.root = element('section', { class: 'pane', tabindex: '0' }, view, this.#strip.root);
    takeHands(this.#stage.canvas, {
      // Of a slide there is nothing to scroll through and no window: hands move over it as over a map.
      scroll: (steps) => (this.#slide === undefined ? this.scroll(steps) : this.zoom(limits.slideZoom ** -steps)),
      window: (dx, dy) => (this.#slide === undefined ? this.#dragWindow(dx, dy) : this.#pan(dx, dy)),
      pan: (dx, dy) => this.#pan(dx, dy),
      zoom: (factor, x, y) => {
        this.#stage.zoomAt(factor, x, y);
        this.#refresh();
      },
      reset: () => this.reset(),
    });
  }

  /** `first`: the image that came with the page. */
  async open(first?: HTMLImageElement): Promise<void> {
    const url = firstImageUrl(this.#study);
    if (url !== undefined && first?.complete && first.naturalWidth > 0) await this.#images.take(url, first);
    await this.openSeries(this.#seriesAt);
  }

  async openSeries(at: number): Promise<void> {
    this.stop();
    const series = this.#study.series[at]!;
    if (at !== this.#seriesAt) this.#stage.clear();
    this.#seriesAt = at;
    this.#at = 0;
    this.#window = undefined;
    this.#slide = undefined;
    this.#slices = series.first === undefined ? [] : slicesOf([series.first]);
    this.#strip.select(at);
    this.#stage.look(wholeImage);
    const isOther = isPage(series);
    this.#page.replaceChildren(...(isOther ? [documentPage(this.#placeOf(series, series), series)] : []));
    this.#refresh();
    if (isOther) return;
    try {
      const objects = await readObjects(this.#study.studyInstanceUid, series.seriesInstanceUid);
      if (this.#seriesAt !== at) return;
      const levels = series.kind === 'slide' ? slideLevels(objects) : [];
      if (levels.length > 0) {
        const { studyInstanceUid } = this.#study;
        this.#slide = new Slide({ ...series, studyInstanceUid }, levels, this.#images);
        this.#stage.showPicture(this.#slide);
        return;
      }
      this.#slices = slicesOf(objects.map(instanceView));
      if (this.#slices.length === 0) this.#say('This series holds no images.');
      this.#refresh();
    } catch (error) {
      this.#say((error as Error).message);
    }
  }

  nextSeries(steps: number): void {
    const { length } = this.#study.series;
    void this.openSeries((this.#seriesAt + steps + length) % length);
  }

  scroll(steps: number): void {
    const at = Math.min(Math.max(this.#at + steps, 0), this.#slices.length - 1);
    if (at === this.#at || at < 0) return;
    this.#direction = Math.sign(steps);
    this.#at = at;
    this.#refresh();
  }

  zoom(factor: number): void {
    const { clientWidth, clientHeight } = this.#stage.canvas;
    this.#stage.zoomAt(factor, clientWidth / 2, clientHeight / 2);
    this.#refresh();
  }

  reset(): void {
    this.#window = undefined;
    this.#look(wholeImage);
  }

  chooseWindow(at: number): void {
    const slice = this.#slices[this.#at];
    const chosen = slice && windowsFor(slice.instance, this.#series.modality)[at];
    if (chosen === undefined) return;
    this.#window = chosen;
    this.#refresh();
  }

  toggleOriginal(): void {
    if (this.#study.watermark !== undefined) {
      this.#say('The link that opened this study gives no originals away.');
      return;
    }
    this.#isOriginal = !this.#isOriginal;
    this.#refresh();
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

  /** Takes over what has arrived since: counts, and series that are new. */
  update(study: StudyView): void {
    const open = this.#series;
    const grown = study.series.find(({ seriesInstanceUid }) => seriesInstanceUid === open.seriesInstanceUid);
    this.#study.series = study.series;
    this.#strip.update(study);
    this.#seriesAt = Math.max(study.series.indexOf(grown ?? study.series[0]!), 0);
    this.#strip.select(this.#seriesAt);
    if (grown === undefined || grown.instanceCount === open.instanceCount || isPage(grown)) return;
    readSeries(study.studyInstanceUid, grown.seriesInstanceUid).then(
      (instances) => {
        this.#slices = slicesOf(instances);
        this.#refresh();
      },
      (error: Error) => this.#say(error.message),
    );
  }

  get #series(): SeriesView {
    return this.#study.series[this.#seriesAt]!;
  }

  #pan(dx: number, dy: number): void {
    const { camera } = this.#stage;
    this.#look({ ...camera, x: camera.x + dx, y: camera.y + dy });
  }

  #arrived(): void {
    if (this.#slide === undefined) this.#tell();
    else this.#stage.draw();
  }

  #look(camera: { zoom: number; x: number; y: number }): void {
    this.#stage.look(camera);
    this.#refresh();
  }

  #dragWindow(dx: number, dy: number): void {
    const slice = this.#slices[this.#at];
    if (slice === undefined || slice.instance.isColor) return;
    const { instance } = slice;
    this.#window = draggedWindow(this.#window ?? startingWindow(instance), instance.range, dx, dy);
    this.#refresh();
  }

  #placeOf({ seriesInstanceUid }: SeriesView, { sopInstanceUid }: Pick<InstanceView, 'sopInstanceUid'>): Place {
    return { studyInstanceUid: this.#study.studyInstanceUid, seriesInstanceUid, sopInstanceUid };
  }

  #urlOf({ instance, frame }: Slice): string {
    const steps = [1024, 2048, 4096, 8192];
    const wanted = this.#stage.camera.zoom > 1 ? steps.find((size) => size >= this.#stage.shownPixels) : steps[0];
    const size = sizeFor(instance, wanted ?? steps.at(-1));
    return renderedUrl(this.#placeOf(this.#series, instance), {
      frame,
      frames: instance.frames,
      size,
      window: this.#window,
    });
  }

  /** Set while an image is awaited: the next one asked for meanwhile takes its turn afterwards, those between never do. */
  #awaited = false;

  /** Shows the image of the moment: at once where it is held, and else when it comes. */
  #refresh(): void {
    this.#tell();
    const slice = this.#slices[this.#at];
    if (slice === undefined) return;
    const url = this.#urlOf(slice);
    const held = this.#isOriginal ? undefined : this.#images.get(url);
    if (held !== undefined) {
      this.#stage.show(held);
      this.#say('');
      this.#expect();
    } else if (!this.#awaited) void this.#receive(slice, url);
  }

  async #receive(slice: Slice, url: string): Promise<void> {
    this.#awaited = true;
    const isOriginal = this.#isOriginal;
    try {
      const image = isOriginal ? await this.#original(slice) : await this.#images.load(url);
      if (this.#slices.includes(slice)) this.#stage.show(image);
      this.#say('');
    } catch (error) {
      if (this.#slices[this.#at] === slice) this.#say((error as Error).message);
      return;
    } finally {
      this.#awaited = false;
    }
    const now = this.#slices[this.#at];
    const isLate = now !== slice || isOriginal !== this.#isOriginal || this.#urlOf(now) !== url;
    if (isLate) this.#refresh();
    else this.#expect();
  }

  async #original({ instance, frame }: Slice): Promise<HTMLCanvasElement> {
    const { originalImage } = await import('./original.ts');
    return originalImage(this.#placeOf(this.#series, instance), frame, this.#window);
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

  #say(text: string): void {
    this.#message.textContent = text;
  }

  #tell(): void {
    const slice = this.#slices[this.#at];
    const [first] = slice?.instance.windows ?? [];
    this.#overlay.show({
      study: this.#study,
      series: this.#series,
      slice,
      at: this.#at + 1,
      count: this.#slices.length,
      received: this.#slices.filter((each) => this.#images.has(this.#urlOf(each))).length,
      window: slice?.instance.isColor ? undefined : (this.#window ?? first),
      zoom: this.#stage.camera.zoom,
      original: this.#isOriginal,
    });
  }
}
