// What is always written around an image: who it is, where right and left are, what was lost, how much has come, and that
// it is not for diagnosis.

import { shownDate, shownTime } from './dates.ts';
import { element } from './dom.ts';
import type { Window } from './instance-view.ts';
import { lettersOf, positionOf, type Slice } from './slices.ts';
import type { PatientView, SeriesView, StudyView } from './study-view.ts';

export interface Shown {
  study: StudyView;
  series: SeriesView;
  slice?: Slice;
  /** In place of slices. */
  slide?: { lossy: string };
  /** From 1, and of how many. */
  at: number;
  count: number;
  received: number;
  window?: Pick<Window, 'center' | 'width'>;
  zoom: number;
  original: boolean;
}

const corners = ['patient', 'study', 'image', 'quality'] as const;
const edges = ['left', 'right', 'top', 'bottom'] as const;

export class Overlay {
  readonly root = element('div', { class: 'overlay' });
  readonly #corners = Object.fromEntries(corners.map((name) => [name, element('div', { class: `corner ${name}` })]));
  readonly #edges = Object.fromEntries(edges.map((name) => [name, element('div', { class: `edge ${name}` })]));

  constructor(study: StudyView) {
    const warning = element('div', { class: 'purpose' }, 'Not for diagnosis');
    this.root.append(...Object.values(this.#corners), ...Object.values(this.#edges), warning);
    // Seen over documents and video alone: images carry it themselves.
    if (study.watermark !== undefined) this.root.append(watermark(study.watermark));
    if (study.patients.length > 1) {
      const text = `The sources give this study to ${study.patients.length} patients. Check whose series this is.`;
      this.root.append(element('div', { class: 'warning', role: 'alert' }, text));
    }
  }

  show(shown: Shown): void {
    const lines = {
      patient: patientLines(shown),
      study: studyLines(shown),
      image: imageLines(shown),
      quality: qualityLines(shown),
    };
    for (const name of corners) write(this.#corners[name]!, lines[name]);
    const letters = shown.slice && lettersOf(shown.slice);
    for (const name of edges) this.#edges[name]!.textContent = letters?.[name] ?? '';
  }
}

const patientOf = ({ study, series }: Shown): PatientView => study.patients[series.patient]!;

function patientLines(shown: Shown): string[] {
  const { name, id, birthDate, sex } = patientOf(shown);
  return [
    name || 'Name unknown',
    `ID ${id || 'unknown'}`,
    `born ${shownDate(birthDate) || 'unknown'}${sex && ` · ${sex}`}`,
  ];
}

function studyLines({ study, series }: Shown): string[] {
  return [
    [shownDate(study.date), shownTime(study.time)].join(' '),
    study.description,
    [series.modality, series.number && `series ${series.number}`, series.description].filter(Boolean).join(' · '),
    study.accessionNumber && `Accession ${study.accessionNumber}`,
  ];
}

function imageLines({ at, count, slice, window, zoom }: Shown): string[] {
  const position = slice && positionOf(slice);
  return [
    count > 0 ? `Image ${at} of ${count}` : '',
    position === undefined ? '' : `${position.toFixed(1)} mm`,
    window ? `Window ${Math.round(window.center)} / ${Math.round(window.width)}` : '',
    zoom === 1 ? '' : `${Math.round(zoom * 100)} %`,
  ];
}

function qualityLines({ series, slice, slide, original, received, count }: Shown): string[] {
  const laterality = slice?.instance.laterality || series.laterality;
  const lossy = (slice?.instance ?? slide)?.lossy;
  const isImage = count > 0 || slide !== undefined;
  return [
    laterality && `Laterality ${laterality}`,
    lossy ? `Lossy ${lossy}` : '',
    !isImage ? '' : original ? 'Original quality' : 'Preview (JPEG)',
    count > 0 ? `${received} of ${count} received` : '',
  ];
}

function write(corner: HTMLElement, lines: readonly string[]): void {
  corner.replaceChildren(...lines.filter((line) => line.trim() !== '').map((line) => element('div', {}, line)));
}

function watermark(text: string): HTMLElement {
  const row = () => element('div', {}, `${text}   `.repeat(8));
  return element('div', { class: 'watermark', 'aria-hidden': 'true' }, ...Array.from({ length: 12 }, row));
}
