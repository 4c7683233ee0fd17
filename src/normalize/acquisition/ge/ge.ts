// GE: private elements of the groups 0019, 0025 and 0043, the protocol data block and the raw data header within them.

import type { Fact } from '../../fact.ts';
import type { Description } from '../description.ts';
import { type Dialect, fact } from '../dialect.ts';
import { directionFact, phaseEncoding } from '../phase-encoding.ts';
import type { Series } from '../series.ts';
import { isEchoPlanar } from '../slice-timing.ts';
import { gradientDirection, writtenGradient } from './gradient.ts';
import { groupDelay } from './group-delay.ts';
import { geMappings, geTags } from './mappings.ts';
import { readRawHeader } from './raw-header.ts';
import { sliceTiming } from './slice-timing.ts';

export const ge: Dialect = {
  vendor: 'GE',
  names: ['GE MEDICAL', 'GE HEALTHCARE', 'GENERAL ELECTRIC'],
  creators: ['GEMS_PARM_01', 'GEMS_ACQU_01'],
  mappings: geMappings,
  frameFacts: (description) => [...bValue(description), ...gradientDirection(description)],
  seriesFacts(series) {
    const multiband = multibandFact(series);
    const factor = (multiband[0]?.value as number | undefined) ?? 1;
    return [
      ...polarity(series),
      ...readout(series),
      ...repetition(series),
      ...multiband,
      ...sliceTiming(series, factor),
    ];
  },
};

/** Added to b-values since 2005, so that old readers do not take them for what they were before. */
const B_VALUE_BIAS = 1_000_000_000;

/**
 * Tables of several b-values have one of them here, the highest, and shorter directions for the others: gradients that are
 * weaker by a factor weigh by its square.
 */
function bValue({ frame }: Description): Fact[] {
  const [written] = frame.numbers(geTags.bValue);
  if (written === undefined || Number.isNaN(written) || written < 0) return [];
  const highest = written >= B_VALUE_BIAS ? written - B_VALUE_BIAS : written;
  const strength = Math.hypot(...writtenGradient(frame));
  const weaker = strength > LEAST_STRENGTH && strength < FULL_STRENGTH;
  const value = weaker ? Math.round(highest * strength * strength) : highest;
  const bias = highest === written ? '' : ', less 1 000 000 000';
  const scaling = weaker ? ', times the square of the gradient' : '';
  return [fact('DiffusionBValue', value, [frame.source(geTags.bValue)], `the first of four values${bias}${scaling}`)];
}

const LEAST_STRENGTH = 0.03;
const FULL_STRENGTH = 0.97;

/** LINEAR is from the top of k-space down. Where (0018,9034) is absent, two switches of the raw data header tell. */
function polarity(series: Series): Fact[] {
  const { frame } = series.first;
  if (!isEchoPlanar(series.first)) return directionFact(series, undefined);
  const reordering = frame.text('RectilinearPhaseEncodeReordering');
  if (reordering === 'LINEAR' || reordering === 'REVERSE_LINEAR') {
    const source = frame.source('RectilinearPhaseEncodeReordering');
    return directionFact(series, reordering === 'LINEAR', source);
  }
  const bytes = frame.bytes(geTags.rawHeader);
  const raw = bytes && readRawHeader(bytes);
  if (raw === undefined) return directionFact(series, undefined);
  return directionFact(
    series,
    raw.phaseFlipped === raw.bottomUp,
    frame.source(geTags.rawHeader, 'phase flip, ky direction'),
  );
}

/** ASSET takes lines in groups of two, with partial Fourier of four. */
const GROUP_OF_LINES = { full: 2, partialFourier: 4 };

function readout(series: Series): Fact[] {
  const { first } = series;
  const { frame } = first;
  const spacingMicroseconds = frame.number(geTags.echoSpacing);
  const encoding = phaseEncoding(series);
  if (!spacingMicroseconds || encoding?.acquiredLines === undefined) return [];
  const group = frame.texts('ScanOptions').includes('PFF') ? GROUP_OF_LINES.partialFourier : GROUP_OF_LINES.full;
  const factor = first.number('ParallelReductionFactorInPlane') ?? 1;
  const lines = Math.ceil(encoding.acquiredLines / factor / group) * group;
  const totalSeconds = (lines - 1) * spacingMicroseconds * 1e-6;
  const sources = [frame.source(geTags.echoSpacing), frame.source('AcquisitionMatrix')];
  const reason = `${lines} lines are read, ${spacingMicroseconds} µs apart`;
  // Other sequences write a spacing of echoes as well, which says little of distortion.
  const confidence = isEchoPlanar(first) ? 1 : 0.5;
  return [
    fact('TotalReadoutTime', totalSeconds, sources, reason, confidence),
    fact(
      'EffectiveEchoSpacing',
      totalSeconds / (encoding.reconstructedLines - 1),
      sources,
      `${reason}, over the lines of the image`,
      confidence,
    ),
  ];
}

function repetition(series: Series): Fact[] {
  const repetitionMs = series.first.number('RepetitionTime');
  const delay = groupDelay(series);
  if (repetitionMs === undefined || delay === undefined) return [];
  const sources = [series.first.frame.source('RepetitionTime'), delay.source];
  return [fact('RepetitionTime', repetitionMs / 1000 + delay.seconds, sources, 'with the pause after each volume')];
}

function multibandFact({ first: { frame } }: Series): Fact[] {
  const factor = Number(frame.texts(geTags.multiband)[0] || 1);
  if (!(factor > 1)) return [];
  return [fact('MultibandAccelerationFactor', factor, [frame.source(geTags.multiband)], 'the first value')];
}
