// `fascia rules …`: rule files checked, explained and tried, without a node.

import { createReadStream, readFileSync } from 'node:fs';
import { DicomReader } from '../dicom/reader.ts';
import { occasions } from '../routing/decision.ts';
import { dryRun, type PastStudy } from '../routing/dry-run.ts';
import { type Explanation, explain } from '../routing/explain.ts';
import type { StudyFacts } from '../routing/facts.ts';
import { FactsError, factsOfJson } from '../routing/facts-json.ts';
import type { RuleSet } from '../routing/rule.ts';
import { RulesError, readRules } from '../routing/rule-set.ts';
import { factsOfInstances } from '../routing/study-facts.ts';
import { type Command, CommandError, type Option, UsageError } from './command.ts';
import { changeLines, explanationLines } from './rules-lines.ts';

const atOption: Record<string, Option> = {
  at: { type: 'string', value: 'TIME', description: 'the moment of the decision: 2026-11-23T07:35:00Z (default: now)' },
};
const jsonOption: Record<string, Option> = { json: { type: 'boolean', description: 'as JSON' } };

export const rulesCheck: Command = {
  arguments: 'RULES.yaml',
  summary: 'whether a rule file can be used; each fault with its line',
  options: {
    destinations: { type: 'string', value: 'NAME,…', description: 'names that rules may send to (default: any)' },
  },
  arity: [1, 1],
  async run([file], { destinations }) {
    const names = typeof destinations === 'string' ? destinations.split(',') : undefined;
    const { rules } = rulesFrom(file!, names);
    process.stdout.write(`${rules.length} rules, no faults\n`);
    return 0;
  },
};

export const rulesExplain: Command = {
  arguments: 'RULES.yaml --study FACTS.json',
  summary: 'why a study goes where it goes, and why not elsewhere',
  details:
    'FACTS.json holds the facts of a study by their names in conditions: {"study": {"uid": "1.2", …}, "order": …}.',
  options: {
    study: { type: 'string', value: 'FACTS.json', description: 'the facts of the study' },
    on: { type: 'string', value: 'OCCASION', description: 'study (default) or order' },
    ...atOption,
    ...jsonOption,
  },
  arity: [1, 1],
  async run([file], { study, on = 'study', at, json }) {
    if (typeof study !== 'string') throw new UsageError('fascia rules explain needs --study FACTS.json');
    const facts = factsFrom(readText(study), study);
    const occasion = occasions.find((known) => known === on);
    if (occasion === undefined) throw new UsageError(`--on is one of ${occasions.join(', ')}`);
    tell([explain(rulesFrom(file!), facts, { at: momentOf(at), on: occasion })], json === true);
    return 0;
  },
};

export const rulesTest: Command = {
  arguments: 'RULES.yaml FILE…',
  summary: 'where the studies of DICOM files would go, and why',
  details:
    'Order and person are not known of files alone: conditions that ask for them are undecided, or see empty text.',
  options: {
    aet: { type: 'string', value: 'AET', description: 'as if they came from this AE title' },
    ...atOption,
    ...jsonOption,
  },
  arity: [2, 100_000],
  async run([rules, ...files], { aet, at, json }) {
    const ruleSet = rulesFrom(rules!);
    const source = { door: 'dimse', ...(typeof aet === 'string' && { aeTitle: aet }) };
    const datasets = [];
    for (const file of files) datasets.push(await headOf(file));
    const studies = Map.groupBy(datasets, (dataset) => dataset.text('StudyInstanceUID') ?? '');
    const facts = [...studies.values()].map((study) => factsOfInstances(study, { tenant: 'default', source }));
    tell(
      facts.map((study) => explain(ruleSet, study, { at: momentOf(at) })),
      json === true,
    );
    return 0;
  },
};

export const rulesCompare: Command = {
  arguments: 'OLD.yaml NEW.yaml --studies FACTS.jsonl',
  summary: 'where studies would go otherwise by other rules',
  details:
    'FACTS.jsonl holds the facts of a study on each line, and may say {"at": TIME} when it is decided upon.\n' +
    '`fascia rules dry-run` compares with the rules in force, for the studies that a node has.',
  options: {
    studies: { type: 'string', value: 'FACTS.jsonl', description: 'the studies' },
    ...jsonOption,
  },
  arity: [2, 2],
  async run([before, after], { studies, json }) {
    if (typeof studies !== 'string') throw new UsageError('fascia rules compare needs --studies FACTS.jsonl');
    const lines = readText(studies).split('\n');
    const run = dryRun(rulesFrom(before!), rulesFrom(after!), lines.flatMap(pastStudy(studies)));
    const text = json === true ? JSON.stringify(run, undefined, 2) : changeLines(run).join('\n');
    process.stdout.write(`${text}\n`);
    return 0;
  },
};

function pastStudy(file: string): (line: string, at: number) => PastStudy[] {
  const now = new Date();
  return (line, n) => {
    if (line.trim() === '') return [];
    const { at, ...facts } = parsed(line, `${file}:${n + 1}`) as { at?: string };
    return [{ facts: checked(facts, `${file}:${n + 1}`), at: at === undefined ? now : momentOf(at) }];
  };
}

function tell(explanations: Explanation[], json: boolean): void {
  const lines = json
    ? explanations.map((explanation) => JSON.stringify(explanation, undefined, 2))
    : explanations.flatMap(explanationLines);
  for (const line of lines) process.stdout.write(`${line}\n`);
}

function rulesFrom(file: string, destinations?: string[]): RuleSet {
  try {
    return readRules(readText(file), { version: file, ...(destinations && { destinations }) });
  } catch (error) {
    if (error instanceof RulesError) throw new CommandError(error.message.replace(/^/gm, `${file}: `));
    throw error;
  }
}

const factsFrom = (text: string, from: string): StudyFacts => checked(parsed(text, from), from);

function parsed(text: string, from: string): object {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CommandError(`${from} is no JSON: ${(error as Error).message}`);
  }
}

function checked(given: object, from: string): StudyFacts {
  try {
    return factsOfJson(given);
  } catch (error) {
    if (error instanceof FactsError) throw new CommandError(error.message.replace(/^/gm, `${from}: `));
    throw error;
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new CommandError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

function momentOf(text: unknown): Date {
  if (typeof text !== 'string') return new Date();
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) throw new UsageError(`${text} is no moment such as 2026-11-23T07:35:00Z`);
  return at;
}

async function headOf(file: string) {
  const reader = new DicomReader({ form: 'detect' });
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    reader.push(chunk);
    if (reader.atPixelData) return reader.partial.dataset;
  }
  return reader.end().dataset;
}
