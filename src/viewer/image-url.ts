// The addresses quick look asks: rendered images (PS3.18 10.4.1.1.3) and their like, below the origin of the page.

export interface Place {
  studyInstanceUid: string;
  seriesInstanceUid: string;
  sopInstanceUid: string;
}

export interface ImageWish {
  /** From 1. */
  frame: number;
  frames: number;
  /** Longest side, in pixels. */
  size: number;
  window?: { center: number; width: number };
  /** Stains are told by their colour, which takes a JPEG of more than the usual quality. */
  isSlide?: true;
}

const limits = {
  /** Longest side of the first image, whatever the screen: a page knows its own size only when it is there. */
  firstSize: 1024,
  quality: 85,
  slideQuality: 92,
  thumbnailSize: 128,
};

export const instancePath = ({ studyInstanceUid, seriesInstanceUid, sopInstanceUid }: Place): string =>
  `/dicomweb/studies/${studyInstanceUid}/series/${seriesInstanceUid}/instances/${sopInstanceUid}`;

/** Longest side that is worth asking for: nothing is gained by pixels that the object does not have. */
export function sizeFor(image: { rows: number; columns: number }, wanted: number = limits.firstSize): number {
  const own = Math.max(image.rows, image.columns);
  return own === 0 ? wanted : Math.min(own, wanted);
}

export function renderedUrl(place: Place, { frame, frames, size, window, isSlide }: ImageWish): string {
  const path = frames > 1 ? `${instancePath(place)}/frames/${frame}/rendered` : `${instancePath(place)}/rendered`;
  const shown = window === undefined ? '' : `&window=${round(window.center)},${round(window.width)},linear`;
  return `${path}?accept=image/jpeg&quality=${isSlide ? limits.slideQuality : limits.quality}&viewport=${size},${size}${shown}`;
}

/** What an object holds that is no image: a PDF, a video, a surface. */
export const documentUrl = (place: Place, mediaType: string): string =>
  `${instancePath(place)}/rendered?accept=${encodeURIComponent(mediaType)}`;

export const seriesThumbnailUrl = ({ studyInstanceUid, seriesInstanceUid }: Omit<Place, 'sopInstanceUid'>): string =>
  `/dicomweb/studies/${studyInstanceUid}/series/${seriesInstanceUid}/thumbnail?accept=image/jpeg&viewport=${limits.thumbnailSize},${limits.thumbnailSize}`;

const round = (value: number): number => Math.round(value * 100) / 100;
