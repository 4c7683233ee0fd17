// Canon, formerly Toshiba: MR since software 6 writes the gradient direction into Image Comments.

import type { Fact } from '../fact.ts';
import type { Description } from './description.ts';
import { type Dialect, fact } from './dialect.ts';
import { unit, vectorOf } from './geometry.ts';
import { directionFact } from './phase-encoding.ts';

export const canon: Dialect = {
  vendor: 'Canon',
  names: ['CANON', 'TOSHIBA'],
  creators: ['TOSHIBA_MEC_MR3', 'CANON_MEC_MR3', 'TOSHIBA_MEC_CT3'],
  mappings: [],
  frameFacts,
  seriesFacts: (series) => directionFact(series, undefined),
};

/** `b=1500(0.445,0.000,0.895)`, the direction along the patient's axes; without weighting there may be none. */
const comment = /^\s*b\s*=\s*(\d+(?:\.\d+)?)\s*(?:\(([^)]*)\)|$)/i;

function frameFacts({ frame }: Description): Fact[] {
  const found = comment.exec(frame.text('ImageComments') ?? '');
  if (found === null) return [];
  const sources = [frame.source('ImageComments')];
  const bValue = fact('DiffusionBValue', Number(found[1]), sources, 'the comment begins with b=', 0.98);
  const written = vectorOf((found[2] ?? '').split(',').map(Number));
  const direction = written && unit(written);
  if (direction === undefined) return [bValue];
  const reason = 'the comment has the direction in brackets';
  return [bValue, fact('DiffusionGradientOrientation', direction, sources, reason, 0.97)];
}
