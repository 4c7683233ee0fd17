// The options that say how a DICOM application is called by TLS: `--tls`, `--ca FILE`, `--server-name NAME`.

import { readFileSync } from 'node:fs';
import type { PeerTls } from '../base/tls.ts';
import { type Option, type OptionValues, UsageError } from './command.ts';

export const tlsOptions = {
  tls: { type: 'boolean', description: 'call it by TLS, trusting the authorities of this system' },
  ca: { type: 'string', value: 'FILE', description: 'by TLS, trusting the authorities of this PEM file' },
  'server-name': { type: 'string', value: 'NAME', description: 'by TLS: the name of its certificate, if not its host' },
} as const satisfies Record<string, Option>;

/** undefined: plain. Throws UsageError where the file cannot be read. */
export function tlsOf({ tls, ca, 'server-name': serverName }: OptionValues): true | PeerTls | undefined {
  if (typeof ca !== 'string' && typeof serverName !== 'string') return tls === true ? true : undefined;
  return { ...(typeof ca === 'string' && { ca: readPem(ca) }), ...(typeof serverName === 'string' && { serverName }) };
}

function readPem(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`--ca: ${(error as Error).message}`);
  }
}
