// A text that a program proposed and nobody changed: it is signed as the reader's own, so the reader says that it is.

import { textOf } from '../content-text.ts';
import { differenceOf } from '../edit-distance.ts';
import type { Check } from './check.ts';

export const limits = {
  /** Share of words below which it counts as unchanged. */
  unchanged: 0.02,
} as const;

export const proposedUnchanged: Check = ({ content, facts }) => {
  if (facts.proposed === undefined) return [];
  const { share } = differenceOf(facts.proposed.text, textOf(content));
  if (share >= limits.unchanged) return [];
  const message = `the text is as ${facts.proposed.by} proposed it`;
  return [{ check: 'draft-unedited', message, isHard: false }];
};
