// What a command of the command line is, and the faults that are the caller's.

import type { ParseArgsOptionsConfig } from 'node:util';

export type OptionValues = Record<string, string | boolean | (string | boolean)[] | undefined>;

export interface Option {
  type: 'string' | 'boolean';
  short?: string;
  multiple?: boolean;
  /** What stands for the value in the help: `HOST:PORT`. */
  value?: string;
  description: string;
}

export interface Command {
  /** What follows the command's name: `HOST:PORT AET`. */
  arguments?: string;
  /** One line, for the list of commands. */
  summary: string;
  /** More, for its own help. */
  details?: string;
  options?: Record<string, Option>;
  /** How many arguments are allowed, least and most. */
  arity: readonly [number, number];
  /** Writes its answer to stdout; resolves to the exit code, 0 when undefined. */
  run(args: string[], options: OptionValues): Promise<number | undefined>;
}

/** Commands by their names, each loaded when it is called. */
export type CommandTable = Record<string, () => Promise<Command>>;

/** The caller's fault: one sentence to stderr and exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** Something a command could not do: one sentence to stderr and exit code 1. */
export class CommandError extends Error {
  override name = 'CommandError';
}

export function parseOptions(command: Command): ParseArgsOptionsConfig {
  const options: ParseArgsOptionsConfig = { help: { type: 'boolean', short: 'h' } };
  for (const [name, { type, short, multiple }] of Object.entries(command.options ?? {})) {
    options[name] = { type, multiple: multiple ?? false, ...(short === undefined ? {} : { short }) };
  }
  return options;
}
