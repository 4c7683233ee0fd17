// A report that a reader sent into the room, by HL7 v2 or FHIR, on its way home: told whose it is, and kept in the client's
// reports, from where its documents, rules and lines are those of any report. What came with it and names a pseudonym is left
// out where the text says it all: it is printed anew from that.

import { fromBase64 } from '../../dicom/base64.ts';
import { restoreReport } from '../../reading/privacy/restore-report.ts';
import type { ReturnFinding, WayHome } from '../../reading/privacy/way-home.ts';
import type { ReturnDecision, Settlement } from '../../reading/store/returns.ts';
import { studiesNamed } from '../../storage/report-documents.ts';
import type { Report, ReportDocument } from '../../translate/report/report.ts';
import type { Core } from '../core.ts';
import { ReportStore } from '../reports/report-store.ts';
import { confirming, findingOfDocument } from './return-instance.ts';
import { returningCase } from './returning-case.ts';

export class ReportReturn {
  readonly #core: Core;
  readonly #store: ReportStore;

  constructor(core: Core) {
    this.#core = core;
    this.#store = new ReportStore(core);
  }

  /** Durable at home when it resolves so. Rejects where the catalogue is away. */
  async bring(room: number, report: Report, decision?: ReturnDecision): Promise<Settlement> {
    const study = await this.#study(room, report);
    const found = study === undefined ? 'not-of-case' : await returningCase(this.#core, room, study);
    if (typeof found === 'string') return { state: 'quarantined', findings: [{ code: found, path: '' }] };
    const { client, reading } = found.stored;
    const of = { tenant: client, case: reading.id };
    if (found.isReadAgain && decision === undefined) {
      return { state: 'quarantined', ...of, findings: [{ code: 'further-reading', path: '' }] };
    }
    const way = confirming(found.way, decision);
    const restored = restoreReport(report, way);
    const documents = await documentsAtHome(report, way);
    const findings = [...restored.findings, ...documents.findings];
    if (findings.length > 0) return { state: 'quarantined', ...of, findings };
    const home = { ...restored.report, documents: documents.kept };
    const stored = await this.#store.keep(home, { tenant: client, source: `urn:fascia:reading:${reading.id}` });
    return { state: 'home', ...of, home: stored.id, replaced: documents.left };
  }

  /** The Study Instance UID that the room knows it by. */
  async #study(room: number, { studyInstanceUid, accession }: Report): Promise<string | undefined> {
    if (studyInstanceUid !== undefined || accession === undefined) return studyInstanceUid;
    const [named] = await studiesNamed(this.#core.database, room, { accessionNumber: accession.number });
    return named?.studyInstanceUid;
  }
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
