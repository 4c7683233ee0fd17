// The conditions of rules: compiled and type-checked once, evaluated for every study. What cannot be evaluated, because a
// fact is not known, is undecided: neither yes nor no.

import type { Environment, EvaluationError, ParseResult } from '@marcbachmann/cel-js';
import { nearest } from '../../base/nearest.ts';
import { type FactRow, factTable, priorTable, seriesTable } from '../facts.ts';
import { limits, priorEnvironment, seriesEnvironment, studyEnvironment } from './environment.ts';
import type { PreparedFacts } from './prepared-facts.ts';
import { callsOf, type JoinedTerms, mostSteps, type Term, type Terms, termsOf } from './syntax.ts';

/** What a condition gives: a yes or no of the study, of one series or one prior, or a moment. */
export type Asks = 'study' | 'series' | 'prior' | 'moment';

export interface Condition {
  text: string;
  terms: Compiled;
}

/** What is wrong with a condition, and where in its text. */
export class ConditionFault extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.name = 'ConditionFault';
    this.at = at;
  }
}

/** Either a value, or why there is none. */
export type Answer<T> = { value: T } | { unknown: string };

/** Terms as they are evaluated. */
export type Compiled = { text: string; join: JoinedTerms['join']; terms: Compiled[] } | CompiledTerm;
type CompiledTerm = Term & { program: ParseResult };

const variables: ReadonlySet<string> = new Set([...Object.keys(factTable), 'tenant', 'series', 'prior']);
const notOffered: Readonly<Record<string, string>> = {
  has: 'has() is not offered: write known(…)',
  dyn: 'dyn() is not offered, because what it hides cannot be checked',
  matches: 'matches() is not offered, because it can take for ever: write like("*…*")',
};

const environments: Record<Asks, Environment> = {
  study: studyEnvironment,
  moment: studyEnvironment,
  series: seriesEnvironment,
  prior: priorEnvironment,
};

/** Throws ConditionFault. */
export function compileCondition(text: string, asks: Asks): Condition {
  const cel = environments[asks];
  const { ast, check } = parsed(cel, text);
  const refused = callsOf(ast).find(({ name }) => Object.hasOwn(notOffered, name));
  if (refused !== undefined) throw new ConditionFault(notOffered[refused.name]!, refused.node.start);
  const { valid, type, error } = check();
  if (!valid) throw faultOf(error!, text, cel);
  const [wanted, words] = asks === 'moment' ? ['google.protobuf.Timestamp', 'a moment'] : ['bool', 'yes or no'];
  if (type !== wanted) throw new ConditionFault(`gives ${type}, but ${words} is asked for`, 0);
  const steps = mostSteps(ast);
  if (steps > limits.steps) {
    throw new ConditionFault(`may take ${steps} steps for one study; ${limits.steps} are allowed`, 0);
  }
  return { text, terms: compiled(termsOf(ast, variables), cel) };
}

function compiled(terms: Terms, cel: Environment): Compiled {
  if ('join' in terms) return { ...terms, terms: terms.terms.map((term) => compiled(term, cel)) };
  return { ...terms, needs: terms.needs.filter(mayBeUnknown), program: cel.parse(terms.text) };
}

/** Text, lists and yes-or-no have a value also where they are not known. */
function mayBeUnknown(path: string): boolean {
  const [group, name] = path.split('.');
  const tables: Record<string, Record<string, FactRow>> = { ...factTable, series: seriesTable, prior: priorTable };
  const kind = tables[group!]?.[name!]?.kind;
  return kind === 'integer' || kind === 'number' || kind === 'moment';
}

/** CEL's own logic: what is unknown matters only where the rest does not decide. */
export function evaluate(terms: Compiled, facts: PreparedFacts): Answer<unknown> {
  if (!('join' in terms)) return evaluateTerm(terms, facts);
  if (terms.join === 'not') {
    const answer = evaluate(terms.terms[0]!, facts);
    return 'value' in answer ? { value: !answer.value } : answer;
  }
  const decides = terms.join === 'or';
  let unknown: Answer<unknown> | undefined;
  for (const term of terms.terms) {
    const answer = evaluate(term, facts);
    if (!('value' in answer)) unknown ??= answer;
    else if (answer.value === decides) return answer;
  }
  return unknown ?? { value: !decides };
}

function evaluateTerm({ text, needs, program }: CompiledTerm, facts: PreparedFacts): Answer<unknown> {
  // Said before it is tried: an exception costs more than all other rules together.
  for (const path of needs) if (factAt(facts, path) === undefined) return { unknown: `${path} is not known` };
  try {
    return { value: program(facts) };
  } catch (error) {
    return { unknown: whyUnknown(error as EvaluationError, text) };
  }
}

/** The value at a path such as `study.description`. */
export function factAt(facts: PreparedFacts, path: string): unknown {
  const dot = path.indexOf('.');
  if (dot < 0) return facts[path];
  return (facts[path.slice(0, dot)] as Record<string, unknown>)[path.slice(dot + 1)];
}

function parsed(cel: Environment, text: string): ParseResult {
  try {
    return cel.parse(text);
  } catch (error) {
    throw faultOf(error as EvaluationError, text, cel);
  }
}

type CelError = Pick<EvaluationError, 'code' | 'summary' | 'range'>;

/** In our words where a name is wrong, with the name that was meant. */
function faultOf({ code, summary, range }: CelError, text: string, cel: Environment): ConditionFault {
  const at = range?.start ?? 0;
  const word = text.slice(at, range?.end);
  if (code === 'unknown_variable') {
    const known = [...variables].filter((name) => cel.hasVariable(name));
    return new ConditionFault(`no fact ${word} here${meant(word, known)}`, at);
  }
  if (code !== 'no_such_key') {
    const hint = /\bdouble\b/.test(summary) && /\bint\b/.test(summary) ? '; write the whole number as 5.0' : '';
    return new ConditionFault(`${summary[0]!.toLowerCase()}${summary.slice(1)}${hint}`, at);
  }
  const group = /([a-z]+)\.$/i.exec(text.slice(0, at))?.[1];
  if (group === undefined) return new ConditionFault(`no fact ${word}`, at);
  const tables: Record<string, object> = { ...factTable, prior: priorTable };
  const rows = tables[group] ?? seriesTable;
  const names = group === 'study' ? [...Object.keys(rows), 'series'] : Object.keys(rows);
  const hint = meant(word, names) || `; there are ${names.join(', ')}`;
  return new ConditionFault(`no fact ${group}.${word}${hint}`, at);
}

function meant(word: string, candidates: Iterable<string>): string {
  const found = nearest(word, candidates);
  return found === undefined ? '' : `; did you mean ${found}?`;
}

function whyUnknown({ code, summary, range }: CelError, text: string): string {
  if (code !== 'no_such_key' || range === undefined) return summary ?? 'it cannot be evaluated';
  const path = /[\w.]*$/.exec(text.slice(0, range.end))![0];
  return `${path} is not known`;
}
