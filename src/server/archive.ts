// What a data folder keeps, for commands that read it: with or beside a running node.

import { existsSync } from 'node:fs';
import { DEFAULT_TENANT } from '../auth/principal.ts';
import { tenantNamed } from '../auth/tenants.ts';
import type { Config } from '../base/config.ts';
import { silentLog } from '../base/log.ts';
import { instancesBelow, type KeptInstance } from '../storage/catalogue.ts';
import { openObjectFolder } from '../storage/objects/object-folder.ts';
import { type VerifyReport, verify } from '../storage/verify.ts';
import { openCore } from './core.ts';

export interface Archive {
  /** Every object read again and compared with the catalogue, and the reverse. */
  verify(): AsyncIterable<VerifyReport>;
  /** The instances of a study. Rejects with catalogue/not-found or catalogue/hidden. */
  instancesOf(studyInstanceUid: string): Promise<KeptInstance[]>;
  /** The Part 10 file as stored. */
  open(instance: KeptInstance): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

/** `tenant` by name; the default one when absent. Rejects with an Error for the operator. */
export async function openArchive(config: Config, tenant?: string): Promise<Archive> {
  if (config.databaseUrl === undefined && !existsSync(config.data)) {
    throw new Error(`there is no data folder ${config.data}; start a node first, or set FASCIA_DATA`);
  }
  const closing = new AsyncDisposableStack();
  try {
    const core = await openCore(config, silentLog);
    closing.defer(() => core.close());
    const { database } = core;
    const objects = await openObjectFolder({ folder: config.objects, node: 'command' });
    closing.defer(() => objects.close());
    const id = tenant === undefined ? DEFAULT_TENANT : await tenantNamed(database, tenant);
    return {
      verify: () => verify(database, objects),
      instancesOf: (studyInstanceUid) => instancesBelow(database, id, { studyInstanceUid }),
      open: ({ object, sizeBytes }) => objects.open(object, { end: sizeBytes }),
      close: () => closing.disposeAsync(),
    };
  } catch (error) {
    await closing.disposeAsync();
    throw error;
  }
}
