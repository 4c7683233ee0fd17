// One study on the screen: a series of it on the stage, as images, a slide, or a document; the others in a strip below.

import type { JsonObject } from './dicom-json.ts';
import { documentPage, isPage } from './documents.ts';
import { element } from './dom.ts';
import { takeHands } from './gestures.ts';
import { ImageStore } from './image-store.ts';
import { instanceView } from './instance-view.ts';
import { sayLookedAt } from './looked-at.ts';
import { Overlay } from './overlay.ts';
import { firstImageUrl } from './page.ts';
import { readSegmentations } from './read-segmentations.ts';
import { readObjects } from './read-series.ts';
import type { Segments } from './segments.ts';
import { SliceView } from './slice-view.ts';
import { type Slice, slicesOf } from './slices.ts';
import { Slide } from './slide.ts';
import { slideLevels } from './slide-levels.ts';
import { type Camera, Stage, wholeImage } from './stage.ts';
import { SeriesStrip } from './strip.ts';
import { isSegmentation, openingSeries, type SeriesView, type StudyView } from './study-view.ts';

const limits = {
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
  readonly #view = element('div', { class: 'view' });
  readonly #page = element('div', { class: 'page' });
  readonly #images = new ImageStore(() => this.#arrived());
  readonly #slices: SliceView;
  #seriesAt: number;
  /** Over the slices, where the study has segmentations. */
  #segments: Segments | undefined;
  /** In place of slices, where the series is one. */
  #slide: Slide | undefined;

  constructor(study: StudyView) {
    this.#study = study;
    this.#seriesAt = openingSeries(study.series);
    this.#overlay = new Overlay(study);
    this.#strip = new SeriesStrip(study, (at) => this.openSeries(at));
    const told = {
      changed: () => this.#tell(),
      say: (text: string) => this.#say(text),
      layersOn: (slice: Slice) => this.#segments?.layersOn(slice) ?? [],
    };
    this.#slices = new SliceView(this.#stage, this.#images, told);
    this.#view.append(this.#stage.canvas, this.#page, this.#message, this.#overlay.root);
    this.root = element('section', { class: 'pane', tabindex: '0' }, this.#view, this.#strip.root);
    takeHands(this.#stage.canvas, {
      // Of a slide there is nothing to scroll through and no window: hands move over it as over a map.
      scroll: (steps) => (this.#slide === undefined ? this.scroll(steps) : this.zoom(limits.slideZoom ** -steps)),
      window: (dx, dy) => (this.#slide === undefined ? this.#slices.dragWindow(dx, dy) : this.#pan(dx, dy)),
      pan: (dx, dy) => this.#pan(dx, dy),
      zoom: (factor, x, y) => this.#zoomAt(factor, x, y),
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
    const series = this.#study.series[at]!;
    const { studyInstanceUid } = this.#study;
    if (at !== this.#seriesAt) this.#stage.clear();
    this.#seriesAt = at;
    this.#slide = undefined;
    this.#segments?.open(series.seriesInstanceUid, [], []);
    this.#strip.select(at);
    sayLookedAt({ studyInstanceUid, seriesInstanceUid: series.seriesInstanceUid });
    this.#stage.look(wholeImage);
    const isOther = isPage(series);
    this.#page.replaceChildren(...(isOther ? [documentPage({ ...series, studyInstanceUid }, series)] : []));
    this.#slices.open({ ...series, studyInstanceUid }, series.first === undefined ? [] : slicesOf([series.first]));
    if (isOther) return;
    try {
      const objects = await readObjects(studyInstanceUid, series.seriesInstanceUid);
      if (this.#seriesAt !== at) return;
      const levels = series.kind === 'slide' ? slideLevels(objects) : [];
      if (levels.length > 0) {
        this.#slide = new Slide({ ...series, studyInstanceUid }, levels, this.#images);
        this.#stage.showPicture(this.#slide);
        this.#tell();
        return;
      }
      const slices = slicesOf(objects.map(instanceView));
      if (slices.length === 0) this.#say('This series holds no images.');
      this.#slices.take(slices);
      await this.#lay(objects);
    } catch (error) {
      this.#say((error as Error).message);
    }
  }

  nextSeries(steps: number): void {
    const { length } = this.#study.series;
    void this.openSeries((this.#seriesAt + steps + length) % length);
  }

  scroll(steps: number): void {
    this.#slices.scroll(steps);
  }

  play(): void {
    this.#slices.play();
  }

  chooseWindow(at: number): void {
    this.#slices.chooseWindow(at);
  }

  toggleSegments(): void {
    this.#segments?.toggleAll();
  }

  toggleOriginal(): void {
    if (this.#study.watermark === undefined) this.#slices.toggleOriginal();
    else this.#say('The link that opened this study gives no originals away.');
  }

  zoom(factor: number): void {
    const { clientWidth, clientHeight } = this.#stage.canvas;
    this.#zoomAt(factor, clientWidth / 2, clientHeight / 2);
  }

  reset(): void {
    this.#stage.look(wholeImage);
    this.#slices.resetWindow();
  }

  /** Takes over what has arrived since: counts, and series that are new. */
  update(study: StudyView): void {
    const open = this.#series;
    const before = masksIn(this.#study);
    const grown = study.series.find(({ seriesInstanceUid }) => seriesInstanceUid === open.seriesInstanceUid);
    this.#study.series = study.series;
    this.#strip.update(study);
    this.#seriesAt = Math.max(study.series.indexOf(grown ?? study.series[0]!), 0);
    this.#strip.select(this.#seriesAt);
    if (grown === undefined || isPage(grown)) return;
    if (grown.instanceCount === open.instanceCount && masksIn(study) === before) return;
    readObjects(study.studyInstanceUid, grown.seriesInstanceUid)
      .then((objects) => {
        if (this.#series !== grown) return undefined;
        this.#slices.take(slicesOf(objects.map(instanceView)));
        return this.#lay(objects);
      })
      .catch((error: Error) => this.#say(error.message));
  }

  /** Looks for segmentations of what is open. Rejects with an Error for the person. */
  async #lay(objects: readonly JsonObject[]): Promise<void> {
    const series = this.#series;
    const found = await readSegmentations(this.#study, series);
    if (found.length === 0 || this.#series !== series) return;
    const { Segments } = await import('./segments.ts');
    this.#segments ??= new Segments(this.#view, () => this.#slices.repaint());
    this.#segments.open(series.seriesInstanceUid, objects, found);
    this.#slices.repaint();
  }

  get #series(): SeriesView {
    return this.#study.series[this.#seriesAt]!;
  }

  #pan(dx: number, dy: number): void {
    const { camera } = this.#stage;
    this.#look({ ...camera, x: camera.x + dx, y: camera.y + dy });
  }

  #zoomAt(factor: number, x: number, y: number): void {
    this.#stage.zoomAt(factor, x, y);
    this.#slices.refresh();
  }

  #look(camera: Camera): void {
    this.#stage.look(camera);
    this.#slices.refresh();
  }

  #arrived(): void {
    if (this.#slide === undefined) this.#tell();
    else this.#stage.draw();
  }

  #say(text: string): void {
    this.#message.textContent = text;
  }

  #tell(): void {
    const { zoom } = this.#stage.camera;
    const slide = this.#slide;
    this.#overlay.show({ study: this.#study, series: this.#series, ...this.#slices.shown, slide, zoom });
  }
}

/** How many segmentations there are. */
const masksIn = ({ series }: StudyView): number =>
  series.filter(isSegmentation).reduce((sum, { instanceCount }) => sum + instanceCount, 0);
