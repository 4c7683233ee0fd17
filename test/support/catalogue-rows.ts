// Fills the catalogue from data sets by plain INSERTs, described as the spine describes them, without files.

import { DataSet, type NewValue } from '../../src/dicom/dataset.ts';
import { jsonPieces } from '../../src/dicom/json.ts';
import { describeInstance, identify } from '../../src/ingest/describe.ts';
import { describeSeries, describeStudy } from '../../src/ingest/describe-study.ts';
import type { Database } from '../../src/storage/database.ts';
import { encodeMetadata } from '../../src/storage/metadata.ts';

let made = 0;

/** A CT image with UIDs of its own, and these attributes. Text is Unicode. */
export function image(attributes: Record<string, NewValue> = {}): DataSet {
  made += 1;
  const dataset = new DataSet();
  const ordinary = {
    SpecificCharacterSet: 'ISO_IR 192',
    SOPClassUID: '1.2.840.10008.5.1.4.1.1.2',
    SOPInstanceUID: `2.25.${made}.3`,
    StudyInstanceUID: `2.25.${made}.1`,
    SeriesInstanceUID: `2.25.${made}.2`,
    Modality: 'CT',
    Rows: 16,
    Columns: 32,
    BitsAllocated: 16,
  };
  for (const [keyword, value] of Object.entries({ ...ordinary, ...attributes })) dataset.set(keyword, value);
  return dataset;
}

/** One row for each object, and those of its series and study; counts follow. */
export async function insertImages(database: Database, images: readonly DataSet[], tenant = 1): Promise<void> {
  for (const dataset of images) {
    const identity = identify({ meta: new DataSet(), dataset }, []);
    const study = await insert(database, 'study', { ...describeStudy(tenant, identity, dataset) }, [
      'tenant',
      'study_uid',
      'patient_key',
    ]);
    const series = await insert(database, 'series', { study, ...describeSeries(tenant, identity, dataset) }, [
      'study',
      'series_uid',
    ]);
    const row = {
      ...{ series, study, tenant, sop_uid: identity.sopUid, sop_class: identity.sopClassUid },
      ...describeInstance(dataset),
      ...{ transfer_syntax: '1.2.840.10008.1.2.1', object: identity.sopUid, source: 'test' },
      ...{ sha256: Buffer.alloc(32), header_sha256: Buffer.alloc(32), size_bytes: 0, dataset_offset: 0 },
      metadata: encodeMetadata(jsonPieces(dataset), identity),
    };
    await insert(database, 'instance', row, ['series', 'sop_uid', 'version']);
  }
  await database.query(counts);
}

/** The id of the row, new or already there. */
async function insert(database: Database, table: string, row: object, key: readonly string[]): Promise<string> {
  const columns = Object.keys(row);
  const [found] = await database.query<{ id: string }>(
    `insert into ${table} (${columns.join(', ')}) values (${columns.map((_, at) => `$${at + 1}`).join(', ')})
     on conflict (${key.join(', ')}) do update set tenant = excluded.tenant returning id`,
    Object.values(row),
  );
  return found!.id;
}

const counts = `
  with c as (select series, count(*)::int as n from instance where hidden_at is null group by series)
  update series e set instance_count = c.n from c where c.series = e.id;
  update study s set series_count = c.series, instance_count = c.instances, modalities = c.modalities, sop_classes = c.classes
  from (
    select e.study, count(distinct e.id)::int as series, count(*)::int as instances,
      coalesce(array_agg(distinct e.modality) filter (where e.modality is not null), '{}') as modalities,
      array_agg(distinct i.sop_class) as classes
    from series e join instance i on i.series = e.id group by e.study
  ) c where c.study = s.id`;
