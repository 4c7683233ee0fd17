// Files of a scanner whose private element nobody has described: it has the flip angle, and another the name of somebody.

import { concatenated } from '../../src/dicom/bytes.ts';
import type { DataSet } from '../../src/dicom/dataset.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, transferSyntax } from '../../src/dicom/transfer-syntax.ts';
import { fileMeta, writeDataSet } from '../../src/dicom/writer.ts';
import { madeSeries } from '../../src/normalize/acquisition/testing/made-series.ts';

const hidden = { creator: 'UNHEARD-OF SCANNER', group: 0x0077, element: 0x10, vr: 'DS' } as const;
const named = { creator: 'UNHEARD-OF SCANNER', group: 0x0077, element: 0x11, vr: 'LO' } as const;
export const unheardOf = { element: '0077xx10 of UNHEARD-OF SCANNER', attribute: 'FlipAngle' };

/** One image of a study of its own, whose private element has the flip angle, and another the name of somebody. */
export function unheard(i: number, flipAngle: number, isSaid: boolean): DataSet {
  const [object] = madeSeries({
    slices: 1,
    attributes: {
      SOPClassUID: '1.2.840.10008.5.1.4.1.1.4',
      SOPInstanceUID: `2.25.77.3.${i}`,
      StudyInstanceUID: `2.25.77.1.${i}`,
      SeriesInstanceUID: `2.25.77.2.${i}`,
      PatientID: `UH-${i}`,
      PatientName: `UNHEARD^OF${i}`,
      ScanOptions: i % 2 === 0 ? 'FS' : 'PFF',
      FlipAngle: flipAngle,
    },
    privates: [
      [hidden, flipAngle],
      [named, i % 2 === 0 ? 'MEHITABEL' : 'THEOPHILUS'],
    ],
  });
  if (!isSaid) object!.delete('FlipAngle');
  return object!;
}

export function fileOf(dataset: DataSet): Uint8Array {
  const syntax = transferSyntax(EXPLICIT_VR_LITTLE_ENDIAN)!;
  const meta = {
    sopClassUid: dataset.text('SOPClassUID')!,
    sopInstanceUid: dataset.text('SOPInstanceUID')!,
    transferSyntaxUid: syntax.uid,
  };
  return concatenated([fileMeta(meta), ...writeDataSet(dataset, syntax)]);
}
