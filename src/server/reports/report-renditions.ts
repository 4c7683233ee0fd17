// A report in each of its forms, made when it is asked for.

import { createHash } from 'node:crypto';
import type { DiagnosticReport, Patient } from '@medplum/fhirtypes';
import { Problem } from '../../base/problem.ts';
import { newUid } from '../../dicom/uid.ts';
import type { Rendition, ReportForm } from '../../fhir/rest/report-handlers.ts';
import { documentsOfReport, studiesNamed } from '../../storage/report-documents.ts';
import { documentBundle } from '../../translate/report/document-bundle.ts';
import { messageOfReport } from '../../translate/report/message-of-report.ts';
import type { Report } from '../../translate/report/report.ts';
import { isOfImages } from '../../translate/report/report-of-diagnostic-report.ts';
import { reportText } from '../../translate/report/report-text.ts';
import { isStructuredReport } from '../../translate/report/sr-concepts.ts';
import type { Core } from '../core.ts';
import type { Asker } from '../doors/fhir-handlers.ts';
import type { Resources } from '../fhir/resources.ts';
import { madeDocuments, part10Of, type ReportVersion } from './made-documents.ts';
import { reportPdf } from './report-pdf.ts';
import { ReportReader } from './report-reader.ts';
import { TYPE } from './report-store.ts';
import { ofSamePerson } from './study-of-report.ts';

export class ReportRenditions {
  readonly #core: Core;
  readonly #resources: Resources;
  readonly #reader: ReportReader;

  constructor(core: Core, resources: Resources) {
    this.#core = core;
    this.#resources = resources;
    this.#reader = new ReportReader(core);
  }

  async render(asker: Asker, id: string, form: ReportForm, baseUrl: string): Promise<Rendition> {
    const resource = (await this.#resources.read(asker, { type: TYPE, id })) as DiagnosticReport & { id: string };
    const report = isOfImages(resource) ? await this.#reader.read(asker.tenant, resource) : undefined;
    if (report === undefined) throw new Problem('fhir/not-a-report');
    switch (form) {
      case 'text':
        return { mediaType: 'text/plain; charset=utf-8', bytes: new TextEncoder().encode(reportText(report)) };
      case 'pdf':
        return { mediaType: 'application/pdf', bytes: await reportPdf(report) };
      case 'hl7': {
        const sending = { controlId: `${id.slice(-14)}.${resource.meta!.versionId}`, now: new Date().toISOString() };
        return {
          mediaType: 'x-application/hl7-v2+er7; charset=utf-8',
          bytes: messageOfReport(report, {}, sending).bytes,
        };
      }
      case 'sr':
        return { mediaType: 'application/dicom', bytes: await this.#sr(asker.tenant, report, resource) };
      case 'document':
        return {
          resource: documentBundle(report, {
            resource,
            ...(await this.#patient(asker, resource)),
            baseUrl,
            now: new Date().toISOString(),
          }),
        };
    }
  }

  /** The one that lies in the study, where one does; the same bytes. */
  async #sr(tenant: number, report: Report, { id, meta }: DiagnosticReport & { id: string }): Promise<Uint8Array> {
    const { database } = this.#core;
    const version = { tenant, id, version: Number(meta!.versionId), lastUpdated: new Date(meta!.lastUpdated!) };
    const keys = { studyInstanceUid: report.studyInstanceUid, accessionNumber: report.accession?.number };
    const study = await ofSamePerson(this.#core, tenant, report, await studiesNamed(database, tenant, keys));
    const before = (await documentsOfReport(database, tenant, id)).find(
      (each) => each.version < version.version && isStructuredReport(each.sopClassUid),
    );
    const [sr] = madeDocuments({ ...report, documents: [] }, study ?? unknownStudy(report, version), version, before);
    if (sr === undefined) throw new Problem('fhir/not-a-report');
    return Buffer.concat(part10Of(sr));
  }

  async #patient(asker: Asker, { subject }: DiagnosticReport): Promise<{ patient?: Patient }> {
    const [, id] = /^Patient\/([A-Za-z0-9\-.]{1,64})$/.exec(subject?.reference ?? '') ?? [];
    if (id === undefined) return {};
    return { patient: (await this.#resources.read(asker, { type: 'Patient', id })) as Patient };
  }
}

/** As far as the report itself says it: of a study that is not here. */
function unknownStudy({ patient, studyInstanceUid, accession }: Report, { tenant, id }: ReportVersion) {
  const text = (vr: string, value: string | undefined) => ({ vr, ...(value && { Value: [value] }) });
  const name = patient.name ? { vr: 'PN', Value: [{ Alphabetic: patient.name.split('=')[0] }] } : { vr: 'PN' };
  const attributes = {
    '00100010': name,
    '00100020': text('LO', patient.patientId),
    '00100030': text('DA', patient.birthDate?.length === 8 ? patient.birthDate : undefined),
    '00100040': text('CS', patient.sex),
    '00080050': text('SH', accession?.number),
  };
  const own = newUid(createHash('sha256').update(`study of report ${tenant} ${id}`).digest());
  return { studyInstanceUid: studyInstanceUid ?? own, attributes: JSON.stringify(attributes) };
}
