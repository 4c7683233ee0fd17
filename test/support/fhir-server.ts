// A FHIR door before a catalogue and identity of its own: everything behind it is what a node has.

import type { TestContext } from 'node:test';
import { openAudit } from '../../src/audit/writer.ts';
import { localPrincipal, type Principal } from '../../src/auth/principal.ts';
import { systemClock } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import { Problem } from '../../src/base/problem.ts';
import { type TestDoor, testDoor } from '../../src/fhir/rest/testing/test-door.ts';
import type { Core } from '../../src/server/core.ts';
import { fhirHandlers } from '../../src/server/doors/fhir-handlers.ts';
import { behindFhir } from '../../src/server/fhir/behind.ts';
import { openIdentity } from '../../src/server/identity/node-identity.ts';
import type { Database } from '../../src/storage/database.ts';
import { RuleSets } from '../../src/storage/rule-sets.ts';
import { testDatabase } from './database.ts';
import { emptyFolder } from './folder.ts';

export interface FhirServer extends Pick<TestDoor, 'send' | 'root' | 'logged'> {
  database: Database;
  core: Core;
}

/** Whoever says nothing is the account that owns the folder; `principals` are told by the header Authorization. */
export async function fhirServer(
  t: TestContext,
  principals: Readonly<Record<string, Principal>> = {},
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
    database,
    log: silentLog,
    audit,
    metrics: { answered: () => undefined },
    interfaces: { list: () => [] },
    authorities: identity.authorities,
    identity: () => identity.known(),
    logged: identity.logged,
    ruleSets,
  } as unknown as Core;
  const authenticator = {
    async authenticate({ authorization }: { authorization?: string }) {
      const principal = authorization === undefined ? localPrincipal : principals[authorization];
      if (principal === undefined) throw new Problem('auth/unauthenticated', { reason: 'unknown' });
      return principal;
    },
    close: () => undefined,
  };
  const { send, root, logged } = await testDoor(t, {
    handlers: fhirHandlers(core, authenticator, behindFhir(core)),
  });
  return { send, root, logged, database, core };
}
