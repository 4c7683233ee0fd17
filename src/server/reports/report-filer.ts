// A version of a report as a document in the study that it is about: an SR that names the version before, and a PDF where it came
// with one. What lies there is routed, delivered, found and retrieved as everything else of the study is.

import { createHash } from 'node:crypto';
import type { DiagnosticReport } from '@medplum/fhirtypes';
import { fromBase64 } from '../../dicom/base64.ts';
import type { DataSet } from '../../dicom/dataset.ts';
import { fromJson } from '../../dicom/json.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, transferSyntax } from '../../dicom/transfer-syntax.ts';
import { newUid } from '../../dicom/uid.ts';
import { fileMeta, writeDataSet } from '../../dicom/writer.ts';
import { resourceOf, type StoredVersion, versionOf } from '../../storage/fhir-resources.ts';
import {
  documentsOfReport,
  noteDocument,
  type StudyOfReport,
  studiesNamed,
  waitForStudy,
  waitNoLonger,
} from '../../storage/report-documents.ts';
import type { InstanceContext } from '../../translate/context.ts';
import { documentInstance } from '../../translate/document.ts';
import type { Report } from '../../translate/report/report.ts';
import { isOfImages } from '../../translate/report/report-of-diagnostic-report.ts';
import { codesOf, isWithdrawn } from '../../translate/report/report-status.ts';
import { isStructuredReport } from '../../translate/report/sr-concepts.ts';
import { srOfReport } from '../../translate/report/sr-of-report.ts';
import type { Core } from '../core.ts';
import { receiveFrom } from '../doors/receive.ts';
import type { Spine } from '../spine.ts';
import { ReportReader } from './report-reader.ts';
import { TYPE } from './report-store.ts';

const SERIES_NUMBER = 9000;

export class ReportFiler {
  readonly #core: Core;
  readonly #spine: Spine;
  readonly #reader: ReportReader;

  constructor(core: Core, spine: Spine) {
    this.#core = core;
    this.#spine = spine;
    this.#reader = new ReportReader(core);
  }

  /** Resolves once what there is to file of it is durable, or it waits for its study. The same again makes nothing new. */
  async file(tenant: number, id: string, version: number): Promise<void> {
    const { database } = this.#core;
    const stored = await versionOf(database, { tenant, type: TYPE, id }, version);
    const report = stored && (await this.#reportOf(tenant, stored));
    if (report === undefined) return;
    const [before] = (await documentsOfReport(database, tenant, id)).filter(
      (each) => each.version < version && isStructuredReport(each.sopClassUid),
    );
    if (codesOf(report.status).sr === undefined || (isWithdrawn(report.status) && before === undefined)) return;
    const keys = { studyInstanceUid: report.studyInstanceUid, accessionNumber: report.accession?.number };
    const named = await studiesNamed(database, tenant, keys);
    const study = await this.#ofSamePerson(tenant, report, named);
    if (study === undefined) {
      const problem = named.length > 0 ? { problem: 'dicom/study-mismatch' } : {};
      await waitForStudy(database, tenant, { report: id, version }, { ...keys, ...problem });
      if (named.length > 0) this.#core.log.warn({ tenant }, 'a report is about a study of somebody else: it waits');
      return;
    }
    const context = contextOf(study, report, { tenant, id, stored: stored! });
    const hasText = report.sections.length + report.observations.length > 0;
    const sr = hasText ? srOfReport(report, { context: context('SR'), predecessor: before }) : undefined;
    const made = [
      ...(sr === undefined ? [] : [sr]),
      ...report.documents.flatMap((each, at) => documentOf(each, context(`document ${at}`))),
    ];
    for (const dataset of made) await this.#keep(dataset, { tenant, report: id, version });
    await waitNoLonger(database, tenant, id);
  }

  /** undefined for what came as a document itself, for reports of laboratories, and for one that was deleted. */
  async #reportOf(tenant: number, stored: StoredVersion): Promise<Report | undefined> {
    if (stored.text === undefined) return undefined;
    const resource = resourceOf(stored) as DiagnosticReport;
    if (resource.meta?.source?.startsWith('urn:oid:') || !isOfImages(resource)) return undefined;
    return this.#reader.read(tenant, resource);
  }

  /** A study under the same number of somebody else is not what the report is about. */
  async #ofSamePerson(
    tenant: number,
    { patient }: Report,
    studies: readonly StudyOfReport[],
  ): Promise<StudyOfReport | undefined> {
    if (studies.length === 0) return undefined;
    const { people, authorities } = await this.#core.identity();
    await people.follow();
    const ofTenant = people.of(tenant);
    const { issuer, patientId } = patient;
    const person = ofTenant.personOf({ issuer, id: patientId });
    const canonical = (text: string) => authorities.of(tenant).canonical(text);
    return studies.find((study) => {
      if (person !== undefined && ofTenant.personOfStudy(study.id) === person) return true;
      const isUnsaid = issuer === '' || study.issuer === '';
      return study.patientId === patientId && (isUnsaid || canonical(study.issuer) === canonical(issuer));
    });
  }

  /** Noted first: whoever reads what was kept must know that it is no other report. */
  async #keep(
    dataset: DataSet,
    { tenant, report, version }: { tenant: number; report: string; version: number },
  ): Promise<void> {
    const uid = (keyword: string) => dataset.text(keyword)!;
    const sopClassUid = uid('SOPClassUID');
    const sopInstanceUid = uid('SOPInstanceUID');
    await noteDocument(this.#core.database, {
      tenant,
      report,
      version,
      sopInstanceUid,
      sopClassUid,
      studyInstanceUid: uid('StudyInstanceUID'),
      seriesInstanceUid: uid('SeriesInstanceUID'),
    });
    const principal = { id: 'node:reports', kind: 'peer', tenant, scopes: ['write'] } as const;
    const receiving = receiveFrom(this.#core, this.#spine.receive, principal, { door: 'report', source: 'reports' });
    try {
      await receiving.write(fileMeta({ sopClassUid, sopInstanceUid, transferSyntaxUid: EXPLICIT_VR_LITTLE_ENDIAN }));
      for (const chunk of writeDataSet(dataset, transferSyntax(EXPLICIT_VR_LITTLE_ENDIAN)!)) {
        await receiving.write(Uint8Array.from(chunk));
      }
    } catch (thrown) {
      receiving.abort('a report cannot be written');
      throw thrown;
    }
    await receiving.finish();
  }
}

type Context = (part: string) => InstanceContext;

/** UIDs and moments follow from the version: made again, it is the same document. */
function contextOf(
  { studyInstanceUid, attributes }: StudyOfReport,
  report: Report,
  { tenant, id, stored }: { tenant: number; id: string; stored: StoredVersion },
): Context {
  const study = fromJson(JSON.parse(attributes));
  const at = new Date(report.issuedAt ?? stored.lastUpdated);
  const [date, time] = momentOf(Number.isNaN(at.getTime()) ? stored.lastUpdated : at);
  const uid = (...parts: unknown[]) =>
    newUid(
      createHash('sha256')
        .update(JSON.stringify([tenant, id, ...parts]))
        .digest(),
    );
  return (part) => ({
    patient: {
      name: study.text('PatientName'),
      id: study.text('PatientID'),
      issuerOfId: study.text('IssuerOfPatientID'),
      birthDate: study.text('PatientBirthDate'),
      sex: sexOf(study.text('PatientSex')),
    },
    study: {
      studyInstanceUid,
      date: study.text('StudyDate'),
      time: study.text('StudyTime'),
      id: study.text('StudyID'),
      accessionNumber: study.text('AccessionNumber'),
      referringPhysicianName: study.text('ReferringPhysicianName'),
      description: study.text('StudyDescription'),
    },
    series: {
      seriesInstanceUid: uid(studyInstanceUid, part, 'series'),
      number: SERIES_NUMBER,
      description: report.code.meaning.slice(0, 64),
    },
    instance: { sopInstanceUid: uid(studyInstanceUid, part, stored.version), number: stored.version, date, time },
    equipment: { manufacturer: 'Fascia' },
  });
}

const sexOf = (text: string | undefined): 'F' | 'M' | 'O' | undefined =>
  text === 'F' || text === 'M' || text === 'O' ? text : undefined;

/** In UTC. */
function momentOf(at: Date): [date: string, time: string] {
  const digits = at.toISOString().replaceAll(/[-:TZ.]/g, '');
  return [digits.slice(0, 8), digits.slice(8, 14)];
}

/** An encapsulated document; what DICOM encapsulates not stays with the report. */
function documentOf({ mediaType, data, title }: Report['documents'][number], context: InstanceContext): DataSet[] {
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
