// Private elements of Philips that have a standard equivalent, of classic MR and of PET.

import { type Mapping, map } from './mapping.ts';
import { privateTags } from './private-tag.ts';

const imaging = privateTags('Philips Imaging DD 001', 0x2001);
const mr = privateTags('Philips MR Imaging DD 001', 0x2005);
const pet = privateTags('Philips PET Private Group', 0x7053);

/** Elements without a standard equivalent, from which quantities are derived. */
export const philipsTags = {
  waterFatShift: imaging(0x22, 'FL'),
  scaleSlope: mr(0x0e, 'FL'),
  scaleIntercept: mr(0x0d, 'FL'),
  gradientRL: mr(0xb0, 'FL'),
  gradientAP: mr(0xb1, 'FL'),
  gradientFH: mr(0xb2, 'FL'),
  suvScaleFactor: pet(0x00, 'DS'),
  activityConcentrationScaleFactor: pet(0x09, 'DS'),
} as const;

const yesNo = { kind: 'terms', terms: { Y: 'YES', N: 'NO' } } as const;

export const philipsMappings: readonly Mapping[] = [
  map(imaging(0x03, 'FL'), 'DiffusionBValue'),
  map(imaging(0x04, 'CS'), 'DiffusionDirectionality', {
    kind: 'terms',
    terms: { I: 'ISOTROPIC', O: 'DIRECTIONAL', P: 'DIRECTIONAL', M: 'DIRECTIONAL', S: 'DIRECTIONAL', N: 'NONE' },
  }),
  map(imaging(0x13, 'SL'), 'GradientEchoTrainLength'),
  map(imaging(0x19, 'CS'), 'PartialFourier', yesNo),
  { ...map(imaging(0x1b, 'FL'), 'InversionTime'), except: [0] },
  map(imaging(0x20, 'LO'), 'PulseSequenceName'),
  map(imaging(0x23, 'DS'), 'FlipAngle'),
  map(imaging(0x7b, 'IS'), 'AcquisitionNumber'),
  map(imaging(0x81, 'IS'), 'NumberOfTemporalPositions'),
  map(imaging(0x82, 'IS'), 'EchoTrainLength'),
  map(imaging(0x83, 'DS'), 'ImagingFrequency'),
  map(imaging(0x85, 'DS'), 'MagneticFieldStrength'),
  map(imaging(0x87, 'SH'), 'ImagedNucleus'),
  map(imaging(0x88, 'DS'), 'NumberOfAverages'),
  map(mr(0x11, 'CS'), 'ComplexImageComponent', {
    kind: 'terms',
    terms: { M: 'MAGNITUDE', P: 'PHASE', R: 'REAL', I: 'IMAGINARY' },
  }),
  map(mr(0x30, 'FL'), 'RepetitionTime', { kind: 'item', index: 0 }),
  map(mr(0x33, 'FL'), 'AcquisitionDuration'),
  map(mr(0xa1, 'CS'), 'ParallelAcquisitionTechnique', { kind: 'terms', terms: { SENSE: 'SENSE' } }),
];
