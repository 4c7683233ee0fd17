// Series that are no images: documents and video as the browser shows them, the rest to be taken away.

import { element } from './dom.ts';
import { documentUrl, instancePath, type Place } from './image-url.ts';
import type { Kind, SeriesView } from './study-view.ts';

export const isPage = ({ kind }: SeriesView): boolean => kind !== 'image' && kind !== 'slide';

const pages: Partial<Record<Kind, (place: Place) => HTMLElement>> = {
  document: (place) => element('iframe', { title: 'Document', src: documentUrl(place, 'application/pdf') }),
  // The browser asks for the ranges it wants.
  video: (place) => element('video', { controls: true, playsinline: true, src: documentUrl(place, 'video/*') }),
};

export function documentPage(place: Place, series: SeriesView): HTMLElement {
  const page = pages[series.kind]?.(place);
  if (page !== undefined) return page;
  const what = series.description || `This ${series.modality} series`;
  const link = element(
    'a',
    { href: `${instancePath(place)}?accept=application/dicom`, download: `${place.sopInstanceUid}.dcm` },
    'Take the object',
  );
  return element('p', {}, `${what} holds no images. `, link);
}
