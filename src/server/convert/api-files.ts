// What /api/v1 asks of the intake of files, in its own words.

import type { ApiFileWish, ApiTakenFile } from '../../api/files.ts';
import type { Principal } from '../../auth/principal.ts';
import type { FileIntake } from './file-intake.ts';

export async function takeApiFile(
  intake: FileIntake,
  principal: Principal,
  wish: ApiFileWish,
  body: AsyncIterable<Uint8Array>,
): Promise<ApiTakenFile> {
  const { fileName = '', title, kind, pixelSpacing, birthDate, studyUid, encounter, patientIdIssuer, ...said } = wish;
  const claim = {
    ...said,
    studyInstanceUid: studyUid,
    admissionId: encounter,
    issuerOfPatientId: patientIdIssuer,
    birthDate: birthDate?.replaceAll('-', ''),
  };
  const asked = { fileName, title, kind, pixelSpacingMm: pixelSpacing, claim };
  const { instances, findings } = await intake.upload(body, asked, principal, { door: 'api', source: principal.id });
  return {
    instances: instances.map(({ studyInstanceUid, seriesInstanceUid, sopInstanceUid, sopClassUid, keptAs }) => ({
      studyInstanceUid,
      seriesInstanceUid,
      sopInstanceUid,
      sopClassUid,
      keptAs,
    })),
    findings: findings.map(({ code, assumed }) => ({ code, assumed })),
  };
}
