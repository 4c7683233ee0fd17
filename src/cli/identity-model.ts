// `fascia identity model`: by what is decided who is who, a new version of it, and the choice of one.

import type { ApiAccess } from '../server/doors/api-access.ts';
import { type Command, CommandError, type OptionValues, UsageError } from './command.ts';
import { columns } from './help.ts';
import { tenantOption, withApi } from './with-api.ts';

const limits = { askAgainMs: 1_000 } as const;

interface Standing {
  inForce: number;
  pinned: boolean;
  versions: {
    version: number;
    madeAt: string;
    basis: { sightings: number; decisions: number };
    trial: { change: { joined: number; split: number } };
    objections: string[];
  }[];
  uses: {
    entry: string;
    version: number;
    at: string;
    decidedBy?: string;
    reason?: string;
    swap?: { joined: number; split: number };
  }[];
  estimating: boolean;
}

const actions: Record<string, (api: ApiAccess, version: string | undefined, options: OptionValues) => Promise<void>> = {
  async list(api, _version, { json }) {
    const standing = await standingOf(api);
    process.stdout.write(json ? `${JSON.stringify(standing, null, 2)}\n` : print(standing));
  },
  async estimate(api) {
    const before = (await standingOf(api)).versions[0]?.version ?? 0;
    await api.call('POST', '/identity/models');
    let standing = await standingOf(api);
    while (standing.estimating) {
      await new Promise((resolve) => setTimeout(resolve, limits.askAgainMs));
      standing = await standingOf(api);
    }
    const [made] = standing.versions;
    if (made === undefined || made.version === before)
      throw new CommandError('no model was estimated; the log says why');
    process.stdout.write(print(standing));
  },
  async use(api, version, { reason }) {
    if (version === undefined || !/^\d{1,9}$/.test(version)) throw new UsageError('use needs the number of a version');
    const choice = { version: Number(version), ...(reason !== undefined && { reason }) };
    await api.call('PUT', '/identity/models/in-force', choice);
    process.stdout.write(`version ${version} is in force until it is let go of: fascia identity model release\n`);
  },
  async release(api) {
    await api.call('DELETE', '/identity/models/in-force');
    process.stdout.write('the version in force stays until a better one is estimated\n');
  },
};

export const identityModel: Command = {
  arguments: 'list|estimate|use|release [VERSION]',
  summary: 'the model by which is decided who is who: versions, a new one, the choice of one',
  details:
    'Version 0 is the one that is shipped. A version that is estimated is tried beside the one in force: on what people\n' +
    'decided, on made-up populations, and by how many persons would be others. What is worse is kept and not used.',
  options: {
    ...tenantOption,
    reason: { type: 'string', value: 'TEXT', description: 'of use: why; it stays with the choice' },
    json: { type: 'boolean', description: 'of list: as JSON' },
  },
  arity: [1, 2],
  async run([name, version], options) {
    const action = Object.hasOwn(actions, name!) ? actions[name!]! : undefined;
    if (action === undefined) throw new UsageError(`identity model needs one of: ${Object.keys(actions).join(', ')}`);
    await withApi((api) => action(api, version, options), options);
    return 0;
  },
};

const standingOf = async (api: ApiAccess): Promise<Standing> => (await api.call('GET', '/identity/models')) as Standing;

function print({ inForce, pinned, versions, uses }: Standing): string {
  const head = `in force: ${inForce === 0 ? 'the one that is shipped' : `version ${inForce}`}${pinned ? ', chosen' : ''}\n`;
  const rows = versions.map(({ version, madeAt, basis, trial, objections }) => [
    String(version),
    madeAt,
    `${basis.sightings} sightings, ${basis.decisions} decisions`,
    `persons joined ${trial.change.joined}, split ${trial.change.split}`,
    objections.length === 0 ? '' : `not used: ${objections.join('; ')}`,
  ]);
  const used = uses.map(({ entry, version, at, swap, decidedBy, reason }) => [
    entry,
    `version ${version}`,
    at,
    swap === undefined ? 'not folded yet' : `joined ${swap.joined}, split ${swap.split}`,
    [decidedBy, reason].filter((each) => each !== undefined).join(': '),
  ]);
  const table = (title: string, lines: string[][]): string =>
    lines.length === 0 ? '' : `\n${title}\n${columns(lines)}`;
  return head + table('versions', rows) + table('in force since entry', used);
}
