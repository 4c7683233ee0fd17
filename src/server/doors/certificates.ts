// The PEM files that listeners prove with who they are, and what happens when one is renewed: certificates live for weeks,
// nodes for months.

import { X509Certificate } from 'node:crypto';
import { unwatchFile, watchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import { type Config, ConfigError } from '../../base/config.ts';
import type { Log } from '../../base/log.ts';
import type { ListenerTls, TlsIdentity } from '../../base/tls.ts';

const limits = {
  /** How long a renewed certificate may go unseen. Looked for, not waited for: links that are swapped tell no watcher. */
  lookMs: 10_000,
};

/** undefined: plain TCP. Rejects with ConfigError where the file cannot be read or holds no key with its certificate. */
export async function tlsIdentity(setting: TlsSetting, file: string | undefined): Promise<TlsIdentity | undefined> {
  if (file === undefined) return undefined;
  const pem = await readPem(setting, file);
  try {
    createSecureContext({ key: pem, cert: pem });
  } catch (error) {
    throw new ConfigError([
      `${setting}: ${file} holds no private key with its certificate (${(error as Error).message})`,
    ]);
  }
  // One file holds key and certificates; each reader takes what it looks for.
  return { key: pem, cert: pem };
}

/** The DIMSE and HL7 v2 listeners may demand certificates of their clients. Rejects like `tlsIdentity`. */
export async function listenerTls(config: Config, door: 'dicom' | 'mllp'): Promise<ListenerTls | undefined> {
  const identity = await tlsIdentity(`${door}Tls`, config[`${door}Tls`]);
  const authorities = config[`${door}ClientCa`];
  if (identity === undefined || authorities === undefined) return identity;
  return { ...identity, clientCa: await readAuthorities(`${door}ClientCa`, authorities) };
}

/** PEM. A file without a certificate would let nobody in. */
export async function readAuthorities(setting: string, file: string): Promise<Buffer> {
  const pem = await readPem(setting, file);
  try {
    new X509Certificate(pem);
  } catch {
    throw new ConfigError([`${setting}: ${file} holds no certificate`]);
  }
  return pem;
}

async function readPem(setting: string, file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new ConfigError([`${setting}: ${(error as Error).message}`]);
  }
}

type TlsSetting = 'httpTls' | 'dicomTls' | 'mllpTls';

/** Hands a listener what is in its file whenever that is something else; what cannot be used leaves the one before in force. */
export function followCertificates(
  config: Pick<Config, TlsSetting>,
  listeners: Record<TlsSetting, (tls: TlsIdentity) => void>,
  log: Log,
  lookMs = limits.lookMs,
): { close(): void } {
  const following = (Object.keys(listeners) as TlsSetting[]).flatMap((setting) => {
    const file = config[setting];
    if (file === undefined) return [];
    const changed = (): void => void renew(setting, file, listeners[setting], log);
    watchFile(file, { interval: lookMs, persistent: false }, changed);
    return [() => unwatchFile(file, changed)];
  });
  return { close: () => following.forEach((unfollow) => void unfollow()) };
}

async function renew(setting: TlsSetting, file: string, use: (tls: TlsIdentity) => void, log: Log): Promise<void> {
  try {
    use((await tlsIdentity(setting, file))!);
    log.info({ setting }, 'certificate renewed');
  } catch (error) {
    log.error({ setting, error }, 'certificate not renewed');
  }
}
