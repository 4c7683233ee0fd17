// Decisions of rules as lines for people.

import type { DryRun } from '../routing/dry-run.ts';
import type { Explanation, RuleExplanation, TermExplanation } from '../routing/explain.ts';

export function explanationLines({ decision, destinations, rules }: Explanation): string[] {
  return [
    ...destinations.flatMap(({ destination, sent, because }) => [
      `${sent ? '→' : '✗'} ${destination}`,
      ...because.map((sentence) => `    ${sentence}`),
    ]),
    '',
    ...rules.flatMap(ruleLines),
    `${decision.deliveries.length} deliveries`,
  ];
}

function ruleLines({ rule, outcome, because, condition, series }: RuleExplanation): string[] {
  return [
    `${rule}: ${outcome.replaceAll('-', ' ')}${because === undefined ? '' : `, ${because}`}`,
    ...(condition === undefined ? [] : termLines(condition, 1)),
    ...Object.entries(series ?? {}).map(([uid, chosen]) => `  series ${uid}: ${chosenText(chosen)}`),
  ];
}

const chosenText = (chosen: boolean | string): string => (chosen === true ? 'yes' : chosen === false ? 'no' : chosen);

function termLines({ text, result, because, seen, join, terms }: TermExplanation, depth: number): string[] {
  const indent = '  '.repeat(depth);
  const told = result === 'unknown' ? `unknown: ${because}` : result ? 'yes' : 'no';
  if (terms !== undefined) return [`${indent}${join}: ${told}`, ...terms.flatMap((term) => termLines(term, depth + 1))];
  const values = Object.entries(seen).map(([path, value]) => `${indent}    ${path} = ${JSON.stringify(value)}`);
  return [`${indent}${told}: ${text}`, ...values];
}

export function changeLines(run: DryRun): string[] {
  const counts = Object.entries(run.destinations).map(([name, { before, after }]) => `${name}: ${before} → ${after}`);
  return [
    ...run.changes.map(
      ({ studyUid, destination, kind, what }) => `${studyUid} ${destination} ${kind}: ${what.join('; ')}`,
    ),
    ...(run.changesLeftOff === 0 ? [] : [`… ${run.changesLeftOff} more`]),
    '',
    ...counts,
    `${run.changedStudies} of ${run.studies} studies would go elsewhere or otherwise`,
  ];
}
