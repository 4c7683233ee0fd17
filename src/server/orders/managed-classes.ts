// What the DIMSE door asks of performed steps and of notifications: each as an access.

import type { Principal } from '../../auth/principal.ts';
import type { Exchange, ManagedInstances } from '../../dimse/handlers.ts';
import { INSTANCE_AVAILABILITY, PERFORMED_STEP, PERFORMED_STEP_RETRIEVE } from '../../dimse/services.ts';
import { noteAvailability } from '../../orders/instance-availability.ts';
import { createStep, readStep, setStep } from '../../orders/performed-steps.ts';
import type { Core } from '../core.ts';
import { type Access, access } from '../doors/access.ts';

export function managedClasses(core: Core): ReadonlyMap<string, ManagedInstances> {
  return new Map([
    [PERFORMED_STEP, performedSteps(core)],
    [PERFORMED_STEP_RETRIEVE, performedStepsRead(core)],
    [INSTANCE_AVAILABILITY, availability(core)],
  ]);
}

/** `work` with the tenant of whoever asks, as an access. */
export function asAccess<T>(
  core: Core,
  { principal, peer, associationId }: Exchange,
  { action, query }: Pick<Access, 'action' | 'query'>,
  work: (tenant: number) => Promise<T>,
): Promise<T> {
  const by = principal as Principal;
  const asked = {
    principal: by,
    door: 'dimse' as const,
    action,
    requestId: associationId,
    remoteAddress: peer.remoteAddress,
  };
  return access(core, { ...asked, ...(query && { query }) }, () => work(by.tenant));
}

function performedSteps(core: Core): ManagedInstances {
  const { database, config } = core;
  const by = (tenant: number, { peer }: Exchange) => ({
    tenant,
    source: peer.callingAeTitle,
    // What came from somebody does not go back.
    forwardTo: config.mppsForward.filter((aeTitle) => aeTitle !== peer.callingAeTitle),
  });
  return {
    create: (exchange, uid, attributes) =>
      asAccess(core, exchange, { action: 'store', query: `performed step ${uid ?? ''}` }, async (tenant) => ({
        sopInstanceUid: await createStep(database, by(tenant, exchange), uid, attributes),
      })),
    set: (exchange, uid, modifications) =>
      asAccess(core, exchange, { action: 'store', query: `performed step ${uid}` }, async (tenant) => {
        await setStep(database, by(tenant, exchange), uid, modifications);
        return {};
      }),
  };
}

const performedStepsRead = (core: Core): ManagedInstances => ({
  get: (exchange, uid, attributes) =>
    asAccess(core, exchange, { action: 'retrieve', query: `performed step ${uid}` }, (tenant) =>
      readStep(core.database, tenant, uid, attributes),
    ),
});

const availability = (core: Core): ManagedInstances => ({
  create: (exchange, uid, notification) =>
    asAccess(core, exchange, { action: 'store', query: 'instance availability' }, async (tenant) => ({
      sopInstanceUid: await noteAvailability(core.database, tenant, uid, notification),
    })),
});
