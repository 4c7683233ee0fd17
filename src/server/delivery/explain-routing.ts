// Why a study goes where it goes, by the rules that are in force now, and what became of what was planned for it.

import { explain, type RuleExplanation, type TermExplanation } from '../../routing/explain.ts';
import type { StudyFacts } from '../../routing/facts.ts';
import type { RuleSet } from '../../routing/rule.ts';
import { type CorrectionRow, correctionsOfStudy } from '../../storage/correction-notes.ts';
import type { Database } from '../../storage/database.ts';
import { deliveriesOfStudy, type StudyDeliveries } from '../../storage/ledger-page.ts';
import { type PriorRow, priorsOfStudy, wantedBecauseOf } from '../../storage/prefetch-page.ts';
import { type StudyForRules, studiesForRules } from '../../storage/study-for-rules.ts';

export interface RoutingExplained {
  /** Of the rules; null where none are in force. */
  ruleSet: number | null;
  rules: { rule: string; outcome: string; because: string }[];
  /** Every destination that a rule names: whether it is sent there now, and why or why not. */
  destinations: { destination: string; sent: boolean; because: string }[];
  deliveries: StudyDeliveries[];
  /** Of copies whose patient turned out to be another. */
  corrections: CorrectionRow[];
  /** What rules wanted here because of this study, and what became of it. */
  priors: PriorRow[];
  /** Because of what this study itself was wanted here. */
  wantedBy: PriorRow[];
}

/** `study`: its row. `rules` are undefined where none are in force; `factsOf` gives what they may ask about. */
export async function explainRouting(
  database: Database,
  study: string,
  rules: RuleSet | undefined,
  factsOf: (stored: StudyForRules) => Promise<StudyFacts>,
): Promise<RoutingExplained> {
  const [deliveries, corrections, priors, wantedBy] = await Promise.all([
    deliveriesOfStudy(database, study),
    correctionsOfStudy(database, study),
    priorsOfStudy(database, study),
    wantedBecauseOf(database, study),
  ]);
  const became = { deliveries, corrections, priors, wantedBy };
  const [stored] = rules === undefined ? [] : await studiesForRules(database, [study]);
  if (rules === undefined || stored === undefined) return { ruleSet: null, rules: [], destinations: [], ...became };
  const explained = explain(rules, await factsOf(stored), { at: new Date() });
  return {
    ruleSet: Number(rules.version),
    rules: explained.rules.map((rule) => ({ rule: rule.rule, outcome: rule.outcome, because: reasonOf(rule) })),
    destinations: explained.destinations.map((each) => ({ ...each, because: each.because.join('; ') })),
    ...became,
  };
}

/** In one sentence: the terms of its condition, each with what it gave and what was seen. */
function reasonOf({ because, condition, series }: RuleExplanation): string {
  const chosen = Object.values(series ?? {}).filter((each) => each === true).length;
  const parts = [
    because,
    condition === undefined ? (because ?? 'it is for every study') : termText(condition),
    series && `${chosen} of ${Object.keys(series).length} series chosen`,
  ];
  return [...new Set(parts.filter((part) => part !== undefined))].join('; ');
}

function termText({ text, result, seen, join, terms }: TermExplanation): string {
  if (terms !== undefined && join !== 'not') return terms.map(termText).join(` ${join} `);
  const values = Object.entries(seen).map(([path, value]) => `${path} is ${JSON.stringify(value)}`);
  return `${text} is ${result}${values.length === 0 ? '' : ` (${values.join(', ')})`}`;
}
