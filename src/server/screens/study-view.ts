// A study for quick look, from the catalogue: what its page begins with.

import type { Database } from '../../storage/database.ts';
import { coercedObject } from '../../storage/search/coerced-members.ts';
import type { MetadataReader } from '../../storage/series-metadata.ts';
import type { ServedDemographics } from '../../storage/served-demographics.ts';
import { type OutlineSeries, studyOutline } from '../../storage/study-outline.ts';
import { itemOf, type JsonObject, personNameOf, textOf } from '../../viewer/dicom-json.ts';
import { instanceView } from '../../viewer/instance-view.ts';
import {
  type Kind,
  openingSeries,
  type PatientView,
  type SeriesView,
  type StudyView,
} from '../../viewer/study-view.ts';

export interface StudySource {
  database: Database;
  metadata: MetadataReader;
  served?: ServedDemographics | undefined;
}

/** Rejects with catalogue/not-found or catalogue/hidden. */
export async function studyView(
  { database, metadata, served }: StudySource,
  tenant: number,
  studyInstanceUid: string,
): Promise<StudyView> {
  const outline = await studyOutline(database, tenant, studyInstanceUid);
  const rows = [...new Set(outline.map(({ study }) => study))];
  const coercions = await served?.(tenant, rows);
  const studies = rows.map((row) => {
    const { studyAttributes } = outline.find(({ study }) => study === row)!;
    const coercion = coercions?.get(row);
    return parse(coercion === undefined ? studyAttributes : coercedObject(studyAttributes, coercion));
  });
  const series = outline.map((each) => seriesView(each, rows.indexOf(each.study)));
  const opening = series[openingSeries(series)]!;
  if (opening.kind === 'image') {
    const { seriesInstanceUid, sopInstanceUid } = opening;
    const read = await metadata.read(tenant, { studyInstanceUid, seriesInstanceUid, sopInstanceUid }, '');
    const [object] = JSON.parse((await read.body()).toString()) as JsonObject[];
    if (object !== undefined) opening.first = instanceView(object);
  }
  const [study] = studies;
  return {
    studyInstanceUid,
    patients: studies.map(patientView),
    date: textOf(study, '00080020'),
    time: textOf(study, '00080030'),
    description: textOf(study, '00081030'),
    accessionNumber: textOf(study, '00080050'),
    series,
  };
}

const parse = (text: string): JsonObject => JSON.parse(text) as JsonObject;

const patientView = (study: JsonObject): PatientView => ({
  name: personNameOf(study, '00100010'),
  id: textOf(study, '00100020'),
  birthDate: textOf(study, '00100030'),
  sex: textOf(study, '00100040'),
});

function seriesView(row: OutlineSeries, patient: number): SeriesView {
  const attributes = parse(row.seriesAttributes);
  return {
    seriesInstanceUid: row.seriesInstanceUid,
    patient,
    modality: textOf(attributes, '00080060'),
    number: textOf(attributes, '00200011'),
    description: textOf(attributes, '0008103E') || textOf(itemOf(attributes, '0008103F'), '00080104'),
    bodyPart: textOf(attributes, '00180015'),
    laterality: textOf(attributes, '00200060'),
    instanceCount: row.instanceCount,
    kind: kindOf(row),
    sopInstanceUid: row.sopInstanceUid,
  };
}

const STORAGE = '1.2.840.10008.5.1.4.1.1.';

/** SOP classes, below the storage root, that hold no image: what they describe is shown by a full viewer. */
const withoutImage = /^(88|11\.|481\.(?!1$|2$)|66(?!\.4)|9\.|104\.|78\.|79\.1|67|68|69|131|200\.|201\.)/;
const encapsulated = /^104\.[1-5]$/;
const wholeSlide = '77.1.6';

function kindOf({ sopClassUid, transferSyntaxUid }: OutlineSeries): Kind {
  const sopClass = sopClassUid.startsWith(STORAGE) ? sopClassUid.slice(STORAGE.length) : '';
  if (encapsulated.test(sopClass)) return 'document';
  if (isVideo(transferSyntaxUid)) return 'video';
  if (sopClass === wholeSlide) return 'slide';
  return withoutImage.test(sopClass) ? 'other' : 'image';
}

/** MPEG-2, MPEG-4 and HEVC: PS3.5 10.10 to 10.14. */
const isVideo = (uid: string): boolean => /^1\.2\.840\.10008\.1\.2\.4\.10[0-8](\.1)?$/.test(uid);
