// Private elements of Siemens that have a standard equivalent: MR of software V (SIEMENS MR HEADER, the copy of the CSA
// header) and XA (SIEMENS MR SDS 01 for the series, SDI 02 for the frame), and CT.

import { type Mapping, map } from '../mapping.ts';
import { privateTags } from '../private-tag.ts';

const header = privateTags('SIEMENS MR HEADER', 0x0019);
const text = privateTags('SIEMENS MR HEADER', 0x0051);
const series = privateTags('SIEMENS MR SDS 01', 0x0021);
const frame = privateTags('SIEMENS MR SDI 02', 0x0021);
const ct = privateTags('SIEMENS CT VA0  COAD', 0x0019);
const ctGenerator = privateTags('SIEMENS CT VA0  GEN', 0x0019);

/** `p2`, `p2s3`, `GRAPPA p2`, `pC2`: in-plane factor after p, simultaneous slices after s. */
const IN_PLANE = 'p[A-Z]?(\\d+(?:\\.\\d+)?)';

/** Elements without a standard equivalent, from which quantities are derived. */
export const siemensTags = {
  numberOfImagesInMosaic: header(0x0a, 'US'),
  timeAfterStart: header(0x16, 'DS'),
  realDwellTime: header(0x18, 'IS'),
  bandwidthPerPixelPhaseEncode: header(0x28, 'FD'),
  mosaicRefAcqTimes: header(0x29, 'FD'),
  patMode: text(0x11, 'LO'),
  xaPatMode: series(0x09, 'LO'),
  xaProtocol: series(0x19, 'OB'),
  xaTimeAfterStart: frame(0x04, 'DS'),
  xaPhaseEncodingDirectionPositive: frame(0x1c, 'IS'),
  xaRealDwellTime: frame(0x42, 'IS'),
  xaBandwidthPerPixelPhaseEncode: frame(0x53, 'FD'),
  csaImage: privateTags('SIEMENS CSA HEADER', 0x0029)(0x10, 'OB'),
  csaSeries: privateTags('SIEMENS CSA HEADER', 0x0029)(0x20, 'OB'),
} as const;

export const siemensMappings: readonly Mapping[] = [
  map(header(0x0c, 'IS'), 'DiffusionBValue'),
  map(header(0x0d, 'CS'), 'DiffusionDirectionality'),
  map(header(0x0e, 'FD'), 'DiffusionGradientOrientation'),
  map(header(0x0b, 'DS'), 'FrameAcquisitionDuration'),
  map(header(0x11, 'SH'), 'FlowCompensation', { kind: 'terms', terms: { No: 'NONE', Yes: 'OTHER' } }),
  ...['XX', 'XY', 'XZ', 'YY', 'YZ', 'ZZ'].map((axes, index) =>
    map(header(0x27, 'FD'), `DiffusionBValue${axes}`, { kind: 'item', index }),
  ),
  map(text(0x11, 'LO'), 'ParallelReductionFactorInPlane', { kind: 'within', pattern: IN_PLANE }),
  map(text(0x17, 'SH'), 'SliceThickness', { kind: 'within', pattern: '^SL ([\\d.]+)' }),
  map(series(0x09, 'LO'), 'ParallelReductionFactorInPlane', { kind: 'within', pattern: IN_PLANE }),
  map(series(0x49, 'CS'), 'AcquisitionContrast'),
  map(series(0x50, 'US'), 'RFEchoTrainLength'),
  map(series(0x51, 'US'), 'GradientEchoTrainLength'),
  map(series(0x5a, 'CS'), 'ScanningSequence'),
  map(series(0x5b, 'CS'), 'SequenceVariant'),
  map(series(0x5c, 'CS'), 'ScanOptions'),
  map(series(0x3d, 'CS'), 'OversamplingPhase'),
  map(frame(0x75, 'CS'), 'ImageType'),
  map(ct(0xb0, 'DS'), 'TableFeedPerRotation'),
  map(ctGenerator(0x20, 'DS'), 'ExposureTime'),
  map(ctGenerator(0x21, 'DS'), 'XRayTubeCurrent'),
  map(ctGenerator(0x26, 'DS'), 'KVP'),
];
