// Commands that list what /api/v1 holds, or take one entry away.

import type { Command } from './command.ts';
import { columns } from './help.ts';
import { tenantOption, withApi } from './with-api.ts';

/** A line for each element that GET `path` answers. */
export function listCommand<T>(path: string, summary: string, line: (element: T) => string[]): Command {
  return {
    summary,
    options: tenantOption,
    arity: [0, 0],
    async run(_args, options) {
      const elements = (await withApi((api) => api.call('GET', path), options)) as T[];
      process.stdout.write(columns(elements.map(line), ''));
      return 0;
    },
  };
}

/** DELETE of the element of `path` that the argument names; `done` follows that name when it is gone. */
export function removeCommand(
  path: string,
  { argument, summary, done }: { argument: string; summary: string; done: string },
): Command {
  return {
    arguments: argument,
    summary,
    options: tenantOption,
    arity: [1, 1],
    async run([name], options) {
      await withApi((api) => api.call('DELETE', `${path}/${encodeURIComponent(name!)}`), options);
      process.stdout.write(`${name} ${done}\n`);
      return 0;
    },
  };
}
