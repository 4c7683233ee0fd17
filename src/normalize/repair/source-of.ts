// The element a fact was read from, as `FactSource` has it.

import { tagOf } from '../../dicom/dictionary.ts';
import type { FactSource } from '../fact.ts';

export function sourceOf(keyword: string): FactSource {
  const tag = tagOf(keyword);
  return { path: tag === undefined ? keyword : tag.toString(16).padStart(8, '0') };
}
