// What the FHIR door asks of whoever makes renditions of reports: DiagnosticReport/{id}/$render.

import type { Bundle } from '@medplum/fhirtypes';
import type { WebRequest } from '../../base/http/web-request.ts';
import type { Written } from './resource-handlers.ts';

/** Text; PDF; structured report; ORU^R01; document Bundle. */
export const reportForms = ['text', 'pdf', 'sr', 'hl7', 'document'] as const;
export type ReportForm = (typeof reportForms)[number];

export type Rendition = { mediaType: string; bytes: Uint8Array } | { resource: Bundle };

export interface ReportHandlers {
  /**
   * The report as it is now. Rejects with catalogue/not-found, fhir/deleted, and with fhir/not-a-report for one that is of no
   * images, or about nobody, or of which there is nothing to show in this form.
   */
  render(request: WebRequest, id: string, form: ReportForm): Promise<Rendition>;
  /**
   * A document Bundle: kept as it came, and as the next version of the report that it is. Rejects with fhir/not-a-report-document for
   * one that is none about a patient who has a number.
   */
  take(request: WebRequest, bundle: Bundle): Promise<Written>;
}
