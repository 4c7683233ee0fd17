// An object that was made for a receiver and is kept nowhere, as it leaves.

import { patientNumberIn } from '../../delivery/sent-patient.ts';
import type { DataSet } from '../../dicom/dataset.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, transferSyntax } from '../../dicom/transfer-syntax.ts';
import { fileMeta, writeDataSet } from '../../dicom/writer.ts';
import type { Departure } from './departure.ts';

export function madeDeparture(dataset: DataSet): Departure {
  const syntax = transferSyntax(EXPLICIT_VR_LITTLE_ENDIAN)!;
  const identity = {
    sopClassUid: dataset.text('SOPClassUID')!,
    sopInstanceUid: dataset.text('SOPInstanceUID')!,
    transferSyntaxUid: syntax.uid,
  };
  const bytes = Buffer.concat([...writeDataSet(dataset, syntax)]);
  const chunks = async function* () {
    // What is sent is given away.
    yield Uint8Array.from(bytes);
  };
  return {
    sendable: {
      ...identity,
      studyInstanceUid: dataset.text('StudyInstanceUID')!,
      seriesInstanceUid: dataset.text('SeriesInstanceUID')!,
      sizeBytes: bytes.length,
      open: chunks,
    },
    patient: patientNumberIn(dataset),
    async *file() {
      yield fileMeta(identity);
      yield* chunks();
    },
  };
}
