// How instances get in: the spine's `receive`, asked for by a principal that may store, counted, and with an audit row for
// what was refused. The row of what was kept is written with the instance itself.

import type { AuditEntry } from '../../audit/entry.ts';
import { type Principal, requireMay } from '../../auth/principal.ts';
import { asProblem } from '../../base/problem.ts';
import type { Arrival, Receive, Receiving } from '../../ingest/arrival.ts';
import type { Core } from '../core.ts';

type ArrivalBy = Omit<Arrival, 'tenant' | 'principal'>;

/** Throws auth/forbidden. */
export function receiveFrom(core: Core, receive: Receive, principal: Principal, arrival: ArrivalBy): Receiving {
  const failed = (error: unknown) => refused(core, principal, arrival, asProblem(error).code);
  try {
    requireMay(principal, 'store');
    const start = performance.now();
    const receiving = receive({ ...arrival, tenant: principal.tenant, principal: principal.id });
    return {
      write: (chunk) => receiving.write(chunk),
      async finish() {
        const kept = await receiving.finish().catch((error) => {
          failed(error);
          throw error;
        });
        core.metrics.kept(arrival.door, kept.keptAs, kept.sizeBytes, performance.now() - start);
        return kept;
      },
      abort: (reason) => receiving.abort(reason),
    };
  } catch (error) {
    failed(error);
    throw error;
  }
}

const auditDoor = {
  'stow-rs': 'dicomweb',
  import: 'cli',
  dimse: 'dimse',
  api: 'api',
  inbox: 'node',
  fhir: 'fhir',
  report: 'node',
  exchange: 'node',
} as const;

function refused({ audit, metrics, log }: Core, principal: Principal, arrival: ArrivalBy, outcome: string): void {
  metrics.refused(arrival.door, outcome);
  const row: AuditEntry = {
    tenant: principal.tenant,
    principal: principal.id,
    door: auditDoor[arrival.door],
    action: 'store',
    outcome,
    studyUid: arrival.expected?.studyInstanceUid,
    requestId: arrival.requestId,
    remoteAddress: arrival.remoteAddress,
  };
  audit.record(row).catch((error) => log.error({ error }, 'audit row lost'));
}
