// What the FHIR door asks of whoever exports much at once (HL7 Bulk Data Access 2.0).

import type { WebRequest } from '../../base/http/web-request.ts';

export interface ExportRequest {
  /** Of everything; of what is of any patient; of what is of the patients of a Group. */
  of: 'system' | 'patients' | { groupId: string };
  /** Absent: all. */
  types?: readonly string[];
  since?: Date;
  /** As the client asked, for the manifest. */
  url: string;
}

export interface ExportStatus {
  /** What is exported is as it was then. */
  asOf: Date;
  url: string;
  /** Types of which there is something, with how much where that is known. */
  outputs: readonly { type: string; count?: number }[];
}

export interface ExportHandlers {
  /** Resolves to the id of the export. Rejects with catalogue/not-found for a Group that is not there. */
  begin(request: WebRequest, asked: ExportRequest): Promise<string>;
  /** Rejects with catalogue/not-found for an export of somebody else. */
  status(request: WebRequest, id: string): Promise<ExportStatus>;
  /** NDJSON. Rejects as `status` does, before the first line. */
  open(request: WebRequest, id: string, type: string): Promise<AsyncIterable<Uint8Array>>;
  remove(request: WebRequest, id: string): Promise<void>;
}
