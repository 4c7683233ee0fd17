// What the catalogue knows of a study that rules may ask about, in one read.

import type { Database } from './database.ts';
import { metadataBytes } from './metadata.ts';

export interface StudyForRules {
  id: string;
  tenant: number;
  studyInstanceUid: string;
  /** Patient and study attributes of the first instance, DICOM JSON. */
  attributes: string;
  modalities: string[];
  sopClasses: string[];
  instanceCount: number;
  /** From whom its first instance came. */
  source: string | null;
  createdAt: Date;
  series: SeriesForRules[];
}

export interface SeriesForRules {
  seriesInstanceUid: string;
  /** Attributes of the series and its equipment of the first instance, DICOM JSON. */
  attributes: string;
  instanceCount: number;
  /** Of the first instance. */
  sopClassUid: string;
  /** Its row. */
  firstInstance: string;
}

/** `ids`: rows of studies. Those that are hidden, or hold nothing that is served, are left out. */
export async function studiesForRules(database: Database, ids: readonly string[]): Promise<StudyForRules[]> {
  return database.query<StudyForRules & Record<string, unknown>>(
    `select s.id, s.tenant, s.study_uid as "studyInstanceUid", s.attributes, s.modalities, s.sop_classes as "sopClasses",
       s.instance_count as "instanceCount", (min(first.source)) as source, s.created_at as "createdAt",
       json_agg(json_build_object('seriesInstanceUid', r.series_uid, 'attributes', r.attributes,
         'instanceCount', r.instance_count, 'sopClassUid', first.sop_class,
         'firstInstance', first.id::text) order by r.id) as series
     from study s join series r on r.study = s.id cross join lateral (
       select i.id, i.sop_class, i.source from instance i
       where i.series = r.id and i.served and i.hidden_at is null order by i.ordinal, i.sop_uid limit 1) first
     where s.id = any($1::bigint[]) and s.hidden_at is null and r.hidden_at is null
     group by s.id`,
    [ids],
  );
}

/** What instances say, as DICOM JSON without bulk data, encoded as storage/metadata.ts has it, by row. `longest`: in bytes of JSON; longer ones are left out. */
export async function metadataOfInstances(
  database: Database,
  ids: readonly string[],
  longest: number,
): Promise<Map<string, Uint8Array>> {
  const rows = await database.query<{ id: string; metadata: Buffer }>(
    'select id, metadata from instance where id = any($1::bigint[])',
    [ids],
  );
  const short = rows.filter(({ metadata }) => metadataBytes(metadata) <= longest);
  return new Map(short.map(({ id, metadata }) => [id, metadata]));
}

/** Rows of the newest studies of a tenant that arrived since a moment, the newest first. */
export async function studiesSince(database: Database, tenant: number, since: Date, limit: number): Promise<string[]> {
  const rows = await database.query<{ id: string }>(
    `select id from study where tenant = $1 and hidden_at is null and created_at >= $2 order by id desc limit $3`,
    [tenant, since, limit],
  );
  return rows.map(({ id }) => id);
}
