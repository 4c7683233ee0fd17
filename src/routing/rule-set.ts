// Reads a rule set from YAML (of which JSON is a part) and refuses it, with all its faults, before it can decide anything:
// unknown keys, misspelt facts, attributes and destinations, conditions that do not type-check or may take too long.

import { type Document, LineCounter, parseDocument, stringify } from 'yaml';
import { type Asks, type Condition, ConditionFault, compileCondition } from './condition/condition.ts';
import { documentFaults, type Fault, meant } from './document-faults.ts';
import { durationMs } from './duration.ts';
import { isZone } from './local-time.ts';
import type { Prefetch, Rule, RuleSet, Send } from './rule.ts';
import { limits as documentLimits, type RuleDocument, type RuleSetDocument } from './rule-schema.ts';
import type { Step } from './step.ts';
import { stepFaults } from './transform/step-faults.ts';

export const limits = {
  ...documentLimits,
  /** Characters of a rule file. */
  file: 2_000_000,
} as const;

/** A fault in the text: `line` counts from 1, and is absent where there was no text. */
export interface RuleFault {
  message: string;
  /** `rules[2].do.send[0].to` */
  path: string;
  line?: number;
}

/** The rules cannot be used: one sentence for each fault. */
export class RulesError extends Error {
  readonly faults: readonly RuleFault[];
  constructor(faults: readonly RuleFault[]) {
    super(
      faults
        .map(
          ({ line, path, message }) => `${line === undefined ? '' : `line ${line}: `}${path}${path && ': '}${message}`,
        )
        .join('\n'),
    );
    this.name = 'RulesError';
    this.faults = faults;
  }
}

export interface RuleOptions {
  /** By which decisions name this set. */
  version: string;
  /** Names that `to` may have; anything where absent. */
  destinations?: Iterable<string>;
}

/** Throws RulesError. */
export function readRules(yaml: string, options: RuleOptions): RuleSet {
  if (yaml.length > limits.file) throw new RulesError([{ path: '', message: `longer than ${limits.file} characters` }]);
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines });
  const [error] = document.errors;
  if (error !== undefined) {
    const message = error.message.split('\n')[0]!.replace(/ at line.*$/, '');
    throw new RulesError([{ path: '', message, line: error.linePos?.[0].line }]);
  }
  return compile(plain(document), options, (path) => {
    for (let length = path.length; length > 0; length--) {
      const node = document.getIn(path.slice(0, length), true) as { range?: [number, number, number] } | undefined;
      if (node?.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  });
}

/** Throws RulesError where aliases multiply beyond what the library allows. */
function plain(document: Document): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw new RulesError([{ path: '', message: (error as Error).message }]);
  }
}

/** The same from JSON, as the API takes it. Throws RulesError. */
export function rulesOf(document: unknown, options: RuleOptions): RuleSet {
  return compile(document, options, () => undefined);
}

/** As YAML, which reads back as the same rules. */
export function writeRules({ document }: Pick<RuleSet, 'document'>): string {
  return stringify(document, { lineWidth: 120 });
}

function compile(
  given: unknown,
  { version, destinations }: RuleOptions,
  lineOf: (path: Fault['path']) => number | undefined,
): RuleSet {
  const faults = documentFaults(given);
  if (faults.length === 0) {
    const compiling = new Compiling(given as RuleSetDocument, destinations && [...destinations]);
    const ruleSet = compiling.ruleSet(version);
    if (compiling.faults.length === 0) return ruleSet;
    faults.push(...compiling.faults);
  }
  const told = faults.map(({ path, message }): RuleFault => {
    const line = lineOf(path);
    return { path: pathText(path), message, ...(line !== undefined && { line }) };
  });
  throw new RulesError(told.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)));
}

export const pathText = (path: Fault['path']): string =>
  path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '');

/** One reading of a document that has the right form. */
class Compiling {
  readonly faults: Fault[] = [];
  readonly #document: RuleSetDocument;
  readonly #destinations: readonly string[] | undefined;

  constructor(document: RuleSetDocument, destinations: readonly string[] | undefined) {
    this.#document = document;
    this.#destinations = destinations;
  }

  ruleSet(version: string): RuleSet {
    const { zone = 'UTC', rules } = this.#document;
    if (!isZone(zone)) this.#fault(['zone'], `no time zone ${zone}`);
    const names = rules.map(({ name }) => name);
    names.forEach((name, at) => {
      if (names.indexOf(name) < at) this.#fault(['rules', at, 'name'], `a rule before has the name ${name}`);
    });
    const compiled = rules.map((rule, at) => this.#rule(rule, ['rules', at]));
    return { version, zone, rules: compiled, document: this.#document };
  }

  #rule(rule: RuleDocument, path: Fault['path']): Rule {
    const steps = (rule.do.transform ?? []) as Step[];
    for (const { path: below, message } of stepFaults(steps, rule.after ?? 'study'))
      this.#fault([...path, 'do', 'transform', ...below], message);
    const by = typeof rule.by === 'string' ? { at: rule.by, warn: '0s' } : rule.by;
    const byPath = typeof rule.by === 'string' ? [...path, 'by'] : [...path, 'by', 'at'];
    const at = by && this.#condition(by.at, 'moment', byPath);
    const prefetch = rule.do.prefetch && this.#prefetch(rule.do.prefetch, [...path, 'do', 'prefetch']);
    this.#checkOccasion(rule, path);
    const when = rule.when === undefined ? undefined : this.#condition(rule.when, 'study', [...path, 'when']);
    const series = rule.series === undefined ? undefined : this.#condition(rule.series, 'series', [...path, 'series']);
    return {
      name: rule.name,
      enabled: rule.enabled ?? true,
      on: rule.on ?? 'study',
      ...(when && { when }),
      after: rule.after ?? 'study',
      ...(at && { by: { at, warnMs: durationMs(by!.warn)! } }),
      ...(series && { series }),
      steps,
      form: steps.length === 0 ? '' : JSON.stringify(steps),
      send: this.#sends(rule.do.send ?? [], [...path, 'do', 'send']),
      ...(prefetch && { prefetch }),
      last: rule.last ?? false,
    };
  }

  #sends(given: NonNullable<RuleDocument['do']['send']>, path: Fault['path']): Send[] {
    if (typeof given === 'string') return [this.#send({ to: given }, path)];
    return given.map((send, at) => this.#send(typeof send === 'string' ? { to: send } : send, [...path, at]));
  }

  #send(given: SendDocument, path: Fault['path']): Send {
    const to = typeof given.to === 'string' ? [given.to] : given.to;
    for (const name of to) this.#checkDestination(name, path);
    const { fallback } = given;
    if (fallback !== undefined) this.#checkDestination(fallback.to, [...path, 'fallback']);
    return {
      to,
      balance: given.balance ?? 'study',
      priority: given.priority ?? 'ROUTINE',
      schedule: given.schedule ?? [],
      bandwidth: given.bandwidth ?? [],
      ...(fallback && { fallback: { destination: fallback.to, afterMs: durationMs(fallback.after)! } }),
    };
  }

  /** Of an order nothing has come that could be sent. */
  #checkOccasion({ on = 'study', do: { send, prefetch } }: RuleDocument, path: Fault['path']): void {
    if (send === undefined && prefetch === undefined)
      this.#fault([...path, 'do'], 'does nothing: send or prefetch is missing');
    if (on === 'order' && send !== undefined)
      this.#fault([...path, 'do', 'send'], 'an order has nothing to send: on must be study');
  }

  #prefetch(given: NonNullable<RuleDocument['do']['prefetch']>, path: Fault['path']): Prefetch {
    const from = typeof given.from === 'string' ? [given.from] : given.from;
    for (const name of from) this.#checkDestination(name, [...path, 'from']);
    const when = given.when === undefined ? undefined : this.#condition(given.when, 'prior', [...path, 'when']);
    const { newest = 3, priority = 'ROUTINE' } = given;
    return { from, ...(when && { when }), newest, priority };
  }

  #checkDestination(name: string, path: Fault['path']): void {
    const known = this.#destinations;
    if (known !== undefined && !known.includes(name)) this.#fault(path, `no destination ${name}${meant(name, known)}`);
  }

  #condition(text: string, asks: Asks, path: Fault['path']): Condition | undefined {
    try {
      return compileCondition(text, asks);
    } catch (error) {
      if (!(error instanceof ConditionFault)) throw error;
      this.#fault(path, `${error.message} (character ${error.at + 1})`);
      return undefined;
    }
  }

  #fault(path: Fault['path'], message: string): void {
    this.faults.push({ path, message });
  }
}

type SendDocument = Exclude<Exclude<NonNullable<RuleDocument['do']['send']>, string>[number], string>;
