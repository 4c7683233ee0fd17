// CT: exposure, dose and kernel, from standard attributes and those of the vendors' private ones that stand for them.

import type { Fact } from '../fact.ts';
import type { Series } from './series.ts';
import { MILLISECONDS, type Quantity, quantityFacts, textFact } from './standard-quantity.ts';

const quantities: readonly Quantity[] = [
  { name: 'SliceThickness', of: ['SliceThickness'], above: 0 },
  { name: 'SpacingBetweenSlices', of: ['SpacingBetweenSlices'], above: 0 },
  { name: 'TubeVoltage', of: ['KVP'], above: 0 },
  { name: 'XRayTubeCurrent', of: ['XRayTubeCurrent', 'XRayTubeCurrentInmA'], above: 0 },
  { name: 'XRayExposure', of: ['Exposure', 'ExposureInmAs'], above: 0 },
  { name: 'ExposureTime', of: ['ExposureTime', 'ExposureTimeInms'], scale: MILLISECONDS, above: 0 },
  { name: 'RevolutionTime', of: ['RevolutionTime'], above: 0 },
  { name: 'TableSpeed', of: ['TableSpeed'], above: 0 },
  { name: 'TableFeedPerRotation', of: ['TableFeedPerRotation'], above: 0 },
  { name: 'SpiralPitchFactor', of: ['SpiralPitchFactor'], above: 0 },
  { name: 'SingleCollimationWidth', of: ['SingleCollimationWidth'], above: 0 },
  { name: 'TotalCollimationWidth', of: ['TotalCollimationWidth'], above: 0 },
  { name: 'CTDIvol', of: ['CTDIvol'], above: 0 },
  { name: 'ReconstructionDiameter', of: ['ReconstructionDiameter'], above: 0 },
  { name: 'GantryDetectorTilt', of: ['GantryDetectorTilt'] },
];

export const ctQuantities = ({ first }: Series): Fact[] => [
  ...quantityFacts(first, quantities),
  ...textFact(first, 'ConvolutionKernel', 'ConvolutionKernel'),
  ...textFact(first, 'FilterType', 'FilterType'),
  ...textFact(first, 'ExposureModulationType', 'ExposureModulationType'),
];
