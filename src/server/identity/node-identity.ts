// Identity as a node or a command runs it: the authorities it knows, and who is who among everybody it has heard of.

import type { Log } from '../../base/log.ts';
import { People } from '../../ingest/identify/people.ts';
import { openAuthorities, type StoredAuthorities } from '../../storage/authorities.ts';
import type { Database } from '../../storage/database.ts';
import { IdentityLog } from '../../storage/identity-log.ts';

export interface NodeIdentity {
  people: People;
  authorities: StoredAuthorities;
  close(): Promise<void>;
}

/** Resolves once everything that is logged is taken in. */
export async function openIdentity(database: Database, log: Log): Promise<NodeIdentity> {
  let people: People | undefined;
  const authorities = await openAuthorities(database, () => {
    people?.foldAnew().catch((error) => log.error({ error }, 'identity could not be folded anew'));
  });
  try {
    people = await People.open({ database, log, identityLog: new IdentityLog(database), authorities });
  } catch (error) {
    authorities.close();
    throw error;
  }
  const opened = people;
  return {
    people: opened,
    authorities,
    async close() {
      authorities.close();
      await opened.close();
    },
  };
}
