// Documents that came as instances, told to those who ask by FHIR: a structured report is a DiagnosticReport, its measurements an
// Observation of the study; segmentations, presentation states and encapsulated documents are DocumentReferences (IHE AIR).

import { createHash } from 'node:crypto';
import type { DocumentReference, ImagingStudy, Observation, Patient, Reference, Resource } from '@medplum/fhirtypes';
import type { DataSet } from '../../dicom/dataset.ts';
import { DicomReader } from '../../dicom/reader.ts';
import { currentVersion, type StoredVersion, writeVersion } from '../../storage/fhir-resources.ts';
import { noteDocument, type ReportDocumentRow, reportDocuments } from '../../storage/report-documents.ts';
import { transact } from '../../storage/transaction.ts';
import { imagingStudyId } from '../../translate/imaging-study-id.ts';
import { conceptOf, valueX } from '../../translate/report/diagnostic-report.ts';
import type { Report } from '../../translate/report/report.ts';
import { reportOfCda } from '../../translate/report/report-of-cda.ts';
import { patientOf, reportOfSr } from '../../translate/report/report-of-sr.ts';
import type { Core } from '../core.ts';
import { ownWriters } from '../fhir/own-writers.ts';
import type { Spine } from '../spine.ts';
import { ReportStore } from './report-store.ts';
import { subjectOf } from './subject-of-report.ts';

export const limits = {
  /** Of a structured report that is read. */
  documentBytes: 64 * 1024 * 1024,
  /** Measurements that one Observation holds. */
  components: 2_000,
} as const;

/** Basic Text, Enhanced, Comprehensive and Comprehensive 3D SR. Dose, logs and key objects are no reports. */
const reports = new Set(['11', '22', '33', '34'].map((part) => `1.2.840.10008.5.1.4.1.1.88.${part}`));

const ENCAPSULATED_CDA = '1.2.840.10008.5.1.4.1.1.104.2';

/** PS3.4 B.5, and what each is called: of those who look for results. */
const others: ReadonlyMap<string, string> = new Map([
  ['1.2.840.10008.5.1.4.1.1.66.4', 'Segmentation'],
  ['1.2.840.10008.5.1.4.1.1.66.5', 'Surface Segmentation'],
  ['1.2.840.10008.5.1.4.1.1.66.7', 'Label Map Segmentation'],
  ['1.2.840.10008.5.1.4.1.1.11.1', 'Grayscale Softcopy Presentation State'],
  ['1.2.840.10008.5.1.4.1.1.11.2', 'Color Softcopy Presentation State'],
  ['1.2.840.10008.5.1.4.1.1.11.3', 'Pseudo-Color Softcopy Presentation State'],
  ['1.2.840.10008.5.1.4.1.1.30', 'Parametric Map'],
  ['1.2.840.10008.5.1.4.1.1.88.50', 'Mammography CAD SR'],
  ['1.2.840.10008.5.1.4.1.1.88.65', 'Chest CAD SR'],
  ['1.2.840.10008.5.1.4.1.1.88.69', 'Colon CAD SR'],
  ['1.2.840.10008.5.1.4.1.1.104.1', 'Encapsulated PDF'],
  [ENCAPSULATED_CDA, 'Encapsulated CDA'],
]);

export const documentClasses: readonly string[] = [...reports, ...others.keys()];

export interface NamedDocument {
  tenant: number;
  studyInstanceUid: string;
  seriesInstanceUid: string;
  sopInstanceUid: string;
  sopClassUid: string;
}

export interface KeptDocument extends NamedDocument {
  object: string;
  sizeBytes: number;
}

export class DocumentReader {
  readonly #core: Core;
  readonly #spine: Spine;
  readonly #store: ReportStore;

  constructor(core: Core, spine: Spine) {
    this.#core = core;
    this.#spine = spine;
    this.#store = new ReportStore(core);
  }

  /** Resolves once what it says is durable. What was made of a report here says nothing new. */
  async read(document: KeptDocument): Promise<void> {
    const { tenant, sopInstanceUid, sopClassUid } = document;
    if ((await reportDocuments(this.#core.database, tenant, [sopInstanceUid])).length > 0) return;
    const dataset = await this.#dataset(document);
    if (reports.has(sopClassUid)) return this.#report(document, dataset, reportOfSr(dataset));
    const subject = await subjectOf(this.#core, tenant, patientOf(dataset));
    await this.#write(tenant, this.#documentReference(document, dataset, subject));
    if (sopClassUid === ENCAPSULATED_CDA) await this.#report(document, dataset, reportOfCda(dataset));
  }

  async #dataset({ object, sizeBytes }: KeptDocument): Promise<DataSet> {
    const reader = new DicomReader({ holdValuesUpTo: limits.documentBytes });
    for await (const chunk of this.#spine.objects.open(object, { end: sizeBytes })) {
      reader.push(chunk);
      if (reader.atPixelData) return reader.partial.dataset;
    }
    return reader.end().dataset;
  }

  async #report(document: KeptDocument, dataset: DataSet, report: Report): Promise<void> {
    const { tenant, sopInstanceUid } = document;
    if (report.sections.length + report.observations.length === 0) return;
    const [before] = await this.#predecessors(tenant, dataset);
    // An SR says what it takes the place of; the versions of a CDA are of one set, by its number.
    const own =
      reports.has(document.sopClassUid) || report.filler === undefined ? `report-${digest(sopInstanceUid)}` : undefined;
    await this.tell(document, report, before?.report ?? own);
  }

  /** What a document says as a version of the report `id`; resolves once it, and that it is of it, is durable. */
  async tell(document: NamedDocument, report: Report, id?: string): Promise<StoredVersion> {
    const { tenant, sopInstanceUid } = document;
    const stored = await this.#store.keep(report, { tenant, source: `urn:oid:${sopInstanceUid}`, ...(id && { id }) });
    const measured = report.observations.filter(({ value }) => 'number' in value);
    if (measured.length > 0) {
      const subject = await subjectOf(this.#core, tenant, report.patient);
      await this.#write(tenant, measurements(document, { ...report, observations: measured }, subject));
    }
    await noteDocument(this.#core.database, { ...document, report: stored.id, version: stored.version });
    return stored;
  }

  /** C.17.2: what it takes the place of, as far as it was here. */
  #predecessors(tenant: number, dataset: DataSet): Promise<ReportDocumentRow[]> {
    const uids = dataset
      .items('PredecessorDocumentsSequence')
      .flatMap((study) => study.items('ReferencedSeriesSequence'))
      .flatMap((series) => series.items('ReferencedSOPSequence'))
      .flatMap((instance) => instance.text('ReferencedSOPInstanceUID') ?? []);
    return uids.length === 0 ? Promise.resolve([]) : reportDocuments(this.#core.database, tenant, uids);
  }

  #documentReference(document: KeptDocument, dataset: DataSet, subject: Reference<Patient>): DocumentReference {
    const { sopInstanceUid, sopClassUid, studyInstanceUid, seriesInstanceUid } = document;
    const uid = { system: 'urn:ietf:rfc:3986', value: `urn:oid:${sopInstanceUid}` };
    const root = `${this.#core.config.publicUrl ?? ''}/dicomweb`;
    const title = [
      dataset.text('DocumentTitle'),
      dataset.text('ContentDescription'),
      dataset.text('SeriesDescription'),
    ];
    const text = others.get(sopClassUid)!;
    return {
      resourceType: 'DocumentReference',
      id: `document-${digest(sopInstanceUid)}`,
      masterIdentifier: uid,
      identifier: [uid],
      status: 'current',
      type: { coding: [{ system: 'urn:ietf:rfc:3986', code: `urn:oid:${sopClassUid}`, display: text }], text },
      subject,
      description: title.find(Boolean) ?? text,
      content: [
        {
          attachment: {
            contentType: 'application/dicom',
            url: `${root}/studies/${studyInstanceUid}/series/${seriesInstanceUid}/instances/${sopInstanceUid}`,
          },
          format: { system: 'urn:ietf:rfc:3986', code: `urn:oid:${sopClassUid}` },
        },
      ],
      context: { related: [studyReference(document)] },
    };
  }

  /** Once: what it says does not change. */
  async #write(tenant: number, resource: Resource & { id?: string }): Promise<void> {
    const key = { tenant, type: resource.resourceType, id: resource.id!, by: ownWriters.reports };
    await transact(this.#core.database, async (transaction) => {
      if ((await currentVersion(transaction, key)) !== undefined) return;
      await writeVersion(transaction, key, 'POST', () => resource);
    });
  }
}

/** All that one document measures, derived from the study (IHE AIR, TID 1500). */
function measurements(document: NamedDocument, report: Report, subject: Reference<Patient>): Observation {
  const { sopInstanceUid } = document;
  return {
    resourceType: 'Observation',
    id: `measurements-${digest(sopInstanceUid)}`,
    identifier: [{ system: 'urn:dicom:uid', value: `urn:oid:${sopInstanceUid}` }],
    status: report.status === 'final' || report.status === 'corrected' ? 'final' : 'preliminary',
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'imaging' }] }],
    code: conceptOf({ value: '126010', scheme: 'DCM', meaning: 'Imaging Measurements' }),
    subject,
    derivedFrom: [studyReference(document)],
    component: report.observations
      .slice(0, limits.components)
      .map(({ code, value }) => ({ code: conceptOf(code), ...valueX(value) })),
  };
}

function studyReference({ tenant, studyInstanceUid }: NamedDocument): Reference<ImagingStudy> {
  const reference = `ImagingStudy/${imagingStudyId({ tenant, studyInstanceUid })}`;
  return {
    reference,
    type: 'ImagingStudy',
    identifier: { system: 'urn:dicom:uid', value: `urn:oid:${studyInstanceUid}` },
  };
}

const digest = (uid: string): string => createHash('sha256').update(uid).digest('hex').slice(0, 32);
