// `fascia viewer install`: OHIF, from the npm registry or from a file that somebody brought.

import { loadConfig } from '../base/config.ts';
import { cacheFolder } from '../server/screens/cache-folder.ts';
import { installOhif, ohifFolder } from '../server/screens/ohif-install.ts';
import { type Command, CommandError } from './command.ts';

export const viewerInstall: Command = {
  arguments: '[TARBALL]',
  summary: 'bring OHIF in, to be served under /viewer',
  details:
    'From the npm registry, or from the file that `npm pack` made where it can be reached. A running node serves it at once.',
  arity: [0, 1],
  async run([tarball]) {
    const cache = cacheFolder(loadConfig().config.data);
    try {
      await installOhif(cache, { tarball });
    } catch (error) {
      throw new CommandError((error as Error).message);
    }
    process.stdout.write(`${ohifFolder(cache)}\n`);
    return 0;
  },
};
