// Copies one instance into a room: what stands for what is in the vault before the copy is anywhere, and the ledger has its row
// after it is kept. Whatever breaks in between is done again and comes to the same.

import type { Principal } from '../../auth/principal.ts';
import { Problem } from '../../base/problem.ts';
import { recordEgress } from '../../reading/store/egress.ts';
import type { Room } from '../../reading/store/rooms.ts';
import type { Vault, VaultEntry } from '../../reading/store/vault.ts';
import type { KeptInstance } from '../../storage/catalogue.ts';
import type { Core } from '../core.ts';
import type { Departures } from '../delivery/departure.ts';
import { receiveFrom } from '../doors/receive.ts';
import type { Spine } from '../spine.ts';
import type { CopyPlan } from './copy-plan.ts';
import { patientInRoom } from './copy-plan.ts';
import type { OutboundCase } from './outbound-case.ts';

export interface Copying {
  core: Core;
  spine: Spine;
  departures: Departures;
  vault: Vault;
  one: OutboundCase;
  room: Room;
  plan: CopyPlan;
}

const DAY_MS = 86_400_000;

/** Rejects with delivery/not-transformed where it must not leave, and as the spine does. */
export async function copyInstance(copying: Copying, instance: KeptInstance): Promise<void> {
  const { core, spine, departures, vault, one, room, plan } = copying;
  const entries = new Map<string, VaultEntry>();
  const told = (kind: 'uid' | 'identifier', original: string, pseudonym: string) =>
    void entries.set(`${kind} ${pseudonym}`, { kind, pseudonym, original });
  const form = {
    tenant: one.tenant,
    study: instance.studyId,
    consignment: one.id,
    steps: plan.steps,
    text: plan.entry.domain.name,
  };
  const departure = await departures.of(instance, form, { patient: plan.number, also: plan.known.said, told });
  // What leaves as it is stands for itself, and is one of this case all the same.
  if (plan.profile.identified)
    for (const uid of [instance.studyInstanceUid, instance.seriesInstanceUid, instance.sopInstanceUid])
      told('uid', uid, uid);
  await vault.write(one.id, [...entries.values()]);
  const { sopInstanceUid, studyInstanceUid } = departure.sendable;
  const arrival = { door: 'exchange', source: 'exchange', expected: { sopInstanceUid, studyInstanceUid } } as const;
  const receiving = receiveFrom(core, spine.receive, principalIn(room), arrival);
  try {
    for await (const chunk of departure.file()) await receiving.write(chunk);
  } catch (thrown) {
    receiving.abort('the original cannot be read');
    throw thrown;
  }
  const kept = await receiving.finish();
  if (kept.keptAs === 'conflict') throw new Problem('delivery/not-transformed', { reason: 'another copy is there' });
  const [row] = await core.database.query<{ sha256: Buffer }>('select sha256 from instance where id = $1', [
    kept.instanceId,
  ]);
  await recordEgress(core.database, {
    case: one.id,
    name: sopInstanceUid,
    kind: 'instance',
    tenant: one.tenant,
    recipient: one.provider,
    room: room.tenant,
    source: instance.id,
    studyUid: studyInstanceUid,
    patient: patientInRoom(plan),
    profile: plan.profile.name,
    sha256: row!.sha256,
    sizeBytes: kept.sizeBytes,
    ...expiry(one),
  });
}

export const expiry = ({ days }: OutboundCase): { expiresAt?: Date } =>
  days === undefined ? {} : { expiresAt: new Date(Date.now() + days * DAY_MS) };

/** The exchange itself, in a room and nowhere else. */
export const principalIn = ({ tenant }: Room): Principal => ({
  id: 'exchange',
  kind: 'local',
  tenant,
  scopes: ['read', 'write'],
});
