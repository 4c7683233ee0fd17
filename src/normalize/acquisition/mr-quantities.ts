// What holds for MR series of every vendor: standard attributes under the names of BIDS and in its units.

import type { Fact, FactValue } from '../fact.ts';
import type { Description } from './description.ts';
import { fact } from './dialect.ts';
import { dot, positionOf } from './geometry.ts';
import { phaseEncoding } from './phase-encoding.ts';
import type { Series } from './series.ts';
import { MILLISECONDS, type Quantity, quantityFacts, textFact } from './standard-quantity.ts';

const quantities: readonly Quantity[] = [
  { name: 'SliceThickness', of: ['SliceThickness'], above: 0 },
  { name: 'EchoTime', of: ['EchoTime', 'EffectiveEchoTime'], scale: MILLISECONDS, above: 0 },
  { name: 'RepetitionTime', of: ['RepetitionTime'], scale: MILLISECONDS },
  { name: 'InversionTime', of: ['InversionTime', 'InversionTimes'], scale: MILLISECONDS, above: 0 },
  { name: 'FlipAngle', of: ['FlipAngle'] },
  { name: 'NumberOfAverages', of: ['NumberOfAverages'], above: 1 },
  { name: 'EchoTrainLength', of: ['EchoTrainLength'], above: 1 },
  { name: 'PercentPhaseFOV', of: ['PercentPhaseFieldOfView'] },
  { name: 'PercentSampling', of: ['PercentSampling'] },
  { name: 'PixelBandwidth', of: ['PixelBandwidth'], above: 0 },
  { name: 'ParallelReductionFactorInPlane', of: ['ParallelReductionFactorInPlane'], above: 0 },
  { name: 'ParallelReductionFactorOutOfPlane', of: ['ParallelReductionFactorOutOfPlane'], above: 0 },
];

export function mrQuantities(series: Series): Fact[] {
  const { first } = series;
  return [
    ...field(first),
    ...quantityFacts(first, quantities),
    ...textFact(first, 'ParallelAcquisitionTechnique', 'ParallelAcquisitionTechnique'),
    ...textFact(first, 'PartialFourierDirection', 'PartialFourierDirection'),
    ...spacing(series),
    ...matrix(series),
  ];
}

/** No magnet for people has 30 T; what looks like it is written in gauss. */
const STRONGEST_TESLA = 30;

/** MHz per T (PS3.3 C.8.3.1 has the field in T and the frequency in MHz, but not all senders do). */
const HYDROGEN = 42.577;

function field(first: Description): Fact[] {
  const written = first.number('MagneticFieldStrength');
  const facts: Fact[] = [];
  const tesla = written !== undefined && written > STRONGEST_TESLA ? written / 10_000 : written;
  if (tesla !== undefined && tesla > 0) {
    const { sources } = first.fact('MagneticFieldStrength')!;
    facts.push(fact('MagneticFieldStrength', tesla, sources, tesla === written ? 'the object says so' : 'from gauss'));
  }
  const keyword = ['ImagingFrequency', 'TransmitterFrequency'].find((one) => (first.number(one) ?? 0) > 0);
  if (keyword === undefined) return facts;
  const { sources, confidence } = first.fact(keyword)!;
  const frequency = first.number(keyword)!;
  const unit = tesla === undefined ? frequencyUnits[0]! : unitThatFits(frequency, tesla * HYDROGEN);
  return [...facts, fact('ImagingFrequency', frequency * unit.scale, sources, unit.reason, confidence)];
}

const frequencyUnits = [
  { scale: 1, reason: 'the object says so' },
  { scale: 1e-6, reason: 'from Hz, as the field tells' },
  { scale: 1e-7, reason: 'from tenths of Hz, as the field tells' },
];

/** Other nuclei are slower than hydrogen, but by less than a unit is from the next but one. */
function unitThatFits(frequency: number, expectedMhz: number): (typeof frequencyUnits)[number] {
  if (frequency < FASTEST_MHZ) return frequencyUnits[0]!;
  const misfit = (scale: number): number => Math.abs(Math.log((frequency * scale) / expectedMhz));
  return frequencyUnits.reduce((best, unit) => (misfit(unit.scale) < misfit(best.scale) ? unit : best));
}

const FASTEST_MHZ = STRONGEST_TESLA * HYDROGEN;

/** From centre to centre; where it is not written, from the planes themselves. */
function spacing({ first, volumes, plane }: Series): Fact[] {
  const { frame } = first;
  const written = frame.number('SpacingBetweenSlices');
  const given = (value: FactValue, keyword: string, reason: string): Fact[] => [
    fact('SpacingBetweenSlices', value, [frame.source(keyword)], reason),
  ];
  if (written !== undefined && written > 0) return given(written, 'SpacingBetweenSlices', 'the object says so');
  const [lower, upper] = (volumes[0] ?? []).slice(0, 2).map((one) => positionOf(one.frame));
  if (lower === undefined || upper === undefined || plane === undefined) return [];
  const distance = dot(upper, plane.normal) - dot(lower, plane.normal);
  return given(Math.round(distance * 1e5) / 1e5, 'ImagePositionPatient', 'from one plane to the next');
}

function matrix(series: Series): Fact[] {
  const encoding = phaseEncoding(series);
  if (encoding === undefined) return [];
  const { frame } = series.first;
  const { acquiredLines, reconstructedLines, axis } = encoding;
  const shown = frame.source(axis === 'j' ? 'Rows' : 'Columns');
  const recon = fact('ReconMatrixPE', reconstructedLines, [shown], 'lines of the image along phase');
  if (acquiredLines === undefined) return [recon];
  const keyword = frame.has('AcquisitionMatrix') ? 'AcquisitionMatrix' : 'MRAcquisitionPhaseEncodingStepsInPlane';
  return [fact('AcquisitionMatrixPE', acquiredLines, [frame.source(keyword)], 'lines of k-space along phase'), recon];
}
