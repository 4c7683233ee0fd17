// `fascia simulate`: policies of dispatch beside each other in a seeded network, by the code that dispatches live.

import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import { defaultScenario } from '../reading/simulate/default-scenario.ts';
import { type Compared, type Row, rowOf, sensitivityRows, usualRows } from '../reading/simulate/experiment.ts';
import { forecast, forecastLines } from '../reading/simulate/forecast.ts';
import type { Measured } from '../reading/simulate/measure.ts';
import { pageOf, type Section } from '../reading/simulate/page.ts';
import { breachLines, effortLines, licenceLines, triageLines, waitLines } from '../reading/simulate/report.ts';
import { readScenario, type Scenario } from '../reading/simulate/scenario.ts';
import { type Command, CommandError, type OptionValues, UsageError } from './command.ts';
import { bar, progressLine } from './progress.ts';
import type { SimulateTask } from './simulate-worker.ts';

export const limits = { threads: 4, seeds: 100 } as const;

export const simulate: Command = {
  arguments: '[SEED]',
  summary: 'compare policies of dispatch in a simulated reading network',
  details:
    'Runs the dispatcher’s own code against examinations, readers and rosters made from the seed, the same for every policy,\n' +
    'with the same reader hours, and prints what is late with the floor beside: what is late whatever is done.\n' +
    'Policies: fifo, edf, strict, shortest, cherry, atc (ours); ARRANGEMENT:POLICY names both, as in pool:atc.',
  arity: [0, 1],
  options: {
    scenario: {
      type: 'string',
      value: 'FILE',
      description: 'the network as JSON; without it one of 140 clients is made',
    },
    policies: { type: 'string', value: 'A:P,…', description: 'what to compare, as in trusts:fifo,pool:atc' },
    utilisation: { type: 'string', value: 'U,…', description: 'loads, 0.85,0.93 when not given' },
    seeds: { type: 'string', value: 'N', description: 'seeds from SEED on, 5 when not given' },
    sensitivity: {
      type: 'boolean',
      description: 'also what is otherwise: loads, absences, surges, links, privileges, flags',
    },
    forecast: { type: 'boolean', description: 'also the reader hours and privileges that --target takes' },
    target: {
      type: 'string',
      value: 'SHARE',
      description: 'share of urgent work that may be late, 0.01 when not given',
    },
    html: { type: 'string', value: 'FILE', description: 'write tables and charts there' },
  },
  async run([seed = '42'], options) {
    const scenario = scenarioOf(options.scenario);
    const first = numberOf(seed, 'SEED', { isWhole: true });
    const count = numberOf(options.seeds ?? '5', '--seeds', { isWhole: true, least: 1, most: limits.seeds });
    const seeds = Array.from({ length: count }, (_, at) => first + at);
    const threads = new Piscina<SimulateTask, Measured>({
      filename: new URL('./simulate-worker.ts', import.meta.url).href,
      maxThreads: Math.min(limits.threads, availableParallelism()),
    });
    try {
      const compare = (rows: readonly Row[]) => compareRows(threads, scenario, rows, seeds);
      const sections = [await policySection(scenario, options, compare)];
      print(sections[0]!);
      if (options.sensitivity === true)
        print(sections[sections.push(await sensitivitySection(scenario, compare)) - 1]!);
      const target = numberOf(options.target ?? '0.01', '--target', { most: 1 });
      const wanted = options.forecast === true ? await forecast(scenario, first, target, one(compare)) : undefined;
      if (wanted !== undefined) process.stdout.write(`\n${forecastLines(wanted).join('\n')}\n`);
      if (options.html !== undefined) writeFileSync(String(options.html), pageOf(titleOf(seeds), sections, wanted));
      return 0;
    } finally {
      await threads.destroy();
    }
  },
};

type Compare = (rows: readonly Row[]) => Promise<Compared[]>;

const one =
  (compare: Compare) =>
  async (row: Row): Promise<Compared> =>
    (await compare([row]))[0]!;

/** Rows of a seed one after another, so that a thread makes the examinations of a seed once. */
async function compareRows(
  threads: Piscina<SimulateTask, Measured>,
  scenario: Scenario,
  rows: readonly Row[],
  seeds: readonly number[],
): Promise<Compared[]> {
  const [line, total] = [progressLine(), rows.length * seeds.length];
  let done = 0;
  const tried = async (row: Row, seed: number): Promise<Measured> => {
    const measured = await threads.run({ scenario, row, seed });
    done += 1;
    line.show(`${bar(done, total)} of ${total} runs`);
    return measured;
  };
  if (!process.stderr.isTTY) process.stderr.write(`${total} runs, each of ${scenario.days} days\n`);
  const bySeed = await Promise.all(seeds.map((seed) => Promise.all(rows.map((row) => tried(row, seed)))));
  line.end();
  return rows.map((row, at) => ({ row, bySeed: bySeed.map((measured) => measured[at]!) }));
}

async function policySection(scenario: Scenario, options: OptionValues, compare: Compare): Promise<Section> {
  const loads = String(options.utilisation ?? '0.85,0.93').split(',');
  const utilisations = loads.map((load) => numberOf(load, '--utilisation', { least: 0.05, most: 1.5 }));
  const asked = options.policies === undefined ? undefined : String(options.policies).split(',');
  const rows =
    asked === undefined
      ? usualRows(scenario, utilisations)
      : utilisations.flatMap((utilisation) => asked.map((text) => rowOf(scenario, text.trim(), utilisation)));
  const compared = await compare(rows);
  const waits = compared.filter(({ row }) => row.policy === 'atc').concat(compared.slice(-1));
  return {
    title: 'Policies',
    compared,
    lines: [
      ...breachLines(compared),
      '',
      ...effortLines(compared),
      ...[...new Set(waits)].flatMap((each) => ['', ...waitLines(each)]),
    ],
  };
}

async function sensitivitySection(scenario: Scenario, compare: Compare): Promise<Section> {
  const compared = await compare(sensitivityRows(scenario));
  const lines = [
    ...breachLines(compared),
    '',
    ...effortLines(compared),
    '',
    ...licenceLines(compared),
    ...triageLines(compared),
  ];
  return { title: 'What may be otherwise', compared, lines };
}

function print({ lines }: Section): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

const titleOf = (seeds: readonly number[]): string => `Dispatch simulated, seeds ${seeds[0]} to ${seeds.at(-1)}`;

function scenarioOf(file: OptionValues[string]): Scenario {
  if (file === undefined) return defaultScenario;
  try {
    return readScenario(JSON.parse(readFileSync(String(file), 'utf8')), defaultScenario);
  } catch (thrown) {
    throw new CommandError(`${file} is no scenario: ${(thrown as Error).message}`);
  }
}

function numberOf(
  text: OptionValues[string],
  what: string,
  { isWhole = false, least = 0, most = 2 ** 31 }: { isWhole?: boolean; least?: number; most?: number },
): number {
  const value = Number(text);
  const isGood = String(text).trim() !== '' && value >= least && value <= most && (!isWhole || Number.isInteger(value));
  if (!isGood)
    throw new UsageError(
      `${what} must be ${isWhole ? 'a whole number' : 'a number'} from ${least} to ${most}, not ${text}`,
    );
  return value;
}
