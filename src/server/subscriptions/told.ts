// What subscribers are told about, as it stands: persons, and what lies under a Study Instance UID.

import type { Patient, Resource } from '@medplum/fhirtypes';
import { imagingStudyId } from '../../translate/imaging-study-id.ts';
import type { Core } from '../core.ts';
import { DerivedStudies } from '../fhir/derived-study.ts';
import { KnownPatients } from '../fhir/known-patients.ts';

export interface Told {
  /** Every id that the person has whose Patient this is. */
  idsOf(tenant: number, patientId: string): Promise<readonly string[]>;
  /** As they are shown. */
  patients(tenant: number, persons: readonly string[]): Promise<readonly (Patient & { id: string })[]>;
  /** Each patient's study under this UID; one without a resource where nothing is there any more. */
  studies(tenant: number, studyUid: string): Promise<readonly { id: string; resource?: Resource }[]>;
}

export function toldBy(core: Core): Told {
  const known = new KnownPatients(core);
  const studies = new DerivedStudies(core);
  return {
    idsOf: (tenant, id) => known.idsOf(core.database, tenant, id),
    async patients(tenant, persons) {
      const shown = await known.shown(core.database, tenant, await known.persons(tenant, persons));
      return [...shown.values()];
    },
    async studies(tenant, studyInstanceUid) {
      const found = await studies.under(tenant, studyInstanceUid, 'instances');
      if (found.length === 0) return [{ id: imagingStudyId({ tenant, studyInstanceUid }) }];
      return found.map(({ resource }) => ({ id: resource.id, resource }));
    },
  };
}
