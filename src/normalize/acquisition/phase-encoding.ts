// Along which axis of the image, and how finely, phase was encoded. (0018,1312) names rows or columns; what BIDS calls i
// runs along a row, j along a column.

import type { Fact, FactSource } from '../fact.ts';
import { fact } from './dialect.ts';
import type { Series } from './series.ts';

export interface PhaseEncoding {
  axis: 'i' | 'j';
  /** Lines of the image along it, of one tile where there are tiles. */
  reconstructedLines: number;
  /** Lines that the acquisition would have had without partial Fourier and acceleration. */
  acquiredLines: number | undefined;
}

export function phaseEncoding({ first, tiles }: Series): PhaseEncoding | undefined {
  const { frame } = first;
  const along = first.text('InPlanePhaseEncodingDirection');
  // Enhanced objects say COLUMN (PS3.3 C.8.13.5.3), classic ones COL (C.8.3.1.1).
  const alongColumns = along === 'COL' || along === 'COLUMN';
  if (!alongColumns && along !== 'ROW') return undefined;
  const shown = frame.number(alongColumns ? 'Rows' : 'Columns')!;
  const tilesAlong = tiles === undefined ? 1 : alongColumns ? tiles.down : tiles.across;
  // Frequency rows, frequency columns, phase rows, phase columns: two of them are 0 (PS3.3 C.8.3.1).
  const acquired = frame
    .numbers('AcquisitionMatrix')
    .slice(2)
    .find((lines) => lines > 0);
  return {
    axis: alongColumns ? 'j' : 'i',
    reconstructedLines: shown / tilesAlong,
    acquiredLines: acquired ?? first.number('MRAcquisitionPhaseEncodingStepsInPlane'),
  };
}

/**
 * `positive`: phase advances with the row or column number, undefined where the vendor does not say. Rows of NIfTI run
 * the other way than those of DICOM, so along j the sign turns round.
 */
export function directionFact(series: Series, positive: boolean | undefined, source?: FactSource): Fact[] {
  const encoding = phaseEncoding(series);
  if (encoding === undefined) return [];
  const { axis } = encoding;
  const axisSource = series.first.fact('InPlanePhaseEncodingDirection')!.sources[0]!;
  if (positive === undefined) {
    return [fact('PhaseEncodingAxis', axis, [axisSource], 'the polarity stands nowhere in the object')];
  }
  const direction = positive === (axis === 'i') ? axis : `${axis}-`;
  const sources = source === undefined ? [axisSource] : [axisSource, source];
  return [fact('PhaseEncodingDirection', direction, sources, 'the axis, and its polarity as the vendor gives it')];
}

/** Of EPI, from the time between two echoes as they count for distortion, in seconds. */
export function readoutFacts(spacingSeconds: number, lines: number, sources: FactSource[], reason: string): Fact[] {
  return [
    fact('EffectiveEchoSpacing', spacingSeconds, sources, reason),
    fact('TotalReadoutTime', spacingSeconds * (lines - 1), sources, `${reason}; from the first line to the last`),
  ];
}
