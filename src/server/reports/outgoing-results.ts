// What of a consignment is a report, as the version that its document is: for destinations that take no documents of DICOM.

import type { DiagnosticReport } from '@medplum/fhirtypes';
import { asProblem } from '../../base/problem.ts';
import { toBase64 } from '../../dicom/base64.ts';
import type { KeptInstance } from '../../storage/catalogue.ts';
import { resourceOf, versionOf } from '../../storage/fhir-resources.ts';
import { reportDocuments } from '../../storage/report-documents.ts';
import type { Report, ReportDocument } from '../../translate/report/report.ts';
import type { Core } from '../core.ts';
import { reportPdf } from './report-pdf.ts';
import { ReportReader } from './report-reader.ts';
import { TYPE } from './report-store.ts';

export interface OutgoingResult {
  /** Its documents among what is sent. */
  instances: readonly KeptInstance[];
  report: Report;
  resource: DiagnosticReport;
}

/** In the order in which they were kept; what is no report is in none of them. */
export type Results = (tenant: number, instances: readonly KeptInstance[]) => Promise<OutgoingResult[]>;

export function outgoingResults(core: Core): Results {
  const reader = new ReportReader(core);
  return async (tenant, instances) => {
    const uids = instances.map(({ sopInstanceUid }) => sopInstanceUid);
    const rows = await reportDocuments(core.database, tenant, uids);
    if (rows.length === 0) return [];
    const versions = new Map(rows.map((row) => [row.sopInstanceUid, row]));
    const documents = instances.filter(({ sopInstanceUid }) => versions.has(sopInstanceUid));
    const each = Map.groupBy(documents, ({ sopInstanceUid }) => {
      const { report, version } = versions.get(sopInstanceUid)!;
      return `${report}/${version}`;
    });
    const results: OutgoingResult[] = [];
    for (const same of each.values()) {
      const { report: id, version } = versions.get(same[0]!.sopInstanceUid)!;
      const stored = await versionOf(core.database, { tenant, type: TYPE, id }, version);
      const resource = stored?.text === undefined ? undefined : (resourceOf(stored) as DiagnosticReport);
      const report = resource && (await reader.read(tenant, resource));
      if (report !== undefined) results.push({ instances: same, report, resource: resource! });
    }
    return results;
  };
}

/** The whole report on paper, as one that came with it; undefined where it cannot be printed as it is. */
export async function printed(report: Report): Promise<ReportDocument | undefined> {
  try {
    return { mediaType: 'application/pdf', data: toBase64(await reportPdf(report)), title: report.code.meaning };
  } catch (thrown) {
    if (asProblem(thrown).code !== 'delivery/not-carried') throw thrown;
    return undefined;
  }
}
