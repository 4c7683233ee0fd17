// A report through each format and back, as bytes, for laws about what comes out.

import { readDicom } from '../../dicom/reader.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, transferSyntax } from '../../dicom/transfer-syntax.ts';
import { fileMeta, writeDataSet } from '../../dicom/writer.ts';
import { parseJson } from '../../fhir/json.ts';
import { readMessage } from '../../hl7v2/reader.ts';
import type { InstanceContext } from '../context.ts';
import type { IdentifierSystems } from '../identifier-systems.ts';
import { diagnosticReportOf } from '../report/diagnostic-report.ts';
import { type Dialect, messageOfReport, type Sending } from '../report/message-of-report.ts';
import type { Report } from '../report/report.ts';
import { reportOfDiagnosticReport } from '../report/report-of-diagnostic-report.ts';
import { reportsOfMessage } from '../report/report-of-message.ts';
import { reportOfSr } from '../report/report-of-sr.ts';
import { type SrOptions, srOfReport } from '../report/sr-of-report.ts';

export const sending: Sending = { controlId: 'R1', now: '2026-11-23T09:30:00.000Z', facility: 'RADIOLOGY' };

export const systems: IdentifierSystems = {
  systemOf: (issuer) => `urn:fascia:issuer:${encodeURIComponent(issuer)}`,
  issuerOfSystem: (system) => decodeURIComponent(system.replace('urn:fascia:issuer:', '')),
};

export function throughMessage(report: Report, dialect: Dialect = {}): Report {
  const { bytes } = messageOfReport(report, dialect, sending);
  return reportsOfMessage(readMessage(bytes), {})[0]!;
}

export function throughFhir(report: Report): Report {
  const text = JSON.stringify(diagnosticReportOf(report, { systems }));
  const resource = parseJson(text) as unknown as Parameters<typeof reportOfDiagnosticReport>[0];
  return reportOfDiagnosticReport(resource, { patient: report.patient, systems });
}

export const contextOf = ({ patient, accession, studyInstanceUid = '2.999.9' }: Report): InstanceContext => ({
  patient: {
    name: patient.name,
    id: patient.patientId,
    issuerOfId: patient.issuer,
    birthDate: patient.birthDate,
    sex: 'F',
  },
  study: { studyInstanceUid, date: '20261123', time: '090240', accessionNumber: accession?.number },
  series: { seriesInstanceUid: '2.999.10', number: 1 },
  instance: { sopInstanceUid: '2.999.11', number: 1, date: '20261123', time: '092403' },
  equipment: { manufacturer: 'Fascia' },
});

/** The Part 10 file. */
export function srFile(report: Report, options: Partial<SrOptions> = {}): Uint8Array {
  const dataset = srOfReport(report, { context: contextOf(report), ...options })!;
  const [sopClassUid, sopInstanceUid] = [dataset.text('SOPClassUID')!, dataset.text('SOPInstanceUID')!];
  const meta = fileMeta({ sopClassUid, sopInstanceUid, transferSyntaxUid: EXPLICIT_VR_LITTLE_ENDIAN });
  return Buffer.concat([meta, ...writeDataSet(dataset, transferSyntax(EXPLICIT_VR_LITTLE_ENDIAN)!)]);
}

export const throughSr = (report: Report, options: Partial<SrOptions> = {}): Report =>
  reportOfSr(readDicom(srFile(report, options)).dataset);
