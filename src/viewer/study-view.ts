// What quick look knows of a study, made by the server for the page and for its refreshing.

import type { InstanceView } from './instance-view.ts';

export interface StudyView {
  studyInstanceUid: string;
  /** One for each patient that the sources give to this study: more than one is a fault to be seen. */
  patients: PatientView[];
  date: string;
  time: string;
  description: string;
  accessionNumber: string;
  series: SeriesView[];
  /** Drawn over every image, where the page was opened by a link that was given away. */
  watermark?: string;
}

export interface PatientView {
  name: string;
  id: string;
  birthDate: string;
  sex: string;
}

export interface SeriesView {
  seriesInstanceUid: string;
  /** Index into `patients`. */
  patient: number;
  modality: string;
  number: string;
  description: string;
  bodyPart: string;
  laterality: string;
  instanceCount: number;
  kind: Kind;
  /** The first instance: what is seen first. */
  sopInstanceUid: string;
  /** All that is known of the first instance, where the series is the one that is shown first. */
  first?: InstanceView;
}

/** How a series is shown. */
export type Kind = 'image' | 'slide' | 'video' | 'document' | 'other';

/** What is seen over the images that it was made of. */
export const isSegmentation = ({ modality }: SeriesView): boolean => modality === 'SEG';

/** The series that a person wants to see first: images before what lies over them and documents, in the order of the series. */
export function openingSeries(series: readonly SeriesView[]): number {
  const orderOfKinds: readonly Kind[] = ['image', 'slide', 'video', 'document', 'other'];
  const image = series.findIndex((each) => each.kind === 'image' && !isSegmentation(each));
  if (image >= 0) return image;
  for (const kind of orderOfKinds) {
    const found = series.findIndex((each) => each.kind === kind);
    if (found >= 0) return found;
  }
  return 0;
}
