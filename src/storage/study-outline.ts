// A study as a viewer opens it: its series in their order, each with its first instance, in one read.

import { absence, INSTANCE_ORDER, SERIES_ORDER } from './catalogue.ts';
import type { Database } from './database.ts';

export interface OutlineSeries {
  /** Row of the study: the same Study Instance UID with another patient is another row. */
  study: string;
  /** Patient and study attributes, DICOM JSON. */
  studyAttributes: string;
  seriesInstanceUid: string;
  /** DICOM JSON. */
  seriesAttributes: string;
  instanceCount: number;
  /** Of the first instance, in the order in which people look at them. */
  sopInstanceUid: string;
  sopClassUid: string;
  transferSyntaxUid: string;
}

/** Rejects with catalogue/not-found or catalogue/hidden. */
export async function studyOutline(
  database: Database,
  tenant: number,
  studyInstanceUid: string,
): Promise<OutlineSeries[]> {
  const { rows } = await database.pool.query<OutlineSeries>({
    // Prepared once for each connection, for people wait for it.
    name: 'study_outline',
    text: `select s.id as study, s.attributes as "studyAttributes", r.series_uid as "seriesInstanceUid",
         r.attributes as "seriesAttributes", r.instance_count as "instanceCount", first.*
       from study s join series r on r.study = s.id cross join lateral (
         select i.sop_uid as "sopInstanceUid", i.sop_class as "sopClassUid", i.transfer_syntax as "transferSyntaxUid"
         from instance i where i.series = r.id and i.served and i.hidden_at is null order by ${INSTANCE_ORDER} limit 1
       ) first
       where s.tenant = $1 and s.study_uid = $2 and s.hidden_at is null and r.hidden_at is null
       order by s.id, ${SERIES_ORDER}`,
    values: [tenant, studyInstanceUid],
  });
  if (rows.length === 0) throw await absence(database, tenant, { studyInstanceUid });
  return rows;
}
