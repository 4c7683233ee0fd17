// Gradient directions of GE, which stand in terms of the sequence: along frequency (0019,xxBB), phase (xxBC) and slice
// (xxBD). How those lie in the image depends on its plane and on what was phase, rows or columns, and on nothing else: the
// table turns with the planes.

import type { Fact } from '../../fact.ts';
import type { Description } from '../description.ts';
import { fact } from '../dialect.ts';
import type { Frame } from '../frame.ts';
import { nearestAxis, patientDirection, unit, type Vector, vectorOf } from '../geometry.ts';
import { geTags } from './mappings.ts';

type Turn = (frequency: number, phase: number, slice: number) => Vector;

/** Along i, j and k of the image. Index: the patient axis nearest to the normal. */
const phaseAlongColumns: readonly [Turn, Turn, Turn] = [
  (x, y, z) => [x, -y, -z],
  (x, y, z) => [-x, -y, z],
  (x, y, z) => [-x, y, z],
];

const phaseAlongRows: readonly [Turn, Turn, Turn] = [
  (x, y, z) => [y, x, -z],
  (x, y, z) => [y, -x, z],
  (x, y, z) => [-y, -x, z],
];

const tags = [geTags.gradientX, geTags.gradientY, geTags.gradientZ];

/** Along frequency, phase and slice, as long as it is; empty where there is none. */
export const writtenGradient = (frame: Frame): number[] => tags.flatMap((tag) => frame.numbers(tag).slice(0, 1));

export function gradientDirection({ frame, plane }: Description): Fact[] {
  const written = vectorOf(writtenGradient(frame));
  // Other sequences keep settings of their own in these elements.
  const isDiffusion =
    frame.text(geTags.internalPulseSequenceName)?.toUpperCase() === 'EPI2' || frame.has('DiffusionBValue');
  const direction = written && unit(written);
  if (!isDiffusion || direction === undefined || plane === undefined) return [];
  const turns = frame.text('InPlanePhaseEncodingDirection') === 'ROW' ? phaseAlongRows : phaseAlongColumns;
  const along = turns[nearestAxis(plane.normal)](...direction);
  const sources = tags.map((tag) => frame.source(tag));
  const reason = 'frequency, phase and slice, turned with the image';
  return [fact('DiffusionGradientOrientation', patientDirection(along, plane), sources, reason, 0.97)];
}
