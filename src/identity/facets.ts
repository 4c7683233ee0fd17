// The facets of a registration: two people under one number (an overlay) are told apart by names and birth dates that
// contradict each other.

import type { Comparator } from './comparator.ts';
import { type Facts, formStride } from './facts.ts';
import { at } from './model.ts';
import { dateNear, dateSame } from './value-levels.ts';
import { different, type Vocabulary } from './vocabulary.ts';

export interface Facet {
  node: number;
  facts: Facts;
  sightings: number;
}

/** Facets of a registration, and what cannot be told to be of one of them. */
export interface Split {
  facets: Facet[];
  rest: Facts;
}

export const isInformative = (facts: Facts): boolean => facts.forms.length > 0;

/** Whether what is known of two cannot be of one person. */
export function contradict(comparator: Comparator, a: Facts, b: Facts): boolean {
  comparator.compare(a, b);
  const { levels } = comparator;
  const [date, sex] = [levels[at.date]!, levels[at.sex]!];
  const [family, given] = [levels[at.family] === different, levels[at.given] === different];
  if (given && sex === 2) return true;
  if (date < dateNear) return family && given && date !== dateSame;
  return family || given;
}

/** The one that most was said of first. */
export function ranked({ facets }: Split, vocabulary: Vocabulary): Facet[] {
  if (facets.length < 2) return facets;
  const text = ({ facts }: Facet): string => textOf(facts, vocabulary);
  return facets.toSorted((a, b) => b.sightings - a.sightings || (text(a) < text(b) ? -1 : 1));
}

/** Of facts, something that does not depend on the order in which they came. */
export function textOf(facts: Facts, { words }: Vocabulary): string {
  const names: string[] = [];
  for (let form = 0; form < facts.forms.length; form += formStride) {
    names.push(`${words[facts.forms[form]!]} ${words[facts.forms[form + 3]!]}`);
  }
  return `${names.toSorted().join()}/${facts.dates.toSorted().join()}`;
}
