// Philips: three elements make a gradient direction; what EPI took is reckoned from the water-fat shift. Neither the
// polarity of phase encoding nor the times of slices stand in its objects.

import type { Fact } from '../fact.ts';
import type { Description } from './description.ts';
import { type Dialect, fact } from './dialect.ts';
import { unit, vectorOf } from './geometry.ts';
import { directionFact, phaseEncoding } from './phase-encoding.ts';
import { philipsMappings, philipsTags } from './philips-mappings.ts';
import type { Series } from './series.ts';

export const philips: Dialect = {
  vendor: 'Philips',
  names: ['PHILIPS'],
  creators: ['Philips Imaging DD 001', 'Philips MR Imaging DD 001'],
  mappings: philipsMappings,
  frameFacts: gradient,
  seriesFacts: (series) => [
    ...directionFact(series, undefined),
    ...readout(series),
    ...multiband(series),
    ...scaling(series),
  ],
};

/** Along right-left, anterior-posterior, foot-head: the patient's axes as DICOM counts them. */
function gradient({ frame }: Description): Fact[] {
  const tags = [philipsTags.gradientRL, philipsTags.gradientAP, philipsTags.gradientFH];
  const written = vectorOf(tags.flatMap((tag) => frame.numbers(tag).slice(0, 1)));
  const direction = written && unit(written);
  if (direction === undefined) return [];
  const sources = tags.map((tag) => frame.source(tag));
  return [
    fact('DiffusionGradientOrientation', direction, sources, 'its three components stand in elements of their own'),
  ];
}

/** Between water and fat, in parts per million of the field. */
const WATER_FAT_PPM = 3.4;

/** Estimated: how Philips counts an echo train under interpolation and oversampling is not documented. */
function readout(series: Series): Fact[] {
  const { first } = series;
  const { frame } = first;
  const shiftPixels = frame.number(philipsTags.waterFatShift);
  const frequencyMhz = first.number('ImagingFrequency') ?? first.number('TransmitterFrequency');
  const echoes = first.number('EchoTrainLength');
  const lines = phaseEncoding(series)?.reconstructedLines;
  if (!shiftPixels || !frequencyMhz || !echoes || echoes < 2 || lines === undefined || lines < 2) return [];
  const totalSeconds = (shiftPixels / (frequencyMhz * WATER_FAT_PPM)) * (echoes / (echoes + 1));
  const sources = [frame.source(philipsTags.waterFatShift), first.fact('EchoTrainLength')!.sources[0]!];
  const reason = 'water-fat shift in pixels over that in Hz, of all echoes but one';
  return [
    fact('WaterFatShift', shiftPixels, sources.slice(0, 1), 'in pixels'),
    fact('EstimatedTotalReadoutTime', totalSeconds, sources, reason, 0.8),
    fact('EstimatedEffectiveEchoSpacing', totalSeconds / (lines - 1), sources, reason, 0.8),
  ];
}

function multiband({ first }: Series): Fact[] {
  const factor = first.number('ParallelReductionFactorOutOfPlane');
  const twoDimensional = first.text('MRAcquisitionType') === '2D';
  if (factor === undefined || factor <= 1 || !twoDimensional) return [];
  const sources = first.fact('ParallelReductionFactorOutOfPlane')!.sources;
  const reason = 'a 2D acquisition that is accelerated across planes excites several at once';
  return [fact('MultibandAccelerationFactor', factor, sources, reason, 0.9)];
}

/** Precise values are (stored × slope + intercept) / (slope × scale slope). */
function scaling({ first: { frame } }: Series): Fact[] {
  const scaleSlope = frame.number(philipsTags.scaleSlope);
  if (scaleSlope === undefined) return [];
  return [
    fact(
      'PhilipsScaleSlope',
      scaleSlope,
      [frame.source(philipsTags.scaleSlope)],
      'for values that compare between scans',
    ),
  ];
}
