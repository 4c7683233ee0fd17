// What rules make of one study: asked in the order of the file, each rule that applies plans deliveries. A destination gets
// each series once in each form: what several rules ask for is one delivery, the most urgent of them; in another form, the
// rule that stands first has it.

import { type Answer, evaluate } from './condition/condition.ts';
import { type PreparedFacts, prepareFacts } from './condition/prepared-facts.ts';
import {
  type Decision,
  extents,
  type Occasion,
  type PlannedDelivery,
  type PlannedPrefetch,
  priorities,
  type RuleOutcome,
} from './decision.ts';
import type { StudyFacts } from './facts.ts';
import type { Prefetch, Rule, RuleSet, Send } from './rule.ts';

export interface Circumstances {
  at: Date;
  /** What they are asked about; a study where absent. */
  on?: Occasion;
  /** How many objects wait for a destination; needed where a rule sends to the idlest. */
  backlog?: (destination: string) => number;
}

export function decide(ruleSet: RuleSet, facts: StudyFacts, circumstances: Circumstances): Decision {
  const prepared = prepareFacts(facts, circumstances.at, ruleSet.zone);
  const decision: Decision = { version: ruleSet.version, rules: [], deliveries: [], prefetches: [] };
  let last: string | undefined;
  for (const rule of ruleSet.rules) {
    const outcome = outcomeOf(rule, prepared, last, circumstances.on ?? 'study');
    decision.rules.push(outcome);
    if (outcome.outcome !== 'applies') continue;
    if (rule.last) last = rule.name;
    if (rule.prefetch !== undefined) decision.prefetches.push(prefetchOf(rule, rule.prefetch, prepared));
    const series = seriesOf(rule, facts, prepared);
    for (const send of rule.send) {
      const planned = plan(rule, send, series, { facts, prepared, zone: ruleSet.zone, ...circumstances });
      join(decision.deliveries, planned);
    }
  }
  return decision;
}

function outcomeOf(rule: Rule, facts: PreparedFacts, last: string | undefined, on: Occasion): RuleOutcome {
  const { name } = rule;
  if (!rule.enabled) return { rule: name, outcome: 'not-asked', because: 'it is not enabled' };
  if (last !== undefined) return { rule: name, outcome: 'not-asked', because: `${last} applies, and is the last` };
  if (rule.on !== on) return { rule: name, outcome: 'not-asked', because: `it is asked on ${rule.on}` };
  if (rule.when === undefined) return { rule: name, outcome: 'applies' };
  const answer = evaluate(rule.when.terms, facts);
  if ('unknown' in answer) return { rule: name, outcome: 'undecided', because: answer.unknown };
  return { rule: name, outcome: answer.value ? 'applies' : 'does-not-apply' };
}

/** The series a rule chooses; one for which that is undecided is not sent. */
function seriesOf(rule: Rule, facts: StudyFacts, prepared: PreparedFacts): string[] {
  if (rule.series === undefined) return facts.study.series.map(({ uid }) => uid);
  return [...seriesAnswers(rule, facts, prepared)].flatMap(([uid, answer]) =>
    'value' in answer && answer.value === true ? [uid] : [],
  );
}

/** By Series Instance UID: whether the rule chooses it. */
export function seriesAnswers(
  { series: condition }: Rule,
  facts: StudyFacts,
  prepared: PreparedFacts,
): Map<string, Answer<unknown>> {
  const answerFor = (at: number): Answer<unknown> =>
    condition === undefined
      ? { value: true }
      : evaluate(condition.terms, { ...prepared, series: prepared.study.series[at] });
  return new Map(facts.study.series.map(({ uid }, at) => [uid, answerFor(at)]));
}

function prefetchOf(rule: Rule, { from, priority }: Prefetch, prepared: PreparedFacts): PlannedPrefetch {
  const deadline = deadlineOf(rule, prepared);
  return { rule: rule.name, from, priority, ...(deadline && { deadline }) };
}

interface Planning extends Circumstances {
  facts: StudyFacts;
  prepared: PreparedFacts;
  zone: string;
}

function plan(rule: Rule, send: Send, series: string[], planning: Planning): PlannedDelivery {
  const [destination, ...alternatives] = balanced(send, planning);
  const deadline = deadlineOf(rule, planning.prepared);
  return {
    rules: [rule.name],
    destination: destination!,
    alternatives,
    ...(send.fallback && { fallback: send.fallback }),
    priority: send.priority,
    after: rule.after,
    ...(deadline && { deadline }),
    series,
    schedule: send.schedule,
    bandwidth: send.bandwidth,
    zone: planning.zone,
    steps: rule.steps,
    form: rule.form,
  };
}

/** A moment that is not known is no deadline: the study is sent all the same. */
function deadlineOf({ by }: Rule, facts: PreparedFacts): PlannedDelivery['deadline'] {
  const answer = by && evaluate(by.at.terms, facts);
  if (answer === undefined || 'unknown' in answer) return undefined;
  const at = answer.value as Date;
  return { at, warnAt: new Date(at.getTime() - by!.warnMs) };
}

/** The destinations of a send, the chosen one first. */
function balanced({ to, balance }: Send, { facts, backlog }: Planning): string[] {
  if (to.length === 1) return [...to];
  const key = balance === 'person' ? (facts.person?.id ?? facts.study.uid) : facts.study.uid;
  // The greatest hash wins, so that where one destination goes, only its share moves.
  const byHash = to.toSorted((a, b) => hash(`${key}|${b}`) - hash(`${key}|${a}`));
  if (balance !== 'idlest' || backlog === undefined) return byHash;
  return byHash.toSorted((a, b) => backlog(a) - backlog(b));
}

/** FNV-1a, 32 bits, with the end of MurmurHash3, without which the last character decides little. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) h = Math.imul(h ^ text.charCodeAt(at), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Adds to the deliveries planned what is asked for as well. */
function join(planned: PlannedDelivery[], asked: PlannedDelivery): void {
  let wanted = asked.series;
  for (let at = 0; at < planned.length && wanted.length > 0; at++) {
    const delivery = planned[at]!;
    if (delivery.destination !== asked.destination) continue;
    const shared = delivery.series.filter((uid) => wanted.includes(uid));
    if (shared.length === 0) continue;
    wanted = wanted.filter((uid) => !shared.includes(uid));
    if (delivery.form !== asked.form) continue;
    const both = { ...moreUrgent(delivery, asked), series: shared };
    const others = delivery.series.filter((uid) => !shared.includes(uid));
    if (others.length === 0) planned[at] = both;
    else planned.splice(at++, 1, { ...delivery, series: others }, both);
  }
  if (wanted.length > 0) planned.push({ ...asked, series: wanted });
}

/** One delivery for both: the earlier of what each asks for. */
function moreUrgent(delivery: PlannedDelivery, asked: PlannedDelivery): PlannedDelivery {
  const first = priorities.indexOf(asked.priority) < priorities.indexOf(delivery.priority) ? asked : delivery;
  const deadlines = [delivery.deadline, asked.deadline].filter((deadline) => deadline !== undefined);
  const deadline = deadlines.toSorted((a, b) => a.at.getTime() - b.at.getTime())[0];
  const { priority, schedule, bandwidth } = first;
  return {
    ...delivery,
    rules: [...new Set([...delivery.rules, ...asked.rules])],
    priority,
    schedule,
    bandwidth,
    after: extents.indexOf(asked.after) < extents.indexOf(delivery.after) ? asked.after : delivery.after,
    ...(deadline && { deadline }),
  };
}
