// /api/v1 for the account that owns the data folder: on the control socket of a running node, or within a command.

import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { registerApi } from '../../api/api.ts';
import type { ApiContext } from '../../api/route.ts';
import { localPrincipal } from '../../auth/principal.ts';
import { tenantNamed } from '../../auth/tenants.ts';
import type { Config } from '../../base/config.ts';
import type { Log } from '../../base/log.ts';
import { Problem } from '../../base/problem.ts';
import { isObjectName } from '../../storage/objects/object-buckets.ts';
import { takeApiFile } from '../convert/api-files.ts';
import type { FileIntake } from '../convert/file-intake.ts';
import { type Core, openCore } from '../core.ts';
import { apiRouting } from '../delivery/api-routing.ts';
import { decideProcedure, decideSeries, weighProcedure } from '../delivery/decide-procedure.ts';
import { createHttpServer } from '../http-server.ts';
import { apiIdentity } from '../identity/api-identity.ts';
import { IdentityBatches } from '../identity/identity-batches.ts';
import { AfterReading } from '../reading/after-reading.ts';
import { apiContracts } from '../reading/api-contracts.ts';
import { PrincipalsCritical } from '../reading/api-critical.ts';
import { apiEgress } from '../reading/api-egress.ts';
import { PrincipalsMetering } from '../reading/api-metering.ts';
import { PrincipalsQuality } from '../reading/api-quality.ts';
import { apiReaders } from '../reading/api-readers.ts';
import { DispatchDesk } from '../reading/dispatch-desk.ts';
import { caseDesk, reportsDesk } from '../reading/reading.ts';
import { Returns } from '../reading/returns.ts';
import type { Spine } from '../spine.ts';
import { version } from '../version.ts';
import { TENANT_HEADER } from './api-access.ts';
import { type Hl7Intake, openHl7Intake } from './mllp-handler.ts';

/** What takes things in. */
interface Receiving {
  files: FileIntake;
  returns: Returns;
  spine: Spine;
}

/** `receiving`: absent where nothing receives. */
export function apiContext(core: Core, hl7: Hl7Intake, receiving?: Receiving): ApiContext {
  const { config, database, peers, interfaces } = core;
  const batches = new IdentityBatches();
  const desk = caseDesk(core);
  const after = new AfterReading(core);
  return {
    database,
    peers,
    interfaces,
    identity: (principal) => apiIdentity(core, principal),
    routing: (principal) => apiRouting(core, principal),
    contracts: (principal) => apiContracts(core, principal),
    readers: (principal) => apiReaders(core, principal),
    critical: (principal) => new PrincipalsCritical(core, after, principal),
    quality: (principal) => new PrincipalsQuality(core, after, principal),
    metering: (principal) => new PrincipalsMetering(core, after, principal),
    returns: receiving?.returns ?? new Returns(core),
    cases: desk,
    dispatch: new DispatchDesk(async () => (await core.dispatch()).dispatcher, desk),
    egress: apiEgress(core, receiving?.spine),
    reports: reportsDesk(core),
    models: core.models,
    procedureModels: core.procedureModels,
    privateMappings: core.privateMappings,
    decideProcedure: (principal, uid, decided) => decideProcedure(core, principal, uid, decided),
    decideSeries: (principal, uids, decided) => decideSeries(core, principal, uids, decided),
    weighProcedure: (principal, uid) => weighProcedure(core, principal, uid),
    takeMessage: (bytes, sender, replayOf) => hl7.takeAgain(bytes, sender, replayOf),
    takeFile(principal, wish, body) {
      if (receiving !== undefined) return takeApiFile(receiving.files, principal, wish, body);
      throw new Problem('request/malformed', { reason: 'here `fascia import` takes files in' });
    },
    reconcile: (records) => batches.run(records),
    openQuarantined(object) {
      if (!isObjectName(object)) throw new Problem('storage/damaged', { objectId: object });
      return createReadStream(join(config.objects, object));
    },
  };
}

/** Whoever can open the socket, or the folder, is the local account. */
export function createLocalApi(core: Core, hl7: Hl7Intake): FastifyInstance {
  const app = createHttpServer(core.log);
  const authenticate = async ({ headers }: FastifyRequest) => {
    const tenant = headers[TENANT_HEADER];
    if (typeof tenant !== 'string') return localPrincipal;
    return { ...localPrincipal, tenant: await tenantNamed(core.database, decodeURIComponent(tenant)) };
  };
  registerApi(app, { context: apiContext(core, hl7), audit: core.audit, door: 'cli', authenticate, version });
  return app;
}

/** The same without a node: opens the catalogue, and closes it with the instance. */
export async function openLocalApi(config: Config, log: Log): Promise<FastifyInstance> {
  const core = await openCore(config, log);
  const app = createLocalApi(core, openHl7Intake(core));
  app.addHook('onClose', () => core.close());
  return app;
}
