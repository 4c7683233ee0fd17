// What manifests say of the instances of studies, in one statement: what is shown of them, in the order in which people look
// at it. Manifests that came from others are no part of what is there.

import { KEY_OBJECT_SELECTION } from '../dicom/key-object-selection.ts';
import { INSTANCE_ORDER, SERIES_ORDER } from './catalogue.ts';
import type { Database } from './database.ts';

export const limits = {
  /** Of one manifest. */
  instances: 100_000,
} as const;

export interface ManifestContent {
  seriesInstanceUid: string;
  /** Attributes of the series, DICOM JSON. */
  attributes: string;
  sopInstanceUid: string;
  sopClassUid: string;
  number: number | null;
  isImage: boolean;
  frames: number | null;
  /** Of a Key Object Selection Document: the encoding of metadata.ts. */
  metadata: Buffer | null;
}

/** `studies`: rows. */
export function manifestContents(
  database: Database,
  tenant: number,
  studies: readonly string[],
): Promise<ManifestContent[]> {
  return database.query<ManifestContent & Record<string, unknown>>(
    `select r.series_uid as "seriesInstanceUid", r.attributes, i.sop_uid as "sopInstanceUid", i.sop_class as "sopClassUid",
       i.ordinal as number, i.rows is not null as "isImage", i.number_of_frames as frames,
       case when i.sop_class = $3 then i.metadata end as metadata
     from series r join instance i on i.series = r.id
     where r.tenant = $1 and r.study = any($2::bigint[]) and r.hidden_at is null and i.hidden_at is null and i.served
     order by r.study, ${SERIES_ORDER}, ${INSTANCE_ORDER} limit ${limits.instances + 1}`,
    [tenant, studies, KEY_OBJECT_SELECTION],
  );
}
