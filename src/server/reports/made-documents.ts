// The documents that a version of a report is in its study. UIDs and moments follow from the version: made again, they are the same
// documents.

import { createHash } from 'node:crypto';
import { fromBase64 } from '../../dicom/base64.ts';
import type { DataSet } from '../../dicom/dataset.ts';
import { fromJson } from '../../dicom/json.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, transferSyntax } from '../../dicom/transfer-syntax.ts';
import { newUid } from '../../dicom/uid.ts';
import { fileMeta, writeDataSet } from '../../dicom/writer.ts';
import type { StudyOfReport } from '../../storage/report-documents.ts';
import { type InstanceContext, patientIn, studyIn } from '../../translate/context.ts';
import { documentInstance } from '../../translate/document.ts';
import type { Report } from '../../translate/report/report.ts';
import { type ReferencedDocument, srOfReport } from '../../translate/report/sr-of-report.ts';

/** Behind the series of whoever made the images. */
const SERIES_NUMBER = 9000;

export interface ReportVersion {
  tenant: number;
  /** Of the DiagnosticReport. */
  id: string;
  version: number;
  lastUpdated: Date;
}

/** An SR, of what has text or measurements, and the documents that came with it. */
export function madeDocuments(
  report: Report,
  study: Pick<StudyOfReport, 'studyInstanceUid' | 'attributes'>,
  version: ReportVersion,
  predecessor: ReferencedDocument | undefined,
): DataSet[] {
  const context = contextOf(study, report, version);
  const hasText = report.sections.length + report.observations.length > 0;
  const sr = hasText ? srOfReport(report, { context: context('SR'), predecessor }) : undefined;
  const documents = report.documents.flatMap((each, at) => encapsulated(each, context(`document ${at}`)));
  return sr === undefined ? documents : [sr, ...documents];
}

/** In Explicit VR Little Endian. */
export function part10Of(dataset: DataSet): Uint8Array[] {
  const [sopClassUid, sopInstanceUid] = [dataset.text('SOPClassUID')!, dataset.text('SOPInstanceUID')!];
  const meta = fileMeta({ sopClassUid, sopInstanceUid, transferSyntaxUid: EXPLICIT_VR_LITTLE_ENDIAN });
  return [meta, ...writeDataSet(dataset, transferSyntax(EXPLICIT_VR_LITTLE_ENDIAN)!)];
}

type Context = (part: string) => InstanceContext;

function contextOf(
  { studyInstanceUid, attributes }: Pick<StudyOfReport, 'studyInstanceUid' | 'attributes'>,
  report: Report,
  { tenant, id, version, lastUpdated }: ReportVersion,
): Context {
  const study = fromJson(JSON.parse(attributes));
  const at = new Date(report.issuedAt ?? lastUpdated);
  const [date, time] = momentOf(Number.isNaN(at.getTime()) ? lastUpdated : at);
  const uid = (...parts: unknown[]) =>
    newUid(
      createHash('sha256')
        .update(JSON.stringify([tenant, id, ...parts]))
        .digest(),
    );
  return (part) => ({
    patient: patientIn(study),
    study: { studyInstanceUid, ...studyIn(study) },
    series: {
      seriesInstanceUid: uid(studyInstanceUid, part, 'series'),
      number: SERIES_NUMBER,
      description: report.code.meaning.slice(0, 64),
    },
    instance: { sopInstanceUid: uid(studyInstanceUid, part, version), number: version, date, time },
    equipment: { manufacturer: 'Fascia' },
  });
}

/** In UTC. */
function momentOf(at: Date): [date: string, time: string] {
  const digits = at.toISOString().replaceAll(/[-:TZ.]/g, '');
  return [digits.slice(0, 8), digits.slice(8, 14)];
}

/** An encapsulated document; what DICOM encapsulates not stays with the report. */
export function encapsulated(
  { mediaType, data, title }: Report['documents'][number],
  context: InstanceContext,
): DataSet[] {
  const bytes = fromBase64(data);
  if (bytes === undefined || (mediaType !== 'application/pdf' && mediaType !== 'text/xml')) return [];
  const dataset = documentInstance(
    { type: mediaType, sizeBytes: bytes.length, head: bytes, ...(title && { title }) },
    context,
  );
  // PS3.5 6.2, OB: of even length.
  const padded = new Uint8Array(bytes.length + (bytes.length % 2));
  padded.set(bytes);
  return [dataset.set('EncapsulatedDocument', padded)];
}
