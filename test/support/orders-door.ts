// The DIMSE door on a fresh catalogue as far as it is about orders: worklist, performed steps, workitems, notifications.

import type { TestContext } from 'node:test';
import { openAudit } from '../../src/audit/writer.ts';
import { localPrincipal } from '../../src/auth/principal.ts';
import { systemClock } from '../../src/base/clock.ts';
import type { Config } from '../../src/base/config.ts';
import { silentLog } from '../../src/base/log.ts';
import type { CalledPeers } from '../../src/server/called-peers.ts';
import type { Core } from '../../src/server/core.ts';
import { createMetrics } from '../../src/server/metrics.ts';
import { managedClasses } from '../../src/server/orders/managed-classes.ts';
import { testDatabase } from './database.ts';
import { serving } from './dimse-door.ts';
import { MemoryArchive } from './memory-archive.ts';

/** `peers`: ports on this machine by AE title. */
export async function openOrdersDoor(
  t: TestContext,
  { mppsForward = [], peers = {} }: { mppsForward?: readonly string[]; peers?: Record<string, number> } = {},
) {
  const database = await testDatabase(t);
  const audit = openAudit(database, { clock: systemClock, log: silentLog });
  t.after(() => audit.close());
  const called = {
    find: (_tenant: number, aeTitle: string) =>
      peers[aeTitle] === undefined ? undefined : { host: '127.0.0.1', port: peers[aeTitle], aeTitle },
  } as CalledPeers;
  const config = { aet: 'FASCIA', mppsForward } as unknown as Config;
  const core = { database, audit, metrics: createMetrics(), log: silentLog, config, called } as Core;
  const archive = new MemoryArchive();
  archive.admit = async () => ({ principal: localPrincipal });
  const listener = await serving(t, Object.assign(archive, { managed: managedClasses(core) }));
  return { database, core, port: listener.port };
}
