// What the FHIR door asks of whoever keeps the audit: R4 AuditEvent, which nobody writes by FHIR.

import type { AuditEvent } from '@medplum/fhirtypes';
import type { WebRequest } from '../../base/http/web-request.ts';

export interface AuditQuery {
  since?: Date;
  until?: Date;
  /** Type/id of the resource that was looked at or written. */
  entity?: string;
  count: number;
  /** What the page before gave as `next`. */
  cursor?: string;
}

export interface AuditPage {
  /** Newest first. */
  events: readonly (AuditEvent & { id: string })[];
  next?: string;
}

export interface AuditHandlers {
  search(request: WebRequest, query: AuditQuery): Promise<AuditPage>;
  /** Rejects with catalogue/not-found. */
  read(request: WebRequest, id: string): Promise<AuditEvent & { id: string }>;
}
