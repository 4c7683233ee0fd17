// The series of a study, side by side, each with a small image; one is open.

import { element } from './dom.ts';
import { seriesThumbnailUrl } from './image-url.ts';
import type { SeriesView, StudyView } from './study-view.ts';

export class SeriesStrip {
  readonly root = element('nav', { class: 'strip', 'aria-label': 'Series' });
  readonly #open: (at: number) => void;

  constructor(study: StudyView, open: (at: number) => void) {
    this.#open = open;
    this.update(study);
  }

  update(study: StudyView): void {
    this.root.replaceChildren(...study.series.map((series, at) => this.#button(study, series, at)));
  }

  select(at: number): void {
    for (const [index, button] of [...this.root.children].entries()) {
      button.setAttribute('aria-current', String(index === at));
      if (index === at) button.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }
  }

  #button({ studyInstanceUid }: StudyView, series: SeriesView, at: number): HTMLElement {
    const { seriesInstanceUid, modality, number, description, instanceCount, kind } = series;
    const image = element('img', {
      alt: '',
      loading: 'lazy',
      decoding: 'async',
      width: '96',
      height: '96',
      src: seriesThumbnailUrl({ studyInstanceUid, seriesInstanceUid }),
      // What has no image of its own is told by its words.
      error: (event) => (event.target as HTMLElement).remove(),
    });
    const words = element('span', {}, [modality, number].filter(Boolean).join(' '));
    const more = element('small', {}, description || kind, ` · ${instanceCount}`);
    return element('button', { type: 'button', title: description, click: () => this.#open(at) }, image, words, more);
  }
}
