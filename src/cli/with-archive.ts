// For commands that read what is kept: the configuration, the archive, and its end.

import { loadConfig } from '../base/config.ts';
import { type Archive, openArchive } from '../server/archive.ts';
import { CommandError, type OptionValues } from './command.ts';

export async function withArchive<T>(work: (archive: Archive) => Promise<T>, options: OptionValues = {}): Promise<T> {
  const { config } = loadConfig();
  const archive = await openArchive(config, options.tenant as string | undefined).catch((error: Error) => {
    throw new CommandError(error.message);
  });
  try {
    return await work(archive);
  } finally {
    await archive.close();
  }
}
