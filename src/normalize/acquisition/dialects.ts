// Whose dialect a frame is written in.

import { isPrivateCreator } from '../../dicom/tag.ts';
import { canon } from './canon.ts';
import type { Dialect } from './dialect.ts';
import type { Frame } from './frame.ts';
import { ge } from './ge/ge.ts';
import { directionFact } from './phase-encoding.ts';
import { philips } from './philips.ts';
import { siemens } from './siemens/siemens.ts';
import { uih } from './uih.ts';

/** Fujifilm (Hitachi) writes acquisition values into standard attributes. */
const fujifilm: Dialect = {
  vendor: 'Fujifilm',
  names: ['FUJI', 'HITACHI'],
  creators: [],
  mappings: [],
  seriesFacts: (series) => directionFact(series, undefined),
};

const other: Dialect = { ...fujifilm, vendor: 'other', names: [] };

export const dialects: readonly Dialect[] = [siemens, ge, philips, canon, fujifilm, uih];

export function dialectOf(frame: Frame): Dialect {
  const name = (frame.text('Manufacturer') ?? '').toUpperCase();
  const named = dialects.find(({ names }) => names.some((part) => name.includes(part)));
  if (named !== undefined) return named;
  const owners = new Set<string | undefined>();
  for (const tag of frame.object.elements.keys()) if (isPrivateCreator(tag)) owners.add(frame.object.text(tag));
  return dialects.find(({ creators }) => creators.some((creator) => owners.has(creator))) ?? other;
}
