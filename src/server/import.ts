// Bringing in a folder from the command line, with or beside a running node: the same spine in a process of its own.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_TENANT, localPrincipal } from '../auth/principal.ts';
import { tenantNamed } from '../auth/tenants.ts';
import type { Config } from '../base/config.ts';
import type { Log } from '../base/log.ts';
import { type ImportSummary, importFolder } from '../ingest/import-folder.ts';
import type { Database } from '../storage/database.ts';
import type { TranslateOptions } from '../translate/instances-of-file.ts';
import { FileConverter, scratchFolder } from './convert/file-converter.ts';
import { openCore } from './core.ts';
import { type Belonging, translatorFor } from './import-files.ts';
import { nodeName } from './node-name.ts';
import { openSpine } from './spine.ts';

export type { Belonging, ImportSummary };

export interface ImportRequest {
  folder: string;
  /** By name; the default one when absent. */
  tenant?: string;
  /** Whose the pictures, videos and documents among the files are. Absent: they are refused. */
  belonging?: Belonging;
  translate?: Pick<TranslateOptions, 'kind' | 'pixelSpacingMm'>;
  signal: AbortSignal;
  progress(summary: ImportSummary): void;
}

/** Rejects with an Error for the operator; what was kept until then stays, and the next run goes on from there. */
export async function importInto(config: Config, log: Log, request: ImportRequest): Promise<ImportSummary> {
  mkdirSync(config.data, { recursive: true, mode: 0o700 });
  const closing = new AsyncDisposableStack();
  try {
    const core = await openCore(config, log);
    closing.defer(() => core.close());
    const name = nodeName(config, 'import');
    const release = await onlyOne(core.database, name);
    closing.defer(release);
    const spine = await openSpine(core, name);
    closing.defer(() => spine.close());
    const { tenant, belonging, translate, ...rest } = request;
    const scratch = await scratchFolder(config, 'import');
    const converter = new FileConverter(scratch, { encodesVideo: config.otherVideo === 'encoded' });
    closing.defer(() => converter[Symbol.asyncDispose]());
    return await importFolder({
      ...rest,
      receive: spine.receive,
      translate: translatorFor(request.folder, belonging, { ...translate, cameraData: config.cameraData, converter }),
      tenant: tenant === undefined ? DEFAULT_TENANT : await tenantNamed(core.database, tenant),
      principal: localPrincipal.id,
      journals: join(config.data, 'imports'),
    });
  } finally {
    await closing.disposeAsync();
  }
}

/** Two processes of one name would take each other's files for what a crash left behind. */
async function onlyOne(database: Database, name: string): Promise<() => void> {
  const client = await database.pool.connect();
  const { rows } = await client.query<{ locked: boolean }>(
    `select pg_try_advisory_lock(hashtextextended($1, 0)) as locked`,
    [`fascia ${name}`],
  );
  // The lock ends with its connection.
  if (rows[0]!.locked) return () => client.release(true);
  client.release();
  throw new Error('another import is under way here; wait for it to end');
}
