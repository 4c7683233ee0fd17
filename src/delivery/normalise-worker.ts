// The worker's side of normalise-pool.ts: vocabularies and models are read once, when the first study is asked about.

import { createHash } from 'node:crypto';
import { fromJson } from '../dicom/json-reader.ts';
import { type NormalisedStudy, StudyNormaliser } from '../normalize/normalise-study.ts';
import { procedureModelText } from '../normalize/procedures/model.generated.ts';
import { ctSeriesModelText } from '../normalize/series/ct-model.generated.ts';
import { mrSeriesModelText } from '../normalize/series/mr-model.generated.ts';
import { metadataText } from '../storage/metadata.ts';

/** What one instance of each series says, as the catalogue keeps it. */
export type NormaliseTask = readonly Uint8Array[];

export interface FoundOfStudy extends NormalisedStudy {
  /** Checksum of the models; empty where nothing could be found. */
  foundBy: string;
}

let normaliser: StudyNormaliser | undefined;

const foundBy = createHash('sha256')
  .update(procedureModelText)
  .update(mrSeriesModelText)
  .update(ctSeriesModelText)
  .digest('hex')
  .slice(0, 12);

export default function normalise(firsts: NormaliseTask): FoundOfStudy {
  normaliser ??= new StudyNormaliser();
  const found = normaliser.normalise(firsts.map((encoded) => fromJson(JSON.parse(metadataText(encoded, '')))));
  return { ...found, foundBy };
}
