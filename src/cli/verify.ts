// `fascia verify`: every file read again and compared with the catalogue, and the reverse. Exit code 1 when anything is
// not as it was kept.

import type { Command } from './command.ts';
import { printBytes, progressLine } from './progress.ts';
import { withArchive } from './with-archive.ts';

export const verify: Command = {
  summary: 're-hashes every file against the catalogue, and looks for files it does not know',
  details: 'Runs beside a node or without one. Each defect is a line: missing, damaged or unknown, and the file.',
  arity: [0, 0],
  run: () =>
    withArchive(async (archive) => {
      const counts = { good: 0, missing: 0, damaged: 0, unknown: 0 };
      let sizeBytes = 0;
      const progress = progressLine();
      for await (const report of archive.verify()) {
        counts[report.kind]++;
        if ('sizeBytes' in report) sizeBytes += report.sizeBytes;
        if (report.kind !== 'good') process.stdout.write(`${report.kind}  ${report.object}\n`);
        progress.show(`${counts.good} files, ${printBytes(sizeBytes)}`);
      }
      progress.end();
      const { good, missing, damaged, unknown } = counts;
      process.stdout.write(`${good} good, ${missing} missing, ${damaged} damaged, ${unknown} unknown\n`);
      return missing + damaged + unknown === 0 ? 0 : 1;
    }),
};
