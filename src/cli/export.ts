// `fascia export STUDY DIR`: a study as the Part 10 files that were kept, a folder for each series.

import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Command } from './command.ts';
import { bar, printBytes, progressLine } from './progress.ts';
import { tenantOption } from './with-api.ts';
import { withArchive } from './with-archive.ts';

export const exportStudy: Command = {
  arguments: 'STUDY DIR',
  summary: 'a study as Part 10 files, byte for byte as they were kept',
  details: 'Writes DIR/STUDY/SERIES/INSTANCE.dcm; a file that is there already is not overwritten.',
  options: tenantOption,
  arity: [2, 2],
  run: ([study, folder], options) =>
    withArchive(async (archive) => {
      const instances = await archive.instancesOf(study!);
      const progress = progressLine();
      let sizeBytes = 0;
      for (const [index, instance] of instances.entries()) {
        // The catalogue takes only UIDs of digits and dots, so they are safe as names.
        const target = join(folder!, instance.studyInstanceUid, instance.seriesInstanceUid);
        await mkdir(target, { recursive: true });
        const file = createWriteStream(join(target, `${instance.sopInstanceUid}.dcm`), { flags: 'wx' });
        await pipeline(archive.open(instance), file);
        sizeBytes += instance.sizeBytes;
        progress.show(`${bar(index + 1, instances.length)} ${printBytes(sizeBytes)}`);
      }
      progress.end();
      process.stdout.write(`${instances.length} files, ${printBytes(sizeBytes)} in ${join(folder!, study!)}\n`);
      return 0;
    }, options),
};
