// Every access through a door goes through here: it is allowed or not, measured, and leaves an audit row however it ends.

import type { AuditEntry } from '../../audit/entry.ts';
import { type PatientIdentifier, patientsOfStudy } from '../../auth/patient-context.ts';
import { type Action, type Principal, requireMay, type Subject } from '../../auth/principal.ts';
import { asProblem } from '../../base/problem.ts';
import type { Core } from '../core.ts';

export interface Access {
  principal: Principal;
  door: 'dimse' | 'dicomweb' | 'xds' | 'fhir' | 'console';
  action: Action;
  studyUid?: string;
  /** See AuditEntry. */
  resource?: string;
  /** See Subject. */
  original?: boolean;
  patients?: readonly PatientIdentifier[];
  /** As the client sent it. */
  query?: string;
  requestId?: string;
  remoteAddress: string;
}

/** Does `work` if the principal may. `instances` tells how many its answer concerns, for the audit. */
export async function access<T>(
  core: Core,
  { principal, original, patients, ...request }: Access,
  work: () => Promise<T>,
  instances?: (answer: T) => number,
): Promise<T> {
  const { audit, metrics } = core;
  const row: AuditEntry = { ...request, tenant: principal.tenant, principal: principal.id, outcome: 'success' };
  const start = performance.now();
  try {
    const { studyUid } = request;
    requireMay(principal, request.action, await subjectOf(core, principal, { studyUid, original, patients }));
    const answer = await work();
    metrics.answered(request.door, request.action, performance.now() - start);
    await audit.record({ ...row, instanceCount: instances?.(answer) });
    return answer;
  } catch (error) {
    await audit.record({ ...row, outcome: asProblem(error).code });
    throw error;
  }
}

/** A search as an access: its audit row is written when the last match was given, or when the peer wants no more. */
export async function* searched<T>(
  core: Core,
  { principal, ...request }: Access,
  search: (tenant: number) => AsyncIterable<T>,
): AsyncGenerator<T> {
  const { tenant, id } = principal;
  requireMay(principal, request.action);
  const start = performance.now();
  let outcome = 'success';
  try {
    yield* search(tenant);
  } catch (error) {
    outcome = asProblem(error).code;
    throw error;
  } finally {
    core.metrics.answered(request.door, request.action, performance.now() - start);
    await core.audit.record({ ...request, principal: id, tenant, outcome });
  }
}

/** Does `work` as `access` does, for reads of parts of a study that come by the thousand: one audit row a minute says it. */
export async function partRead<T>(
  core: Core,
  { principal, original, patients, ...request }: Access & { studyUid: string },
  work: (tenant: number) => Promise<T>,
): Promise<T> {
  const { audit, metrics } = core;
  const row = { ...request, tenant: principal.tenant, principal: principal.id };
  const start = performance.now();
  try {
    const { studyUid } = request;
    requireMay(principal, request.action, await subjectOf(core, principal, { studyUid, original, patients }));
    const answer = await work(principal.tenant);
    metrics.answered(request.door, request.action, performance.now() - start);
    await audit.recordFrameRead({ ...row, outcome: 'success' });
    return answer;
  } catch (error) {
    await audit.recordFrameRead({ ...row, outcome: asProblem(error).code });
    throw error;
  }
}

/** Whose a study is, is looked up where it matters: in a session for one patient. */
async function subjectOf(
  { database }: Core,
  { tenant, patient }: Principal,
  subject: Omit<Subject, 'tenant'>,
): Promise<Subject> {
  if (patient === undefined || subject.studyUid === undefined) return { ...subject, tenant };
  return { ...subject, tenant, patients: await patientsOfStudy(database, tenant, subject.studyUid) };
}
