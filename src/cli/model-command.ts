// What the commands on learned models share: the versions, a new one, the choice of one.

import type { ApiAccess } from '../server/doors/api-access.ts';
import { type Command, CommandError, type OptionValues, UsageError } from './command.ts';
import { columns } from './help.ts';
import { tenantOption, withApi } from './with-api.ts';

const limits = { askAgainMs: 1_000 } as const;

interface Standing {
  inForce: number;
  pinned: boolean;
  versions: { version: number; madeAt: string; objections: string[] }[];
}

interface ModelCommand<Of extends Standing> {
  /** As it is called, and where the API has it: `identity model`, `/identity/models`. */
  name: string;
  path: string;
  /** To make a version, and that it was made: `train`, `trained`. */
  make: string;
  made: string;
  summary: string;
  details: string;
  isMaking(standing: Of): boolean;
  /** Of a version: what it was made from, and how it did. */
  said(version: Of['versions'][number]): string[];
  /** A title, then which version was in force since when. */
  uses(standing: Of): [title: string, rows: string[][]];
}

export function modelCommand<Of extends Standing>(model: ModelCommand<Of>): Command {
  const { name, path, make, made } = model;
  const standingOf = async (api: ApiAccess): Promise<Of> => (await api.call('GET', path)) as Of;
  const actions: Record<string, (api: ApiAccess, version: string | undefined, options: OptionValues) => Promise<void>> =
    {
      async list(api, _version, { json }) {
        const standing = await standingOf(api);
        process.stdout.write(json ? `${JSON.stringify(standing, null, 2)}\n` : print(model, standing));
      },
      async [make](api) {
        const before = (await standingOf(api)).versions[0]?.version ?? 0;
        await api.call('POST', path);
        let standing = await standingOf(api);
        while (model.isMaking(standing)) {
          await new Promise((resolve) => setTimeout(resolve, limits.askAgainMs));
          standing = await standingOf(api);
        }
        if ((standing.versions[0]?.version ?? 0) === before)
          throw new CommandError(`no model was ${made}; the log says why`);
        process.stdout.write(print(model, standing));
      },
      async use(api, version, { reason }) {
        if (version === undefined || !/^\d{1,9}$/.test(version))
          throw new UsageError('use needs the number of a version');
        const choice = { version: Number(version), ...(reason !== undefined && { reason }) };
        await api.call('PUT', `${path}/in-force`, choice);
        process.stdout.write(`version ${version} is in force until it is let go of: fascia ${name} release\n`);
      },
      async release(api) {
        await api.call('DELETE', `${path}/in-force`);
        process.stdout.write(`the version in force stays until a better one is ${made}\n`);
      },
    };
  return {
    arguments: `list|${make}|use|release [VERSION]`,
    summary: model.summary,
    details: model.details,
    options: {
      ...tenantOption,
      reason: { type: 'string', value: 'TEXT', description: 'of use: why; it stays with the choice' },
      json: { type: 'boolean', description: 'of list: as JSON' },
    },
    arity: [1, 2],
    async run([asked, version], options) {
      const action = Object.hasOwn(actions, asked!) ? actions[asked!]! : undefined;
      if (action === undefined) throw new UsageError(`${name} needs one of: ${Object.keys(actions).join(', ')}`);
      await withApi((api) => action(api, version, options), options);
      return 0;
    },
  };
}

function print<Of extends Standing>({ said, uses }: ModelCommand<Of>, standing: Of): string {
  const { inForce, pinned, versions } = standing;
  const head = `in force: ${inForce === 0 ? 'the one that is shipped' : `version ${inForce}`}${pinned ? ', chosen' : ''}\n`;
  const rows = versions.map((each) => [
    String(each.version),
    each.madeAt,
    ...said(each),
    each.objections.length === 0 ? '' : `not used: ${each.objections.join('; ')}`,
  ]);
  const table = (title: string, lines: string[][]): string =>
    lines.length === 0 ? '' : `\n${title}\n${columns(lines)}`;
  return head + table('versions', rows) + table(...uses(standing));
}
