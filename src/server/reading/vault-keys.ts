// The files of the vault's keys: FILE, and while the vault goes over to a new one, FILE.next beside it. The new one takes the
// place of the old, which is nowhere then, when nothing is wrapped by the old.

import { existsSync, renameSync } from 'node:fs';
import type { Audit } from '../../audit/writer.ts';
import { Problem } from '../../base/problem.ts';
import { nameOfKey, vaultKey } from '../../reading/store/envelope.ts';
import { domainsWrappedBy, type Rotated, rotateDomains } from '../../reading/store/vault-rotation.ts';
import { Keyring } from '../../reading/store/vault-rows.ts';
import type { Database } from '../../storage/database.ts';
import { transact } from '../../storage/transaction.ts';
import { masterKeyIn, readMasterKey } from '../deidentify/master-key.ts';

export interface VaultKeyFile {
  file: string;
  /** Whether it is made where there is none. */
  makes: boolean;
}

const nextOf = ({ file }: VaultKeyFile): string => `${file}.next`;

/** The newest first. Throws ConfigError where the file is none. */
export function vaultMasters(keys: VaultKeyFile): Uint8Array[] {
  const next = nextOf(keys);
  const isThere = existsSync(next);
  try {
    const first = isThere ? [readMasterKey(next)] : [];
    return [...first, keys.makes ? masterKeyIn(keys.file) : readMasterKey(keys.file)];
  } catch (thrown) {
    // It has taken its place since.
    if (isThere && !existsSync(next)) return vaultMasters(keys);
    throw thrown;
  }
}

export interface RotateCore {
  database: Database;
  audit: Audit;
  vaultKeys: VaultKeyFile;
}

/** New keys for the domains of a client, and for their patients; the vault's own stays. */
export async function rotateClient(core: RotateCore, { tenant, by }: { tenant: number; by: string }): Promise<Rotated> {
  const rotated = await rotateDomains(core.database, new Keyring(() => vaultMasters(core.vaultKeys)), tenant);
  await told(core, { tenant, by, what: 'client' }, rotated);
  return rotated;
}

/** A new key of the vault too. Cut off anywhere, it goes on when it is asked again. */
export async function rotateVault(core: RotateCore, { tenant, by }: { tenant: number; by: string }): Promise<Rotated> {
  const { database, vaultKeys } = core;
  const old = nameOfKey(vaultKey(vaultMasters(vaultKeys).at(-1)!));
  writable(() => masterKeyIn(nextOf(vaultKeys)));
  const ring = new Keyring(() => vaultMasters(vaultKeys));
  const rotated = await rotateDomains(database, ring);
  await transact(database, async (queries) => {
    // Begun by a node that had not seen the new key.
    if ((await domainsWrappedBy(queries, old)) > 0) throw new Problem('reading/moved');
    writable(() => renameSync(nextOf(vaultKeys), vaultKeys.file));
  });
  await told(core, { tenant, by, what: 'vault' }, rotated);
  return rotated;
}

function writable(work: () => void): void {
  try {
    work();
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === undefined) throw thrown;
    throw new Problem('request/malformed', { reason: `the folder of the vault's key cannot be written (${code})` });
  }
}

async function told(
  { audit }: RotateCore,
  { tenant, by, what }: { tenant: number; by: string; what: string },
  { domains, patients, rows }: Rotated,
): Promise<void> {
  await audit.record({
    ...{ tenant, principal: by, door: 'node', action: 'vault-rotate', outcome: 'success' },
    query: `${what}: ${domains} domains, ${patients} patients, ${rows} rows`,
  });
}
