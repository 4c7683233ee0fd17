// `fascia import DIR`: a folder of DICOM files, and of pictures, videos, slides and documents, several at a time. What is done is
// remembered, so that a second run goes on where the first one stopped; what was refused is summed up with its reasons.

import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { loadConfig } from '../base/config.ts';
import { openLog } from '../base/log.ts';
import { type ImportRequest, type ImportSummary, importInto } from '../server/import.ts';
import { pictureKinds } from '../translate/image-instance.ts';
import { belongingOf, belongingOptions } from './belonging.ts';
import { type Command, CommandError, type OptionValues, UsageError } from './command.ts';
import { columns } from './help.ts';
import { bar, printBytes, progressLine } from './progress.ts';
import { tenantOption } from './with-api.ts';

const translateOptions = {
  kind: {
    type: 'string',
    value: 'KIND',
    description: 'what pictures show: photograph (default), endoscopy or capture',
  },
  'pixel-spacing': { type: 'string', value: 'MM', description: 'of slides that do not say it' },
} as const;

export const importFolder: Command = {
  arguments: 'DIR',
  summary: 'a folder of DICOM files, in parallel; run it again to go on where it stopped',
  details:
    'Runs beside a node or without one. Exit code 1 when a file was refused. Pictures, videos, slides, PDF, CDA, STL and OBJ\nbecome instances of the patient that is named; one study for each folder, or for the accession number.',
  options: { ...tenantOption, ...belongingOptions, ...translateOptions },
  arity: [1, 1],
  async run([folder], options) {
    if (!(await stat(folder!).catch(() => undefined))?.isDirectory()) throw new UsageError(`${folder} is no folder`);
    const belonging = belongingOf(options);
    const translate = translateOptionsOf(options);
    const { config } = loadConfig();
    const log = openLog({ level: 'warn', to: process.stderr.isTTY ? join(config.data, 'logs/import.log') : undefined });
    const stopping = new AbortController();
    process.once('SIGINT', () => stopping.abort());
    process.once('SIGTERM', () => stopping.abort());
    const total = await countFiles(folder!);
    const line = progressLine();
    const progress = ({ files, bytes }: ImportSummary) =>
      line.show(`${bar(files, total)} ${files} files, ${printBytes(bytes)}`);
    const tenant = options.tenant as string | undefined;
    const request = { folder: folder!, tenant, belonging, translate, signal: stopping.signal, progress };
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

/** Throws UsageError. */
function translateOptionsOf(options: OptionValues): ImportRequest['translate'] {
  const { kind, 'pixel-spacing': spacing } = options as { [name in keyof typeof translateOptions]?: string };
  const known = pictureKinds.find((one) => one === kind);
  if (known !== kind) throw new UsageError(`--kind is none of ${pictureKinds.join(', ')}`);
  const pixelSpacingMm = spacing === undefined ? undefined : Number(spacing);
  if (pixelSpacingMm !== undefined && !(pixelSpacingMm > 0)) throw new UsageError('--pixel-spacing is no length in mm');
  return { kind: known, pixelSpacingMm };
}

async function countFiles(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).length;
}

function print({
  files,
  bytes,
  kept,
  done,
  translated,
  withExif,
  encodedAnew,
  indexes,
  refused,
}: ImportSummary): string {
  const rows = [
    ['files', String(files), printBytes(bytes)],
    ['kept', String(kept.first), 'new'],
    ['', String(kept.same), 'were there already, the same bytes'],
    ['', String(kept.transcoded), 'were there in another encoding'],
    ['', String(kept.demographics), 'were there with other demographics: both are kept'],
    ['', String(kept.conflict), 'were there with other pixels or geometry: both are kept, somebody must decide'],
    ['translated', String(translated), 'pictures, videos, slides and documents, which are instances now'],
    ['', String(withExif), 'have EXIF of their camera in them, which may say where, when and by whom'],
    [
      '',
      String(encodedAnew),
      'instances hold other pixels than their file: it had no transfer syntax of DICOM, or lay turned',
    ],
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
