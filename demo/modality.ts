// A scanner: it sends what it made, and says by MPPS that this was all of it (PS3.4 Annex F), so that nobody waits for more.

import { DataSet } from '../src/dicom/dataset.ts';
import { createInstance, setInstance } from '../src/dimse/managed-scu.ts';
import { PERFORMED_STEP } from '../src/dimse/services.ts';
import { freshUid } from '../test/support/instances.ts';
import { associate, storeAll, UNCOMPRESSED } from '../test/support/peer.ts';
import type { HeadStudy } from './ct-head.ts';

export async function acquire(
  port: number,
  { studyInstanceUid, instances }: HeadStudy,
  { station, accession }: { station: string; accession: string },
): Promise<void> {
  const as = { callingAeTitle: station };
  const step = { sopClassUid: PERFORMED_STEP, sopInstanceUid: freshUid() };
  const association = await associate(port, [{ abstractSyntax: PERFORMED_STEP, transferSyntaxes: UNCOMPRESSED }], as);
  const scheduled = new DataSet()
    .set('StudyInstanceUID', studyInstanceUid)
    .set('AccessionNumber', accession)
    .set('ScheduledProcedureStepID', '1');
  await createInstance(
    association,
    step,
    new DataSet()
      .set('PerformedProcedureStepID', 'P1')
      .set('PerformedStationAETitle', station)
      .set('PerformedProcedureStepStatus', 'IN PROGRESS')
      .set('ScheduledStepAttributesSequence', [scheduled]),
  );
  await storeAll(port, instances, as);
  const made = instances.map(({ sopClassUid, sopInstanceUid }) =>
    new DataSet().set('ReferencedSOPClassUID', sopClassUid).set('ReferencedSOPInstanceUID', sopInstanceUid),
  );
  const series = new DataSet()
    .set('SeriesInstanceUID', instances[0]!.seriesInstanceUid)
    .set('ReferencedImageSequence', made);
  await setInstance(
    association,
    step,
    new DataSet().set('PerformedProcedureStepStatus', 'COMPLETED').set('PerformedSeriesSequence', [series]),
  );
  await association.release();
}
