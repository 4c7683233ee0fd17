// Why a study goes where it goes, and why not elsewhere: each rule with the terms of its condition and the values that were
// seen, each destination with the rules that name it. Holds values of the patient: for people who may see the study.

import { type Compiled, evaluate, factAt } from './condition/condition.ts';
import { type PreparedFacts, prepareFacts } from './condition/prepared-facts.ts';
import { type Circumstances, decide, seriesAnswers } from './decide.ts';
import type { Decision, Outcome, PlannedDelivery } from './decision.ts';
import type { StudyFacts } from './facts.ts';
import type { Rule, RuleSet, Send } from './rule.ts';

export interface Explanation {
  version: string;
  at: Date;
  rules: RuleExplanation[];
  /** Every destination that a rule names. */
  destinations: DestinationExplanation[];
  decision: Decision;
}

export interface RuleExplanation {
  rule: string;
  outcome: Outcome;
  because?: string;
  /** Absent: the rule is for every study, or was not asked. */
  condition?: TermExplanation;
  /** Where it chooses series, of each: whether it is chosen, or why that is undecided. */
  series?: Record<string, boolean | string>;
}

export interface TermExplanation {
  text: string;
  result: boolean | 'unknown';
  /** Why it is unknown. */
  because?: string;
  /** By path: what was seen; null where it is not known. */
  seen: Record<string, unknown>;
  join?: 'and' | 'or' | 'not';
  terms?: TermExplanation[];
}

export interface DestinationExplanation {
  destination: string;
  sent: boolean;
  /** One sentence for each rule that names it. */
  because: string[];
}

const limits = {
  /** Items of a list that are shown. */
  items: 20,
} as const;

export function explain(ruleSet: RuleSet, facts: StudyFacts, circumstances: Circumstances): Explanation {
  const prepared = prepareFacts(facts, circumstances.at, ruleSet.zone);
  const decision = decide(ruleSet, facts, circumstances);
  const rules = ruleSet.rules.map((rule, at): RuleExplanation => {
    const outcome = decision.rules[at]!;
    const { when } = rule;
    return {
      ...outcome,
      ...(when && outcome.outcome !== 'not-asked' && { condition: explainTerms(when.terms, prepared) }),
      ...(rule.series && outcome.outcome === 'applies' && { series: chosenSeries(rule, facts, prepared) }),
    };
  });
  const named = new Set(ruleSet.rules.flatMap(({ send }) => send.flatMap(namesOf)));
  const destinations = [...named].map((destination) => ({
    destination,
    sent: decision.deliveries.some((delivery) => delivery.destination === destination),
    because: ruleSet.rules
      .map((rule, at) => ({ rule, explained: rules[at]! }))
      .filter(({ rule }) => rule.send.some((send) => namesOf(send).includes(destination)))
      .map(({ rule, explained }) => sentence(rule, explained, destination, decision.deliveries)),
  }));
  return { version: ruleSet.version, at: circumstances.at, rules, destinations, decision };
}

const namesOf = ({ to, fallback }: Send): string[] => [...to, ...(fallback ? [fallback.destination] : [])];

function chosenSeries(rule: Rule, facts: StudyFacts, prepared: PreparedFacts): Record<string, boolean | string> {
  const answers = [...seriesAnswers(rule, facts, prepared)];
  return Object.fromEntries(
    answers.map(([uid, answer]) => [uid, 'value' in answer ? answer.value === true : `undecided: ${answer.unknown}`]),
  );
}

function explainTerms(terms: Compiled, facts: PreparedFacts): TermExplanation {
  const answer = evaluate(terms, facts);
  const result =
    'value' in answer ? { result: answer.value as boolean } : { result: 'unknown' as const, because: answer.unknown };
  if ('join' in terms) {
    const below = terms.terms.map((term) => explainTerms(term, facts));
    return { text: terms.text, ...result, seen: {}, join: terms.join, terms: below };
  }
  const seen = Object.fromEntries(terms.paths.map((path) => [path, shown(factAt(facts, path))]));
  return { text: terms.text, ...result, seen };
}

/** As JSON can have it: short lists, no empty facts of series. */
function shown(value: unknown): unknown {
  if (value === undefined) return null;
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) {
    const items = value.slice(0, limits.items).map(shown);
    return value.length > limits.items ? [...items, `… ${value.length - limits.items} more`] : items;
  }
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const known = Object.entries(value).filter(([, fact]) => fact !== undefined && fact !== '' && fact?.length !== 0);
  return Object.fromEntries(known.map(([name, fact]) => [name, shown(fact)]));
}

function sentence(
  rule: Rule,
  { outcome, because, condition, series }: RuleExplanation,
  destination: string,
  deliveries: readonly PlannedDelivery[],
): string {
  if (outcome === 'not-asked') return `${rule.name} was not asked: ${because}`;
  if (outcome === 'undecided') return `${rule.name} is undecided: ${because}`;
  if (outcome === 'does-not-apply') return `${rule.name} does not apply: ${decisive(condition!)}`;
  const delivery = deliveries.find(({ rules }) => rules.includes(rule.name));
  const here = deliveries.filter((planned) => planned.destination === destination);
  const own = here.find(({ rules }) => rules.includes(rule.name));
  if (own !== undefined)
    return `${rule.name} applies: ${own.series.length} series, ${own.priority}, after ${own.after}`;
  const chooses = series === undefined || Object.values(series).includes(true);
  if (!chooses) return `${rule.name} applies, but chooses none of the series`;
  if (here.length > 0) return `${rule.name} applies, but ${here[0]!.rules[0]} sends in another form`;
  const isFallback = rule.send.some(({ fallback }) => fallback?.destination === destination);
  if (isFallback) return `${rule.name} applies, and falls back on it where ${delivery?.destination} does not take it`;
  return `${rule.name} applies, and sends to ${delivery?.destination ?? 'another'} of those it balances over`;
}

/** The term that made a condition false, with what was seen. */
function decisive({ text, terms, join, seen }: TermExplanation): string {
  const blocking = join === 'and' ? terms!.find(({ result }) => result === false) : undefined;
  if (blocking !== undefined) return decisive(blocking);
  const all = terms === undefined ? seen : Object.assign({}, ...leavesOf(terms).map((leaf) => leaf.seen));
  const values = Object.entries(all).map(([path, value]) => `${path} is ${JSON.stringify(value)}`);
  return values.length === 0 ? `${text} is false` : `${text} is false, because ${values.join(', ')}`;
}

const leavesOf = (terms: readonly TermExplanation[]): TermExplanation[] =>
  terms.flatMap((term) => (term.terms === undefined ? [term] : leavesOf(term.terms)));
