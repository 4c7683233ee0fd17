// A report through each format and back, as bytes, for laws about what comes out.

import { readDicom } from '../../src/dicom/reader.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, transferSyntax } from '../../src/dicom/transfer-syntax.ts';
import { fileMeta, writeDataSet } from '../../src/dicom/writer.ts';
import { parseJson } from '../../src/fhir/json.ts';
import { readMessage } from '../../src/hl7v2/reader.ts';
import type { InstanceContext } from '../../src/translate/context.ts';
import type { IdentifierSystems } from '../../src/translate/identifier-systems.ts';
import { diagnosticReportOf } from '../../src/translate/report/diagnostic-report.ts';
import { type Dialect, messageOfReport, type Sending } from '../../src/translate/report/message-of-report.ts';
import type { Report } from '../../src/translate/report/report.ts';
import { reportOfDiagnosticReport } from '../../src/translate/report/report-of-diagnostic-report.ts';
import { reportsOfMessage } from '../../src/translate/report/report-of-message.ts';
import { reportOfSr } from '../../src/translate/report/report-of-sr.ts';
import { type SrOptions, srOfReport } from '../../src/translate/report/sr-of-report.ts';

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
