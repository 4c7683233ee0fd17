// A report that a reader sent into the room, by HL7 v2 or FHIR, on its way home: told whose it is, and kept in the client's
// reports, from where its documents, rules and lines are those of any report. What came with it and names a pseudonym is left
// out where the text says it all: it is printed anew from that. One that its provider has signed ends its case.

import type { DiagnosticReport } from '@medplum/fhirtypes';
import { fromBase64 } from '../../dicom/base64.ts';
import { taskId } from '../../reading/case/reading-task.ts';
import { restoreReport } from '../../reading/privacy/restore-report.ts';
import type { ReturnFinding, WayHome } from '../../reading/privacy/way-home.ts';
import type { StoredCase } from '../../reading/store/case-row.ts';
import type { ReturnDecision, ReturnKey, Settlement } from '../../reading/store/returns.ts';
import { currentVersion, resourceOf } from '../../storage/fhir-resources.ts';
import { studiesNamed } from '../../storage/report-documents.ts';
import { identityOf, type Report, type ReportDocument } from '../../translate/report/report.ts';
import { isSigned, isWithdrawn } from '../../translate/report/report-status.ts';
import type { Core } from '../core.ts';
import { ReportStore, TYPE } from '../reports/report-store.ts';
import { textOfPdf } from './document-text.ts';
import type { ProviderSigning, Taken } from './provider-signing.ts';
import { planReported } from './report-deliveries.ts';
import { confirming, findingOfDocument } from './return-instance.ts';
import { onlyStudyOf, returningCase } from './returning-case.ts';

export class ReportReturn {
  readonly #core: Core;
  readonly #store: ReportStore;
  readonly #signing: ProviderSigning;

  constructor(core: Core, signing: ProviderSigning) {
    this.#core = core;
    this.#store = new ReportStore(core);
    this.#signing = signing;
  }

  /** Durable at home when it resolves so, and its case is ended where it says so. Rejects where the catalogue is away. */
  async bring(key: ReturnKey, report: Report, decision?: ReturnDecision): Promise<Settlement> {
    const { room } = key;
    const isFromSigner = isSigned(report.status) || isWithdrawn(report.status);
    const study = await this.#study(room, report);
    const found = study === undefined ? 'not-of-case' : await returningCase(this.#core, room, study, isFromSigner);
    if (typeof found === 'string') return { state: 'quarantined', findings: [{ code: found, path: '' }] };
    const { stored } = found;
    const of = { tenant: stored.client, case: stored.reading.id };
    if (found.isReadAgain && decision === undefined) {
      return { state: 'quarantined', ...of, findings: [{ code: 'further-reading', path: '' }] };
    }
    const way = confirming(found.way, decision);
    const restored = restoreReport(report, way);
    const documents = await documentsAtHome(report, way);
    const findings = [...restored.findings, ...documents.findings];
    const taken = findings.length > 0 ? undefined : await this.#take(key, stored, report, decision);
    if (taken?.kind === 'refused') findings.push(taken.finding);
    if (taken === undefined || taken.kind === 'refused') {
      if (isFromSigner) await this.#signing.alarm(of.case, findings[0]!.code);
      return { state: 'quarantined', ...of, findings };
    }
    const home = { ...restored.report, documents: documents.kept };
    return { state: 'home', ...of, ...(await this.#keep(stored, home, taken)), replaced: documents.left };
  }

  async #take(
    { name, version }: ReturnKey,
    stored: StoredCase,
    report: Report,
    decision?: ReturnDecision,
  ): Promise<Taken> {
    const said = {
      report: await withText(report),
      origin: { kind: 'report', name, version } as const,
      versions: [name],
      isSigned: isSigned(report.status),
    };
    return this.#signing.take(stored.reading.id, said, decision);
  }

  /** Among the client's reports: the one of the case, or beside it. */
  async #keep(stored: StoredCase, home: Report, taken: Taken): Promise<{ home?: string }> {
    const { reading, client } = stored;
    const id = taskId(reading.id);
    const origin = { tenant: client, source: `urn:fascia:reading:${reading.id}` };
    if (taken.kind === 'known') return { home: id };
    if (taken.kind === 'signed') {
      const kept = await this.#store.keep(home, { ...origin, id });
      await planReported(this.#core, stored, { ...taken, report: kept.id, reportVersion: kept.version });
      return { home: kept.id };
    }
    const there = await this.#atHome(client, id);
    const isOfCase = there === undefined ? reading.reports.length === 0 : isNumbered(there, home);
    if (taken.kind === 'withdrawn') {
      // What was signed the way home of signed reports takes back (homecoming.ts); of what was only said nothing stays.
      if (reading.reports.length > 0) return { home: id };
      if (there === undefined || !isOfCase) return {};
    }
    const kept = await this.#store.keep(home, { ...origin, ...(isOfCase && { id }) });
    return { home: kept.id };
  }

  async #atHome(tenant: number, id: string): Promise<DiagnosticReport | undefined> {
    const current = await currentVersion(this.#core.database, { tenant, type: TYPE, id });
    return current?.text === undefined ? undefined : (resourceOf(current) as DiagnosticReport);
  }

  /** The Study Instance UID that the room knows it by. */
  async #study(room: number, { studyInstanceUid, accession, patient }: Report): Promise<string | undefined> {
    if (studyInstanceUid !== undefined) return studyInstanceUid;
    if (accession === undefined) return onlyStudyOf(this.#core, room, patient.patientId);
    const [named] = await studiesNamed(this.#core.database, room, { accessionNumber: accession.number });
    return named?.studyInstanceUid;
  }
}

/** Whether both have the number by which versions of a report are known. */
const isNumbered = ({ identifier = [] }: DiagnosticReport, report: Report): boolean =>
  identifier.some(({ value }) => value === identityOf(report)?.number);

/** Of a report that is a PDF and nothing else, what is read in that: by which it is checked, and what is signed here. */
async function withText(report: Report): Promise<Report> {
  if (report.sections.length > 0) return report;
  const pdfs = report.documents.filter(({ mediaType }) => mediaType === 'application/pdf');
  const read = await Promise.all(pdfs.map(({ data }) => textOfPdf(fromBase64(data) ?? new Uint8Array())));
  const texts = read.flatMap((each) => each?.text ?? []);
  return { ...report, sections: texts.map((text) => ({ kind: 'report', text })) };
}

interface Documents {
  kept: ReportDocument[];
  /** Titles, or types, of those that are left out. */
  left: string[];
  findings: ReturnFinding[];
}

async function documentsAtHome({ documents, sections }: Report, way: WayHome): Promise<Documents> {
  const kept: ReportDocument[] = [];
  const left: string[] = [];
  const findings: ReturnFinding[] = [];
  for (const [at, document] of documents.entries()) {
    const bytes = fromBase64(document.data);
    const code = bytes === undefined ? 'not-searched' : await findingOfDocument(document.mediaType, bytes, way);
    if (code === undefined) kept.push(document);
    else if (sections.length > 0) left.push(document.mediaType);
    else findings.push({ code, path: `document ${at + 1}` });
  }
  return { kept, left, findings };
}
