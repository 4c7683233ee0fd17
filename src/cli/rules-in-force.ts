// `fascia rules put|get|dry-run|versions|activate`: the rules that decide where studies go, and what others would have done.

import { readFileSync } from 'node:fs';
import type { DryRun } from '../routing/dry-run.ts';
import type { RuleSetDocument } from '../routing/rule-schema.ts';
import { RulesError, readRules, writeRules } from '../routing/rule-set.ts';
import { type Command, CommandError, type OptionValues, UsageError } from './command.ts';
import { columns } from './help.ts';
import { tenantOption, withApi } from './with-api.ts';

type InForce = RuleSetDocument & { version: number; inForceSince: string; author: string };
interface Version {
  version: number;
  author: string;
  createdAt: string;
  inForceSince?: string;
}

export const rulesPut: Command = {
  arguments: 'RULES.yaml',
  summary: 'put rules in force, as a new version',
  details:
    'What is kept from then on is sent by them. `fascia rules dry-run RULES.yaml` tells before what would be different.',
  options: tenantOption,
  arity: [1, 1],
  async run([file], options) {
    const document = readDocument(file!);
    const { version } = (await withApi((api) => api.call('PUT', '/rules', document), options)) as InForce;
    process.stdout.write(`version ${version} is in force\n`);
    return 0;
  },
};

export const rulesGet: Command = {
  summary: 'the rules in force, as YAML',
  options: tenantOption,
  arity: [0, 0],
  async run(_args, options) {
    const { version, inForceSince, author, ...document } = await inForce(options);
    process.stdout.write(
      `# version ${version}, in force since ${inForceSince}, by ${author}\n${writeRules({ document })}`,
    );
    return 0;
  },
};

export const rulesVersions: Command = {
  summary: 'every version of the rules',
  options: tenantOption,
  arity: [0, 0],
  async run(_args, options) {
    const versions = (await withApi((api) => api.call('GET', '/rules/versions'), options)) as Version[];
    const lines = versions.map(({ version, author, createdAt, inForceSince }) => [
      String(version),
      createdAt,
      author,
      inForceSince === undefined ? '' : `in force since ${inForceSince}`,
    ]);
    process.stdout.write(columns(lines, ''));
    return 0;
  },
};

export const rulesActivate: Command = {
  arguments: 'VERSION',
  summary: 'put a version of the rules in force again',
  options: tenantOption,
  arity: [1, 1],
  async run([version], options) {
    if (!/^[1-9]\d{0,8}$/.test(version!)) throw new UsageError(`${version} is no version`);
    await withApi((api) => api.call('POST', `/rules/versions/${version}/activate`), options);
    process.stdout.write(`version ${version} is in force\n`);
    return 0;
  },
};

export const rulesDryRun: Command = {
  arguments: 'RULES.yaml',
  summary: 'what other rules would have done with the studies of the last days; nothing is sent',
  options: {
    ...tenantOption,
    days: { type: 'string', value: 'N', description: 'studies that arrived in so many days (default: 7)' },
    json: { type: 'boolean', description: 'everything, as JSON' },
  },
  arity: [1, 1],
  async run([file], options) {
    const days = Number(options.days ?? 7);
    if (!(days > 0 && days <= 3650)) throw new UsageError('--days is a number up to 3650');
    const rules = readDocument(file!);
    const run = (await withApi((api) => api.call('POST', '/rules/dry-run', { days, rules }), options)) as DryRun;
    process.stdout.write(options.json === true ? `${JSON.stringify(run, null, 2)}\n` : told(run));
    return 0;
  },
};

function told({ studies, changedStudies, destinations, changes, changesLeftOff }: DryRun): string {
  const counts = Object.entries(destinations).map(([name, { before, after }]) => [name, `${before}`, `→ ${after}`]);
  const lines = changes.map(({ studyUid, destination, kind, what }) => [kind, studyUid, destination, what.join('; ')]);
  return [
    `${changedStudies} of ${studies} studies would be delivered otherwise\n`,
    columns(counts, ''),
    columns(lines, ''),
    changesLeftOff > 0 ? `and ${changesLeftOff} changes more\n` : '',
  ].join('');
}

async function inForce(options: OptionValues): Promise<InForce> {
  return (await withApi((api) => api.call('GET', '/rules'), options)) as InForce;
}

function readDocument(file: string): RuleSetDocument {
  let yaml: string;
  try {
    yaml = readFileSync(file, 'utf8');
  } catch (thrown) {
    throw new CommandError(`${file} cannot be read: ${(thrown as NodeJS.ErrnoException).code}`);
  }
  try {
    return readRules(yaml, { version: file }).document;
  } catch (thrown) {
    throw thrown instanceof RulesError ? new CommandError(thrown.message) : thrown;
  }
}
