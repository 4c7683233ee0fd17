// What the DIMSE door asks of performed steps, of notifications and of workitems: each as an access.

import type { Exchange, ManagedInstances } from '../../dimse/handlers.ts';
import { INSTANCE_AVAILABILITY, PERFORMED_STEP, PERFORMED_STEP_RETRIEVE } from '../../dimse/services.ts';
import { noteAvailability } from '../../orders/instance-availability.ts';
import { createStep, readStep, setStep } from '../../orders/performed-steps.ts';
import type { Core } from '../core.ts';
import { asAccess } from './as-access.ts';
import { workitemClasses } from './workitem-classes.ts';

export function managedClasses(core: Core): ReadonlyMap<string, ManagedInstances> {
  return new Map<string, ManagedInstances>([
    [PERFORMED_STEP, performedSteps(core)],
    [PERFORMED_STEP_RETRIEVE, performedStepsRead(core)],
    [INSTANCE_AVAILABILITY, availability(core)],
    ...workitemClasses(core),
  ]);
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
