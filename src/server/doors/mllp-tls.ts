// The files that the MLLP listener's TLS is configured with.

import { readFile } from 'node:fs/promises';
import type { Config } from '../../base/config.ts';
import { ConfigError } from '../../base/config.ts';
import type { MllpTls } from '../../hl7v2/mllp/listener.ts';

/** undefined: plain TCP. Rejects with ConfigError where a file cannot be read. */
export async function mllpTls({ mllpTls, mllpClientCa }: Config): Promise<MllpTls | undefined> {
  if (mllpTls === undefined) return undefined;
  // One file holds key and certificates; each reader takes what it looks for.
  const pem = await read('mllpTls', mllpTls);
  return {
    key: pem,
    cert: pem,
    ...(mllpClientCa !== undefined && { clientCa: await read('mllpClientCa', mllpClientCa) }),
  };
}

async function read(setting: string, file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new ConfigError([`${setting}: ${(error as Error).message}`]);
  }
}
