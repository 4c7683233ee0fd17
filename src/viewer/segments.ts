// Segmentations of a study over the images of a series: what is painted where, and which segments a person wants to see. Where
// one does not lie on the image that it says it is of, it is told instead of painted. Loaded only where a study has one.

import type { DataSet } from '../dicom/dataset.ts';
import { fromJson } from '../dicom/json.ts';
import { type ImageFrame, isAbout, type LaidMask, masksOn } from '../pixels/segmentation/masks-on.ts';
import { groundOf, type Mismatch } from '../pixels/segmentation/plane.ts';
import { type Segmentation, segmentationOf } from '../pixels/segmentation/segmentation.ts';
import { type JsonObject, textOf } from './dicom-json.ts';
import { element } from './dom.ts';
import type { Place } from './image-url.ts';
import { PaintedMasks } from './painted-masks.ts';
import type { Slice } from './slices.ts';
import type { Layer } from './stage.ts';

/** A segmentation of the study. */
interface Known {
  place: Place;
  name: string;
  segmentation: Segmentation;
  shown: Set<number>;
  status: HTMLElement;
}

const words: Record<Mismatch, string> = {
  'frame-of-reference': 'it lies in another frame of reference',
  unplaced: 'it is not said where both lie',
  size: 'rows and columns differ, and it is not said where both lie',
  tilted: 'its planes are tilted against the image',
  elsewhere: 'it names this image, and lies elsewhere',
};

export class Segments {
  readonly #panel = element('fieldset', { class: 'segments', hidden: true });
  /** Called when something else is to be painted. */
  readonly #changed: () => void;
  readonly #masks: PaintedMasks;
  #known: Known[] = [];
  #seriesUid = '';
  /** Of the series that is open; read when they are looked at. */
  #objects = new Map<string, JsonObject>();
  readonly #images = new Map<string, DataSet>();

  constructor(view: HTMLElement, changed: () => void) {
    this.#changed = changed;
    this.#masks = new PaintedMasks(changed);
    view.append(this.#panel);
  }

  /** `objects`: of the series that is open. `segmentations`: of the study. */
  open(seriesUid: string, objects: readonly JsonObject[], segmentations: readonly [Place, JsonObject][]): void {
    this.#seriesUid = seriesUid;
    this.#objects = new Map(objects.map((object) => [textOf(object, '00080018'), object]));
    this.#images.clear();
    this.#known = segmentations.flatMap(([place, object]) => {
      const segmentation = segmentationOf(fromJson(object));
      const isHere = [...this.#objects.keys()].some((uid) => isAbout(segmentation, this.#frameOf(uid, 1)!));
      return isHere ? [this.#knownOf(place, object, segmentation)] : [];
    });
    const lines = this.#known.flatMap((known) => this.#lines(known));
    this.#panel.replaceChildren(element('legend', {}, 'Segments'), ...lines);
    this.#panel.hidden = this.#known.length === 0;
  }

  /** None where some are shown, else all. */
  toggleAll(): void {
    const isSome = this.#known.some(({ shown }) => shown.size > 0);
    for (const { segmentation, shown } of this.#known) {
      shown.clear();
      if (!isSome) for (const { number } of segmentation.segments) shown.add(number);
    }
    for (const box of this.#panel.querySelectorAll('input')) box.checked = !isSome;
    this.#choose();
  }

  /** What is painted over a slice, of what has come; what has not is asked for, and told when it is there. */
  layersOn({ instance: { sopInstanceUid, rows, columns }, frame }: Slice): Layer[] {
    const image = this.#frameOf(sopInstanceUid, frame);
    if (image === undefined) return [];
    const layers = this.#known.flatMap((known) => {
      const { laid, mismatches } = masksOn(known.segmentation, image);
      const masks = laid.flatMap((each) => this.#masksOf(known, each));
      const failures = new Set(masks.flatMap(({ failure }) => failure ?? []));
      known.status.textContent = saidOf(laid.length, [...mismatches.map((mismatch) => words[mismatch]), ...failures]);
      return masks.flatMap(({ canvas, matrix }) => (canvas === undefined ? [] : [{ canvas, matrix, rows, columns }]));
    });
    this.#masks.trim();
    return layers;
  }

  #masksOf({ place, segmentation, shown }: Known, { mask, matrix }: LaidMask) {
    return segmentation.segments
      .filter(({ number }) => shown.has(number) && (mask.segment ?? number) === number)
      .map((segment) => ({ ...this.#masks.get(place, segmentation, mask, segment), matrix }));
  }

  #frameOf(sopInstanceUid: string, frame: number): ImageFrame | undefined {
    const object = this.#objects.get(sopInstanceUid);
    if (object === undefined) return undefined;
    const dataset = this.#images.get(sopInstanceUid) ?? fromJson(object);
    this.#images.set(sopInstanceUid, dataset);
    return { ...groundOf(dataset, frame), sopInstanceUid, seriesInstanceUid: this.#seriesUid, frame };
  }

  #choose(): void {
    this.#masks.forgetFailures();
    this.#changed();
  }

  #knownOf(place: Place, object: JsonObject, segmentation: Segmentation): Known {
    return {
      ...{ place, segmentation },
      name: textOf(object, '0008103E') || textOf(object, '00700080') || 'Segmentation',
      shown: new Set(segmentation.segments.map(({ number }) => number)),
      status: element('p', { role: 'status' }),
    };
  }

  #lines({ name, segmentation, shown, status }: Known): HTMLElement[] {
    const boxes = segmentation.segments.map(({ number, label, color }) => {
      const swatch = element('span', { class: 'swatch', style: `background: rgb(${color.join(' ')})` });
      const change = (event: Event) => {
        if ((event.target as HTMLInputElement).checked) shown.add(number);
        else shown.delete(number);
        this.#choose();
      };
      return element('label', {}, element('input', { type: 'checkbox', checked: true, change }), swatch, label);
    });
    return [element('h2', {}, name), ...boxes, status];
  }
}

function saidOf(laid: number, reasons: readonly string[]): string {
  if (reasons.length > 0) return `Not painted: ${reasons.join('; ')}.`;
  return laid === 0 ? 'Nothing on this image.' : '';
}
