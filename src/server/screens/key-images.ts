// The key images of a study: what its Key Object Selection Documents (PS3.3 A.35.4, IHE KIN) point at in the study itself.

import { KEY_OBJECT_SELECTION } from '../../dicom/key-object-selection.ts';
import { rejections } from '../../routing/rejection.ts';
import type { Database } from '../../storage/database.ts';
import type { MetadataReader } from '../../storage/series-metadata.ts';
import { isManifestTitle } from '../../translate/manifest/manifest-title.ts';
import { itemOf, itemsOf, type JsonObject, textOf, textsOf } from '../../viewer/dicom-json.ts';
import type { Place } from '../../viewer/image-url.ts';

export const limits = {
  documents: 50,
  images: 200,
};

export interface KeyImage extends Place {
  /** From 1; absent: the image as a whole. */
  frame?: number;
  /** What it was chosen for: `Of Interest`. */
  title: string;
}

/** In the order of the documents and of what they point at, each once; nothing of other studies. */
export async function keyImages(
  database: Database,
  metadata: MetadataReader,
  tenant: number,
  studyInstanceUid: string,
): Promise<KeyImage[]> {
  const places = await database.query<{ series: string; instance: string; isDocument: boolean }>(
    `select r.series_uid as series, i.sop_uid as instance, i.sop_class = $3 as "isDocument"
     from study s join series r on r.study = s.id join instance i on i.series = r.id
     where s.tenant = $1 and s.study_uid = $2 and s.hidden_at is null and r.hidden_at is null and i.hidden_at is null
       and i.served order by i.id`,
    [tenant, studyInstanceUid, KEY_OBJECT_SELECTION],
  );
  const seriesOf = new Map(places.map(({ instance, series }) => [instance, series]));
  const found = new Map<string, KeyImage>();
  for (const { series, instance } of places.filter(({ isDocument }) => isDocument).slice(0, limits.documents)) {
    const scope = { studyInstanceUid, seriesInstanceUid: series, sopInstanceUid: instance };
    const [document] = JSON.parse((await (await metadata.read(tenant, scope, '')).body()).toString()) as JsonObject[];
    for (const { sopInstanceUid, frame, title } of selectedImages(document ?? {})) {
      const seriesInstanceUid = seriesOf.get(sopInstanceUid);
      if (seriesInstanceUid === undefined || found.size >= limits.images) continue;
      found.set(`${sopInstanceUid} ${frame}`, { studyInstanceUid, seriesInstanceUid, sopInstanceUid, frame, title });
    }
  }
  return [...found.values()];
}

type Selected = Pick<KeyImage, 'sopInstanceUid' | 'frame' | 'title'>;

/** What a Key Object Selection Document points at: IMAGE content items, frame by frame where they name frames. */
export function selectedImages(document: JsonObject): Selected[] {
  const concept = itemOf(document, '0040A043');
  const code = textOf(concept, '00080100');
  // Of a manifest every image is one.
  if (Object.hasOwn(rejections, code) || isManifestTitle(code, textOf(concept, '00080102'))) return [];
  const title = textOf(concept, '00080104');
  return [...contentItems(document)]
    .filter((item) => textOf(item, '0040A040') === 'IMAGE')
    .map((item) => itemOf(item, '00081199'))
    .flatMap((reference) => {
      const sopInstanceUid = textOf(reference, '00081155');
      const frames: (string | undefined)[] = textsOf(reference, '00081160');
      if (sopInstanceUid === '') return [];
      if (frames.length === 0) frames.push(undefined);
      return frames.map((frame) => ({ sopInstanceUid, frame: frame === undefined ? frame : Number(frame), title }));
    });
}

function* contentItems(object: JsonObject): Generator<JsonObject> {
  for (const item of itemsOf(object, '0040A730')) {
    yield item;
    yield* contentItems(item);
  }
}
