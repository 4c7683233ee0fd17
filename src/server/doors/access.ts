// Every access through a door goes through here: it is allowed or not, measured, and leaves an audit row however it ends.

import type { AuditEntry } from '../../audit/entry.ts';
import { type Action, type Principal, requireMay } from '../../auth/principal.ts';
import { asProblem } from '../../base/problem.ts';
import type { Core } from '../core.ts';

export interface Access {
  principal: Principal;
  door: 'dimse' | 'dicomweb' | 'fhir' | 'console';
  action: Action;
  studyUid?: string;
  /** See Subject. */
  original?: boolean;
  /** As the client sent it. */
  query?: string;
  requestId?: string;
  remoteAddress: string;
}

/** Does `work` if the principal may. `instances` tells how many its answer concerns, for the audit. */
export async function access<T>(
  { audit, metrics }: Core,
  { principal, original, ...request }: Access,
  work: () => Promise<T>,
  instances?: (answer: T) => number,
): Promise<T> {
  const row: AuditEntry = { ...request, tenant: principal.tenant, principal: principal.id, outcome: 'success' };
  const start = performance.now();
  try {
    requireMay(principal, request.action, { tenant: principal.tenant, studyUid: request.studyUid, original });
    const answer = await work();
    metrics.answered(request.door, request.action, performance.now() - start);
    await audit.record({ ...row, instanceCount: instances?.(answer) });
    return answer;
  } catch (error) {
    await audit.record({ ...row, outcome: asProblem(error).code });
    throw error;
  }
}

/** Does `work` as `access` does, for reads of parts of a study that come by the thousand: one audit row a minute says it. */
export async function partRead<T>(
  { audit, metrics }: Core,
  { principal, original, ...request }: Access & { studyUid: string },
  work: (tenant: number) => Promise<T>,
): Promise<T> {
  const row = { ...request, tenant: principal.tenant, principal: principal.id };
  const start = performance.now();
  try {
    requireMay(principal, request.action, { tenant: principal.tenant, studyUid: request.studyUid, original });
    const answer = await work(principal.tenant);
    metrics.answered(request.door, request.action, performance.now() - start);
    await audit.recordFrameRead({ ...row, outcome: 'success' });
    return answer;
  } catch (error) {
    await audit.recordFrameRead({ ...row, outcome: asProblem(error).code });
    throw error;
  }
}
