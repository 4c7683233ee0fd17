// A version of a report as a document in the study that it is about: an SR that names the version before, and a PDF where it came
// with one. What lies there is routed, delivered, found and retrieved as everything else of the study is.

import type { DiagnosticReport } from '@medplum/fhirtypes';
import type { DataSet } from '../../dicom/dataset.ts';
import { keptVersionOf, resourceOf, type StoredVersion } from '../../storage/fhir-resources.ts';
import {
  documentsOfReport,
  noteDocument,
  studiesNamed,
  waitForStudy,
  waitNoLonger,
} from '../../storage/report-documents.ts';
import type { Report } from '../../translate/report/report.ts';
import { isOfImages } from '../../translate/report/report-of-diagnostic-report.ts';
import { codesOf, isWithdrawn } from '../../translate/report/report-status.ts';
import { isStructuredReport } from '../../translate/report/sr-concepts.ts';
import type { Core } from '../core.ts';
import { receiveFrom } from '../doors/receive.ts';
import { ownWriters } from '../fhir/own-writers.ts';
import type { Spine } from '../spine.ts';
import { madeDocuments, part10Of } from './made-documents.ts';
import { ReportReader } from './report-reader.ts';
import { TYPE } from './report-store.ts';
import { ofSamePerson } from './study-of-report.ts';

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
    const stored = await keptVersionOf(database, { tenant, type: TYPE, id }, version);
    const report = stored && (await this.#reportOf(tenant, stored));
    if (report === undefined) return;
    const [before] = (await documentsOfReport(database, tenant, id)).filter(
      (each) => each.version < version && isStructuredReport(each.sopClassUid),
    );
    if (codesOf(report.status).sr === undefined || (isWithdrawn(report.status) && before === undefined)) return;
    const keys = { studyInstanceUid: report.studyInstanceUid, accessionNumber: report.accession?.number };
    const named = await studiesNamed(database, tenant, keys);
    const study = await ofSamePerson(this.#core, tenant, report, named);
    if (study === undefined) {
      const problem = named.length > 0 ? { problem: 'dicom/study-mismatch' } : {};
      await waitForStudy(database, tenant, { report: id, version }, { ...keys, ...problem });
      if (named.length > 0) this.#core.log.warn({ tenant }, 'a report is about a study of somebody else: it waits');
      return;
    }
    const made = madeDocuments(report, study, { tenant, id, version, lastUpdated: stored!.lastUpdated }, before);
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
    const principal = { id: ownWriters.reports, kind: 'peer', tenant, scopes: ['write'] } as const;
    const receiving = receiveFrom(this.#core, this.#spine.receive, principal, { door: 'report', source: 'reports' });
    try {
      for (const chunk of part10Of(dataset)) await receiving.write(Uint8Array.from(chunk));
    } catch (thrown) {
      receiving.abort('a report cannot be written');
      throw thrown;
    }
    await receiving.finish();
  }
}
