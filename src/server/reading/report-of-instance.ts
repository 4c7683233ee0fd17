// What a provider's system signed and stored as an instance: a verified structured report, or a verified PDF that says who read.
// PS3.3 C.17.2 and C.24.2: the Verification Flag says whether somebody answers for it. CDA, and what nobody verified, is no
// signature here: it comes home as the document that it is.

import { toBase64 } from '../../dicom/base64.ts';
import type { DataSet } from '../../dicom/dataset.ts';
import type { Report } from '../../translate/report/report.ts';
import { reportOfSr } from '../../translate/report/report-of-sr.ts';
import { isWithdrawn } from '../../translate/report/report-status.ts';
import { isStructuredReport } from '../../translate/report/sr-concepts.ts';
import { textOfPdf } from './document-text.ts';
import type { ProvidersReport } from './provider-signing.ts';

const ENCAPSULATED_PDF = '1.2.840.10008.5.1.4.1.1.104.1';

export const isPdf = (dataset: DataSet): boolean => dataset.text('SOPClassUID') === ENCAPSULATED_PDF;

/** undefined for what is no report that anybody signed or called off. `version`: of the instance in the room. */
export async function signedReportOf(dataset: DataSet, version: number): Promise<ProvidersReport | undefined> {
  const isVerified = dataset.text('VerificationFlag') === 'VERIFIED';
  const report = isPdf(dataset)
    ? isVerified && { ...reportOfPdf(dataset), sections: await textIn(dataset) }
    : isStructuredReport(dataset.text('SOPClassUID') ?? '') && reportOfSr(dataset);
  // Measurements without a word are an assessment, not a report.
  if (!report || report.sections.length === 0 || !(isVerified || isWithdrawn(report.status))) return undefined;
  const name = dataset.text('SOPInstanceUID')!;
  return {
    report,
    origin: { kind: 'instance', name, version },
    versions: [name, ...predecessorsOf(dataset)],
    isSigned: isVerified,
  };
}

/** As it is told at home: its text stays in the document. */
export const reportAtHome = (dataset: DataSet): Report => (isPdf(dataset) ? reportOfPdf(dataset) : reportOfSr(dataset));

/** What any imaging document says of itself, and the PDF; its author is who the study names as having read it. */
function reportOfPdf(dataset: DataSet): Report {
  const { observations: _, people: __, ...about } = reportOfSr(dataset);
  const title = dataset.text('DocumentTitle');
  return {
    ...about,
    status: 'final',
    people: dataset.texts('NameOfPhysiciansReadingStudy').map((name) => ({ role: 'interpreter', name })),
    sections: [],
    observations: [],
    documents: [
      {
        mediaType: 'application/pdf',
        data: toBase64(dataset.bytes('EncapsulatedDocument') ?? new Uint8Array()),
        ...(title && { title }),
      },
    ],
  };
}

async function textIn(dataset: DataSet): Promise<Report['sections']> {
  const read = await textOfPdf(dataset.bytes('EncapsulatedDocument') ?? new Uint8Array());
  return read === undefined ? [] : [{ kind: 'report', text: read.text }];
}

const predecessorsOf = (dataset: DataSet): string[] =>
  dataset
    .items('PredecessorDocumentsSequence')
    .flatMap((study) => study.items('ReferencedSeriesSequence'))
    .flatMap((series) => series.items('ReferencedSOPSequence'))
    .flatMap((instance) => instance.text('ReferencedSOPInstanceUID') ?? []);
