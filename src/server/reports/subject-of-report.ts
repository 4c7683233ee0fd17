// Whom a report or a finding is about, as a reference: the person by the id of this registration, and the number itself.

import type { Patient, Reference } from '@medplum/fhirtypes';
import { nameText } from '../../translate/name-text.ts';
import type { Report } from '../../translate/report/report.ts';
import type { Core } from '../core.ts';

export async function subjectOf(
  core: Core,
  tenant: number,
  { issuer, patientId, name }: Report['patient'],
): Promise<Reference<Patient>> {
  if (patientId === '') return { display: 'not identified' };
  const { people, authorities } = await core.identity();
  const display = nameText(name);
  return {
    reference: `Patient/${people.of(tenant).idOfRegistration({ issuer, id: patientId })}`,
    type: 'Patient',
    identifier: { ...(issuer && { system: authorities.of(tenant).systemOf(issuer) }), value: patientId },
    ...(display && { display }),
  };
}
