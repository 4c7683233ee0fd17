// The segmentations of a study, with where they are.

import { type JsonObject, textOf } from './dicom-json.ts';
import type { Place } from './image-url.ts';
import { readObjects } from './read-series.ts';
import { isSegmentation, type SeriesView, type StudyView } from './study-view.ts';

/** Those that may lie over `open`, by what their series say. Rejects with an Error for the person. */
export async function readSegmentations(
  { studyInstanceUid, series, watermark }: StudyView,
  open: SeriesView,
): Promise<[Place, JsonObject][]> {
  // Masks are originals, which a link that was given away does not open.
  if (isSegmentation(open) || watermark !== undefined) return [];
  const read = series.filter(isSegmentation).map(async ({ seriesInstanceUid }) =>
    (await readObjects(studyInstanceUid, seriesInstanceUid)).map((object): [Place, JsonObject] => {
      return [{ studyInstanceUid, seriesInstanceUid, sopInstanceUid: textOf(object, '00080018') }, object];
    }),
  );
  return (await Promise.all(read)).flat();
}
