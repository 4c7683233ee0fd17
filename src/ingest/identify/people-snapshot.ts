// Everybody who is known, as parts for a file and back: under what they were folded first, each tenant's, and last a proof
// that the log is the one they were folded from. What differs in anything is not taken out: then the log says it again.

import { createHash } from 'node:crypto';
import type { Model } from '../../identity/model.ts';
import { decodeParts, encodeParts, jsonOf, type Part } from '../../identity/snapshot.ts';
import type { Database } from '../../storage/database.ts';
import type { LogPosition } from '../../storage/identity-log.ts';
import { type LogProof, proofOf, type SnapshotReader } from '../../storage/identity-snapshot.ts';
import { inSlices } from './slices.ts';
import type { TenantPeople } from './tenant-people.ts';

export interface Around {
  /** `codeFingerprint`: other code may decide otherwise, and put parts together otherwise. */
  code: string;
  /** StoredAuthorities.fingerprint. */
  authorities: string;
}

interface Head extends Around {
  cursor: string;
  ahead: string[];
}

/** A study that somebody is known by was taken back since: the persons are to be folded anew. */
export class TakenBack extends Error {}

/** Everybody as they are now, as bytes. Rejects with TakenBack. */
export function putAway(
  database: Database,
  { code, authorities, position }: Around & { position: LogPosition },
  tenants: ReadonlyMap<number, TenantPeople>,
): AsyncGenerator<Uint8Array> {
  const { cursor, ahead } = position;
  const head: Head = { code, authorities, cursor, ahead: [...ahead] };
  const parts: Part[] = [{ name: 'head', json: head }];
  let studies = 0;
  for (const [tenant, people] of tenants) {
    parts.push({ name: 'tenant', json: { tenant, model: fingerprintOf(people.model) } }, ...people.parts());
    studies += people.studies;
  }
  return bytesOf(parts, async () => {
    const proof = await proofOf(database, position);
    if (proof.studies !== studies) throw new TakenBack('a study was taken back');
    return proof;
  });
}

async function* bytesOf(parts: readonly Part[], prove: () => Promise<LogProof>): AsyncGenerator<Uint8Array> {
  yield* encodeParts(parts);
  yield* encodeParts([{ name: 'end', json: await prove() }]);
}

/**
 * Resolves to the position from which the log is to be read on. `of` makes each tenant's people, who know nobody yet.
 * Rejects with RangeError where what was put away is not to be used.
 */
export async function takeOut(
  database: Database,
  around: Around,
  { file, of, signal }: { file: SnapshotReader; of(tenant: number): TenantPeople; signal?: AbortSignal },
): Promise<LogPosition> {
  const parts = decodeParts((sizeBytes) => file.read(sizeBytes));
  const { cursor, ahead } = headOf((await parts.next()).value, around);
  const position = { cursor, ahead: new Set(ahead) };
  const proving = proofOf(database, position);
  // Whoever breaks off before it is asked for does not want to know.
  proving.catch(() => undefined);
  let people: TenantPeople | undefined;
  let takers: TenantPeople['takers'] = {};
  for await (const part of parts) {
    if (part.name === 'end') {
      if (!file.isWhole) throw new RangeError('it is damaged');
      if (!isSame(await proving, jsonOf<LogProof>(part))) throw new RangeError('another log');
      await inSlices(people?.readyInSteps() ?? [], signal);
      return position;
    }
    if (part.name === 'tenant') {
      await inSlices(people?.readyInSteps() ?? [], signal);
      const { tenant, model } = jsonOf<{ tenant: number; model: string }>(part);
      people = of(tenant);
      if (fingerprintOf(people.model) !== model) throw new RangeError('another model');
      takers = people.takers;
    } else {
      const take = takers[part.name];
      if (take === undefined) throw new RangeError(`${part.name} is not known here`);
      take(part);
      signal?.throwIfAborted();
    }
  }
  throw new RangeError('it is cut off');
}

function headOf(part: Part | undefined, { code, authorities }: Around): Head {
  if (part?.name !== 'head') throw new RangeError('it is no snapshot');
  const head = jsonOf<Head>(part);
  if (head.code !== code) throw new RangeError('other code');
  if (head.authorities !== authorities) throw new RangeError('other authorities');
  return head;
}

const isSame = (one: LogProof, other: LogProof): boolean =>
  one.cause === other.cause && one.at === other.at && one.entries === other.entries && one.studies === other.studies;

const fingerprintOf = (model: Model): string => createHash('sha256').update(JSON.stringify(model)).digest('hex');
