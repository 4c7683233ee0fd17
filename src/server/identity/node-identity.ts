// Identity as a node or a command runs it: the authorities it knows from the start, and who is who among everybody it has
// heard of, taken in from the log when it is first asked for.

import type { Log } from '../../base/log.ts';
import { asProblem, Problem } from '../../base/problem.ts';
import { codeFingerprint } from '../../ingest/identify/fold-code.ts';
import { People } from '../../ingest/identify/people.ts';
import { openAuthorities, type StoredAuthorities } from '../../storage/authorities.ts';
import type { Database } from '../../storage/database.ts';
import { type IdentityEntry, IdentityLog } from '../../storage/identity-log.ts';
import { SnapshotFolder } from '../../storage/identity-snapshot.ts';

/** Who is who, taken in. */
export interface NodeIdentity {
  people: People;
  authorities: StoredAuthorities;
}

export interface OpenIdentity {
  authorities: StoredAuthorities;
  /** Resolves once everything that is logged is taken in. */
  known(): Promise<NodeIdentity>;
  /** See Core. */
  logged(entries: readonly IdentityEntry[], ids: readonly (string | undefined)[]): void;
  newStudies(): void;
  cease(): void;
  close(): Promise<void>;
}

/** `objects`: the folder of the objects, beside which what is known is put away. */
export async function openIdentity(
  { database, log }: { database: Database; log: Log },
  objects: string,
): Promise<OpenIdentity> {
  const snapshots = { folder: new SnapshotFolder(objects), code: await codeFingerprint() };
  const identityLog = new IdentityLog(database);
  const ceasing = new AbortController();
  let taken: Promise<NodeIdentity> | undefined;
  let people: People | undefined;
  const authorities = await openAuthorities(database, () => void foldAnew());

  async function takeIn(): Promise<NodeIdentity> {
    try {
      people = await People.open({ database, log, identityLog, authorities, snapshots, signal: ceasing.signal });
      return { people, authorities };
    } catch (thrown) {
      // Whoever asks next has it tried again.
      taken = undefined;
      throw thrown;
    }
  }

  async function foldAnew(): Promise<void> {
    try {
      await (await taken)?.people.foldAnew();
    } catch (error) {
      if (asProblem(error).code !== 'request/cancelled') log.error({ error }, 'identity could not be folded anew');
    }
  }

  return {
    authorities,
    known: () => (taken ??= takeIn()),
    logged(entries, ids) {
      identityLog.announce();
      people?.fold(entries, ids);
    },
    newStudies: () => people?.look(),
    cease: () => ceasing.abort(new Problem('request/cancelled')),
    async close() {
      authorities.close();
      await taken?.catch(() => undefined);
      await people?.close();
      await identityLog.close();
    },
  };
}
