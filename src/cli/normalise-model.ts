// `fascia normalise model`: by what is told what was done in a study, a new version of it, and the choice of one.

import type { ApiAccess } from '../server/doors/api-access.ts';
import { type Command, CommandError, type OptionValues, UsageError } from './command.ts';
import { columns } from './help.ts';
import { tenantOption, withApi } from './with-api.ts';

const limits = { askAgainMs: 1_000 } as const;

interface Score {
  rows: number;
  right: number;
}

interface Standing {
  inForce: number;
  pinned: boolean;
  versions: {
    version: number;
    madeAt: string;
    basis: { answers: number };
    trial: Record<'heldOut' | 'answers' | 'foretold', { inForce: Score; candidate: Score }>;
    objections: string[];
  }[];
  uses: { version: number; at: string; decidedBy: string | null; reason: string | null }[];
  training: boolean;
}

const actions: Record<string, (api: ApiAccess, version: string | undefined, options: OptionValues) => Promise<void>> = {
  async list(api, _version, { json }) {
    const standing = await standingOf(api);
    process.stdout.write(json ? `${JSON.stringify(standing, null, 2)}\n` : print(standing));
  },
  async train(api) {
    const before = (await standingOf(api)).versions[0]?.version ?? 0;
    await api.call('POST', '/normalise/models');
    let standing = await standingOf(api);
    while (standing.training) {
      await new Promise((resolve) => setTimeout(resolve, limits.askAgainMs));
      standing = await standingOf(api);
    }
    if ((standing.versions[0]?.version ?? 0) === before)
      throw new CommandError('no model was trained; the log says why');
    process.stdout.write(print(standing));
  },
  async use(api, version, { reason }) {
    if (version === undefined || !/^\d{1,9}$/.test(version)) throw new UsageError('use needs the number of a version');
    const choice = { version: Number(version), ...(reason !== undefined && { reason }) };
    await api.call('PUT', '/normalise/models/in-force', choice);
    process.stdout.write(`version ${version} is in force until it is let go of: fascia normalise model release\n`);
  },
  async release(api) {
    await api.call('DELETE', '/normalise/models/in-force');
    process.stdout.write('the version in force stays until a better one is trained\n');
  },
};

export const normaliseModel: Command = {
  arguments: 'list|train|use|release [VERSION]',
  summary: 'the model by which is told what was done: versions, a new one from what persons decided, the choice of one',
  details:
    'Version 0 is the one that is shipped. A version that is trained is tried beside the one in force: on made-up rows, on\n' +
    'rows of hospitals of other words, and on what persons decided. What is worse is kept and not used.',
  options: {
    ...tenantOption,
    reason: { type: 'string', value: 'TEXT', description: 'of use: why; it stays with the choice' },
    json: { type: 'boolean', description: 'of list: as JSON' },
  },
  arity: [1, 2],
  async run([name, version], options) {
    const action = Object.hasOwn(actions, name!) ? actions[name!]! : undefined;
    if (action === undefined) throw new UsageError(`normalise model needs one of: ${Object.keys(actions).join(', ')}`);
    await withApi((api) => action(api, version, options), options);
    return 0;
  },
};

const standingOf = async (api: ApiAccess): Promise<Standing> =>
  (await api.call('GET', '/normalise/models')) as Standing;

function print({ inForce, pinned, versions, uses }: Standing): string {
  const head = `in force: ${inForce === 0 ? 'the one that is shipped' : `version ${inForce}`}${pinned ? ', chosen' : ''}\n`;
  const rows = versions.map(({ version, madeAt, basis, trial: { heldOut, answers, foretold }, objections }) => [
    String(version),
    madeAt,
    `${basis.answers} answers`,
    `right: other hospitals ${beside(heldOut)}, answers ${beside(answers)}, foretold ${beside(foretold)}`,
    objections.length === 0 ? '' : `not used: ${objections.join('; ')}`,
  ]);
  const used = uses.map(({ version, at, decidedBy, reason }) => [
    `version ${version}`,
    at,
    [decidedBy, reason].filter((each) => each !== null).join(': '),
  ]);
  const table = (title: string, lines: string[][]): string =>
    lines.length === 0 ? '' : `\n${title}\n${columns(lines)}`;
  return head + table('versions', rows) + table('in force since', used);
}

const beside = ({ inForce, candidate }: { inForce: Score; candidate: Score }): string =>
  `${inForce.right} → ${candidate.right} of ${candidate.rows}`;
