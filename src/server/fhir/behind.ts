// What stands behind the FHIR door: identity and resources on the catalogue, or both within one transaction of it.

import { FhirIdentity } from '../identity/fhir-identity.ts';
import type { Core } from '../core.ts';
import type { Behind } from '../doors/fhir-handlers.ts';
import { openKinds } from './kinds.ts';
import { KnownPatients } from './known-patients.ts';
import { PatientSource } from './patient-source.ts';
import { Resources } from './resources.ts';
import { inside, outside, type Scope } from './scope.ts';

export function behindFhir(core: Core): Behind {
  const known = new KnownPatients(core);
  const source = new PatientSource(core, known);
  const kinds = openKinds(known, source);
  const within = (scope: Scope): Behind => ({
    identity: new FhirIdentity(core, { known, source, scope }),
    resources: new Resources(scope, kinds),
    transaction: (work) => scope.transact((transaction) => work(within(inside(transaction)))),
  });
  return within(outside(core.database));
}
