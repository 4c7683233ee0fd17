// Copies go: because the client recalls a case, because their time is over, or because the client withdrew the image itself. Rows,
// files, what was rendered of them, what was found out of them, the person they made known; then they are looked for, and what was
// removed and not found is written down as the proof.

import { Problem } from '../../base/problem.ts';
import { endOutbound, outboundOf } from '../../reading/store/egress.ts';
import {
  copiesToRemove,
  expiredCases,
  expireNow,
  markRemoved,
  type OfCase,
  placeInVault,
  type RemovalProof,
  type RemovalReason,
  writeProof,
} from '../../reading/store/removals.ts';
import type { ErasedPatient } from '../../reading/store/vault.ts';
import { IdentityLog } from '../../storage/identity-log.ts';
import { absenceOf, eraseCopies } from '../../storage/room-erase.ts';
import type { Core } from '../core.ts';
import type { Spine } from '../spine.ts';

/** Rejects with reading/not-in-vault where the case is none of this client's. Nothing of it leaves afterwards. */
export async function recallCase(
  core: Core,
  spine: Spine,
  asked: { tenant: number; case: string; reason: RemovalReason; by: string },
): Promise<RemovalProof> {
  const outbound = await outboundOf(core.database, asked.case);
  if (outbound === undefined || outbound.tenant !== asked.tenant)
    throw new Problem('reading/not-in-vault', { what: 'case' });
  await endOutbound(core.database, asked.case);
  await expireNow(core.database, asked.case);
  const removed = await remove(core, spine, { case: asked.case });
  const proof = await writeProof(core.database, { ...asked, recipient: removed.recipient }, removed.document);
  await markRemoved(core.database, { case: asked.case });
  await core.audit.record({
    tenant: asked.tenant,
    principal: asked.by,
    door: 'node',
    action: 'recall',
    outcome: 'success',
    instanceCount: proof.copies.length,
    query: `case ${asked.case}: ${asked.reason}`,
  });
  return proof;
}

/**
 * Whoever this case is of is nobody's any more for this provider: the key goes, and with it the way back of every case of theirs.
 * Copies stay until they are recalled. Rejects with reading/not-in-vault where the case is none of this client's.
 */
export async function forgetPatient(
  core: Core,
  { tenant, case: id, by }: { tenant: number; case: string; by: string },
): Promise<ErasedPatient> {
  const place = await placeInVault(core.database, id);
  if (place === undefined || place.domain.tenant !== tenant)
    throw new Problem('reading/not-in-vault', { what: 'case' });
  const erased = await core.vault.erase(place.domain, place.patient);
  const row = {
    tenant,
    principal: by,
    door: 'node',
    action: 'forget',
    outcome: 'success',
    query: `case ${id}`,
  } as const;
  await core.audit.record(row);
  return erased;
}

/** Of a case that goes on: images that the client has withdrawn. */
export async function withdrawCopies(
  core: Core,
  spine: Spine,
  caseId: string,
  names: readonly string[],
): Promise<void> {
  const of = { case: caseId, names };
  await remove(core, spine, of);
  await markRemoved(core.database, of);
}

/** Every case of which a copy is over its time; resolves to their number. */
export async function expireCopies(core: Core, spine: Spine, now: Date): Promise<number> {
  const cases = await expiredCases(core.database, now);
  for (const { case: id, tenant } of cases)
    await recallCase(core, spine, { tenant, case: id, reason: 'expired', by: 'exchange' });
  return cases.length;
}

interface Removed {
  recipient: string;
  document: Omit<RemovalProof, 'case' | 'at' | 'reason'>;
}

async function remove(core: Core, spine: Spine, of: OfCase): Promise<Removed> {
  const { database } = core;
  const { objects, cache } = spine;
  const released = await copiesToRemove(database, of);
  const store = { remove: (object: string) => objects.remove(object).then(() => cache.forget(object)) };
  const copies = await eraseCopies(database, store, released.room, released.free);
  await forgetPersons(core, released.room, released.patients);
  const studies = [...new Set(released.rows.filter(({ isFree }) => isFree).map(({ studyUid }) => studyUid))];
  const empty = await studiesWithoutCopies(core, released.room, studies, of);
  const absence = await absenceOf(database, objects, released.room, { copies, studies: empty });
  return {
    recipient: released.recipient,
    document: {
      copies: released.rows.filter(({ kind, isFree }) => kind === 'instance' && isFree).map(named),
      documents: released.rows.filter(({ kind }) => kind === 'document').map(named),
      heldByOthers: released.rows.filter(({ kind, isFree }) => kind === 'instance' && !isFree).map(named),
      removedAt: new Date().toISOString(),
      found: absence,
    },
  };
}

const named = ({ name, sha256 }: { name: string; sha256: string }) => ({ name, sha256 });

/** Studies of which nothing but what goes is there. */
async function studiesWithoutCopies(
  { database }: Core,
  room: number,
  studies: readonly string[],
  { case: id, names }: OfCase,
): Promise<string[]> {
  const rows = await database.query<{ uid: string }>(
    `select distinct given.uid from unnest($2::text[]) as given(uid) where not exists (
       select from reading_egress e where e.room = $1 and e.study_uid = given.uid and e.removed_at is null
         and not (e.case_id = $3 and ($4::text[] is null or e.name = any($4))))`,
    [room, studies, id, names ?? null],
  );
  return rows.map(({ uid }) => uid);
}

/** Whoever has no study in the room any more is nobody there. */
async function forgetPersons({ database, logged }: Core, room: number, patients: readonly string[]): Promise<void> {
  const gone = await database.query<{ id: string }>(
    `select distinct given.id from unnest($2::text[]) as given(id)
     where not exists (select from study s where s.tenant = $1 and s.patient_id = given.id)`,
    [room, patients],
  );
  if (gone.length === 0) return;
  const log = new IdentityLog(database);
  try {
    for (const { id } of gone) {
      const payload = { registration: { issuer: '', id } };
      const entry = { tenant: room, kind: 'removal' as const, cause: `recall:${id}:${Date.now()}`, payload };
      const { id: logId } = await log.append(entry);
      logged([entry], [logId]);
    }
  } finally {
    await log.close();
  }
}
