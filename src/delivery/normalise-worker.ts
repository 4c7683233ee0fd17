// The worker's side of normalise-pool.ts: vocabularies and models are read once, when the first study is asked about.

import { fromJson } from '../dicom/json-reader.ts';
import { type NormalisedStudy, StudyNormaliser } from '../normalize/normalise-study.ts';
import { metadataText } from '../storage/metadata.ts';

/** What one instance of each series says, as the catalogue keeps it. */
export type NormaliseTask = readonly Uint8Array[];

let normaliser: StudyNormaliser | undefined;

export default function normalise(firsts: NormaliseTask): NormalisedStudy {
  normaliser ??= new StudyNormaliser();
  return normaliser.normalise(firsts.map((encoded) => fromJson(JSON.parse(metadataText(encoded, '')))));
}
