// `fascia dump FILE…`: what we read, and every finding. Values longer than a line are counted, not printed.

import { createReadStream } from 'node:fs';
import { asProblem } from '../base/problem.ts';
import { findingCodes } from '../dicom/finding.ts';
import { DicomReader } from '../dicom/reader.ts';
import { type Command, CommandError } from './command.ts';
import { dumpLines } from './dump-lines.ts';

export const dump: Command = {
  arguments: 'FILE…',
  summary: 'what we read of a DICOM file, and every finding',
  details: 'Findings are defects that were tolerated: where (tag path and byte offset), what, and what was assumed.',
  options: { strict: { type: 'boolean', description: 'treat findings as failures' } },
  arity: [1, 10_000],
  async run(files, { strict }) {
    let failed = 0;
    for (const file of files) {
      try {
        await dumpFile(file, strict === true, files.length > 1);
      } catch (error) {
        failed++;
        process.stderr.write(`${file}: ${reasonOf(error)}\n`);
      }
    }
    return failed === 0 ? 0 : 1;
  },
};

async function dumpFile(file: string, strict: boolean, several: boolean): Promise<void> {
  const reader = new DicomReader({ form: 'detect', strict });
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) reader.push(chunk);
  const { meta, dataset, transferSyntax, findings } = reader.end();
  const terms = dataset.characterSet.terms.join('\\') || 'ISO_IR 6';
  const lines = [`transfer syntax  ${transferSyntax.name} (${transferSyntax.uid})`, `character set    ${terms}`];
  if (several) lines.unshift(`file             ${file}`);
  write(lines);
  write(dumpLines(meta));
  write(dumpLines(dataset));
  const told = findings.map(
    ({ code, path, offset, assumed }) =>
      `! ${path || 'file'} at byte ${offset}: ${findingCodes[code]}; assumed: ${assumed}`,
  );
  write([told.length === 0 ? 'no findings' : `${told.length} findings`, ...told]);
}

function write(lines: Iterable<string>): void {
  for (const line of lines) process.stdout.write(`${line}\n`);
}

function reasonOf(error: unknown): string {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (syscall !== undefined) return `cannot be read (${code})`;
  return error instanceof CommandError ? error.message : asProblem(error).message;
}
