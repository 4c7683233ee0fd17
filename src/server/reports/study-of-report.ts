// Which study a report is about: the one of its number, where that is of the same person.

import type { StudyOfReport } from '../../storage/report-documents.ts';
import type { Report } from '../../translate/report/report.ts';
import type { Core } from '../core.ts';

/** A study under the same number of somebody else is not what the report is about. */
export async function ofSamePerson(
  core: Core,
  tenant: number,
  { patient }: Report,
  studies: readonly StudyOfReport[],
): Promise<StudyOfReport | undefined> {
  if (studies.length === 0) return undefined;
  const { people, authorities } = await core.identity();
  await people.follow();
  const ofTenant = people.of(tenant);
  const { issuer, patientId } = patient;
  const person = ofTenant.personOf({ issuer, id: patientId });
  const canonical = (text: string) => authorities.of(tenant).canonical(text);
  return studies.find((study) => {
    if (person !== undefined && ofTenant.personOfStudy(study.id) === person) return true;
    const isUnsaid = issuer === '' || study.issuer === '';
    return study.patientId === patientId && (isUnsaid || canonical(study.issuer) === canonical(issuer));
  });
}
