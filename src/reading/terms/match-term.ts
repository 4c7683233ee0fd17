// Under which term a case is taken in: of those that fit, the one that says most of which cases it is for.

import type { CaseFacts } from '../gate/asked.ts';
import { holdsAt } from '../readers/period.ts';
import { anyHolds } from './jurisdiction.ts';
import { isInHours } from './service-hours.ts';
import type { ServiceTerm } from './service-term.ts';

/** A case before anybody is to read it: provider and read type follow from the term. */
export type UnassignedFacts = Omit<CaseFacts, 'provider' | 'readType'>;

export interface TermMatch {
  /** Absent where none fits. */
  term?: ServiceTerm;
  /** Others that fit as well, by id: the contracts leave it open, and the first by id was taken. */
  ties: readonly string[];
  /** Why each other does not fit, or fits less. */
  others: readonly { term: string; reason: string }[];
}

/** `terms`: of the client; of each the version that holds. `at`: ms since the epoch. */
export function matchTerm(terms: readonly ServiceTerm[], facts: UnassignedFacts, at: number): TermMatch {
  const judged = terms.map((term) => ({ term, reason: misfit(term, facts, at), weight: specificity(term) }));
  const fitting = judged
    .filter(({ reason }) => reason === undefined)
    .toSorted((a, b) => b.weight - a.weight || (a.term.id < b.term.id ? -1 : 1));
  const [best] = fitting;
  const ties = fitting.slice(1).filter(({ weight }) => weight === best?.weight);
  const others = judged.filter((each) => each !== best && !ties.includes(each));
  return {
    ...(best && { term: best.term }),
    ties: ties.map(({ term }) => term.id),
    others: others.map(({ term, reason }) => ({
      term: `${term.id} v${term.version}`,
      reason: reason ?? `${best!.term.id} says more of which cases it is for`,
    })),
  };
}

/** undefined where the term is for such a case. */
function misfit(term: ServiceTerm, facts: UnassignedFacts, at: number): string | undefined {
  const { sites, modalities, bodyRegions, procedures, jurisdictions, validFrom: from, validTo: to } = term;
  if (!holdsAt(to === undefined ? { from } : { from, to }, at)) return 'it does not hold at this moment';
  const { site, modality, bodyRegion, procedure, patientAt } = facts;
  if (!admits(sites, site)) return `not for site ${site}`;
  if (!admits(modalities, modality)) return `not for ${modality}`;
  if (!admits(bodyRegions, bodyRegion)) return `not for ${bodyRegion ?? 'a body region that is not known'}`;
  if (!admits(procedures, procedure)) return `not for ${procedure ?? 'a procedure that is not known'}`;
  const places = jurisdictions.patientAt;
  if (places.length > 0 && !anyHolds(places, patientAt)) return `not for patients in ${patientAt}`;
  if (!term.outOfHours && !isInHours(term, at)) return 'outside its hours';
  return undefined;
}

const admits = (values: readonly string[], value: string | undefined): boolean =>
  values.length === 0 || (value !== undefined && values.includes(value));

/** A procedure says more than a region, that more than a modality, that more than a site, that more than places and hours. */
function specificity({
  procedures,
  bodyRegions,
  modalities,
  sites,
  jurisdictions,
  hours,
  outOfHours,
}: ServiceTerm): number {
  const says = [procedures, bodyRegions, modalities, sites, jurisdictions.patientAt, outOfHours ? [] : hours];
  return says.reduce((weight, values) => weight * 2 + (values.length > 0 ? 1 : 0), 0);
}
