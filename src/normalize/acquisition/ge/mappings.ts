// Private elements of GE that have a standard equivalent, of MR and CT.

import { type Mapping, map } from '../mapping.ts';
import { privateTags } from '../private-tag.ts';

const acquisition = privateTags('GEMS_ACQU_01', 0x0019);
const image = privateTags('GEMS_IMAG_01', 0x0027);
const parameters = privateTags('GEMS_PARM_01', 0x0043);

/** Elements without a standard equivalent, from which quantities are derived. */
export const geTags = {
  internalPulseSequenceName: acquisition(0x9e, 'LO'),
  gradientX: acquisition(0xbb, 'DS'),
  gradientY: acquisition(0xbc, 'DS'),
  gradientZ: acquisition(0xbd, 'DS'),
  locationsInAcquisition: privateTags('GEMS_RELA_01', 0x0021)(0x4f, 'SS'),
  rtiaTimer: privateTags('GEMS_RELA_01', 0x0021)(0x5e, 'DS'),
  protocolBlock: privateTags('GEMS_SERS_01', 0x0025)(0x1b, 'OB'),
  rawHeader: parameters(0x2a, 'OB'),
  echoSpacing: parameters(0x2c, 'SS'),
  bValue: parameters(0x39, 'IS'),
  groupDelay: parameters(0x7c, 'FL'),
  multiband: parameters(0xb6, 'LO'),
} as const;

export const geMappings: readonly Mapping[] = [
  map(parameters(0x83, 'DS'), 'ParallelReductionFactorInPlane', { kind: 'reciprocal', index: 0 }),
  map(parameters(0x83, 'DS'), 'ParallelReductionFactorOutOfPlane', { kind: 'reciprocal', index: 1 }),
  map(parameters(0x2f, 'SS'), 'ComplexImageComponent', {
    kind: 'terms',
    terms: { 0: 'MAGNITUDE', 1: 'PHASE', 2: 'REAL', 3: 'IMAGINARY' },
  }),
  map(parameters(0x8a, 'CS'), 'InPlanePhaseEncodingDirection'),
  map(parameters(0x91, 'DS'), 'SAR', { kind: 'item', index: 0 }),
  map(acquisition(0x9c, 'LO'), 'PulseSequenceName'),
  map(acquisition(0x93, 'DS'), 'ImagingFrequency', { kind: 'linear', scale: 1e-7 }),
  map(acquisition(0x5a, 'FL'), 'AcquisitionDuration', { kind: 'linear', scale: 1e-6 }),
  // In mm per rotation, whatever its name says.
  map(acquisition(0x23, 'DS'), 'TableFeedPerRotation'),
  map(acquisition(0x27, 'DS'), 'RevolutionTime'),
  map(image(0x41, 'FL'), 'SliceLocation'),
  map(image(0x62, 'FL'), 'NumberOfAverages'),
  map(parameters(0x27, 'SH'), 'SpiralPitchFactor', { kind: 'within', pattern: '^([\\d.]+):1' }),
];
