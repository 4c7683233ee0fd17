// A FHIR door before a catalogue and identity of its own: everything behind it is what a node has.

import type { TestContext } from 'node:test';
import { testDatabase } from '../../../../test/support/database.ts';
import { emptyFolder } from '../../../../test/support/folder.ts';
import { openAudit } from '../../../audit/writer.ts';
import { localPrincipal, type Principal } from '../../../auth/principal.ts';
import { systemClock } from '../../../base/clock.ts';
import { silentLog } from '../../../base/log.ts';
import { Problem } from '../../../base/problem.ts';
import { type TestAnswer, type TestDoor, testDoor } from '../../../fhir/rest/testing/test-door.ts';
import type { Database } from '../../../storage/database.ts';
import type { Core } from '../../core.ts';
import { fhirHandlers } from '../../doors/fhir-handlers.ts';
import { openIdentity } from '../../identity/node-identity.ts';
import { behindFhir } from '../behind.ts';

export interface FhirServer extends Pick<TestDoor, 'send' | 'root' | 'logged'> {
  database: Database;
  core: Core;
}

/** Whoever says nothing is the account that owns the folder; `principals` are told by the header Authorization. */
export async function fhirServer(
  t: TestContext,
  principals: Readonly<Record<string, Principal>> = {},
): Promise<FhirServer> {
  const database = await testDatabase(t);
  const audit = openAudit(database, { clock: systemClock, log: silentLog });
  const identity = await openIdentity(
    { database, log: silentLog },
    emptyFolder((cleanUp) => t.after(cleanUp)),
  );
  t.after(async () => {
    await identity.close();
    await audit.close();
  });
  const core = {
    database,
    log: silentLog,
    audit,
    metrics: { answered: () => undefined },
    interfaces: { list: () => [] },
    identity: () => identity.known(),
    logged: identity.logged,
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

export type { TestAnswer };
