// Attributes that are served in place of those received: demographics, of whoever knows whose a study is, and those of its
// order. The catalogue and the files keep what came.

import { createHash } from 'node:crypto';
import type { Coercion } from '../dicom/coercion.ts';

export interface StudyCoercion extends Coercion {
  /** Ours: the same for all studies of a person; absent where the patient is served as received. */
  personId?: string;
  /** Of the person, in the catalogue. */
  studyIds?: readonly string[];
}

/** By id of the study; one of whom nothing is known yet is served as it came. */
export type ServedDemographics = (
  tenant: number,
  studyIds: readonly string[],
) => Promise<ReadonlyMap<string, StudyCoercion>>;

/** Another one whenever something else is served of any of these studies. */
export function versionOf(coercions: ReadonlyMap<string, StudyCoercion>): string {
  const said = [...coercions].map(([study, { values, note }]) => [study, values, note]);
  return createHash('sha256').update(JSON.stringify(said)).digest('base64url').slice(0, 22);
}
