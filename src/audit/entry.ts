// One row of the audit: who did what to which study through which door, and how it ended. Our own ids, UIDs and the raw
// query; never a name, a message or another payload.

export interface AuditEntry {
  tenant: number;
  /** `Principal.id`; for a refused stranger the AE title it called itself, or `unknown`. */
  principal: string;
  /** `node`: what a node does by itself. */
  door: 'dimse' | 'dicomweb' | 'xds' | 'fhir' | 'mllp' | 'api' | 'cli' | 'console' | 'node';
  /** An Action of auth/principal.ts, or what happened to a credential: `sign-in`, `admit`; `purge` for retention. */
  action: string;
  /** `success`, or the code of the Problem. */
  outcome: string;
  studyUid?: string;
  /** Which resource of FHIR, as `Type/id`; a type alone where none is named. */
  resource?: string;
  instanceCount?: number;
  /** As the client sent it. */
  query?: string;
  requestId?: string;
  remoteAddress?: string;
}

export interface AuditRow extends AuditEntry {
  id: string;
  at: Date;
}
