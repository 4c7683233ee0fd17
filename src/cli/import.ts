// `fascia import DIR`: a folder of DICOM files, several at a time. What is done is remembered, so that a second run goes on
// where the first one stopped; what was refused is summed up with its reasons.

import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { loadConfig } from '../base/config.ts';
import { openLog } from '../base/log.ts';
import { type ImportSummary, importInto } from '../server/import.ts';
import { type Command, CommandError, UsageError } from './command.ts';
import { columns } from './help.ts';
import { bar, printBytes, progressLine } from './progress.ts';
import { tenantOption } from './with-api.ts';

export const importFolder: Command = {
  arguments: 'DIR',
  summary: 'a folder of DICOM files, in parallel; run it again to go on where it stopped',
  details: 'Runs beside a node or without one. Exit code 1 when a file was refused.',
  options: tenantOption,
  arity: [1, 1],
  async run([folder], { tenant }) {
    if (!(await stat(folder!).catch(() => undefined))?.isDirectory()) throw new UsageError(`${folder} is no folder`);
    const { config } = loadConfig();
    const log = openLog({ level: 'warn', to: process.stderr.isTTY ? join(config.data, 'logs/import.log') : undefined });
    const stopping = new AbortController();
    process.once('SIGINT', () => stopping.abort());
    process.once('SIGTERM', () => stopping.abort());
    const total = await countFiles(folder!);
    const line = progressLine();
    const progress = ({ files, bytes }: ImportSummary) =>
      line.show(`${bar(files, total)} ${files} files, ${printBytes(bytes)}`);
    const request = { folder: folder!, tenant: tenant as string | undefined, signal: stopping.signal, progress };
    try {
      const summary = await importInto(config, log, request);
      line.end();
      process.stdout.write(print(summary));
      return summary.refused.size === 0 ? 0 : 1;
    } catch (error) {
      line.end();
      const reason = stopping.signal.aborted ? 'stopped' : (error as Error).message;
      throw new CommandError(`${reason}; run the same command again to go on from here`);
    }
  },
};

async function countFiles(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).length;
}

function print({ files, bytes, kept, done, indexes, refused }: ImportSummary): string {
  const rows = [
    ['files', String(files), printBytes(bytes)],
    ['kept', String(kept.first), 'new'],
    ['', String(kept.same), 'were there already, the same bytes'],
    ['', String(kept.transcoded), 'were there in another encoding'],
    ['', String(kept.demographics), 'were there with other demographics: both are kept'],
    ['', String(kept.conflict), 'were there with other pixels or geometry: both are kept, somebody must decide'],
    ['done before', String(done), 'in an earlier run'],
    ['passed over', String(indexes), 'DICOMDIR'],
  ];
  const shown = rows.filter(([name, count]) => name === 'files' || name === 'kept' || count !== '0');
  const reasons = [...refused].map(([reason, { count, examples }]) => {
    const more = count > examples.length ? `\n    and ${count - examples.length} more` : '';
    return `  ${count}  ${reason}\n${examples.map((file) => `    ${file}`).join('\n')}${more}\n`;
  });
  return columns(shown, '') + (reasons.length > 0 ? `refused\n${reasons.join('')}` : '');
}
