// A FHIR door before a catalogue and identity of its own: everything behind it is what a node has.

import type { TestContext } from 'node:test';
import { openAudit } from '../../src/audit/writer.ts';
import { localPrincipal, type Principal } from '../../src/auth/principal.ts';
import { systemClock } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import { Problem } from '../../src/base/problem.ts';
import { readTimeZones } from '../../src/base/time-zones.ts';
import { type TestDoor, testDoor } from '../../src/fhir/rest/testing/test-door.ts';
import type { Core } from '../../src/server/core.ts';
import { fhirHandlers } from '../../src/server/doors/fhir-handlers.ts';
import { behindFhir } from '../../src/server/fhir/behind.ts';
import { openIdentity } from '../../src/server/identity/node-identity.ts';
import { HookNetworks } from '../../src/server/subscriptions/hook-networks.ts';
import {
  openSubscriptions,
  type Subscriptions,
  type SubscriptionsOptions,
} from '../../src/server/subscriptions/subscriptions.ts';
import type { Database } from '../../src/storage/database.ts';
import { RuleSets } from '../../src/storage/rule-sets.ts';
import { testDatabase } from './database.ts';
import { emptyFolder } from './folder.ts';

/** Notifications may go to this machine. */
export const networks = new HookNetworks({ allowed: [], isLocal: true, ownPorts: () => [] });

export interface FhirServer extends Pick<TestDoor, 'send' | 'root' | 'logged'> {
  database: Database;
  core: Core;
  /** Another node that tells subscribers, until it is closed. */
  subscribing(): Promise<Subscriptions>;
}

/**
 * Whoever says nothing is the account that owns the folder; `principals` are told by the header Authorization.
 * `subscribing`: subscribers are told, so.
 */
export async function fhirServer(
  t: TestContext,
  principals: Readonly<Record<string, Principal>> = {},
  subscribing?: Pick<SubscriptionsOptions, 'pauseMs' | 'offAfter' | 'restSeconds'>,
): Promise<FhirServer> {
  // Hooks run in the order in which they were given: what waits to be written is written before the catalogue closes.
  const closing = new AsyncDisposableStack();
  t.after(() => closing.disposeAsync());
  const database = await testDatabase(t);
  const audit = openAudit(database, { clock: systemClock, log: silentLog });
  const identity = await openIdentity(
    { database, log: silentLog },
    emptyFolder((cleanUp) => t.after(cleanUp)),
  );
  const ruleSets = await RuleSets.open(database);
  closing.defer(() => ruleSets.close());
  closing.defer(() => audit.close());
  closing.defer(() => identity.close());
  const core = {
    config: { timeZones: readTimeZones('', () => undefined) },
    database,
    log: silentLog,
    audit,
    metrics: { answered: () => undefined },
    interfaces: { list: () => [] },
    authorities: identity.authorities,
    identity: () => identity.known(),
    logged: identity.logged,
    ruleSets,
    networks,
  } as unknown as Core;
  const authenticator = {
    async authenticate({ authorization }: { authorization?: string }) {
      const principal = authorization === undefined ? localPrincipal : principals[authorization];
      if (principal === undefined) throw new Problem('auth/unauthenticated', { reason: 'unknown' });
      return principal;
    },
    close: () => undefined,
  };
  const behind = behindFhir(core);
  let root = '';
  const opened = async (): Promise<Subscriptions> => {
    const handlers = fhirHandlers(core, authenticator, behind);
    const subscriptions = await openSubscriptions(core, {
      handlers,
      root: () => root,
      betweenMs: 0,
      ...subscribing,
    });
    closing.defer(() => subscriptions.close());
    return subscriptions;
  };
  const subscriptions = await opened();
  const door = await testDoor(t, { handlers: fhirHandlers(core, authenticator, behind, subscriptions.handlers) });
  ({ root } = door);
  if (subscribing !== undefined) await subscriptions.start();
  return {
    send: door.send,
    root,
    logged: door.logged,
    database,
    core,
    async subscribing() {
      const another = await opened();
      await another.start();
      return another;
    },
  };
}
