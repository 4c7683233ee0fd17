// DCMTK's servers. They listen on every address: for test files in a network of their own.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyFolder } from './folder.ts';
import { serve } from './program.ts';

type After = (cleanUp: () => void | Promise<void>) => void;

/** A storage SCP that writes what it receives to a folder as it came. Resolves to the folder. */
export async function startStorescp(
  after: After,
  aeTitle: string,
  port: number,
  more: readonly string[] = [],
): Promise<string> {
  const folder = emptyFolder(after);
  await serve(after, 'storescp', ['-aet', aeTitle, '-od', folder, '+B', '+xa', ...more, String(port)], port);
  return folder;
}

/** DCMTK's archive, which knows where `peers` listen. Resolves to the folder it keeps objects in. */
export async function startDcmqrscp(
  after: After,
  aeTitle: string,
  port: number,
  peers: Record<string, number>,
): Promise<string> {
  const home = emptyFolder(after);
  const storage = join(home, 'storage');
  mkdirSync(storage);
  const hosts = Object.entries(peers).map(([title, at]) => `${title} = (${title}, 127.0.0.1, ${at})`);
  const lines = [
    `NetworkTCPPort = ${port}`,
    'MaxPDUSize = 131072',
    'MaxAssociations = 16',
    'HostTable BEGIN',
    ...hosts,
    'HostTable END',
    'VendorTable BEGIN',
    'VendorTable END',
    'AETable BEGIN',
    `${aeTitle} ${storage} RW (50, 1024mb) ANY`,
    'AETable END',
  ];
  const config = join(home, 'dcmqrscp.cfg');
  writeFileSync(config, `${lines.join('\n')}\n`);
  await serve(after, 'dcmqrscp', ['--config', config, '--bit-preserving', '+xr'], port);
  return storage;
}
