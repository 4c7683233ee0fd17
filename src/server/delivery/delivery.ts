// Routing and delivery on a node: the router reads what is kept, the lanes send what it plans.

import { Problem } from '../../base/problem.ts';
import { FactKeeper } from '../../delivery/fact-keeper.ts';
import { Lanes } from '../../delivery/lanes.ts';
import { Router } from '../../delivery/router.ts';
import type { Core } from '../core.ts';
import { ManifestIntake } from '../manifests/manifest-intake.ts';
import type { Spine } from '../spine.ts';
import { Corrections } from './corrections.ts';
import { DeliveredPatients } from './delivered-patient.ts';
import { destinationLines } from './kinds.ts';
import { personOf } from './person-of-study.ts';
import { startPrefetch } from './prefetch.ts';

export interface Delivery {
  close(): Promise<void>;
}

/** `holder`: the name of this node among those that share the catalogue. */
export async function startDelivery(core: Core, spine: Spine, holder: string): Promise<Delivery> {
  const { database, log, ruleSets, destinations } = core;
  const kinds = destinationLines(core, spine);
  const patients = new DeliveredPatients(core);
  const lanes = await Lanes.open({
    database,
    log,
    destinations,
    kinds,
    holder,
    patientOf: (consignment, isCurrent) => patients.of(consignment, isCurrent),
  });
  const corrections = await Corrections.open(core, patients);
  const names = new Map<number, string>();
  const router = await Router.open({
    database,
    log,
    ruleSets,
    destination: async (tenant, name) =>
      (destinations.find(tenant, name) ?? (await destinations.ofPeer(tenant, name))).id,
    async tenantName(tenant) {
      const known = names.get(tenant);
      if (known !== undefined) return known;
      const [row] = await database.query<{ name: string }>('select name from tenant where id = $1', [tenant]);
      if (row === undefined) throw new Problem('catalogue/not-found', { what: 'tenant' });
      names.set(tenant, row.name);
      return row.name;
    },
    person: ({ tenant, id }) => personOf(core, tenant, id),
    normalised: (study) => core.normalised.of(study),
    planned: () => lanes.look(),
  });
  const prefetcher = await startPrefetch(core, spine, holder);
  const manifests = await ManifestIntake.open(core);
  const facts = new FactKeeper({ database, log, normalised: (study) => core.normalised.of(study) });
  return {
    async close() {
      await facts.close();
      await manifests.close();
      await corrections.close();
      await prefetcher.close();
      await router.close();
      await lanes.close();
    },
  };
}
