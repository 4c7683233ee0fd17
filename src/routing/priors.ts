// Which earlier studies of a person a rule wants here. The archives are asked by whoever can; this chooses among what they
// have, by the person and not by their numbers.

import { evaluate } from './condition/condition.ts';
import { PriorGroup, prepareFacts } from './condition/prepared-facts.ts';
import type { PriorFacts, StudyFacts } from './facts.ts';
import type { RuleSet } from './rule.ts';

/**
 * `rule` is that of a planned prefetch. The newest first, each study once, of the archive that the rule names first; one
 * for which the choice is undecided is not pulled, and neither is the study itself.
 */
export function relevantPriors(
  ruleSet: RuleSet,
  rule: string,
  facts: StudyFacts,
  priors: readonly PriorFacts[],
  at: Date,
): PriorFacts[] {
  const prefetch = ruleSet.rules.find(({ name }) => name === rule)?.prefetch;
  if (prefetch === undefined) return [];
  const prepared = prepareFacts(facts, at, ruleSet.zone);
  const rank = ({ archive }: PriorFacts) => {
    const place = prefetch.from.indexOf(archive ?? '');
    return place < 0 ? prefetch.from.length : place;
  };
  const once = new Map<string, PriorFacts>();
  for (const prior of priors.toSorted((a, b) => rank(a) - rank(b))) {
    if (prior.uid !== facts.study.uid && !once.has(prior.uid)) once.set(prior.uid, prior);
  }
  const wanted = [...once.values()].filter((prior) => {
    if (prefetch.when === undefined) return true;
    const dated = { ...prior, ageDays: prior.ageDays ?? daysBefore(prior.date, at) };
    const answer = evaluate(prefetch.when.terms, { ...prepared, prior: new PriorGroup(dated) });
    return 'value' in answer && answer.value === true;
  });
  return wanted.toSorted((a, b) => (b.date ?? '').localeCompare(a.date ?? '')).slice(0, prefetch.newest);
}

const DAY_MS = 86_400_000;

function daysBefore(date: string | undefined, at: Date): number | undefined {
  const then = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isNaN(then) ? undefined : Math.floor((at.getTime() - then) / DAY_MS);
}
