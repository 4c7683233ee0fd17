// A search in a session for one patient finds what is that patient's and nothing else, whatever it asks for.

import { studiesOfPatient } from '../../auth/patient-context.ts';
import type { Principal } from '../../auth/principal.ts';
import { tagOf } from '../../dicom/dictionary.ts';
import type { Query } from '../../dicom/query.ts';
import type { Database } from '../../storage/database.ts';

const STUDY_INSTANCE_UID = tagOf('StudyInstanceUID')!;

/** No study has it (PS3.5 9.1: a component is a number). A key without values would match every study. */
const NO_STUDY = '-';

/** `query` as it is for everybody else. */
export async function keptToPatient(database: Database, { tenant, patient }: Principal, query: Query): Promise<Query> {
  if (patient === undefined) return query;
  const studyUids = await studiesOfPatient(database, tenant, patient);
  const values = studyUids.length > 0 ? studyUids : [NO_STUDY];
  return { ...query, keys: [...query.keys, { path: [STUDY_INSTANCE_UID], vr: 'UI', values }] };
}
