// The help texts, made from the commands themselves.

import type { Command, CommandTable } from './command.ts';

/** All commands with their summaries, or the help of one. */
export async function overview(commands: CommandTable, only?: string): Promise<string> {
  if (only !== undefined && commands[only]) return commandHelp(only, await commands[only]());
  const rows: string[][] = [];
  for (const [name, load] of Object.entries(commands)) {
    const command = await load();
    rows.push([`${name} ${command.arguments ?? ''}`.trimEnd(), command.summary]);
  }
  return `Fascia: imaging interoperability, DICOM and DICOMweb on one archive.

usage: fascia COMMAND [options]      (fascia COMMAND --help says more)

${columns(rows)}
Settings come from FASCIA_… variables and fascia.yaml; fascia config explain shows each with its origin.
`;
}

export function commandHelp(name: string, command: Command): string {
  const options = Object.entries(command.options ?? {}).map(([option, { short, value, type, description }]) => [
    `${short ? `-${short}, ` : ''}--${option}${type === 'string' ? ` ${value ?? 'VALUE'}` : ''}`,
    description,
  ]);
  const sections = [`usage: fascia ${name} ${command.arguments ?? ''}`.trimEnd(), command.summary];
  if (command.details !== undefined) sections.push(command.details);
  if (options.length > 0) sections.push(columns(options).trimEnd());
  return `${sections.join('\n\n')}\n`;
}

/** Rows with their first column padded to one width. */
export function columns(rows: string[][], indent = '  '): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length))) ?? [];
  const line = (row: string[]) => row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ');
  return rows.map((row) => `${indent}${line(row).trimEnd()}\n`).join('');
}
